"""Etsy's sold order items (EtsySoldOrderItems*.csv): a row per item; the order's money stands in EtsySoldOrders.

Order Shipping and Order Sales Tax are of the whole order and are not read here. Provisional: a Discount Amount that
every item of an order repeats is the order's, spread over its items by their price, unless Item Total is less by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Importer, Into, constant, count, id_, moment, money, text
from importers.etsy._words import plain_number
from merchant_cli.basics.money import largest_remainder
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Price × Quantity of each item, and its part of the order's discount."""
    for draft in drafts:
        order = draft.values
        plain_number(order)
        for line in draft.lines:
            price, units = line.get("_price"), line.get("units")
            line["listed"] = None if price is None or units is None else price * units
            if not line.get("code") and line.get("listing_id"):
                options = line.get("options")
                line["code"] = f"{line['listing_id']}/{options}" if options else line["listing_id"]
        _discounts(draft.lines)
        yield draft


def _discounts(lines: list[dict[str, Any]]) -> None:
    """Spreads a discount that is the whole order's over the lines."""
    said = {line.get("own_discount") for line in lines}
    amount = next(iter(said))
    if len(lines) < 2 or len(said) > 1 or not amount or any(line["listed"] is None for line in lines):
        return
    if all(line.get("_total") == line["listed"] - amount for line in lines):
        return
    for line, part in zip(lines, largest_remainder(amount, [line["listed"] for line in lines]), strict=True):
        line["own_discount"] = part


items = Importer(
    platform="etsy",
    name="items",
    title=Phrase("Etsy sold order items", "Etsy 已售订单商品"),
    menu=Phrase(
        "Shop Manager › Settings › Options › Download Data › Orders: Order Items",
        "店铺管理 › 设置 › 选项 › 下载数据 › 订单商品",
    ),
    known_by=frozenset({"Sale Date", "Item Name", "Quantity", "Price", "Transaction ID", "Listing ID", "Order ID"}),
    kind="lines",
    grade="B",
    sale_day="placed",
    file_name=r"^EtsySoldOrderItems",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("Order ID", required=True),
                    "currency": text("Currency"),
                    "coupon": text("Coupon Code"),
                    "placed": moment("Sale Date", order="mdy"),
                    "paid_at": moment("Date Paid", order="mdy"),
                    "shipped": moment("Date Shipped", order="mdy"),
                },
                "order_lines": {
                    "line_key": id_("Transaction ID"),
                    "code": id_("SKU"),
                    "listing_id": id_("Listing ID"),
                    "title": text("Item Name"),
                    "options": text("Variations"),
                    "line_kind": constant("goods"),
                    "units": count("Quantity", least=0),
                    "_price": money("Price", least=0),
                    "_total": money("Item Total"),
                    "own_discount": money("Discount Amount", least=0),
                },
            }
        ),
    ),
)
