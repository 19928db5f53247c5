"""Which parcels are long on their way, and which orders left only in part."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.orders import orders
from merchant_cli.desks.orders._read import (
    ORDERS,
    REFUNDS,
    Back,
    Order,
    all_back,
    backs,
    behind,
    columns,
    currency_of,
    first_step,
    goods,
    instant,
    money,
    refund_terms,
    span,
    state_notes,
    told,
)
from merchant_cli.desks.sales import Rates
from merchant_cli.desks.shop_time import ShopTime, shop_times

P = Phrase

DAY = 86400

# A shop whose files never tell of an arrival (Shopify's) says nothing about parcels on their way.
ARRIVES = """
SELECT 1 FROM orders WHERE shop = :shop AND status IN ('delivered', 'completed') AND day <= :last LIMIT 1
"""
ON_THEIR_WAY = (
    ORDERS
    + """
WHERE shop = :shop AND (status = 'part_shipped' OR status = :arriving) AND day BETWEEN :first AND :last
"""
)
# A refund is never booked before the day of its order.
STUCK_REFUNDS = (
    REFUNDS
    + """
AND (done_day IS NULL OR done_day >= :first) GROUP BY shop, order_id, state, detail
"""
)
STUCK_GOODS = """
SELECT shop, order_id, sku, units FROM order_units WHERE shop = :shop AND order_id = :order_id
"""
SHIPPED = P("Shipped {since}; {age} {age:day|days} later, on {seen}, it had not arrived.",
            "{since} 发货，{age} 天后（{seen}）仍未签收。")  # fmt: skip
PART = P("Paid {since}; {age} {age:day|days} later, on {seen}, only a part had been shipped.",
         "{since} 付款，{age} 天后（{seen}）仍只发了一部分。")  # fmt: skip
ASKED = P(" The buyer asks for a refund.", "买家已申请退款。")
STAKE = P("May have to be paid back", "可能要退的金额")
HELP = {
    "shipped_days": P("Days after shipping from which a parcel is late", "发货多少天后仍未签收视为异常"),
    "part_days": P("Days after payment from which the rest of an order is late", "付款多少天后仍未发齐视为异常"),
    "past_days": P("Days of orders that are looked at", "查看最近多少天的订单"),
}


class Stuck(NamedTuple):
    """One order that had come no further `age` days after the instant `since`, when it was last seen. Money in minor
    units of the base currency, None where not measurable."""

    order: Order
    since: int
    age: int
    paid: int | None
    back: int | None
    asked: bool


class Found(NamedTuple):
    """The orders that are stuck; how many were last seen before they could be; what is needed to tell of them."""

    stuck: list[Stuck]
    unknown: int
    times: dict[str, ShopTime]
    base: str | None


def _read(db: sqlite3.Connection, scope: Scope, shipped_days: int, part_days: int, past_days: int) -> Found | None:
    """None: no orders yet."""
    times = shop_times(db, scope)
    if scope.as_of is None or not any(time.exported is not None for time in times.values()):
        return None
    asked = span(scope)
    asked["first"] = max(asked["first"], days.add(scope.as_of, -past_days))
    late, unknown = [], 0
    for shop, time in sorted(times.items()):
        arrives = db.execute(ARRIVES, {"shop": shop, "last": asked["last"]}).fetchone()
        params = asked | {"shop": shop, "arriving": "shipped" if arrives else ""}
        for row in db.execute(ON_THEIR_WAY, params):
            order = Order(*row)
            since, limit = _since(order, time.zone), (shipped_days if order.status == "shipped" else part_days)
            if since is None or time.now - since <= limit * DAY:
                continue
            if (seen := min(order.seen_at, time.now)) - since > limit * DAY:
                late.append((order, since, (seen - since) // DAY))
            else:
                unknown += 1
    base, rates = currency_of(scope, [order for order, _, _ in late]), Rates(db, scope.as_of)
    came = backs(db.execute(STUCK_REFUNDS, asked)) if late else {}
    found = []
    for order, since, age in late:
        back = came.get((order.shop, order.order_id), Back())
        if not all_back(order, back):
            paid, done = (money(amount, order.currency, base, rates) for amount in (order.paid, back.done))
            found.append(Stuck(order, since, age, paid, done, back.asked))
    return Found(found, unknown, times, base)


def _since(order: Order, zone: str) -> int | None:
    """When its parcel left; of an order shipped in part when it was paid."""
    if order.status == "shipped":
        return instant(order.shipped_at, order.shipped_day, zone)
    paid = instant(order.paid_at, order.paid_day, zone)
    return instant(order.placed_at, order.placed_day or order.day, zone) if paid is None else paid


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, shipped_days: int = 10, part_days: int = 3, past_days: int = 60
) -> Explanation:
    """The money that may have to be paid back, and the order's rows. Raises Problem no-such-row."""
    found = _read(db, scope, shipped_days, part_days, past_days)
    for one in found.stuck if found else []:
        if found and one.order.key == key:
            return Explanation(refund_terms(one.paid, one.back, found.base), behind(db, one.order))
    raise Problem("no-such-row", key=key, desk="orders", question="stuck")


@orders.alert(P("Stuck", "物流停滞"), action="chase-parcel", at_stake="refund_risk", explain=explain, help=HELP)
def stuck(
    db: sqlite3.Connection, scope: Scope, *, shipped_days: int = 10, part_days: int = 3, past_days: int = 60
) -> Answer:
    """Orders that were shipped long ago and have not arrived, or of which only a part was shipped.

    Listed: shipped, and more than `shipped_days` later the newest file that holds the order shows it neither
    delivered nor completed; or shipped in part, and more than `part_days` after payment a file still shows it so.
    What was last seen earlier is not known to be stuck: a note counts it. Shops whose files never tell that an order
    arrived are left out for parcels on their way. Looked at are orders of the last `past_days` days (`--since` and
    `--until`: days of the sale). at_stake = what the buyer paid less what was paid back, in the base currency; empty
    where the amount or a rate is not known.
    """
    found = _read(db, scope, shipped_days, part_days, past_days)
    if found is None:
        notes = [first_step()]
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    rows = [_row(db, one, found) for one in sorted(found.stuck, key=lambda one: (one.since, one.order.key))]
    notes = state_notes(found.times)
    if found.unknown:
        notes.append(Note("state-unknown", P(
            "{count} {count:order was|orders were} on the way when last seen and {count:is|are} in no newer file:"
            " export the orders of that time again to know whether {count:it|they} arrived.",
            "{count} 个订单最近一次出现时仍在途，此后的文件不再包含；请重新导出那段时间的订单以确认是否签收。"),
            {"count": found.unknown}))  # fmt: skip
    return Answer(_columns(found.base), rows, ("key",), scope.as_of, scope.shops, found.base, notes,
                  frozenset({"at_stake"}))  # fmt: skip


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        STAKE, currency,
        Column("since", P("Since (UTC)", "起始时间（世界时）"), "moment"),
        Column("age_days", P("Days", "天数"), "count"),
        Column("paid", P("Paid", "买家实付"), "money", currency),
    )  # fmt: skip


def _row(db: sqlite3.Connection, one: Stuck, found: Found) -> tuple[Any, ...]:
    order, time = one.order, found.times[one.order.shop]
    phrase = SHIPPED if order.status == "shipped" else PART
    code = order.status.replace("_", "-") + ("-refund-asked" if one.asked else "")
    why = Note(code, P(phrase.en + ASKED.en, phrase.zh + ASKED.zh) if one.asked else phrase, {
        "since": time.shown(one.since), "age": one.age, "seen": time.shown(min(order.seen_at, time.now)),
    })  # fmt: skip
    stake = None if one.paid is None or one.back is None else one.paid - one.back
    named = goods(db.execute(STUCK_GOODS, told(order))).get((order.shop, order.order_id))
    return (
        order.key, f"{order.shop} {order.order_id}", why, stake, None, "chase-parcel", told(order),
        order.shop, order.order_id, named, order.units, one.since, one.age, one.paid, order.seen_at,
    )  # fmt: skip
