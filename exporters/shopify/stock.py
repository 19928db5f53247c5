"""New stock for Shopify: its inventory CSV by location, or the product CSV of a shop with one location."""

from __future__ import annotations

from typing import Any

from exporters.base import Exporter, Item, Rows, sensible
from exporters.shopify._variants import NAMING, nameable, naming
from merchant_cli.basics.phrases import Phrase

P = Phrase


def places(item: Item) -> dict[str, tuple[int, int]]:
    """Location → on hand now and as it is to be, of the locations that change.

    What is listed is what is on hand less what orders hold, so on hand moves by the same units as the listed ones:
    less is taken from the fullest location first, more goes there.
    """
    old, new = item.changes["listed_units"]
    left = new - (old if old is not None else sum(on_hand - held for on_hand, held in item.counts.values()))
    found = {}
    for place, (on_hand, held) in sorted(item.counts.items(), key=lambda one: (-one[1][0], one[0])):
        step = left if left > 0 else max(left, min(0, held - on_hand))
        if step:
            found[place] = (on_hand, on_hand + step)
            left -= step
    return {} if left else found


def by_location(item: Item) -> Rows:
    rows = []
    for place, (now, new) in places(item).items():
        named: dict[str, Any] = {f"stock_counts.{k.partition('.')[2]}": v for k, v in naming(item).items()}
        named["stock_counts._title"] = named.pop("stock_counts.title")
        named["stock_counts._listing_id"] = named.pop("stock_counts.listing_id")
        rows.append(named | {"stock_counts.location": place, "stock_counts.units": now, "stock_counts._new": new})
    return rows


def enough(item: Item) -> Phrase | None:
    """Open orders hold some of what is on hand: on hand cannot go below them."""
    if item.counts and not places(item):
        return P("Open orders hold more than that: less cannot be listed.", "未发货订单占用的数量更多，无法再下调。")
    return None


inventory = Exporter(
    platform="shopify",
    name="inventory",
    title=Phrase("Shopify inventory", "Shopify 库存"),
    fields=frozenset({"listed_units"}),
    importer="shopify inventory",
    columns=(
        "stock_counts._listing_id", "stock_counts._title",
        *(f"stock_counts._{kind}{n}" for n in (1, 2, 3) for kind in ("name", "value")),
        "stock_counts.code", "stock_counts.location", "stock_counts.units", "stock_counts._new",
    ),
    spread=by_location,
    takes=lambda item: bool(item.counts),
    check=lambda item: nameable(item) or sensible(item) or enough(item),
)  # fmt: skip

quantity = Exporter(
    platform="shopify",
    name="quantity",
    title=Phrase("Shopify quantities", "Shopify 数量"),
    fields=frozenset({"listed_units"}),
    importer="shopify quantities",
    exported="shopify products",
    columns=(*NAMING, "listings.listed_units"),
    spread=lambda item: [naming(item) | {"listings.listed_units": item.new("listed_units")}],
    check=lambda item: nameable(item) or sensible(item),
)  # fmt: skip
