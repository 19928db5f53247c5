"""An importer's declaration fitted to a file's header: its columns by table, and their values row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from importers.base import Cell, Into
from importers.cells import Bad
from merchant_cli.basics.money import decimals
from merchant_cli.intake.columns import Column, Others, Times


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


def names_currency(table: str, into: Into) -> bool:
    """Whether rows of the table name their currency; lines of an order do not, so the Joiner sees to orders."""
    cell = into.fills[table].get("currency")
    return table not in ("orders", "order_lines") and cell is not None and bool(cell.names)


def is_plain_money(cell: Cell) -> bool:
    """Whether the cell is an amount by itself, not a product."""
    return cell.kind == "money" and not cell.times
