"""A mapping while it is being made: what fills which column, and what holds for all rows. Becomes TOML or a `--set`."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field, replace

from merchant_cli.intake import mapped
from merchant_cli.intake.guess import Doubt, Fill, Guess, Header, headers_of
from merchant_cli.intake.mapped import SetColumn
from merchant_cli.intake.sampled import Sampled
from merchant_cli.intake.shapes import Shape
from merchant_cli.intake.sums import varies_within
from merchant_cli.intake.synonyms import Field, Form
from merchant_cli.store.facts import TABLES

FOOTERS = r"^(合计|总计|小计|([Gg]rand |[Ss]ub)?[Tt]otals?\s*:?$|TOTALS?\s*:?$)"
FOOTER_STARTS = "合总小GgSsTt"
# What says which orders are sales, and which refunds are done.
TELLS = {"orders": ("status", "paid_at", "shipped", "done"), "refunds": ("refund_state",)}


@dataclass
class Plan:
    """What is mapped so far. `constants` by field; `days` is the order of days of numbers; `words` by field.

    `shop`: `platform/name`, "" where the tables belong to none. Currency and zone are "" while nobody said them.
    """

    sampled: Sampled
    headers: list[Header]
    guess: Guess
    fills: dict[str, Fill]
    doubts: list[Doubt]
    constants: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    days: str = ""
    shop: str = ""
    currency: str = ""
    zone: str = ""

    @property
    def form(self) -> Form:
        return self.guess.form

    @property
    def of_a_shop(self) -> bool:
        return bool({table for one in self.columns() for table in (one.table,)} & mapped.OF_A_SHOP)

    def field_of(self, name: str) -> Field:
        return self.form.field(name)

    def free(self) -> list[Header]:
        """The headers that fill nothing."""
        taken = {fill.header.at for fill in self.fills.values()}
        return [header for header in self.headers if header.at not in taken]

    def put(self, one: Field, header: Header, state: str = "sure", why: str = "yours") -> None:
        """Lets the header fill the field, and nothing else."""
        self.fills = {name: fill for name, fill in self.fills.items() if fill.header.at != header.at}
        self.constants.pop(one.name, None)
        self.fills[one.name] = Fill(header, one, state, why)
        self.doubts = [doubt for doubt in self.doubts if doubt.header.at != header.at]

    def take_out(self, name: str) -> None:
        self.fills.pop(name, None)
        self.constants.pop(name, None)

    def fix(self, name: str, value: str) -> None:
        """Fills the field with the same value in every row."""
        self.fills.pop(name, None)
        self.constants[name] = value

    def open_needs(self) -> list[tuple[str, ...]]:
        here = {*self.fills, *self.constants}
        needs = [choice for choice in self.form.must if not here & set(choice)]
        # A price of one is no amount of a row without the number of units.
        return needs + ([("units",)] if "unit_price" in here and not here & {"units", "listed"} else [])

    def open_wishes(self) -> list[tuple[str, ...]]:
        here = {*self.fills, *self.constants}
        return [choice for choice in self.form.wants if not here & set(choice)]

    def untold(self) -> bool:
        """Whether nothing says which of the orders are sales, or which refunds are done."""
        tells = TELLS.get("orders" if "orders" in self.form.tables else self.form.name, ())
        return bool(tells) and not {*self.fills, *self.constants} & set(tells)

    def shapes(self, *kinds: str) -> list[Shape]:
        return [fill.header.shape for fill in self.fills.values() if fill.field.kind in kinds]

    # --- what it becomes ---

    def columns(self) -> list[SetColumn]:
        """What each column of the store is filled with."""
        found: list[SetColumn] = []
        for one in self.form.fields:
            if (fill := self.fills.get(one.name)) is not None:
                found += [self._column(table, column, one.name, fill) for table, column in self._places(fill)]
        for name, value in self.constants.items():
            one = self.field_of(name)
            kind = "text" if one.kind == "choice" else one.kind
            found += [SetColumn(table, column, kind, "", value) for table, column in one.columns]
        if "order_lines" in {one.table for one in found} and not any(one.table == "orders" for one in found):
            return []
        here = {one.table for one in found}
        for table, column, value in self.form.constants:
            if table in here and column not in {one.column for one in found if one.table == table}:
                said = mapped.name_of(self.sampled.file_name) if value == "{name}" else str(value)
                found.append(SetColumn(table, column, mapped.kind_of_column(table, column), "", said))
        return [one for one in found + self._currencies(found) if one.table != "products" or self._says(found)]

    @staticmethod
    def _says(found: list[SetColumn]) -> bool:
        """Whether the rows tell more of a product than its SKU."""
        return any(one.table == "products" and one.column != "sku" for one in found)

    def _places(self, fill: Fill) -> tuple[tuple[str, str], ...]:
        """The columns that the header fills: the line's where its amounts differ within an order."""
        one = fill.field
        here = {*self.fills, *self.constants}
        if one.times and ("listed" in here or "units" not in here):
            return ()
        if not one.by_line:
            return one.columns
        ids = self.fills.get("order_id")
        apart = ids is None or varies_within(ids.header.cells, fill.header.cells)
        single = ids is not None and len(set(ids.header.cells)) == len(ids.header.cells)
        return one.by_line if apart or (single and one.name != "paid") else one.columns

    def _column(self, table: str, column: str, name: str, fill: Fill) -> SetColumn:
        one, shape = fill.field, fill.header.shape
        header, times = fill.header.text, ""
        if one.times and "units" in self.fills:
            header, times = self.fills["units"].header.text, header
        days = one.kind in ("moment", "day") and shape.order
        return SetColumn(
            table, column, one.kind, header, times=times,
            order=(self.days if shape.order == "open" else shape.order) if days else "",
            comma=one.kind == "money" and self._comma(shape),
            words=self.words.get(name, {}), required=self.required(name),
        )  # fmt: skip

    def required(self, name: str) -> bool:
        """Whether a row without the field is nothing: of several that would do, the first that is filled."""
        choice = next((choice for choice in self.form.must if name in choice), ())
        return name == next((one for one in choice if one in self.fills), None)

    def _comma(self, shape: Shape) -> bool:
        """Whether the column's amounts have a decimal comma: one convention holds for the whole sheet."""
        return shape.comma or any(one.comma for one in self.shapes("money"))

    def _currencies(self, found: list[SetColumn]) -> list[SetColumn]:
        """The currency as a constant of tables that state one and belong to no shop."""
        if not self.currency or "currency" in self.fills:
            return []
        tables = dict.fromkeys(one.table for one in found if "currency" in TABLES[one.table].stated)
        return [
            SetColumn(table, "currency", "id", "", self.currency) for table in tables if table not in mapped.OF_A_SHOP
        ]

    def toml(self, name: str) -> str:
        """The mapping. Raises BadSet, Problem bad-mapping."""
        more = {"footers": FOOTERS, "footer_starts": FOOTER_STARTS} if self.sampled.has_totals else {}
        header = [header for header in self.sampled.header if header]
        return mapped.mapping(
            name, self.columns(), header, shop=self.shop if self.of_a_shop else "",
            currency=self.currency or None, zone=self.zone, **more,
        )  # fmt: skip

    def command(self, file: str) -> str:
        """The command line that makes the same mapping without a dialog."""
        words = ["merchant", "map", file]
        for one in self.columns():
            words += ["--set", one.said()]
        for option, value in (("--shop", self.shop if self.of_a_shop else ""), ("--currency", self.currency),
                              ("--zone", self.zone)):  # fmt: skip
            words += [option, value] if value else []
        return " ".join(map(quoted, words))


def plan_of(sampled: Sampled, guess: Guess, headers: list[Header]) -> Plan:
    return Plan(sampled, headers, guess, dict(guess.fills), list(guess.doubts))


def headers_in(sampled: Sampled) -> list[Header]:
    return headers_of(sampled.header, [cells for _, cells in sampled.rows])


def at_line(sampled: Sampled, line: int) -> Sampled:
    """The same sheet with its header in another line."""
    return replace(sampled, header_line=line)


def quoted(word: str) -> str:
    """A word of a command line as a shell takes it."""
    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)
