"""An order with its lines as one set: what follows from what the files state.

Day and counts, amounts spread over the lines, sums of lines, and the refunds that order and lines imply.
All amounts are minor units of the order's currency.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from merchant_cli.basics.money import largest_remainder
from merchant_cli.store.facts import ORDER_LINES, ORDERS, REFUNDS
from merchant_cli.store.row_hash import row_hash

Stated = dict[str, Any]
Row = tuple[Any, ...]

_STEPS = ("unknown", "unpaid", "paid", "part_shipped", "shipped", "delivered", "completed", "cancelled")
PROGRESS = {status: step for step, status in enumerate(_STEPS)}
_SOLD = frozenset({"paid", "part_shipped", "shipped", "delivered", "completed"})
_SHIPPED = frozenset({"shipped", "delivered", "completed"})

_ORDER_COLUMNS, _LINE_COLUMNS, _REFUND_COLUMNS = ORDERS.business, ORDER_LINES.business, REFUNDS.business
_order_values, _line_values, _refund_values = (
    itemgetter(*columns) for columns in (_ORDER_COLUMNS, _LINE_COLUMNS, _REFUND_COLUMNS)
)
_line_key = itemgetter("line_key")
_order_said, _line_said = itemgetter(*ORDERS.stated), itemgetter(*ORDER_LINES.stated)
_AT_LINE_KEY = itemgetter(ORDER_LINES.stated.index("line_key"))
_BLANK_ORDER: Stated = dict.fromkeys(_ORDER_COLUMNS)
_BLANK_LINE: Stated = dict.fromkeys(_LINE_COLUMNS)
_BLANK_REFUND: Stated = dict.fromkeys(_REFUND_COLUMNS)


def stage_of(order: Stated) -> str:
    """The order's status, or what its times say where the file has no status."""
    if order["status"]:
        return str(order["status"])
    if order["done_day"]:
        return "completed"
    if order["shipped_day"]:
        return "shipped"
    if order["paid_day"]:
        return "paid"
    return "unknown"


def counts_as_sale(order: Stated, stage: str) -> int:
    """1 if the order is a sale: paid to completed, cash on delivery once shipped, closed only after shipping."""
    if order["counts_said"] is not None:
        return int(order["counts_said"])
    if stage in _SOLD:
        return 0 if order["cod"] and stage == "paid" else 1
    if stage == "cancelled":
        return 1 if _was_shipped(order) and _was_paid(order) else 0
    return 0


def _was_shipped(order: Stated) -> bool:
    return bool(order["shipped_day"] or order["tracked"])


def _was_paid(order: Stated) -> bool:
    return bool(order["paid_day"] or order["paid"] or order["cod"])


def cannot_tell(order: Stated) -> bool:
    """Whether a closed and paid order leaves open if it was shipped: it then does not count, with a note."""
    return (
        order["counts_said"] is None
        and order["status"] == "cancelled"
        and _was_paid(order)
        and not order["shipped_day"]
        and order["tracked"] is None
    )


def spread(order: Stated, lines: Sequence[Stated]) -> None:
    """Fills `sold`, `shop_discount` and `allocated` of the lines (sorted by line_key) from what is stated.

    What the order sold beyond its lines' own amounts is allocated in proportion to `listed`, by largest remainder.
    """
    open_lines = []
    total: int | None = 0
    for line in lines:
        listed, sold = line["listed"], line["own_sold"]
        line["allocated"] = 0
        if sold is None and listed is not None:
            sold = listed - (line["own_discount"] or 0)
            open_lines.append(line)
        line["sold"] = sold
        if total is not None and line["line_kind"] != "shipping":
            total = None if sold is None else total + sold
    if open_lines and total is not None and order["sold"] is not None and total != order["sold"]:
        goods = [line for line in open_lines if line["line_kind"] == "goods"] or open_lines
        _take_off(goods, total - order["sold"])
    for line in lines:
        if line["sold"] is not None and line["listed"] is not None:
            line["shop_discount"] = line["listed"] - line["sold"]


def _take_off(lines: Sequence[Stated], amount: int) -> None:
    weights = [max(0, line["listed"]) for line in lines]
    parts = largest_remainder(amount, weights)
    if any(part > line["sold"] for part, line in zip(parts, lines, strict=True)):
        parts = largest_remainder(amount, [max(0, line["sold"]) for line in lines])
    for part, line in zip(parts, lines, strict=True):
        line["sold"] -= part
        line["allocated"] = 1


def derive(order: Stated, lines: list[Stated], sale_day: str, refund_day: str | None) -> list[Stated]:
    """Fills the derived columns of `order` and its `lines` and returns the refunds that they imply.

    `refund_day`: the day an undated refund is booked on; None means the order's own day.
    """
    stage = stage_of(order)
    counts = counts_as_sale(order, stage)
    paid, placed = order["paid_day"], order["placed_day"]
    day = (paid or placed) if sale_day == "paid" else (placed or paid)
    order["stage"], order["day"], order["counts"] = stage, day, counts
    order["open"] = 1 if counts and stage in ("paid", "part_shipped") and not order["shipped_day"] else 0
    order["basis"] = None if order["sold"] is None else "order"
    listed: int | None = None
    refunded = False
    if lines:
        spread(order, lines)
        listed, refunded = _of_lines(order, lines, day, counts)
    _sum_up(order, listed)
    if not counts or not (refunded or order["refunded"] or stage == "cancelled"):
        return []
    return _refunds(order, lines, stage, refund_day or day)


def _of_lines(order: Stated, lines: Sequence[Stated], day: str | None, counts: int) -> tuple[int | None, bool]:
    """Gives the lines what holds for the whole order and sums them up: what they list, and if any was refunded."""
    currency, units = order["currency"], 0
    listed: int | None = 0
    sold: int | None = 0
    refunded = False
    for line in lines:
        line["day"], line["counts"], line["currency"] = day, counts, currency
        if line["line_kind"] == "goods":
            units += line["units"] or 0
        listed = None if listed is None or line["listed"] is None else listed + line["listed"]
        sold = None if sold is None or line["sold"] is None else sold + line["sold"]
        refunded = refunded or bool(line["refunded"])
    order["units"], order["sum_sold"] = units, sold
    return listed, refunded


def _sum_up(order: Stated, listed: int | None) -> None:
    """What the order lists, sold and discounted: its own columns, else the sums of its lines."""
    sold, discount = order["sold"], order["shop_discount"]
    if order["listed"] is not None:
        listed = order["listed"]
    if sold is None and (sold := order["sum_sold"]) is not None:
        order["basis"] = "lines"
    if listed is None and sold is not None and discount is not None:
        listed = sold + discount
    if listed is not None and sold is not None:
        discount = listed - sold
    order["sum_listed"], order["sum_discount"], order["sum_sold"] = listed, discount, sold


def _refunds(order: Stated, lines: Sequence[Stated], stage: str, day: str | None) -> list[Stated]:
    total = order["refunded"]
    if stage == "cancelled" and not total and order["counts_said"] is None:
        total = order["paid"] if order["paid"] else order["sum_sold"]
    found = []
    for line in lines:
        if line["refunded"] and line["refunded"] > 0:
            found.append(_refund(order, line["line_key"], line["refunded"], day, line))
    if total and total > 0:
        found.append(_refund(order, "", total, day, None))
    return found


def _refund(order: Stated, line_key: str, amount: int, day: str | None, line: Stated | None) -> Stated:
    # A line is back in full when all that was paid for it is (less than `sold` where the platform paid a part), or all
    # that it sold for (less than `paid` where shipping is in it).
    worth = [line[name] for name in ("sold", "paid") if line[name] is not None] if line is not None else []
    full = bool(worth) and amount >= min(worth)
    return _BLANK_REFUND | {
        "refund_id": "order:" + order["order_id"],
        "line_key": line_key,
        "order_id": order["order_id"],
        "code": line["code"] if line else None,
        "units": line["units"] if line is not None and full else None,
        "amount": amount,
        "currency": order["currency"],
        "done_day": day,
        "state": (line["refund_state"] if line else None) or "done",
        "detail": 1 if line else 0,
        "day_known": 0,
    }


def claim_hash(order: Stated, lines: Sequence[Stated]) -> int:
    """The hash of what a file states of an order and its lines: equal claims have equal hashes."""
    said = [_line_said(_BLANK_LINE | one) for one in lines]
    if len(said) > 1:
        said.sort(key=_AT_LINE_KEY)
    return row_hash("", (_order_said(_BLANK_ORDER | order), tuple(said)))


class Finisher:
    """Turns stated order sets of one shop into the rows of fact_orders, fact_order_lines and fact_refunds."""

    def __init__(self, shop_no: int, shop: str, sale_day: str) -> None:
        self.shop_no, self.shop, self.sale_day = shop_no, shop, sale_day
        self.order: Stated = {}

    def finish(
        self, order: Stated, lines: list[Stated], import_no: int, line: int, at: Sequence[int],
        *, lines_import: int | None = None, refund_day: str | None = None, contested: int = 0,
        claim: int = 0,
    ) -> tuple[Row, list[Row], list[Row]]:  # fmt: skip
        """The rows of one order. `at`: the file lines of `lines`, which come from `lines_import` (else import_no).

        `claim` is the hash of the one claim that the order has (0 if there are several). `order` keeps the
        derived columns.
        """
        order = self.order = _BLANK_ORDER | order
        filled = [_BLANK_LINE | one for one in lines]
        if len(filled) > 1:
            for one, number in zip(filled, at, strict=True):
                one["line"] = number
            filled.sort(key=_line_key)
            at = [one["line"] for one in filled]
        refunds = derive(order, filled, self.sale_day, refund_day)
        shop_no, shop, lines_import = self.shop_no, self.shop, lines_import or import_no
        line_rows = []
        for one, number in zip(filled, at, strict=True):
            values = _line_values(one)
            line_rows.append((shop_no, *values, lines_import, number, row_hash(shop, values), contested))
        refund_rows = []
        for one in refunds:
            values = _refund_values(one)
            refund_rows.append((shop_no, *values, import_no, line, row_hash(shop, values), contested))
        values = _order_values(order)
        hashed = row_hash(shop, values)
        return (shop_no, *values, import_no, line, hashed, contested, claim), line_rows, refund_rows


def refunded_above(order: Stated, lines: Sequence[Stated]) -> bool:
    """Whether more came back of a sale than it came to: than was paid, and than goods, shipping and tax together.

    False where the file does not state what it came to.
    """
    if not order.get("counts"):
        return False
    back = order.get("refunded")
    if back is None:
        back = sum(line.get("refunded") or 0 for line in lines)
    if not back:
        return False
    paid = order.get("paid")
    if paid is None and lines and all(line.get("paid") is not None for line in lines):
        paid = sum(line["paid"] for line in lines)
    if paid is None and order.get("shipping") is None:
        return False
    sold = order.get("sold") if order.get("sold") is not None else order.get("sum_sold")
    charged = None if sold is None else sold + (order.get("shipping") or 0) + (order.get("tax_added") or 0)
    known = [amount for amount in (paid, charged) if amount is not None]
    return bool(known) and int(back) > max(known)


def identity_gap(order: Stated) -> int | None:
    """paid − (sold − platform_discount + shipping + tax_added) of an order that counts and is fully paid (it has a
    time of payment); None if the file does not state it."""
    get = order.get
    sold, paid = get("sold"), get("paid")
    if sold is None or paid is None or not get("counts") or get("paid_day") is None:
        return None
    return int(paid - (sold - (get("platform_discount") or 0) + (get("shipping") or 0) + (get("tax_added") or 0)))
