"""New prices as Shopify's product CSV: handle, title, options and the prices; columns that are absent stay."""

from __future__ import annotations

from typing import Any

from exporters.base import Exporter, Item, Rows, sensible
from exporters.shopify._variants import NAMING, nameable, naming
from merchant_cli.basics.phrases import Phrase


def spread(item: Item) -> Rows:
    """The compare-at price stands in the file only where some row changes it; a blank one would take it away."""
    row: dict[str, Any] = naming(item) | {"listings.price": item.new("price")}
    if "compare_at" in item.changes:
        row["listings.compare_at"] = item.new("compare_at")
    return [row]


price = Exporter(
    platform="shopify",
    name="price",
    title=Phrase("Shopify prices", "Shopify 改价"),
    fields=frozenset({"price", "compare_at"}),
    importer="shopify products",
    columns=(*NAMING, "listings.price", "listings.compare_at"),
    spread=spread,
    check=lambda item: nameable(item) or sensible(item),
)
