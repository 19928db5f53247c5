"""WooCommerce orders as WebToffee's plugin exports them: a row for each order, its items spread over columns.

`Product Item N Name|id|SKU|Quantity|Total|Subtotal` are the items, `line_item_N` says the same once more and is not
read. Amounts are without tax, as WooCommerce keeps them: Subtotal is what an item lists, Total what it sold for.
Provisional: that cart_discount, order_discount or, without both, discount_total is all that was taken off, that
fee_total is charged like goods, and how refund_items and coupon_items are written (`amount:…|…`, `code:…|…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Fault,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    described,
    id_,
    moment,
    money,
    others,
    raw,
    text,
)
from importers.cells import Bad, clean, money_reader, read_count, read_id, read_text
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]

STATUS = {
    "pending": "unpaid",
    "on-hold": "unpaid",
    "processing": "paid",
    "completed": "completed",
    "refunded": "cancelled",
    "cancelled": "cancelled",
    "failed": "cancelled",
    "checkout-draft": "unpaid",
}
ITEM = re.compile(r"\s*Product Item (\d+) (Name|id|SKU|Quantity|Total|Subtotal)\s*", re.IGNORECASE)
REFUNDED = re.compile(r"amount:\s*-?([\d.,]+)", re.IGNORECASE)  # refund_items: `amount:12.50|reason:…|date:…`
COUPON = re.compile(r"code:([^|;,]+)", re.IGNORECASE)  # coupon_items: `code:fall5|amount:5.00`
FEE = "fee"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """sold = the items' Total + fee_total; tax is on top; paid = order_total once it is paid. A refunded order is a
    sale of which all came back.
    """
    for draft in drafts:
        order = draft.values
        currency = (order.get("currency") or facts.currency or "").upper()
        found = _items(order["_others"], currency)
        if isinstance(found, tuple):
            header, bad = found
            yield draft.line, bad.code, header, bad.params, list(order["_others"].values())
            continue
        draft.lines = found
        fees = order.get("_fees")
        if fees:
            draft.lines.append({"code": FEE, "title": FEE, "line_kind": "fee", "units": 1, "listed": fees,
                                "own_sold": fees})  # fmt: skip
        draft.at = [draft.line] * len(draft.lines)
        _money(order, draft.lines)
        _state(order, currency)
        yield draft


def _items(cells: Mapping[str, str], currency: str) -> list[Row] | tuple[str, Bad]:
    """The items of the row; the first faulty cell as its header and what is wrong with it."""
    read = money_reader(currency)
    readers = {"name": read_text, "id": read_id, "sku": read_id, "quantity": read_count, "total": read,
               "subtotal": read}  # fmt: skip
    groups: dict[int, Row] = {}
    for header, cell in cells.items():
        named = ITEM.fullmatch(header)
        if named is None or not clean(cell):
            continue
        column = named[2].casefold()
        value = readers[column](cell)
        if isinstance(value, Bad):
            return header, value
        groups.setdefault(int(named[1]), {})[column] = value
    return [_line(item) for _, item in sorted(groups.items())]


def _line(item: Row) -> Row:
    total, subtotal = item.get("total"), item.get("subtotal")
    return {
        "code": item.get("sku") or item.get("id") or described(item.get("name")),
        "listing_id": item.get("id"),
        "title": item.get("name"),
        "line_kind": "goods",
        "units": item.get("quantity"),
        "listed": total if subtotal is None else subtotal,
        "own_sold": total,
    }


def _money(order: Row, lines: list[Row]) -> None:
    sold, listed = ([line[name] for line in lines] for name in ("own_sold", "listed"))
    total, taxes = order.get("_total"), order.get("_taxes") or 0
    if lines and None not in sold:
        order["sold"] = sum(sold)
    elif total is not None:
        order["sold"] = total - (order.get("shipping") or 0) - taxes
    if lines and None not in (*sold, *listed):
        order["shop_discount"] = sum(listed) - sum(sold)
    else:
        parts = [order.get("_cart_discount"), order.get("_order_discount")]
        stated = [part for part in parts if part is not None]
        order["shop_discount"] = sum(stated) if stated else order.get("_discount")
    sold_for = (order.get("sold") or 0) + (order.get("shipping") or 0)
    if total is not None and total == sold_for + taxes + (order.get("_shipping_tax") or 0):
        taxes += order.get("_shipping_tax") or 0  # tax_total leaves out that of the shipping
    order["tax_added"], order["paid"] = taxes, total


def _state(order: Row, currency: str) -> None:
    """What was paid, and what came back of it."""
    word, paid_day = (order.get("status_raw") or "").removeprefix("wc-"), order.get("paid_day")
    read = money_reader(currency)
    named = [read(one) for one in REFUNDED.findall(order.get("_refunds") or "")]
    back = sum(amount for amount in named if isinstance(amount, int))
    order["cod"] = 1 if order.get("_method") == "cod" else None
    coupon = COUPON.search(order.get("_coupons") or "")
    order["coupon"] = coupon[1].strip() if coupon else None
    if word == "refunded":  # a sale that went back, whether it was shipped or not
        order["counts_said"], order["refunded"] = 1, back or order["paid"]
    elif order["status"] == "cancelled":
        order["counts_said"], order["refunded"] = 0, back
        order["paid"] = order["paid"] if paid_day else 0
    else:
        order["refunded"] = back
        if not paid_day and (order["status"] == "unpaid" or (order["cod"] and order["status"] == "paid")):
            order["paid"] = 0


orders = Importer(
    platform="woocommerce",
    name="orders",
    title=Phrase("WooCommerce orders (WebToffee)", "WooCommerce 订单（WebToffee 插件）"),
    menu=Phrase("WordPress › WebToffee Import Export › Export › Orders", "网站后台 › WebToffee 插件 › 导出 › 订单"),
    known_by=frozenset(
        {
            "order_id",
            "order_number",
            "order_date",
            "status",
            "order_total",
            "order_currency",
            "shipping_total",
            "tax_total",
        }
    ),
    kind="orders",
    sale_day="placed",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("order_number", required=True),
                    "platform_id": id_("order_id"),
                    "currency": text("order_currency"),
                    "status": choice("status", STATUS | {f"wc-{word}": ours for word, ours in STATUS.items()}),
                    "status_raw": text("status"),
                    "buyer": buyer("customer_email", "billing_email", "billing_phone"),
                    "payment": text("payment_method_title", "payment_method"),
                    "_method": text("payment_method"),
                    "_coupons": text("coupon_items"),
                    "placed": moment("order_date"),
                    "paid_at": moment("paid_date"),
                    "shipping": money("shipping_total", least=0),
                    "counts_said": constant(None),
                    "refunded": constant(None),
                    "platform_discount": constant(0),
                    "_total": money("order_total", least=0),
                    "_taxes": money("tax_total", least=0),
                    "_shipping_tax": money("shipping_tax_total", least=0),
                    "_fees": money("fee_total"),
                    "_cart_discount": money("cart_discount", least=0),
                    "_order_discount": money("order_discount", least=0),
                    "_discount": money("discount_total", least=0),
                    "_refunds": raw("refund_items"),
                    "_others": others(),
                },
            }
        ),
    ),
)
