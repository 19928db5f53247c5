"""New prices as WooCommerce's product CSV: of a product on sale the sale price, else the regular one."""

from __future__ import annotations

from exporters.base import Exporter, Item, Rows, sensible
from exporters.woocommerce._rows import NAMING, PRICES, nameable, naming, write
from merchant_cli.basics import money
from merchant_cli.basics.phrases import Phrase

P = Phrase

NOT_BELOW = P("It is on sale: the sale price must stay below the regular price of {regular}. Raise that one first.",
              "正在促销：促销价应低于原价 {regular}，请先提高原价。")  # fmt: skip


def regular(item: Item) -> int | None:
    """The regular price of a product on sale, as it is to be; None if no sale runs."""
    if "compare_at" in item.changes:
        return item.new("compare_at")
    found = item.facts.get("struck")
    return None if found is None else int(found)


def spread(item: Item) -> Rows:
    """A changed compare-at price is the regular one, and stands beside the sale price that it belongs to."""
    row = naming(item)
    if "compare_at" in item.changes:
        row |= {"listings._sale": item.new("price"), "listings._regular": item.new("compare_at")}
    else:
        row["listings._regular" if regular(item) is None else "listings._sale"] = item.new("price")
    return [row]


def below(item: Item) -> Phrase | None:
    """A sale price that is not below the regular one is none to WooCommerce: buyers would see the regular price."""
    price, most = item.new("price"), regular(item)
    if price is None or most is None or price < most:
        return None
    said = f"{money.shown(most, item.currency)} {item.currency or ''}".strip()
    return P(NOT_BELOW.show("en", regular=said), NOT_BELOW.show("zh", regular=said))


price = Exporter(
    platform="woocommerce",
    name="price",
    title=P("WooCommerce prices", "WooCommerce 改价"),
    fields=frozenset({"price", "compare_at"}),
    importer="woocommerce products",
    columns=(*NAMING, *PRICES),
    spread=spread,
    check=lambda item: nameable(item) or below(item) or sensible(item),
    write=write,
    whole=False,
)
