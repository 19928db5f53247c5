"""Which unpaid orders can be paid for one more day."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.orders import _clocks as clocks
from merchant_cli.desks.orders import orders
from merchant_cli.desks.orders._read import (
    ORDERS,
    Order,
    Where,
    columns,
    currency_of,
    first_step,
    goods,
    instant,
    span,
    state_notes,
    told,
)
from merchant_cli.desks.sales import Rates, in_base
from merchant_cli.desks.shop_time import ShopTime, shop_times

P = Phrase

HOUR = 3600

UNPAID = ORDERS + "WHERE status = 'unpaid' AND day BETWEEN :first AND :last"
UNPAID_LINES = """
SELECT shop, order_id, code, sku, units, sold_minor, currency, line_key, import_no, line FROM order_lines
WHERE counts = 0 AND line_kind = 'goods' AND day BETWEEN :first AND :last
ORDER BY shop, order_id, line_key
"""
MULTIPLIERS = "SELECT shop, code, multiplier FROM mappings WHERE multiplier <> 1"
# The newest cost on or before the as-of day comes last.
COSTS = """
SELECT sku, cost_minor, currency FROM costs
WHERE from_day <= :as_of AND cost_minor IS NOT NULL ORDER BY sku, from_day
"""
WHY = P("Placed {placed}, not paid: can be paid until {gone}, {left} {left:hour|hours} left.",
        "{placed} 下单未付款：付款期限至 {gone}，还剩 {left} 小时。")  # fmt: skip
KEPT = P("Placed {placed}, not paid: taken for lost on {gone}, {left} {left:hour|hours} left.",
         "{placed} 下单未付款：{gone} 视为流失，还剩 {left} 小时。")  # fmt: skip
NO_COST = P(
    " The margin is not measurable: a cost, an amount or a rate is missing.", "毛利无法衡量：缺少成本、金额或汇率。"
)
STAKE = P("Margin of the order", "订单毛利")
HELP = {
    "cancel_hours": P(
        "Hours after which an unpaid order is taken for lost where the platform closes none",
        "平台不自动关闭时，未付款多少小时后视为流失",
    ),
    "within_hours": P("Hours ahead that are looked at", "提前多少小时提醒"),
}
LIMITS: dict[str, tuple[float, float]] = {"cancel_hours": (1, 8760), "within_hours": (1, 720)}


class Line(NamedTuple):
    """One line of goods of an order that is no sale yet: own units, minor units of its currency."""

    shop: str
    order_id: str
    sku: str | None
    units: int | None
    sold: int | None
    currency: str | None
    line_key: str
    import_no: int
    line: int


class Unpaid(NamedTuple):
    """One order that is gone at the instant `gone`. `sold` and `cost` of its goods in minor units of the base
    currency, None where not measurable. `closed`: the platform closes it by itself."""

    order: Order
    placed: int
    gone: int
    hours: int
    closed: bool
    lines: list[Line]
    sold: int | None
    cost: int | None

    @property
    def margin(self) -> int | None:
        return None if self.sold is None or self.cost is None else max(0, self.sold - self.cost)


class Found(NamedTuple):
    """The orders that are about to be closed, and what is needed to tell of them."""

    unpaid: list[Unpaid]
    times: dict[str, ShopTime]
    base: str | None
    notes: list[Note]


def _read(db: sqlite3.Connection, scope: Scope, cancel_hours: int, within: int) -> Found | None:
    """None: no orders yet."""
    times = shop_times(db, scope)
    if scope.as_of is None or not any(time.exported is not None for time in times.values()):
        return None
    rules, notes = clocks.load()
    days = span(scope)
    near = []
    for row in db.execute(UNPAID, days):
        order = Order(*row)
        if order.shop in times and (found := _near(order, times[order.shop], rules, cancel_hours, within)):
            near.append(found)
    base = currency_of(scope, [one.order for one in near])
    if near:
        days["first"] = min(one.order.day for one in near)
        lines, rates = _lines(db, days), Rates(db, scope.as_of)
        costs = {sku: (cost, cur) for sku, cost, cur in db.execute(COSTS, {"as_of": scope.as_of})}
        near = [_valued(one, lines[one.order.shop, one.order.order_id], costs, base, rates) for one in near]
    return Found(near, times, base, notes + state_notes(times))


def _near(order: Order, time: ShopTime, rules: clocks.Clocks, cancel_hours: int, within: int) -> Unpaid | None:
    placed = instant(order.placed_at, order.placed_day or order.day, time.zone)
    clock = rules.on(order.shop, order.placed_day or order.day)
    hours = cancel_hours if clock is None or clock.cancel_hours is None else clock.cancel_hours
    if placed is None or not 0 < placed + hours * HOUR - time.now <= within * HOUR:
        return None
    closed = clock is not None and clock.cancel_hours is not None
    return Unpaid(order, placed, placed + hours * HOUR, hours, closed, [], None, None)


def _lines(db: sqlite3.Connection, days: dict[str, str]) -> dict[Where, list[Line]]:
    times = {(shop, code): multiplier for shop, code, multiplier in db.execute(MULTIPLIERS)}
    found: dict[Where, list[Line]] = defaultdict(list)
    for shop, order_id, code, sku, units, *rest in db.execute(UNPAID_LINES, days):
        own = None if units is None else units * times.get((shop, code), 1)
        found[shop, order_id].append(Line(shop, order_id, sku, own, *rest))
    return found


def _valued(
    one: Unpaid, lines: list[Line], costs: dict[str, tuple[int, str | None]], base: str | None, rates: Rates
) -> Unpaid:
    """With the money of its goods and their cost; None as soon as one line's is unknown."""
    sold: int | None = None
    if lines and all(line.sold is not None for line in lines):
        sold = in_base(_added((line.currency, line.sold or 0) for line in lines), base, rates)
    cost: int | None = None
    if lines and all(line.units is not None and line.sku in costs for line in lines):
        known = [(costs[line.sku or ""], line.units or 0) for line in lines]
        cost = in_base(_added((currency or base, each * units) for (each, currency), units in known), base, rates)
    return one._replace(lines=lines, sold=sold, cost=cost)


def _added(amounts: Any) -> dict[str | None, int]:
    found: dict[str | None, int] = defaultdict(int)
    for currency, amount in amounts:
        found[currency] += amount
    return found


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, cancel_hours: int = 72, within_hours: int = 24
) -> Explanation:
    """The hours that are left, the margin of the goods, and the order's rows. Raises Problem no-such-row."""
    found = _read(db, scope, cancel_hours, within_hours)
    for one in found.unpaid if found else []:
        if found and one.order.key == key:
            left = (one.gone - found.times[one.order.shop].now) // HOUR
            since = P("Hours since it was placed, begun ones counted", "下单后已过小时（不足一小时按一小时计）")
            terms = [
                Term("hours_left", P("Hours to pay", "付款时限（小时）"), one.hours),
                Term("hours_left", since, left - one.hours),
                Term("hours_left", P("Hours left", "剩余小时"), left, is_total=True),
                *_margin(one, found.base),
            ]
            order = one.order
            behind = [Behind("orders", f"{order.shop} {order.order_id}", order.day, order.import_no, order.line)]
            for line in one.lines:
                key = f"{line.shop} {line.order_id} {line.line_key}"
                behind.append(Behind("order_lines", key, f"{line.sku} {line.units}", line.import_no, line.line))
            return Explanation(terms, behind, found.notes)
    raise Problem("no-such-row", key=key, desk="orders", question="unpaid")


def _margin(one: Unpaid, base: str | None) -> list[Term]:
    if one.margin is None:
        return [Term("at_stake", STAKE, None, "money", base, is_total=True)]
    sold, cost = one.sold or 0, one.cost or 0
    terms = [
        Term("at_stake", P("Sales of its goods", "商品金额"), sold, "money", base),
        Term("at_stake", P("Their cost", "对应成本"), -cost, "money", base),
    ]
    if cost > sold:
        none = P("No margin to lose: cost exceeds price", "成本高于售价，无毛利损失")
        terms.append(Term("at_stake", none, cost - sold, "money", base))
    return [*terms, Term("at_stake", STAKE, one.margin, "money", base, is_total=True)]


@orders.alert(
    P("Unpaid", "待付款即将到期"), action="remind-payment", at_stake="lost_margin", explain=explain,
    help=HELP, limits=LIMITS,
)  # fmt: skip
def unpaid(db: sqlite3.Connection, scope: Scope, *, cancel_hours: int = 72, within_hours: int = 24) -> Answer:
    """Orders that are placed, not paid, and whose time to pay ends within `within_hours` of the as-of instant.

    Time to pay = from placing, the hours after which the platform closes an unpaid order (`cancel_hours` of the rule
    file `ship_by`); where it closes none, the option `cancel_hours`, after which the order is taken for lost. As-of
    instant as in `orders/ship-due`. at_stake = sold of its goods − units × unit cost, in the base currency, before
    fees and never below 0; empty where an amount, a cost or a rate is not known. `--since` and `--until` are days of
    placing.
    """
    found = _read(db, scope, cancel_hours, within_hours)
    if found is None:
        notes = [first_step()]
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    named = goods((x.shop, x.order_id, x.sku, x.units) for one in found.unpaid for x in one.lines)
    rows = [_row(one, found, named) for one in sorted(found.unpaid, key=lambda one: (one.gone, one.order.key))]
    return Answer(_columns(found.base), rows, ("key",), scope.as_of, scope.shops, found.base, found.notes,
                  frozenset({"at_stake"}))  # fmt: skip


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        STAKE, currency,
        Column("placed_at", P("Placed at (UTC)", "下单时间（世界时）"), "moment"),
        Column("pay_by", P("To be paid by (UTC)", "付款期限（世界时）"), "moment"),
        Column("hours_left", P("Hours left", "剩余小时"), "count"),
        Column("sold", P("Sales of its goods", "商品金额"), "money", currency),
    )  # fmt: skip


def _row(one: Unpaid, found: Found, named: dict[Where, str]) -> tuple[Any, ...]:
    order, time = one.order, found.times[one.order.shop]
    left = (one.gone - time.now) // HOUR
    first, unknown = (WHY if one.closed else KEPT), one.margin is None
    phrase = P(first.en + NO_COST.en, first.zh + NO_COST.zh) if unknown else first
    why = Note("unpaid-no-margin" if unknown else "unpaid", phrase, {
        "placed": time.shown(one.placed), "gone": time.shown(one.gone), "left": left,
    })  # fmt: skip
    units = None if any(line.units is None for line in one.lines) else sum(line.units or 0 for line in one.lines)
    return (
        order.key, f"{order.shop} {order.order_id}", why, one.margin, time.day(one.gone), "remind-payment",
        told(order), order.shop, order.order_id, named.get((order.shop, order.order_id)), units if one.lines else None,
        one.placed, one.gone, left, one.sold, order.seen_at,
    )  # fmt: skip
