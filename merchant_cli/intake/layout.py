"""Fits an importer's declaration to the header of one file: which cells fill which columns."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from importers import cells, own_cells
from importers.base import Cell, norm
from importers.cells import Bad
from importers.dates import year_first
from importers.decimal_comma import amounts, exact_amounts
from importers.garbled import garbled
from importers.moments import Moments
from importers.sheet import HEAD, named
from importers.whole_money import whole_money_reader
from merchant_cli.basics.money import decimals
from merchant_cli.intake.columns import Column, Memo, Others, Times
from merchant_cli.intake.fitted import Fitted, is_plain_money, names_currency
from merchant_cli.intake.job import Job
from merchant_cli.intake.written import Doubts

SOME = 3  # examples that a note on the receipt has
FINEST = "KWD"  # three decimals: amounts beside a currency of their own are read so and brought to that currency


class Fitter:
    """Fits all of an importer's columns; `newest` and `newest_day` grow with the moments that it reads."""

    def __init__(self, job: Job, header: Sequence[str]) -> None:
        self.job, self.header = job, named(header)
        self.where: dict[str, int] = {}
        for i, name in enumerate(self.header):
            self.where.setdefault(norm(name), i)
        self.newest: int | None = None
        self.newest_day: str | None = None
        self.unknown: dict[str, int] = {}
        self.doubts = Doubts(job.marks)
        self.garbled: dict[str, str] = {}
        self.looked = False
        self.rounded: dict[str, None] = {}
        self.ruined: dict[str, None] = {}
        self.moments = Moments(job.zone)
        self.memos: dict[tuple[str, int, str], Memo] = {}

    def fit(self) -> list[Fitted]:
        fitted = []
        for into in self.job.importer.into:
            tables = {
                table: list(self._columns(columns, FINEST if names_currency(table, into) else self.job.currency))
                for table, columns in into.fills.items()
            }
            when = (self.where[norm(into.when[0])], re.compile(into.when[1])) if into.when else None
            fine = {
                t: [n for n, c in into.fills[t].items() if names_currency(t, into) and is_plain_money(c)]
                for t in tables
            }
            fitted.append(Fitted(into, tables, when, {t: names for t, names in fine.items() if names}))
        return fitted

    def _columns(self, columns: Any, currency: str | None) -> Iterator[Column | Times | Others]:
        late = []
        for name, declared in columns.items():
            cell = self._as_written(declared)
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
            yield Others(name, self.header, self.used())

    def _as_written(self, cell: Cell) -> Cell:
        """The cell as the rows of the file prove that it is written."""
        marks = self.job.marks
        if marks.comma and not cell.whole and (cell.kind == "money" or cell.times):
            return replace(cell, comma=True)
        return replace(cell, order=marks.order) if marks.order and cell.kind in ("moment", "day") else cell

    def amounts(self) -> dict[int, cells.Reader]:
        """How the columns of amounts are read to exact decimals, by their place; those of an order that stand in the
        rows of its lines may be there more than once."""
        found: dict[int, cells.Reader] = {}
        for fills in (into.fills for into in self.job.importer.into):
            for table, columns in fills.items():
                if table == "orders" and "order_lines" in fills:
                    continue
                for cell in map(self._as_written, columns.values()):
                    if cell.kind == "money" and not (cell.times or cell.whole):
                        at = [self.where[norm(n)] for n in cell.names if norm(n) in self.where]
                        found |= dict.fromkeys(at, exact_amounts(cell.comma))
        return found

    def decide(self, rows: Iterator[list[str]]) -> None:
        """Decides from all rows how the file writes amounts and days (see written.py). Raises ReadAgain."""
        cells = [c for into in self.job.importer.into for columns in into.fills.values() for c in columns.values()]
        at = {n: self.where[norm(n)] for c in cells for n in (*c.names, c.times) if norm(n) in self.where}
        dated = [c for c in cells if c.kind in ("moment", "day")]
        self.doubts.decide(
            rows,
            {at[n] for c in cells if c.kind == "money" for n in ((c.times,) if c.times else c.names) if n in at},
            {at[n] for c in dated for n in c.names if n in at},
            {c.order for c in dated},
        )

    def same_names(self, header: Sequence[str]) -> list[str]:
        """What the second columns are called that have the name of one that is read."""
        used = self.used()
        renamed = [i for i, name in enumerate(header) if name.strip() and name != self.header[i]]
        return [self.header[i] for i in renamed if self.where.get(norm(header[i])) in used]

    def used(self) -> set[int]:
        """The columns of the file that the importer reads."""
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
        read = Memo(exact_amounts(cell.comma), self.doubts.amount)
        price = Column(name, Cell("money"), self.header[other], other, read)
        return Times(name, cell, self.header[at], number, price, 10 ** decimals(self.job.currency))

    def _memo(self, name: str, cell: Cell, currency: str | None) -> Memo:
        doubt = self.doubts.amount if cell.kind == "money" and not cell.whole else None
        doubt = self.doubts.date if cell.kind in ("moment", "day") else doubt
        return Memo(self._checked(cell, self._reader(cell, currency)), doubt)

    def _whole(self, cell: Cell, memo: Memo) -> Callable[[list[str]], list[Any] | None] | None:
        """How a column whose cells are mostly different is read at once, without remembering each."""
        if cell.kind == "id":
            return cells.ids_at_once
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
                if cell.whole or cell.comma:
                    return whole_money_reader(currency) if cell.whole else amounts(currency, True)
                return cells.money_reader(currency, self._rounded)
            case "rate":
                return cells.read_rate
            case "moment":
                read = self.moments if cell.ahead else self._moment
                return (lambda raw: read(year_first(cells.clean(raw), cell.order))) if cell.order else read
            case "day":
                return (lambda raw: self._day(year_first(cells.clean(raw), cell.order))) if cell.order else self._day
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
            case "barcode":
                return self._barcode
        return self._sound(own_cells.read_own_text if self.job.importer.own else cells.read_text)

    def _barcode(self, raw: str) -> None:
        found = cells.read_id(raw)
        if isinstance(found, Bad) and len(self.ruined) < SOME:
            self.ruined[cells.clean(raw)] = None

    def _rounded(self, text: str) -> None:
        if len(self.rounded) < SOME:
            self.rounded[text] = None

    def _sound(self, read: cells.Reader) -> cells.Reader:
        """`read`, which notes what was garbled before the file was written."""

        def sound(raw: str) -> Any:
            value = read(raw)
            if value is not None and not value.isascii():
                self.look(value)
            return value

        return sound

    def look_at(self, rows: Sequence[list[str]]) -> None:
        """Looks at all cells of the first rows, whether they are read or not."""
        if not self.looked:
            self.looked = bool(rows)
            for cell in chain.from_iterable(rows[:HEAD]):
                self.look(cell)

    def look(self, text: str) -> None:
        """Notes a text that was garbled; a few of them are enough."""
        if len(self.garbled) < SOME and (better := garbled(text)) is not None:
            self.garbled[text] = better

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
    text = cells.clean(raw)
    text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
    if not text or "*" in text or text.startswith(("##", "$$")):
        return None
    if "@" not in text and (digits := re.sub(r"[\s()+.-]", "", text)).isdigit():
        text = digits[-11:]
    return hmac.digest(secret, text.encode("utf-8", "replace"), hashlib.sha256).hex()[:24]
