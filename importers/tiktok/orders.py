"""TikTok Shop's order export of US shops (`All order-….csv`): a row for each SKU of an order, order amounts repeated.

The row below the header describes the columns. Times are those of Los Angeles, the month first. Provisional: that
`Payment platform discount`, `Taxes` and `Retail Delivery Fee` (a fee that some states demand; kept as tax) are the
order's, as Order Amount and shipping are; the identity check of each import says where that does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    count,
    id_,
    moment,
    money,
    norm,
    present,
    raw,
    text,
)
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]

# Provisional but for To ship, Shipped, Completed and Cancelled.
STATUS = {
    "Unpaid": "unpaid",
    "On hold": "paid",
    "To ship": "paid",
    "Awaiting shipment": "paid",
    "Awaiting collection": "paid",
    "Partially shipped": "part_shipped",
    "Shipped": "shipped",
    "In transit": "shipped",
    "Delivered": "delivered",
    "Completed": "completed",
    "Cancelled": "cancelled",
    "Canceled": "cancelled",
}
PROGRESS = list(dict.fromkeys(STATUS.values()))
DESCRIPTION = r"^[A-Za-z]+ "  # the order's number in the row that describes the columns


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """sold = SKU Subtotal After Discount + SKU Platform Discount, the sum of the rows. A row that stands twice counts
    once. An order that was never paid was paid nothing for; what came back is Order Refund Amount.
    """
    tells_payment = norm("Paid Time") in facts.columns
    for draft in drafts:
        order = draft.values
        if not draft.lines:
            draft.ignored = "description"
            yield draft
            continue
        kept = [n for n, line in enumerate(draft.lines) if line not in draft.lines[:n]]
        draft.lines, draft.at = [draft.lines[n] for n in kept], [draft.at[n] for n in kept]
        _status(order, draft.lines)
        _money(order, draft.lines)
        if tells_payment and not order.get("paid_day"):
            order["paid"] = 0
        yield draft


def _status(order: Row, lines: Sequence[Row]) -> None:
    """The least of the rows that are not cancelled; of two words for one row the one further along."""
    said = [_further(line.get("_status"), line.get("_part")) for line in lines]
    live = [status for status in said if status != "cancelled"]
    order["status"] = min(live, key=_step) if live else "cancelled"
    if order["status"] == "paid" and len(set(live)) > 1:
        order["status"] = "part_shipped"
    words = (" / ".join(filter(None, (line.get("_word"), line.get("_part_word")))) for line in lines)
    order["status_raw"] = "; ".join(sorted({word for word in words if word})) or None
    order["channel"] = "; ".join(sorted({line["_channel"] for line in lines if line.get("_channel")})) or None


def _further(status: str | None, part: str | None) -> str:
    if part in (None, "unknown") or status == "cancelled":
        return status or "unknown"
    return max(status or "unknown", str(part), key=_step)


def _step(status: str) -> int:
    return PROGRESS.index(status) if status in PROGRESS else -1


def _money(order: Row, lines: Sequence[Row]) -> None:
    for line in lines:
        line["code"] = line.get("code") or line.get("_sku_id")
        after, platform = line.get("_after"), line.get("_platform")
        line["own_sold"] = None if after is None else after + (platform or 0)
        if line.get("listed") is None and line["own_sold"] is not None and line.get("own_discount") is not None:
            line["listed"] = line["own_sold"] + line["own_discount"]
    sold = [line["own_sold"] for line in lines]
    order["sold"] = None if None in sold else _sum(sold)
    order["shop_discount"] = _sum([line.get("own_discount") for line in lines])
    order["platform_discount"] = _sum([*(line.get("_platform") for line in lines), order.get("_payment")])
    order["tax_added"] = _sum([order.get("_taxes"), order.get("_delivery_fee")])
    order["tracked"] = max((line["_tracked"] for line in lines if "_tracked" in line), default=None)


def _sum(parts: Sequence[int | None]) -> int | None:
    """The stated parts together; None if none is stated."""
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


orders = Importer(
    platform="tiktok",
    name="orders",
    title=Phrase("TikTok Shop orders (US)", "TikTok 美国小店订单"),
    menu=Phrase("Seller Center › Orders › Manage orders › Export", "卖家中心 › 订单 › 管理订单 › 导出"),
    known_by=frozenset(
        {
            "Order ID",
            "Order Status",
            "SKU ID",
            "Quantity",
            "SKU Subtotal After Discount",
            "SKU Platform Discount",
            "Order Amount",
            "Zipcode",
        }
    ),
    kind="orders",
    currency="USD",
    zone="America/Los_Angeles",
    sale_day="placed",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into({"orders": {"order_id": id_("Order ID")}}, when=("Order ID", DESCRIPTION)),
        Into(
            {
                "orders": {
                    "order_id": id_("Order ID", required=True),
                    "buyer": buyer("Buyer Username"),
                    "payment": text("Payment Method"),
                    "placed": moment("Created Time", order="mdy"),
                    "paid_at": moment("Paid Time", order="mdy"),
                    "shipped": moment("Shipped Time", order="mdy"),
                    "done": moment("Delivered Time", order="mdy"),
                    "cancelled": moment("Cancelled Time", order="mdy"),
                    "shipping": money("Shipping Fee After Discount", least=0),
                    "_payment": money("Payment platform discount", least=0),
                    "_taxes": money("Taxes", least=0),
                    "_delivery_fee": money("Retail Delivery Fee", least=0),
                    "paid": money("Order Amount", least=0),
                    "refunded": money("Order Refund Amount", least=0),
                },
                "order_lines": {
                    "code": id_("Seller SKU"),
                    "_sku_id": id_("SKU ID", required=True),
                    "listing_id": id_("Product ID"),
                    "title": text("Product Name"),
                    "options": text("Variation"),
                    "line_kind": constant("goods"),
                    "units": count("Quantity", least=0),
                    "listed": money("SKU Subtotal Before Discount", least=0),
                    "own_discount": money("SKU Seller Discount", least=0),
                    "_platform": money("SKU Platform Discount", least=0),
                    "_after": money("SKU Subtotal After Discount", least=0),
                    "_status": choice("Order Status", STATUS),
                    "_part": choice("Order Substatus", STATUS),
                    "_word": text("Order Status"),
                    "_part_word": text("Order Substatus"),
                    "_tracked": present("Tracking ID"),
                    "_package": raw("Package ID"),
                    "_channel": text("Order Channel"),
                },
            }
        ),
    ),
)
