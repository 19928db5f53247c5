"""What sales leave: net sales less the cost of goods and the platform's fees, by whatever a desk groups them by.

A desk states once, at the top of its module, what it groups by and which sales it means, and asks for a span of days:

    BY_CODE = orders("coupon", "coupon IS NOT NULL")
    for (shop, coupon), sums in contributions(db, scope, BY_CODE, since, until).items():
        found = sums.valued("CNY", rates)

Sales are those of the order's day. Discounts are taken off `sold` already. Units that came back are taken to be on
the shelf again, so they cost nothing. Shipping, tax and advertising are outside. Fees are an estimate (fees.py).
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import fees as rules
from merchant_cli.desks.base import Scope, Term
from merchant_cli.desks.sales import Rates, in_base, netted
from merchant_cli.methods.reorder_point import half_up

P = Phrase

COSTS = """
SELECT sku, from_day, cost_minor, currency FROM costs WHERE cost_minor IS NOT NULL ORDER BY sku, from_day
"""


class Selection(NamedTuple):
    """The statements that read one kind of groups; made by `orders` or `lines`."""

    money: str
    goods: str
    returned: str
    whole: bool  # of whole orders, not of single lines


def orders(group: str, where: str) -> Selection:
    """Whole orders that count. `group` (one or more expressions, comma between) and `where` are SQL over columns of
    the order: shop, order_id, day, coupon, shop_discount_minor, platform_discount_minor. Parameters are named."""
    money = f"""
SELECT shop, currency, day, count(*), sum(sold_minor), sum(shop_discount_minor), sum(platform_discount_minor), {group}
FROM order_money
WHERE counts = 1 AND day BETWEEN :since AND :until AND ({where})
GROUP BY shop, currency, day, {group}
"""
    goods = f"""
WITH unit_costs AS (
  SELECT sku AS cost_sku, currency AS cost_currency, cost_minor, from_day,
    lead(from_day, 1, '9999-12-31') OVER (PARTITION BY sku ORDER BY from_day) AS next_day
  FROM costs WHERE cost_minor IS NOT NULL
)
SELECT shop, currency, cost_currency, sum(units * cost_minor), sum(line_sold_minor), {group}
FROM order_units LEFT JOIN unit_costs ON cost_sku = sku AND day >= from_day AND day < next_day
WHERE day BETWEEN :since AND :until AND ({where})
  AND cost_sku IS NOT NULL AND units IS NOT NULL AND line_sold_minor IS NOT NULL
GROUP BY shop, currency, cost_currency, {group}
"""
    returned = f"""
SELECT shop, order_id, day, goods_minor, line_key, code, sku, units, currency, sold_minor,
  refund_id, refund_line, refund_code, refund_units, refund_minor, detail, order_sold_minor, 1, {group}
FROM refunded_lines
WHERE day BETWEEN :since AND :until AND (booked_day IS NULL OR booked_day BETWEEN :since AND :as_of) AND ({where})
ORDER BY shop, order_id, line_key, refund_id, refund_line
"""
    return Selection(money, goods, returned, True)


def lines(group: str, where: str) -> Selection:
    """Single goods lines of orders that count: `group` and `where` are SQL over shop, order_id, day, sku, code.

    The fixed part of a fee is counted once per order and group; what a platform gave is not known by the line.
    """
    money = f"""
SELECT shop, currency, day, count(DISTINCT order_id), sum(sold_minor), sum(shop_discount_minor), 0, {group}
FROM sold_units
WHERE day BETWEEN :since AND :until AND ({where})
GROUP BY shop, currency, day, {group}
"""
    goods = f"""
WITH unit_costs AS (
  SELECT sku AS cost_sku, currency AS cost_currency, cost_minor, from_day,
    lead(from_day, 1, '9999-12-31') OVER (PARTITION BY sku ORDER BY from_day) AS next_day
  FROM costs WHERE cost_minor IS NOT NULL
)
SELECT shop, currency, cost_currency, sum(units * cost_minor), sum(sold_minor), {group}
FROM sold_units LEFT JOIN unit_costs ON cost_sku = sku AND day >= from_day AND day < next_day
WHERE day BETWEEN :since AND :until AND ({where})
  AND cost_sku IS NOT NULL AND units IS NOT NULL AND sold_minor IS NOT NULL
GROUP BY shop, currency, cost_currency, {group}
"""
    returned = f"""
SELECT shop, order_id, day, goods_minor, line_key, code, sku, units, currency, sold_minor,
  refund_id, refund_line, refund_code, refund_units, refund_minor, detail, order_sold_minor,
  CASE WHEN ({where}) THEN 1 ELSE 0 END, {group}
FROM refunded_lines
WHERE day BETWEEN :since AND :until AND (booked_day IS NULL OR booked_day BETWEEN :since AND :as_of)
ORDER BY shop, order_id, line_key, refund_id, refund_line
"""
    return Selection(money, goods, returned, False)


class Contribution(NamedTuple):
    """Amounts in minor units of `currency`. `sold` is after the shop's discounts; `discount` and `platform_discount`
    stand beside it. `unknown_sold`: net sales whose cost is not known; `fees`: of all net sales.

    `unknown`: why nothing is measurable: `no-cost`, `no-rate` (money amounts are 0 then), `no-fees`; else ''.
    """

    currency: str | None
    orders: int = 0
    sold: int = 0
    refunds: int = 0
    discount: int = 0
    platform_discount: int = 0
    cost: int = 0
    fees: int = 0
    unknown_sold: int = 0
    unknown: str = ""

    @property
    def net(self) -> int:
        return self.sold - self.refunds

    @property
    def fees_known(self) -> int:
        """The fees of the sales whose cost is known, in proportion."""
        if not self.unknown_sold or not self.net:
            return self.fees
        return half_up(self.fees * (self.net - self.unknown_sold), self.net)

    @property
    def left(self) -> int | None:
        """The contribution: what is left of the net sales whose cost is known; None if not measurable."""
        return None if self.unknown else self.net - self.unknown_sold - self.cost - self.fees_known

    @property
    def unknown_share(self) -> float | None:
        """The share of net sales whose cost is unknown; None without net sales."""
        return round(self.unknown_sold / self.net, 4) if self.net > 0 and self.unknown != "no-rate" else None


Money = Counter[str | None]


@dataclass
class Sums:
    """One group's amounts, each by currency; `known`: net sales whose cost is known."""

    orders: int = 0
    sold: Money = field(default_factory=Counter)
    refunds: Money = field(default_factory=Counter)
    discount: Money = field(default_factory=Counter)
    platform_discount: Money = field(default_factory=Counter)
    cost: Money = field(default_factory=Counter)
    known: Money = field(default_factory=Counter)
    fees: Money = field(default_factory=Counter)
    without_fees: set[str] = field(default_factory=set)  # shops of platforms without a fee schedule

    def add(self, other: Sums) -> None:
        """Takes the amounts of `other` in, too."""
        self.orders += other.orders
        for name in ("sold", "refunds", "discount", "platform_discount", "cost", "known", "fees"):
            getattr(self, name).update(getattr(other, name))
        self.without_fees |= other.without_fees

    def valued(self, currency: str | None, rates: Rates) -> Contribution:
        """The amounts in one currency, each rounded half up."""
        parts = [self.sold, self.refunds, self.discount, self.platform_discount, self.cost, self.fees, self.known]
        worth = [in_base(dict(part), currency, rates) for part in parts]
        known_parts = [amount for amount in worth if amount is not None]
        if len(known_parts) < len(parts):
            return Contribution(currency, self.orders, unknown="no-rate")
        sold, refunds, discount, platform, cost, fees, known = known_parts
        net = sold - refunds
        unknown_sold = net - min(known, net)
        why = "no-fees" if self.without_fees else "no-cost" if net and unknown_sold == net else ""
        return Contribution(currency, self.orders, sold, refunds, discount, platform, cost, fees, unknown_sold, why)


Group = tuple[Any, ...]


def contributions(
    db: sqlite3.Connection, scope: Scope, selection: Selection, since: str, until: str, **params: Any
) -> tuple[dict[Group, Sums], list[Note]]:
    """(shop, *group) → amounts of the orders of `since`..`until`, net of what came back by the as-of day.

    `params` fill the named parameters of the selection. The notes tell of a faulty rule file.
    """
    span = {"since": since, "until": until, "as_of": scope.as_of, **params}
    found: dict[Group, Sums] = defaultdict(Sums)

    def asked(sql: str) -> Iterable[Any]:
        return (row for row in db.execute(sql, span) if not scope.shops or row[0] in scope.shops)

    for shop, currency, cost_currency, cost, sold, *group in asked(selection.goods):
        sums = found[shop, *group]
        sums.known[currency] += sold
        sums.cost[cost_currency or scope.currency] += cost
    backs = _take_back(asked(selection.returned), found, _costs(db), scope.currency, selection.whole)
    schedules, notes = rules.load()
    for shop, currency, day, count, sold, discount, platform, *group in asked(selection.money):
        sums, back = found[shop, *group], backs[shop, *group, currency, day]
        sums.orders += count
        sums.sold[currency] += sold or 0
        sums.refunds[currency] += back
        sums.discount[currency] += discount or 0
        sums.platform_discount[currency] += platform or 0
        base = max(0, (sold or 0) - (platform or 0) - back)  # what the buyer paid for goods and keeps
        fee = schedules.of(shop, day, base, currency, count)
        if fee is None:
            sums.without_fees.add(shop)
        sums.fees[currency] += fee or 0
    return dict(found), notes


def _take_back(
    rows: Iterable[Any], found: dict[Group, Sums], cost_on: Callable[[str, str], tuple[int, str | None] | None],
    base: str | None, whole: bool,
) -> Counter[Group]:  # fmt: skip
    """Takes what came back off cost and known sales; the money that came back by group, currency and day."""
    backs: Counter[Group] = Counter()
    for (shop, _), of_order in groupby(rows, key=lambda row: (row[0], row[1])):
        order = list(of_order)
        for row, back in netted(order):
            _, _, day, _, _, _, sku, units, currency, sold = row[:10]
            if not row[17]:
                continue
            key = (shop, *row[18:])
            if not whole:
                backs[*key, currency, day] += back.money
            cost = cost_on(sku, day) if None not in (sku, units, sold) else None
            if cost is not None:
                found[key].known[currency] -= back.money
                found[key].cost[cost[1] or base] -= back.units * cost[0]
        if whole:
            first = order[0]
            backs[shop, *first[18:], first[8], first[2]] += _back_of_order(order)
    return backs


def _back_of_order(rows: list[Any]) -> int:
    """What came back of the order's `sold`, whether a file states its lines or not: see netting.returned."""
    goods, sold = rows[0][3], rows[0][16] or 0
    refunds = {(row[10], row[11]): (row[14] or 0, row[15]) for row in rows}.values()
    stated = sum(money for money, detail in refunds if detail == 1)
    total = max(stated, sum(money for money, detail in refunds if detail != 1))
    return sold if goods is not None and total >= goods else min(total, sold)


def _costs(db: sqlite3.Connection) -> Callable[[str, str], tuple[int, str | None] | None]:
    """What a unit of a SKU cost on a day, with its currency; None where that is not known."""
    days: dict[str, list[str]] = defaultdict(list)
    costs: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    for sku, day, cost, currency in db.execute(COSTS):
        days[sku].append(day)
        costs[sku].append((cost, currency))

    def on(sku: str, day: str) -> tuple[int, str | None] | None:
        place = bisect_right(days[sku], day) if sku in days else 0
        return costs[sku][place - 1] if place else None

    return on


def terms(found: Contribution, total: str = "contribution") -> list[Term]:
    """Net sales and contribution as sums whose terms add up exactly."""
    kind: dict[str, Any] = {"kind": "money", "unit": found.currency}
    label = P("Contribution", "贡献毛利")
    if found.unknown == "no-rate":
        return [Term(total, label, None, is_total=True, **kind)]
    made = [
        Term("net_sales", P("Sold, after the shop's discounts", "售出（已减店铺优惠）"), found.sold, **kind),
        Term("net_sales", P("Refunded", "退款"), -found.refunds, **kind),
        Term("net_sales", P("Net sales", "净销售额"), found.net, is_total=True, **kind),
    ]
    if found.left is None:
        return [*made, Term(total, label, None, is_total=True, **kind)]
    return [
        *made,
        Term(total, P("Net sales", "净销售额"), found.net, **kind),
        Term(total, P("Of it without a known cost", "其中成本未知"), -found.unknown_sold, **kind),
        Term(total, P("Cost of goods", "商品成本"), -found.cost, **kind),
        Term(total, P("Platform fees of the rest", "其余部分的平台费用"), -found.fees_known, estimated=True, **kind),
        Term(total, label, found.left, is_total=True, estimated=True, **kind),
    ]
