"""Amazon's All Orders report: one row per item, tab separated and never quoted, an order's rows anywhere in the file.

    sold = Σ (item-price − item-promotion-discount) + gift wrap, which is a line of its own of the kind `fee`
    shipping = Σ (shipping-price − ship-promotion-discount)
    tax = Σ (item-tax + shipping-tax + gift-wrap-tax), on top in the USA and Canada, inside elsewhere
    paid = sold + shipping + tax on top

Provisional: `item-price` is taken for the price of all units of the row. Whether tax is inside is checked for each
marketplace of a file. A blank price (Pending, Cancelled) is unknown. Refunds stand in other reports, and so do the
times of payment and shipping. An order of the channel Non-Amazon was sold elsewhere and is no sale of this shop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from importers.amazon._words import TAX_ON_TOP, local_day, market
from importers.base import Draft, Facts, Importer, Into, choice, constant, count, id_, moment, money, text
from merchant_cli.basics.phrases import Phrase

# Provisional: Shipping, Complete and Unfulfillable; India's words below Shipped (see PATTERNS).
STATUS = {
    "Pending": "unpaid",
    "PendingAvailability": "unpaid",
    "Unshipped": "paid",
    "Pending - Waiting for Pick Up": "paid",
    "PartiallyShipped": "part_shipped",
    "Partially Shipped": "part_shipped",
    "Shipping": "shipped",
    "Shipped": "shipped",
    "Shipped - Delivered to Buyer": "delivered",
    "Complete": "completed",
    "Cancelled": "cancelled",
    "Canceled": "cancelled",
}
PATTERNS = {r"^Shipped - ": "shipped"}
GONE = ("cancelled", "canceled")
ELSEWHERE = "non-amazon"  # begins the channel of what Amazon only shipped
SEEN = 2000  # orders by which a file tells whether tax is inside its prices
GIFT_WRAP = "gift-wrap"  # code of the line of what wrapping cost


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    first = list(islice(drafts, SEEN))
    inside = _inside(first)
    for draft in chain(first, drafts):
        order, channel = draft.values, draft.values.get("channel")
        order["placed_day"] = local_day(order, "placed", channel, facts.zone)
        if market(channel).startswith(ELSEWHERE):
            order["counts_said"] = 0
        for line in draft.lines:
            _line(line, order.get("status"))
        _money(order, draft.lines, inside.get(market(channel), market(channel) not in TAX_ON_TOP))
        _gift_wrap(draft)
        yield draft


def _line(line: dict[str, Any], status: str | None) -> None:
    """An item that was taken out of an order that went on has no units and costs nothing."""
    line["code"] = line["listing_id"] = line.get("code") or line.get("_asin")
    if (line.get("_status") or "").casefold() in GONE and status != "cancelled" and line.get("listed") is None:
        line["units"] = line["listed"] = 0


def _money(order: dict[str, Any], lines: Iterable[Mapping[str, Any]], inside: bool) -> None:
    """Fills the order's amounts; all stay unknown if a price is missing."""
    lines = list(lines)

    def total(*names: str) -> int:
        return sum(line.get(name) or 0 for line in lines for name in names)

    if any(line.get("listed") is None for line in lines):
        return
    order["shop_discount"] = total("own_discount")
    order["platform_discount"] = 0
    order["sold"] = total("listed", "_wrap") - order["shop_discount"]
    told = any("_shipping" in line for line in lines)
    order["shipping"] = total("_shipping") - total("_ship_discount") if told else None
    tax = total("_tax", "_shipping_tax", "_wrap_tax")
    order["tax_inside" if inside else "tax_added"] = tax
    order["paid"] = order["sold"] + (order["shipping"] or 0) + (0 if inside else tax)
    if not told or order.get("status") in ("unpaid", "cancelled"):
        order["paid"] = None


def _gift_wrap(draft: Draft) -> None:
    wrap = sum(line.get("_wrap") or 0 for line in draft.lines)
    if wrap:
        draft.lines.append({"code": GIFT_WRAP, "line_kind": "fee", "units": 1, "listed": wrap})
        draft.at.append(draft.at[-1])


def _inside(drafts: Iterable[Draft]) -> dict[str, bool]:
    """The marketplaces whose amounts contradict what is usual there, and whether tax is inside their prices.

    A rate of tax is a multiple of a half per cent on most marketplaces. What is usual gives way only where at least
    three lines are taxed, all of them come to such a rate the other way, and at most half of them the usual way.
    """
    fits: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for draft in drafts:
        for line in draft.lines:
            price, tax = line.get("listed"), line.get("_tax")
            if price and tax and not line.get("own_discount"):
                units = line.get("units") or 1
                both = (_round(tax, price, units), _round(tax, price - tax, units))
                fits[market(draft.values.get("channel"))].append(both)
    found = {}
    for place, pairs in fits.items():
        usual = 0 if place in TAX_ON_TOP else 1
        other = all(pair[1 - usual] for pair in pairs)
        if len(pairs) >= 3 and other and 2 * sum(pair[usual] for pair in pairs) <= len(pairs):
            found[place] = not usual
    return found


def _round(tax: int, net: int, units: int) -> bool:
    """Whether `tax` is `net` × a multiple of 0.5 % up to 30 %, rounded on each of the units."""
    if net <= 0:
        return False
    nearest = round(tax * 200 / net)
    return 0 < nearest <= 60 and abs(tax - net * nearest / 200) <= max(1, units) / 2


orders = Importer(
    platform="amazon",
    name="orders",
    title=Phrase("Amazon orders", "亚马逊订单"),
    menu=Phrase(
        "Seller Central › Orders › Order Reports, or Reports › Fulfillment › Sales › All Orders › Request download",
        "亚马逊卖家后台 › 数据报告 › 库存和销售报告 › 销量 › 所有订单 › 请求下载",
    ),
    known_by=frozenset(
        {"amazon-order-id", "purchase-date", "order-status", "sales-channel", "quantity", "item-price", "item-tax"}
    ),
    kind="orders",
    sale_day="placed",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("amazon-order-id", required=True),
                    "currency": text("currency"),
                    "status": choice("order-status", STATUS, patterns=PATTERNS),
                    "status_raw": text("order-status"),
                    "channel": text("sales-channel"),
                    "placed": moment("purchase-date", required=True),
                    "_updated": moment("last-updated-date"),
                },
                "order_lines": {
                    "code": id_("sku"),
                    "_asin": id_("asin"),
                    "title": text("product-name"),
                    "line_kind": constant("goods"),
                    "units": count("quantity", least=0),
                    "listed": money("item-price", least=0),
                    "own_discount": money("item-promotion-discount", least=0),
                    "_status": text("item-status"),
                    "_tax": money("item-tax", least=0),
                    "_shipping": money("shipping-price", least=0),
                    "_shipping_tax": money("shipping-tax", least=0),
                    "_ship_discount": money("ship-promotion-discount", least=0),
                    "_wrap": money("gift-wrap-price", least=0),
                    "_wrap_tax": money("gift-wrap-tax", least=0),
                },
            }
        ),
    ),
)
