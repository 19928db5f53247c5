"""Lazada's order export, current (`orderItemId`) and older (`Order Item Id`): a row for each unit of an order.

Provisional, as no file says so: unitPrice is the price of the unit, paidPrice what the buyer paid for it, and of the
difference sellerDiscountTotal (above or below zero) is the shop's and the rest Lazada's. The older layout does not
tell who bore it: it is taken for the shop's. shippingFee is that of the unit, walletCredit a way to pay, bundleDiscount
inside the discount. There is no time of payment, so no identity check. The export names no currency; times are read as
those of Singapore.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    described,
    id_,
    moment,
    money,
    norm,
    present,
    promised,
    text,
)
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]

BACK = "back"  # the parcel was sent and came back, or was lost
# Provisional: from memory of the platform's interface.
STATUS = {
    "unpaid": "unpaid",
    **dict.fromkeys(("pending", "topack", "packed", "repacked", "toship", "ready_to_ship", "ready to ship"), "paid"),
    **dict.fromkeys(("shipped", "shipping", "in transit"), "shipped"),
    "delivered": "delivered",
    **dict.fromkeys(("confirmed", "completed"), "completed"),
    **dict.fromkeys(("canceled", "cancelled"), "cancelled"),
    **dict.fromkeys(("returned", "failed", "failed_delivery", "lost", "lost_by_3pl", "damaged_by_3pl"), BACK),
}
PROGRESS = ("unknown", "unpaid", "paid", "shipped", "delivered", "completed")
CASH_ON_DELIVERY = ("cod", "cash on delivery", "cashondelivery")
SUMS = ("units", "listed", "own_sold", "paid", "refunded")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Units of one SKU become one line. sold = unitPrice − sellerDiscountTotal, platform discount = sold − paidPrice,
    each the sum of the units. An order is as far as the least of its units that were neither cancelled nor came back;
    what was paid for those came back, if refundAmount says nothing else.
    """
    seller_told = norm("sellerDiscountTotal") in facts.columns
    for draft in drafts:
        order = draft.values
        kept = [n for n, unit in enumerate(draft.lines) if unit not in draft.lines[:n]]
        units, at = [draft.lines[n] for n in kept], [draft.at[n] for n in kept]
        for unit in units:
            _unit(unit, seller_told)
        _order(order, units)
        draft.lines, draft.at = _merged(units, at)
        yield draft
        yield from (Draft("", {}, number, ignored="added") for number in at if number not in draft.at)


def _unit(unit: Row, seller_told: bool) -> None:
    """The money of one unit; what came back of it."""
    price, paid, off = unit.get("listed"), unit.get("paid"), abs(unit.get("_off") or 0)
    unit["code"] = unit.get("code") or unit.get("_sku") or described(unit.get("title"), unit.get("options"))
    unit["units"] = 1
    unit["own_sold"] = price - off if seller_told and price is not None else price if paid is None else paid
    status, back = unit.get("_status"), unit.get("_refund")
    worth = unit["own_sold"] if paid is None else paid
    unit["refunded"] = abs(back) if back else worth if status in (BACK, "cancelled") else 0


def _order(order: Row, units: Sequence[Row]) -> None:
    said = [unit.get("_status") or "unknown" for unit in units]
    live = [status for status in said if status not in (BACK, "cancelled")]
    order["status"] = min(live, key=PROGRESS.index) if live else "cancelled"
    if order["status"] == "paid" and len(set(live)) > 1:
        order["status"] = "part_shipped"
    order["status_raw"] = "/".join(sorted({unit["_word"] for unit in units if unit.get("_word")})) or None
    order["cod"] = 1 if (order.get("payment") or "").casefold() in CASH_ON_DELIVERY else None
    order["tracked"] = max((unit["_tracked"] for unit in units if "_tracked" in unit), default=None)
    order["sold"], order["shipping"] = _sum(units, "own_sold"), _sum(units, "_shipping")
    paid, listed = _sum(units, "paid"), _sum(units, "listed")
    sold = order["sold"]
    order["platform_discount"] = None if paid is None or sold is None else max(0, sold - paid)
    order["shop_discount"] = None if listed is None or sold is None else listed - sold
    order["paid"] = None if paid is None else paid + (order["shipping"] or 0)
    promised(order, units)
    if live:
        order["refunded"] = _sum(units, "refunded")
        if order["status"] == "unpaid" or (order["cod"] and order["status"] in ("paid", "shipped")):
            order["paid"] = 0
    elif BACK in said:  # it was sent: a sale, of which all came back
        order["counts_said"], order["refunded"] = 1, _sum(units, "refunded")
    else:
        order["paid"] = None  # nobody says if it was ever paid
        for unit in units:
            unit["refunded"] = None


def _sum(units: Sequence[Row], name: str) -> int | None:
    """The sum over the units; None if one of them does not state it."""
    stated = [value for unit in units if (value := unit.get(name)) is not None]
    return sum(stated) if len(stated) == len(units) else None


def _merged(units: Sequence[Row], at: Sequence[int]) -> tuple[list[Row], list[int]]:
    """A line for each SKU, at the first of its units."""
    groups: dict[str, list[int]] = {}
    for n, unit in enumerate(units):
        groups.setdefault(unit["code"], []).append(n)
    lines, numbers = [], []
    for code, some in groups.items():
        line = {name: units[some[0]].get(name) for name in ("title", "options", "line_kind")}
        line |= {name: _sum([units[n] for n in some], name) for name in SUMS}
        lines.append(line | {"code": code, "refund_state": "done" if line["refunded"] else None})
        numbers.append(at[some[0]])
    return lines, numbers


orders = Importer(
    platform="lazada",
    name="orders",
    title=Phrase("Lazada orders", "来赞达订单"),
    menu=Phrase(
        "Seller Center › Orders › Order management › Export › Export all",
        "卖家中心 › 订单 › 订单管理 › 导出全部",
    ),
    known_by=frozenset({"orderItemId", "orderNumber", "sellerSku", "lazadaSku", "createTime|Created at"}),
    kind="orders",
    zone="Asia/Singapore",
    sale_day="placed",
    grade="C",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("orderNumber", required=True),
                    "buyer": buyer("customerEmail"),
                    "payment": text("payMethod", "Payment Method"),
                    "placed": moment("createTime", "Created at"),
                    "done": moment("deliveredDate"),
                    "refunded": constant(None),
                    "counts_said": constant(None),
                },
                "order_lines": {
                    "_unit_id": id_("orderItemId", required=True),
                    "code": id_("sellerSku"),
                    "_sku": id_("lazadaSku"),
                    "title": text("itemName"),
                    "options": text("variation"),
                    "line_kind": constant("goods"),
                    "listed": money("unitPrice", least=0),
                    "paid": money("paidPrice", least=0),
                    "_off": money("sellerDiscountTotal"),
                    "_shipping": money("shippingFee", least=0),
                    "_refund": money("refundAmount"),
                    "_status": choice("status", STATUS),
                    "_word": text("status"),
                    "_tracked": present("trackingCode"),
                    "_ship_by": moment("rtsSla", "ttsSla", "promisedShippingTime", ahead=True),
                },
            }
        ),
    ),
)
