"""The columns of one file: where each value comes from, read column by column, each distinct cell once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP
from operator import itemgetter
from typing import Any

from importers.base import Cell
from importers.cells import Bad
from merchant_cli.intake.prescan import SPOILT, UNCALCULATED

MEMO_LIMIT = 60_000


class Memo(dict[str, Any]):
    """Reads each distinct cell once; `seen_bad` tells whether any was faulty, and `doubt` is told of each that was."""

    def __init__(self, read: Callable[[str], Any], doubt: Callable[[str], None] | None = None) -> None:
        super().__init__()
        self.read, self.seen_bad, self.doubt = read, False, doubt

    def __missing__(self, raw: str) -> Any:
        value = self.read(raw) if raw[:2] != SPOILT else spoilt(raw)
        if value.__class__ is Bad:
            self.seen_bad = True
            if self.doubt is not None:
                self.doubt(raw)
        if len(self) >= MEMO_LIMIT:
            self.clear()
        self[raw] = value
        return value


def spoilt(raw: str) -> Bad:
    """Why a cell of a workbook holds no value."""
    word = raw[len(SPOILT) :]
    return Bad("not-calculated", {}) if word == UNCALCULATED else Bad("cell-error", {"value": word})


@dataclass
class Column:
    """One column of the store and where its values come from in this file."""

    name: str
    cell: Cell
    header: str
    at: int
    memo: Memo
    pair: bool = False  # a moment: fills <name>_at and <name>_day
    more: tuple[int, ...] = ()  # further columns to look into where the first is empty
    whole: Callable[[list[str]], list[Any] | None] | None = None  # reads many different cells faster than `memo`

    def values(self, rows: Sequence[list[str]]) -> list[Any]:
        """This column's value in each row; faulty cells are Bad."""
        if self.at < 0:
            return [self.cell.constant] * len(rows)
        read = self.memo.__getitem__
        raws = list(map(itemgetter(self.at), rows))
        if self.whole is not None and (found := self.whole(raws)) is not None:
            return found
        values = list(map(read, raws))
        for i in self.more:
            if None not in values:
                break
            values = [read(row[i]) if value is None else value for value, row in zip(values, rows, strict=True)]
        return values


@dataclass
class Times:
    """A column that is the product of two: quantity and exact unit price, rounded half up to minor units."""

    name: str
    cell: Cell
    header: str
    count: Column
    price: Column
    scale: int
    pair: bool = False

    def values(self, rows: Sequence[list[str]]) -> list[Any]:
        counts, prices = self.count.values(rows), self.price.values(rows)
        return [self._product(n, p) for n, p in zip(counts, prices, strict=True)]

    def _product(self, number: Any, price: Any) -> Any:
        if number.__class__ is Bad or number is None:
            return number
        if price.__class__ is Bad or price is None:
            return price
        exact = (price * (number * self.scale * self.cell.sign)).to_integral_value(ROUND_HALF_UP)
        if self.cell.least is not None and exact < self.cell.least:
            return Bad("negative-amount", {"value": f"{number} × {price}"})
        return int(exact)


class Others:
    """All cells that nothing else reads, by header, for reshape."""

    pair = False

    def __init__(self, name: str, header: Sequence[str], used: set[int]) -> None:
        self.name, self.cell, self.header = name, Cell("others"), ""
        self.left = [(i, h) for i, h in enumerate(header) if i not in used and h.strip()]

    def values(self, rows: Sequence[list[str]]) -> list[Any]:
        return [{h: row[i] for i, h in self.left} for row in rows]
