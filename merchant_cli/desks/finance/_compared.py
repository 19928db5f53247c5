"""Our paid amount by day beside another source's, and what each possible definition would add to ours."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.methods import definitions

P = Phrase

PLATFORMS = """
SELECT shop, from_day, sum(paid_minor), max(currency) FROM traffic
WHERE item = '' AND from_day = to_day AND paid_minor IS NOT NULL AND from_day BETWEEN :since AND :until
GROUP BY shop, from_day HAVING count(*) = 1 ORDER BY shop, from_day
"""
COVERED = """
SELECT day FROM coverage
WHERE shop = :shop AND kind = 'orders' AND "full" = 1 AND day BETWEEN :since AND :until ORDER BY day
"""
OURS = """
SELECT day, sum(paid_minor), sum(refunds_minor), sum(shipping_minor) FROM money_booked
WHERE shop = :shop AND day BETWEEN :since AND :until GROUP BY day
"""
# What the platform paid of an order is in no sum of money_booked.
SUBSIDIES = """
SELECT m.day, sum(m.platform_discount_minor) FROM order_money m
WHERE m.shop = :shop AND m.counts = 1 AND m.day BETWEEN :since AND :until GROUP BY m.day
"""
BY_PAYMENT = """
SELECT paid_day, sum(paid_minor) FROM orders
WHERE shop = :shop AND counts = 1 AND paid_day BETWEEN :since AND :until GROUP BY paid_day
"""
CANCELLED = """
SELECT paid_day, sum(paid_minor) FROM orders
WHERE shop = :shop AND counts = 0 AND paid_day BETWEEN :since AND :until GROUP BY paid_day
"""
UNPAID = """
SELECT placed_day, sum(sold_minor) FROM orders
WHERE shop = :shop AND counts = 0 AND paid_day IS NULL AND placed_day BETWEEN :since AND :until GROUP BY placed_day
"""
CAUSES = {
    "cancelled": P("paid orders that were closed later", "付款后关闭的订单"),
    "other_day": P("booked on the day of payment", "按付款日计"),
    "refunds": P("refunds taken off", "已扣退款"),
    "platform_discount": P("discounts that the platform bears", "平台承担的优惠"),
    "shipping": P("shipping left out", "不含运费"),
    "unpaid": P("orders that were never paid", "未付款订单"),
}
UNCOVERED = P("no order file covers the day", "当天没有订单文件")


class Day(NamedTuple):
    """One day: theirs and ours in minor units, the difference by cause, and what none explains."""

    day: str
    theirs: int
    ours: int
    causes: dict[str, int]
    uncovered: int
    rest: int


def compared(db: sqlite3.Connection, shop: str, theirs: Mapping[str, int]) -> tuple[list[Day], tuple[str, ...]]:
    """The days that `theirs` names (day → minor units), and the causes that explain their differences best.

    One definition must hold for all covered days. A day that our order files do not fully cover has no cause but this.
    """
    if not theirs:
        return [], ()
    span = {"shop": shop, "since": min(theirs), "until": max(theirs)}
    full = {day for (day,) in db.execute(COVERED, span)}
    ours, parts = _parts(db, span)
    days = [day for day in sorted(theirs) if day in full]
    gaps = [theirs[day] - ours[day] for day in days]
    by_cause = {name: [amounts[day] for day in days] for name, amounts in parts.items()}
    chosen = definitions.best(gaps, by_cause)
    rests = dict(zip(days, definitions.rests(gaps, [by_cause[name] for name in chosen]), strict=True))
    found = []
    for day in sorted(theirs):
        covered = day in full
        causes = {name: parts[name][day] for name in chosen} if covered else {}
        gap = 0 if covered else theirs[day] - ours[day]
        found.append(Day(day, theirs[day], ours[day], causes, gap, rests.get(day, 0)))
    return found, chosen


def _parts(db: sqlite3.Connection, span: dict[str, str]) -> tuple[dict[str, int], dict[str, dict[str, int]]]:
    """Our paid amount by day, and by cause what would come to it if theirs were defined so."""
    ours: dict[str, int] = defaultdict(int)
    parts: dict[str, dict[str, int]] = {name: defaultdict(int) for name in CAUSES}
    for day, paid, refunds, shipping in db.execute(OURS, span):
        ours[day] = paid or 0
        parts["refunds"][day] = -(refunds or 0)
        parts["shipping"][day] = -(shipping or 0)
    for name, sql in (("platform_discount", SUBSIDIES), ("cancelled", CANCELLED), ("unpaid", UNPAID)):
        for day, amount in db.execute(sql, span):
            parts[name][day] = amount or 0
    by_payment: dict[str, int] = defaultdict(int, {day: paid or 0 for day, paid in db.execute(BY_PAYMENT, span)})
    for day in ours.keys() | by_payment.keys():
        parts["other_day"][day] = by_payment[day] - ours[day]
    return ours, parts
