"""Etsy's sold orders (EtsySoldOrders*.csv): a row per order with its money; its items stand in EtsySoldOrderItems.

Etsy takes the money when it sells, so an order that is not unpaid is paid on its Sale Date. Provisional: that the
Adjusted columns hold what is left after refunds and are zero without any, and the words of Status beside Completed and
Paid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Importer, Into, buyer, choice, constant, id_, moment, money, text
from importers.etsy._words import REFUNDED, STATUS, plain_number
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """sold = Order Value − Discount Amount; shipping = Shipping − Shipping Discount."""
    for draft in drafts:
        order = draft.values
        plain_number(order)
        value, off = order.get("listed"), order.get("shop_discount") or 0
        if value is not None:
            order["sold"], order["shop_discount"] = value - off, off
        if order.get("shipping") is not None:
            order["shipping"] -= order.get("_shipping_off") or 0
        order["status"] = order.get("status") or ("shipped" if order.get("shipped_day") else "paid")
        if order["status"] == "paid" and order.get("shipped_day"):
            order["status"] = "shipped"
        if order["status"] == "cancelled":
            order["counts_said"] = int(order.get("shipped_day") is not None)
        if order["status"] == "unpaid":
            order["paid"] = 0
        else:
            order["paid_day"], order["paid_at"] = order.get("placed_day"), order.get("placed_at")
            _tax(order)
            _refunds(order)
        yield draft


def _tax(order: dict[str, Any]) -> None:
    """Tax on top if it makes the total of goods and shipping, inside if the total is that without it."""
    tax, total, sold = order.get("_tax"), order.get("paid"), order.get("sold")
    if not tax or total is None or sold is None:
        return
    goods = sold + (order.get("shipping") or 0)
    if total == goods + tax:
        order["tax_added"] = tax
    elif total == goods:
        order["tax_inside"] = tax


def _refunds(order: dict[str, Any]) -> None:
    total, left = order.get("paid"), order.get("_left")
    if total is None:
        return
    if (order.get("status_raw") or "").casefold() in REFUNDED:
        order["refunded"] = total
        if order.get("_left_net") is not None:  # of an order that came back its zero is an amount
            order["received"] = order["_left_net"]
    elif left and left <= total:
        order["refunded"] = total - left
        order["received"] = order.get("_left_net") or order.get("received")


orders = Importer(
    platform="etsy",
    name="orders",
    title=Phrase("Etsy sold orders", "Etsy 已售订单"),
    menu=Phrase(
        "Shop Manager › Settings › Options › Download Data › Orders: Orders",
        "店铺管理 › 设置 › 选项 › 下载数据 › 订单",
    ),
    tried_on="juno-apps/junobooks: samples/etsy/EtsySoldOrders2026-3.csv (synthetic)",
    known_by=frozenset({"Sale Date", "Order ID", "Number of Items", "Order Value", "Order Total", "Order Net"}),
    kind="orders",
    grade="B",
    sale_day="placed",
    file_name=r"^EtsySoldOrders",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("Order ID", required=True),
                    "currency": text("Currency"),
                    "status": choice("Status", STATUS),
                    "status_raw": text("Status"),
                    "buyer": buyer("Buyer User ID"),
                    "payment": text("Payment Method"),
                    "coupon": text("Coupon Code"),
                    "placed": moment("Sale Date", order="mdy"),
                    "shipped": moment("Date Shipped", order="mdy"),
                    "listed": money("Order Value", least=0),
                    "shop_discount": money("Discount Amount", least=0),
                    "platform_discount": constant(0),
                    "shipping": money("Shipping", least=0),
                    "_shipping_off": money("Shipping Discount", least=0),
                    "_tax": money("Sales Tax", least=0),
                    "paid": money("Order Total", least=0),
                    "received": money("Order Net"),
                    "refunded": constant(None),
                    "_left": money("Adjusted Order Total", least=0),
                    "_left_net": money("Adjusted Net Order Amount"),
                },
            }
        ),
    ),
)
