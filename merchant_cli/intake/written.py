"""How a file writes amounts and days, decided once from all its rows: decimal comma or point, day or month first.

Looked into only when a cell cannot be read that another way of writing would explain. What the rows prove holds for the
whole file, which is then read again; what they do not decide is said, and the rows in question wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from importers.cells import clean
from importers.dates import order_of
from importers.decimal_comma import comma_in
from importers.sheet import Unreadable

_POINT = re.compile(r"-?[¥￥$£€₹]?(?:\d{1,3}(?:,\d{3})+|\d+)\.(?:\d{1,2}|\d{4,})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?:\D.*)?", re.ASCII)


class Marks(NamedTuple):
    """`comma`: amounts have a decimal comma. `order`: what comes first in a day of numbers (`mdy`, `dmy`)."""

    comma: bool = False
    order: str = ""


AS_USUAL = Marks()


class ReadAgain(Unreadable):
    """The rows read so far were read wrongly: all of the file is to be read by these marks."""

    def __init__(self, marks: Marks) -> None:
        super().__init__("unexpected")
        self.marks = marks

    def __reduce__(self) -> tuple[type[ReadAgain], tuple[Marks]]:
        return (ReadAgain, (self.marks,))


class Doubts:
    """Cells of a file that could not be read; `said` tells on the receipt what was decided, by a note's code."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.comma = self.day = ""
        self.days_decided = False
        self.said: dict[str, str] = {}

    def amount(self, raw: str) -> None:
        """Takes note of an amount that could not be read."""
        if not self.marks.comma and comma_in([raw]):
            self.comma = self.comma or clean(raw)

    def date(self, raw: str) -> None:
        """Takes note of a day that could not be read."""
        if not (self.marks.order or self.day) and (found := _NUMBERS.fullmatch(clean(raw))):
            less, more = sorted((int(found[1]), int(found[2])))
            if 1 <= less <= 12 and more <= 31:
                self.day = clean(raw)

    @property
    def open(self) -> bool:
        """Whether there is something to decide that was not decided yet."""
        return bool((self.comma and "decimals" not in self.said) or (self.day and not self.days_decided))

    def decide(self, rows: Iterable[list[str]], amounts: set[int], days: set[int], orders: set[str]) -> None:
        """Looks at all rows: at the columns of amounts and of days, of which the importer expects these `orders`.

        Raises ReadAgain if they prove another way of writing; else `said` has why not.
        """
        commas, points, proven = False, False, set[str]()
        for row in rows:
            if self.comma:
                found = [row[i] for i in amounts if i < len(row)]
                commas = commas or comma_in(found)
                points = points or any(_POINT.fullmatch(clean(cell)) for cell in found)
            if self.day:
                proven |= {order_of([clean(row[i])]) for i in days if i < len(row)} - {""}
        comma = commas and not points
        order = next(iter(proven)) if len(proven) == 1 and proven != orders else ""
        if comma or order:
            raise ReadAgain(Marks(comma or self.marks.comma, order or self.marks.order))
        self.said |= {"decimals": self.comma} if self.comma else {}
        if self.day and ("" in orders or len(proven) > 1):
            self.said["days"] = self.day
        self.days_decided = self.days_decided or bool(self.day)
