"""New stock as WooCommerce's product CSV."""

from __future__ import annotations

from exporters.base import Exporter, Item, sensible
from exporters.woocommerce._rows import NAMING, nameable, naming, write
from merchant_cli.basics.phrases import Phrase

P = Phrase


def counted(item: Item) -> Phrase | None:
    """A number would make WooCommerce count a product whose stock it does not count, or counts with its parent."""
    if "listed_units" in item.changes and item.facts.get("listed_units") is None:
        return P("WooCommerce does not count its stock: change it there by hand.",
                 "WooCommerce 未对它单独管理库存，请在后台手动修改。")  # fmt: skip
    return None


stock = Exporter(
    platform="woocommerce",
    name="stock",
    title=P("WooCommerce stock", "WooCommerce 库存"),
    fields=frozenset({"listed_units"}),
    importer="woocommerce products",
    columns=(*NAMING, "listings._stock"),
    spread=lambda item: [naming(item) | {"listings._stock": item.new("listed_units")}],
    check=lambda item: nameable(item) or counted(item) or sensible(item),
    write=write,
    whole=False,
)
