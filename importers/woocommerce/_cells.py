"""Cells of WooCommerce's product files that need a word of their own: prices in the store's decimals, stock."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from importers.cells import Bad, money_reader, read_count
from merchant_cli.basics.money import comma_decimals

PRICES = {"_sale": "Sale price", "_regular": "Regular price"}
PARENTS = "parent"  # the stock of a variation is counted with its product


class Cells:
    """Reads prices as all of the file's prices together say: `12,50` in a store with a decimal comma, else `12.50`.

    In such a store `31,234` has three decimals (prices worked out from a tax do): WooCommerce parts no thousands.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], currency: str | None) -> None:
        self.comma = comma_decimals(text for row in rows for name in PRICES if (text := row.get(name)))
        self.read = money_reader(currency)

    def take(self, row: dict[str, Any]) -> tuple[str, Bad] | None:
        """Puts the values of the row's raw cells in their places; the first faulty cell as its column and what is
        wrong."""
        for name, column in PRICES.items():
            row[name] = self._price(row.get(name) or "")
            if isinstance(row[name], Bad):
                return column, row[name]
        if "_stock" in row:
            units = None if (row["_stock"] or "").casefold() == PARENTS else read_count(row["_stock"] or "")
            if isinstance(units, Bad):
                return "Stock", units
            row["listed_units"] = units
        return None

    def _price(self, text: str) -> int | Bad | None:
        if self.comma and "," in text:
            if not re.fullmatch(r"\d+,\d+", text, re.ASCII):
                return Bad("bad-money", {"value": text})
            text = text.replace(",", ".")
        found: int | Bad | None = self.read(text)
        return found
