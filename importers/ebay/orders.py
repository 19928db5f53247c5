"""eBay's Seller Hub orders report: a blank line, the header, a blank line, a row per order, and a footer.

An order of several items has a row of totals without an item, then a row per item without totals. `Sold For` is the
price of one piece (grade B: no real file was seen). The report tells no status, no refund, no fee and no discount;
`Order Status` and `Refund Amount` are read where a tool has added them.
What eBay collects as tax is paid by the buyer only where it is inside Total Price. Spelled as in the US or as in the
UK (Post to …); the currency is that of the amounts' sign, `$` alone is the US dollar (provisional).
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
    choice,
    constant,
    count,
    id_,
    moment,
    money,
    norm,
    present,
    raw,
    text,
)
from importers.ebay._variants import code, variant
from importers.signs import currency_in
from merchant_cli.basics.phrases import Phrase

# Columns of what comes on top of the goods and shipping.
TAXES = (
    "Seller Collected Tax", "eBay Collected Tax", "Electronic Waste Recycling Fee", "Mattress Recycling Fee",
    "Battery Recycling Fee", "White Goods Disposal Tax", "Tire Recycling Fee", "Additional Fee", "Lumber Fee",
    "Prepaid Wireless Fee", "Road Improvement And Food Delivery Fee",
)  # fmt: skip
STATUS = {"Paid": "paid", "Refunded": "paid", "Shipped": "shipped", "Delivered": "delivered", "Cancelled": "cancelled",
          "Canceled": "cancelled"}  # fmt: skip  # provisional
_TAX_CELLS = [f"_tax_{n}" for n in range(len(TAXES))]
_STATED = ("_shipping", "_total", *_TAX_CELLS)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Goods of the rows with an item, totals of the row without one (of all rows where there is none)."""
    tells_payment = norm("Paid On Date") in facts.columns
    for draft in drafts:
        order = draft.values
        rows = list(zip(draft.lines, draft.at, strict=True))
        items = [(line, at) for line, at in rows if line.get("listing_id") or len(rows) == 1]
        totals = [line for line, _ in rows if not line.get("listing_id")] or [line for line, _ in items]
        for line, _ in items:
            price, units = line.get("_price"), line.get("units")
            line["listed"] = None if price is None or units is None else price * units
            line["code"] = code(line.get("code"), line.get("listing_id"), variant(line.get("options")))
        never_paid = _status(order, tells_payment)
        _money(order, [line for line, _ in items], _sums(totals), never_paid)
        order["currency"] = currency_in(line.get(name) for line, _ in rows for name in ("_price_said", "_total_said"))
        if order.get("status") == "cancelled":
            order["counts_said"] = int(order.get("shipped_day") is not None)
        draft.lines, draft.at = [line for line, _ in items], [at for _, at in items]
        yield draft
        for _, at in rows:
            if at not in draft.at:
                yield Draft("", {}, at, ignored="total")


def _status(order: dict[str, Any], tells_payment: bool) -> bool:
    """By the times where there is no word; nobody knows of an order that waits if no column tells of payments. Answers
    whether the order was never paid: a word for paid is enough.
    """
    unpaid = tells_payment and order.get("paid_day") is None and order.get("status") != "paid"
    if order.get("shipped_day") and order.get("status") in (None, "paid"):
        order["status"] = "shipped"
    elif order.get("status") is None and tells_payment:
        order["status"] = "unpaid" if unpaid else "paid"
    return unpaid


def _sums(rows: list[dict[str, Any]]) -> dict[str, int | None]:
    """What the rows state altogether; None for what none of them states."""
    found: dict[str, int | None] = {}
    for name in _STATED:
        said = [row[name] for row in rows if row.get(name) is not None]
        found[name] = sum(said) if said else None
    return found


def _money(order: dict[str, Any], items: list[dict[str, Any]], totals: dict[str, int | None], never_paid: bool) -> None:
    """sold = Σ Sold For × Quantity; the tax on top is that which makes Total Price of goods and shipping."""
    order["shipping"], total = totals["_shipping"], totals["_total"]
    order["paid"] = 0 if never_paid else total
    if not items or any(line["listed"] is None for line in items):
        return
    order["sold"] = sum(line["listed"] for line in items)
    taxes = sum(totals[name] or 0 for name in _TAX_CELLS)
    goods = order["sold"] + (order["shipping"] or 0)
    seller = totals["_tax_0"] or 0
    if total == goods + taxes:
        order["tax_added"] = taxes
    elif total == goods + seller:  # what eBay collects goes by the seller
        order["tax_added"] = seller


orders = Importer(
    platform="ebay",
    name="orders",
    title=Phrase("eBay orders", "eBay 订单报表"),
    menu=Phrase("Seller Hub › Orders › Download report, or Reports › Downloads › Orders", "卖家中心 › 订单 › 下载报告"),
    tried_on="7thcapitalist/Hackhaton: src/sources/__samples__/ebay_2026-09.csv (synthetic)",
    known_by=frozenset(
        {"Sales Record Number", "Order Number", "Item Number", "Item Title", "Sold For", "Total Price", "Sale Date"}
    ),
    kind="orders",
    grade="B",
    sale_day="placed",
    footers=r"^(\d+\s*,?\s*record\(s\) downloaded|Seller ID\s*:)",
    footer_starts="0123456789S",
    ends_early=True,
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("Order Number", required=True),
                    "platform_id": id_("Sales Record Number"),
                    "buyer": buyer("Buyer Username", "Buyer Email"),
                    "status": choice("Order Status", STATUS),
                    "status_raw": text("Order Status"),
                    "refunded": money("Refund Amount", least=0),
                    "payment": text("Payment Method"),
                    "placed": moment("Sale Date"),
                    "paid_at": moment("Paid On Date"),
                    "shipped": moment("Shipped On Date", "Posted On Date", "Dispatched On Date"),
                    "ship_by": moment("Ship By Date", "Post By Date", "Dispatch By Date", ahead=True),
                    "tracked": present("Tracking Number"),
                    "platform_discount": constant(0),
                    "shop_discount": constant(0),
                },
                "order_lines": {
                    "line_key": id_("Transaction ID"),
                    "code": id_("Custom Label"),
                    "listing_id": id_("Item Number"),
                    "title": text("Item Title"),
                    "options": text("Variation Details"),
                    "line_kind": constant("goods"),
                    "units": count("Quantity", least=0),
                    "_price": money("Sold For", least=0),
                    "_price_said": raw("Sold For"),
                    "_shipping": money("Shipping And Handling", "Postage And Packaging", least=0),
                    "_total": money("Total Price", least=0),
                    "_total_said": raw("Total Price"),
                    **{name: money(header) for name, header in zip(_TAX_CELLS, TAXES, strict=True)},
                },
            },
            # Above it the number of records stands where the order's number would.
            when=("Order Number", r"^(?!record\(s\) downloaded)"),
        ),
    ),
)
