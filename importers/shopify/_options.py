"""How Shopify's files name a variant: up to three options, and the words of an order line that has no SKU."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importers.base import Cell, described, text

ALONE = ("Title", "Default Title")  # name and value of the only option of a product without variants


def option_cells() -> dict[str, Cell]:
    """The raw columns `_name1`, `_value1` … of a declaration."""
    cells = {}
    for n in (1, 2, 3):
        cells[f"_name{n}"] = text(f"Option{n} Name")
        cells[f"_value{n}"] = text(f"Option{n} Value")
    return cells


def values(row: Mapping[str, Any]) -> list[str]:
    """The row's option values; none for a product without variants."""
    found = [row.get(f"_value{n}") for n in (1, 2, 3)]
    return [] if found == [ALONE[1], None, None] else [value for value in found if value]


def variant(row: Mapping[str, Any]) -> str:
    """`Red / M`: the variant's id beside its handle, and the tail of an order line's name."""
    return " / ".join(values(row))


def code(sku: str | None, title: str | None, row: Mapping[str, Any]) -> str:
    """The variant's SKU, else what an order line of it is called: `Title - Red / M`, folded."""
    if sku:
        return sku
    chosen = variant(row)
    return described(f"{title or ''} - {chosen}" if chosen else title)
