"""Which paid orders must leave within a day."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope, Term
from merchant_cli.desks.orders import orders
from merchant_cli.desks.orders._open import ASKED, HOUR, Facts, Waiting, clock_notes, goods_of, read
from merchant_cli.desks.orders._read import behind, columns, first_step, told

P = Phrase

WHY = P("Paid {paid}, to be shipped within {hours} hours: by {by}, {left} {left:hour|hours} left.",
        "{paid} 付款，须在 {hours} 小时内发货：最迟 {by}，还剩 {left} 小时。")  # fmt: skip
PROMISED = P("Paid {paid}, promised to ship by {by}: {left} {left:hour|hours} left.",
             "{paid} 付款，承诺最迟 {by} 发货，还剩 {left} 小时。")  # fmt: skip
STAKE = P("Fine if late", "超时赔付")
HELP = {
    "hours": P(
        "Hours from payment to shipping where the platform sets no clock", "平台没有发货时限时，付款后应发货的小时数"
    ),
    "within_hours": P("Hours ahead that are looked at", "提前多少小时提醒"),
}
LIMITS: dict[str, tuple[float, float]] = {"hours": (1, 2160), "within_hours": (1, 720)}


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, hours: int = 72, within_hours: int = 24) -> Explanation:
    """The hours that are left, the fine, and the order's rows. Raises Problem no-such-row."""
    facts = read(db, scope, hours) if scope.as_of else None
    for one in _due(facts, within_hours) if facts else []:
        if facts and one.order.key == key:
            left = facts.left(one) // HOUR
            passed = P("Hours since payment, begun ones counted", "付款后已过小时（不足一小时按一小时计）")
            terms = [
                Term("hours_left", P("Hours to ship", "发货时限（小时）"), one.hours),
                Term("hours_left", passed, left - one.hours),
                Term("hours_left", P("Hours left", "剩余小时"), left, is_total=True),
                Term("at_stake", STAKE, one.fine, "money", facts.base),
                Term("at_stake", STAKE, one.fine, "money", facts.base, is_total=True),
            ]
            return Explanation(terms, behind(db, one.order), clock_notes(facts, [one]))
    raise Problem("no-such-row", key=key, desk="orders", question="ship-due")


def _due(facts: Facts, within: int) -> list[Waiting]:
    """Those whose time is not over and ends within so many hours."""
    return [one for one in facts.waiting if 0 < facts.left(one) <= within * HOUR]


@orders.alert(
    P("Due to ship", "即将到发货时限"), action="ship-order", at_stake="fine", explain=explain, help=HELP, limits=LIMITS
)
def ship_due(db: sqlite3.Connection, scope: Scope, *, hours: int = 72, within_hours: int = 24) -> Answer:
    """Orders that are paid, not shipped, and must be shipped within `within_hours` of the as-of instant.

    Due = what the order's own file promises (presales have longer times), else time of payment + the hours of the
    platform's clock (rule file `ship_by`, dated by the day of payment; the option `hours` where the platform sets none;
    a payment day without a time counts from its end). As-of instant =
    when the shop's newest orders file was made; of an earlier as-of day its end in the shop's zone. What is over
    stands in `orders/overdue`; orders whose money is all paid back are left out, partly shipped ones stand in
    `orders/stuck`. at_stake = the fine of one late order by the platform's published rule, in the base currency;
    empty where none is known or a refund is asked for. `--since` and `--until` are days of the sale.
    """
    facts = read(db, scope, hours) if scope.as_of else None
    if facts is None:
        notes = [first_step()]
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    found = _due(facts, within_hours)
    found.sort(key=lambda one: (one.due, one.order.key))
    goods = goods_of(db, scope) if found else {}
    rows = [_row(one, facts, goods.get((one.order.shop, one.order.order_id))) for one in found]
    notes = clock_notes(facts, found)
    return Answer(_columns(facts.base), rows, ("key",), scope.as_of, scope.shops, facts.base, notes,
                  frozenset({"at_stake"}))  # fmt: skip


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        STAKE, currency,
        Column("paid_at", P("Paid at (UTC)", "付款时间（世界时）"), "moment"),
        Column("ship_by", P("Ship by (UTC)", "最迟发货（世界时）"), "moment"),
        Column("hours_left", P("Hours left", "剩余小时"), "count"),
        Column("paid", P("Paid", "买家实付"), "money", currency),
    )  # fmt: skip


def _row(one: Waiting, facts: Facts, goods: str | None) -> tuple[Any, ...]:
    order, time, left = one.order, facts.times[one.order.shop], facts.left(one) // HOUR
    asked = "-refund-asked" if one.asked else ""
    said = PROMISED if one.promised else WHY
    why = Note("ship-due" + asked, P(said.en + ASKED.en, said.zh + ASKED.zh) if asked else said, {
        "paid": time.shown(one.since), "hours": one.hours, "by": time.shown(one.due), "left": left,
    })  # fmt: skip
    return (
        order.key, f"{order.shop} {order.order_id}", why, one.fine, time.day(one.due), "ship-order", told(order),
        order.shop, order.order_id, goods, order.units, one.since, one.due, left, one.paid, order.seen_at,
    )  # fmt: skip
