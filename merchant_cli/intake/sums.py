"""What the amounts of a sheet's rows prove about each other: a column that is quantity × price in every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from importers.cells import clean, exact_reader
from merchant_cli.intake.shapes import is_comma, uncomma

ENOUGH = 3  # rows that prove anything
WITHIN = Decimal("0.011")  # what rounding to minor units may leave


class Sums:
    """The columns of a sample by the field that they fill."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        self.units, self.price, self.off = (numbers(columns.get(n, ())) for n in ("units", "unit_price", "discount"))

    def proof(self, cells: Sequence[str]) -> str:
        """ "product" if the cells are units × price in all rows, "less" if they are that less the discount."""
        amounts = numbers(cells)
        if not self.units or not self.price:
            return ""
        rows = [
            (amount, units * price, off or Decimal(0))
            for amount, units, price, off in zip(amounts, self.units, self.price, self.off or amounts, strict=False)
            if amount is not None and units is not None and price is not None
        ]
        if len(rows) < ENOUGH or all(units == 1 for units in self.units):
            return ""
        if all(abs(amount - product) <= WITHIN for amount, product, _ in rows):
            return "product"
        if self.off and all(abs(amount - product + abs(off)) <= WITHIN for amount, product, off in rows):
            return "less"
        return ""


def numbers(cells: Sequence[str]) -> list[Decimal | None]:
    """The amounts of a column; None for what is none."""
    texts = [clean(cell) for cell in cells]
    comma = is_comma(texts)
    read = [exact_reader(uncomma(text) if comma else text) for text in texts]
    return [value if isinstance(value, Decimal) else None for value in read]


def varies_within(ids: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether filled cells differ between rows of one id: they belong to the line, not to the order."""
    first: dict[str, str] = {}
    rows = zip(ids, map(clean, cells), strict=True)
    return any(one and cell and first.setdefault(one, cell) != cell for one, cell in rows)
