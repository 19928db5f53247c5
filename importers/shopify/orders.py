"""Shopify's orders_export*.csv: one row per line item, order columns on the first row of an order only.

A later row with a financial status of its own begins another statement of the order, of which the newer holds
(merchant_cli/intake/statements.py). A file without `Paid at` (fewer columns) has no identity check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Importer,
    Into,
    buyer,
    constant,
    count,
    id_,
    moment,
    money,
    text,
)
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Works out status, counts and amounts from Shopify's two states and its totals."""
    slim = "subtotal" not in facts.columns
    for draft in drafts:
        order = draft.values
        financial, fulfilment = order.get("_financial"), order.get("_fulfilment")
        total, refunded = order.get("_total"), order.get("refunded")
        for line in draft.lines:
            _line_amounts(line)
        cancelled = order.get("cancelled_day") is not None
        if fulfilment is None and order.get("shipped_day"):
            fulfilment = "fulfilled"
        order["status_raw"] = f"{financial}/{fulfilment}" if financial and fulfilment else financial
        order["status"], order["counts_said"] = _status(financial, fulfilment, cancelled, bool(refunded))
        if total is not None:
            order["paid"] = total - (order.get("_outstanding") or 0)
            if financial == "refunded" and refunded is None:
                order["refunded"] = order["paid"]  # the word says: all of it
            if slim:
                order["sold"] = _goods(order, draft.lines, total)
            _tax(order, total)
        yield draft


def _status(financial: str | None, fulfilment: str | None, cancelled: bool, refunded: bool) -> tuple[str, int]:
    shipped = fulfilment in ("fulfilled", "partial")
    if financial in ("voided", "expired"):
        return "cancelled", 0
    if cancelled:
        return "cancelled", 1 if refunded and shipped else 0
    if financial in ("paid", "partially_paid", "partially_refunded", "refunded"):
        status = "shipped" if fulfilment == "fulfilled" else "part_shipped" if fulfilment == "partial" else "paid"
        return status, 1
    if financial in ("pending", "authorized"):
        return ("shipped", 1) if fulfilment == "fulfilled" else ("unpaid", 0)
    return "unknown", 0


def _goods(order: dict[str, Any], lines: list[dict[str, Any]], total: int) -> int:
    """What the goods sold for where no Subtotal says it: Total without Shipping, and without Taxes if the lines and
    their discounts come to that.
    """
    goods = total - (order.get("shipping") or 0)
    taxes, listed = order.get("_taxes") or 0, [line.get("listed") for line in lines]
    off = order.get("shop_discount") or sum(line.get("own_discount") or 0 for line in lines)
    stated = None if None in listed else sum(amount or 0 for amount in listed) - off
    return goods - taxes if stated == goods - taxes else goods


def _tax(order: dict[str, Any], total: int) -> None:
    """Tax on top if Total = Subtotal + Shipping + Taxes, inside if Total = Subtotal + Shipping, else unknown. Duties
    that the total holds besides are tax on top.
    """
    taxes, duties, sold = order.get("_taxes") or 0, order.get("_duties") or 0, order.get("sold")
    if sold is None or not (taxes or duties):
        return
    goods = sold + (order.get("shipping") or 0)
    for on_top, inside in ((taxes, 0), (0, taxes), (taxes + duties, 0), (duties, taxes)):
        if total == goods + on_top:
            order["tax_added"], order["tax_inside"] = on_top or None, inside or None
            return


def _line_amounts(line: dict[str, Any]) -> None:
    price, units = line.get("_price"), line.get("units")
    if price is not None and units is not None:
        line["listed"] = price * units


orders = Importer(
    platform="shopify",
    name="orders",
    title=Phrase("Shopify orders", "Shopify 订单"),
    menu=Phrase("Admin › Orders › Export › CSV for Excel or plain CSV", "后台 › 订单 › 导出"),
    tried_on="vertexgraphics/formula-rx8-merch: orders_export_1.csv",
    known_by=frozenset({"Name", "Financial Status", "Created at", "Total", "Lineitem name", "Lineitem quantity"}),
    kind="orders",
    sale_day="placed",
    probe="_financial",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("Name", required=True),
                    "platform_id": id_("Id"),
                    "currency": text("Currency"),
                    "_financial": text("Financial Status"),
                    "_fulfilment": text("Fulfillment Status"),
                    "buyer": buyer("Email", "Phone", "Billing Phone", "Shipping Phone"),
                    "channel": text("Source"),
                    "payment": text("Payment Method"),
                    "coupon": text("Discount Code"),
                    "placed": moment("Created at"),
                    "paid": moment("Paid at"),
                    "shipped": moment("Fulfilled at", "Fulfillment Date"),
                    "cancelled": moment("Cancelled at"),
                    "sold": money("Subtotal", least=0),
                    "shop_discount": money("Discount Amount", least=0),
                    "shipping": money("Shipping", least=0),
                    "platform_discount": constant(0),
                    "_taxes": money("Taxes", least=0),
                    "_duties": money("Duties", least=0),
                    "_total": money("Total", least=0),
                    "_outstanding": money("Outstanding Balance"),
                    "refunded": money("Refunded Amount", least=0),
                },
                "order_lines": {
                    "code": id_("Lineitem sku"),
                    "title": text("Lineitem name"),
                    "units": count("Lineitem quantity", least=0),
                    "_price": money("Lineitem price", least=0),
                    "own_discount": money("Lineitem discount", least=0),
                    "line_kind": constant("goods"),
                },
            }
        ),
    ),
)
