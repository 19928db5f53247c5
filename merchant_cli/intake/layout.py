"""Fits an importer's declaration to the header of one file: which cells fill which columns."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from importers import cells, own_cells
from importers.base import Cell, Into, norm
from importers.cells import Bad
from importers.dates import year_first
from importers.whole_money import whole_money_reader
from merchant_cli.basics.money import decimals
from merchant_cli.intake.columns import Column, Memo, Others, Times
from merchant_cli.intake.job import Job

FINEST = "KWD"  # three decimals: amounts beside a currency of their own are read so and brought to that currency


@dataclass
class Fitted:
    """One `Into` of an importer, fitted to a header: its columns by table."""

    into: Into
    tables: dict[str, list[Column | Times | Others]]
    when: tuple[int, re.Pattern[str]] | None
    own_currency: dict[str, list[str]]  # by table, the amounts of rows that name their currency

    def in_currency(self, table: str, values: dict[str, Any], usual: str | None) -> dict[str, Any]:
        """`values` with such amounts brought from thousandths to minor units of the row's currency, half up."""
        if names := self.own_currency.get(table):
            currency = values.get("currency")
            unit = 10 ** (3 - decimals(currency.upper() if currency else usual))
            for name in names:
                if (amount := values.get(name)) is not None:
                    whole = (2 * abs(amount) + unit) // (2 * unit)
                    values[name] = -whole if amount < 0 else whole
        return values

    def names(self, table: str) -> list[str]:
        found: list[str] = []
        for column in self.tables[table]:
            found += moment_names(column.name) if column.pair else [column.name]
        return found

    def tuples(
        self, table: str, rows: Sequence[list[str]], faults: dict[int, tuple[str, Bad]]
    ) -> list[tuple[Any, ...]]:
        """The table's values of each row; a faulty cell is noted in `faults` by the row's index."""
        found: list[list[Any]] = []
        for column in self.tables[table]:
            values = column.values(rows)
            if column.pair:
                for part in self._pair(column, values, faults):
                    found.append(part)
                continue
            if not isinstance(column, Column) or column.memo.seen_bad:
                for i, value in enumerate(values):
                    if value.__class__ is Bad:
                        faults.setdefault(i, (column.header, value))
                        values[i] = None
            found.append(values)
        return list(zip(*found, strict=True)) if found else [()] * len(rows)

    @staticmethod
    def _pair(
        column: Column | Times | Others, values: list[Any], faults: dict[int, tuple[str, Bad]]
    ) -> Sequence[list[Any]]:
        """Instants and days of a column of moments."""
        assert isinstance(column, Column)
        if column.memo.seen_bad:
            for i, value in enumerate(values):
                if value.__class__ is Bad:
                    faults.setdefault(i, (column.header, value))
                    values[i] = None
        pairs = [value or NO_MOMENT for value in values]
        return [list(map(_FIRST, pairs)), list(map(_SECOND, pairs))]


NO_MOMENT = (None, None)
_FIRST, _SECOND = itemgetter(0), itemgetter(1)


def moment_names(name: str) -> list[str]:
    stem = name.removesuffix("_at")
    return ["at", "day"] if name == "at" else [f"{stem}_at", f"{stem}_day"]


def _names_currency(table: str, into: Into) -> bool:
    """Whether rows of the table name their currency; lines of an order do not, so the Joiner sees to orders."""
    cell = into.fills[table].get("currency")
    return table not in ("orders", "order_lines") and cell is not None and bool(cell.names)


def _is_plain_money(cell: Cell) -> bool:
    return cell.kind == "money" and not cell.times


class Fitter:
    """Fits all of an importer's columns; `newest` and `newest_day` grow with the moments that it reads."""

    def __init__(self, job: Job, header: Sequence[str]) -> None:
        self.job, self.header = job, header
        self.where: dict[str, int] = {}
        for i, name in enumerate(header):
            self.where.setdefault(norm(name), i)
        self.newest: int | None = None
        self.newest_day: str | None = None
        self.unknown: dict[str, int] = {}
        self.moments = cells.Moments(job.zone)
        self.memos: dict[tuple[str, int, str], Memo] = {}

    def fit(self) -> list[Fitted]:
        fitted = []
        for into in self.job.importer.into:
            tables = {
                table: list(self._columns(columns, FINEST if _names_currency(table, into) else self.job.currency))
                for table, columns in into.fills.items()
            }
            when = (self.where[norm(into.when[0])], re.compile(into.when[1])) if into.when else None
            fine = {
                t: [n for n, c in into.fills[t].items() if _names_currency(t, into) and _is_plain_money(c)]
                for t in tables
            }
            fitted.append(Fitted(into, tables, when, {t: names for t, names in fine.items() if names}))
        return fitted

    def _columns(self, columns: Any, currency: str | None) -> Iterator[Column | Times | Others]:
        late = []
        for name, cell in columns.items():
            if cell.kind == "others":
                late.append(name)
            elif cell.kind == "raw" and not cell.names:
                yield Column(name, cell, "", -1, Memo(str))
            else:
                at = [self.where[norm(n)] for n in cell.names if norm(n) in self.where]
                if not at:
                    if cell.constant is not None:
                        yield Column(name, cell, "", -1, Memo(str))
                    continue
                if cell.times:
                    yield self._times(name, cell, at[0])
                else:
                    more = tuple(at[1:]) if cell.kind == "buyer" else ()
                    pair = cell.kind == "moment"
                    memo = self._memo(name, cell, currency)
                    yield Column(name, cell, self.header[at[0]], at[0], memo, pair, more, self._whole(cell, memo))
        for name in late:
            yield Others(name, self.header, self._used())

    def _used(self) -> set[int]:
        names = {
            norm(n)
            for into in self.job.importer.into
            for cs in into.fills.values()
            for c in cs.values()
            for n in c.names
        }
        return {i for n, i in self.where.items() if n in names}

    def _times(self, name: str, cell: Cell, at: int) -> Times:
        other = self.where[norm(cell.times)]
        number = Column(name, Cell("count"), self.header[at], at, Memo(cells.read_count))
        price = Column(name, Cell("money"), self.header[other], other, Memo(cells.exact_reader))
        return Times(name, cell, self.header[at], number, price, 10 ** decimals(self.job.currency))

    def _memo(self, name: str, cell: Cell, currency: str | None) -> Memo:
        return Memo(self._checked(cell, self._reader(cell, currency)))

    def _whole(self, cell: Cell, memo: Memo) -> Callable[[list[str]], list[Any] | None] | None:
        """How a column whose cells are mostly different is read at once, without remembering each."""
        if cell.kind == "id":
            return lambda raws: raws if cells.plain_ids(raws) else None
        if cell.kind == "moment" and not cell.required and not cell.ahead:
            return lambda raws: self._moments(raws, memo)
        return None

    def _moments(self, raws: list[str], memo: Memo) -> list[Any]:
        values = self.moments.at_once(raws, memo.__getitem__)
        sound = [v for v in values if v.__class__ is not Bad] if memo.seen_bad else values
        latest = max([v[0] for v in sound if v and v[0] is not None], default=None)
        if latest is None or (self.newest is not None and latest <= self.newest):
            return values
        if latest > self.job.latest:
            return [memo[raw] for raw in raws]
        self.newest = latest
        newest_day = max(v[1] for v in sound if v)
        if self.newest_day is None or newest_day > self.newest_day:
            self.newest_day = newest_day
        return values

    def _reader(self, cell: Cell, currency: str | None) -> cells.Reader:
        match cell.kind:
            case "id":
                return own_cells.read_own_id if self.job.importer.own else cells.read_id
            case "count":
                return cells.read_count
            case "money":
                return whole_money_reader(currency) if cell.whole else cells.money_reader(currency)
            case "rate":
                return cells.read_rate
            case "moment":
                read = self.moments if cell.ahead else self._moment
                return (lambda raw: read(year_first(cells.clean(raw), cell.order))) if cell.order else read
            case "day":
                return self._day
            case "choice":
                return self._choice(cells.choice_reader(cell.words, strict=cell.strict, patterns=cell.patterns))
            case "flag":
                return cells.read_flag
            case "present":
                return cells.read_present
            case "shop":
                return self.job.shops.read
            case "raw":
                return cells.clean
            case "buyer":
                return self._buyer
        return own_cells.read_own_text if self.job.importer.own else cells.read_text

    def _checked(self, cell: Cell, read: cells.Reader) -> cells.Reader:
        """`read` with what the declaration adds: sign, least value, required."""
        if cell.sign == 1 and cell.least is None and not cell.required:
            return read

        def checked(raw: str) -> Any:
            value = read(raw)
            if value is None:
                return Bad("missing-value", {"column": cell.names[0]}) if cell.required else None
            if value.__class__ is Bad:
                return value
            if cell.least is not None and value < cell.least:
                if cell.kind == "money":
                    return Bad("negative-amount", {"value": cells.clean(raw)})
                return Bad("negative-units", {"value": value})
            return value * cell.sign if cell.sign != 1 else value

        return checked

    def _moment(self, raw: str) -> Any:
        value = self.moments(raw)
        if value is None or isinstance(value, Bad):
            return value
        instant, day = value
        if (instant is not None and instant > self.job.latest) or day > self.job.latest_day:
            return Bad("future-date", {"value": day, "limit": self.job.latest_day})
        if instant is not None and (self.newest is None or instant > self.newest):
            self.newest = instant
        if self.newest_day is None or day > self.newest_day:
            self.newest_day = day
        return value

    def _day(self, raw: str) -> Any:
        value = self.moments(raw)
        return value[1] if value is not None and value.__class__ is not Bad else value

    def _choice(self, read: cells.Reader) -> cells.Reader:
        def choose(raw: str) -> Any:
            value = read(raw)
            if value == "unknown":
                self.unknown[cells.clean(raw)] = 1
            return value

        return choose

    def _buyer(self, raw: str) -> str | None:
        return buyer_key(raw, self.job.secret)


def buyer_key(raw: str, secret: bytes) -> str | None:
    """HMAC-SHA-256 of the normalised e-mail, phone or member name; masked values are nobody's key."""
    text = cells.clean(raw).casefold()
    if not text or "*" in text or text.startswith(("##", "$$")):
        return None
    if "@" not in text and (digits := re.sub(r"[\s()+.-]", "", text)).isdigit():
        text = digits[-11:]
    return hmac.digest(secret, text.encode("utf-8", "replace"), hashlib.sha256).hex()[:24]
