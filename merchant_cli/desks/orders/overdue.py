"""Which paid orders should have left already."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope, Term
from merchant_cli.desks.orders import orders
from merchant_cli.desks.orders._open import ASKED, HOUR, Facts, Waiting, clock_notes, goods_of, read
from merchant_cli.desks.orders._read import behind, columns, first_step, refund_terms, told

P = Phrase

WHY = P("Paid {paid}, to be shipped within {hours} hours: {late} {late:hour|hours} late.",
        "{paid} 付款，须在 {hours} 小时内发货：已超时 {late} 小时。")  # fmt: skip
PROMISED = P("Paid {paid}, promised to ship by {by}: {late} {late:hour|hours} late.",
             "{paid} 付款，承诺最迟 {by} 发货：已超时 {late} 小时。")  # fmt: skip
UNSEEN = P(" It was last seen unshipped on {seen}, before that.", "最近一次看到未发货是 {seen}，当时尚未超时。")
STAKE = P("May have to be paid back", "可能要退的金额")
HELP = {
    "hours": P(
        "Hours from payment to shipping where the platform sets no clock", "平台没有发货时限时，付款后应发货的小时数"
    ),
    "known_days": P(
        "Days for which the state of an order that newer files no longer hold is taken as known",
        "较新的文件不再包含的订单，其状态在多少天内仍视为有效",
    ),
}
LIMITS: dict[str, tuple[float, float]] = {"hours": (1, 2160)}


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, hours: int = 72, known_days: int = 7) -> Explanation:
    """The hours that it is late, the money that may have to be paid back, and the order's rows.

    Raises Problem no-such-row.
    """
    facts = read(db, scope, hours) if scope.as_of else None
    for one in _late(facts, known_days)[0] if facts else []:
        if facts and one.order.key == key:
            late = -facts.left(one) // HOUR
            terms = [
                Term("hours_late", P("Hours since payment", "付款后已过小时"), one.hours + late),
                Term("hours_late", P("Hours to ship", "发货时限（小时）"), -one.hours),
                Term("hours_late", P("Hours late", "超时小时"), late, is_total=True),
                *refund_terms(one.paid, one.back, facts.base),
            ]
            return Explanation(terms, behind(db, one.order), clock_notes(facts, [one]))
    raise Problem("no-such-row", key=key, desk="orders", question="overdue")


def _late(facts: Facts, known_days: int) -> tuple[list[Waiting], list[Waiting]]:
    """Those whose time is over: seen unshipped after it or lately; and those of which nothing is known since."""
    known: list[Waiting] = []
    unknown: list[Waiting] = []
    for one in (one for one in facts.waiting if facts.left(one) <= 0):
        fresh = facts.times[one.order.shop].now - one.order.seen_at <= known_days * 24 * HOUR
        (known if fresh or one.order.seen_at >= one.due else unknown).append(one)
    return known, unknown


@orders.alert(
    P("Overdue to ship", "超过发货时限"), action="ship-order", at_stake="refund_risk", explain=explain, help=HELP,
    limits=LIMITS,
)  # fmt: skip
def overdue(db: sqlite3.Connection, scope: Scope, *, hours: int = 72, known_days: int = 7) -> Answer:
    """Orders that are paid, not shipped, and whose time to ship is over at the as-of instant.

    Due and as-of instant as in `orders/ship-due`. An order is listed if a file shows it unshipped after its time was
    over, or no more than `known_days` before the as-of instant; of others newer files would have to tell, a note
    counts them. at_stake = what the buyer paid less what was paid back, in the base currency: he may have it back;
    empty where the amount or a rate is not known. The platform's fine by its published rule stands beside.
    """
    facts = read(db, scope, hours) if scope.as_of else None
    if facts is None:
        notes = [first_step()]
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    found, unknown = _late(facts, known_days)
    found.sort(key=lambda one: (one.due, one.order.key))
    goods = goods_of(db, scope) if found else {}
    rows = [_row(one, facts, goods.get((one.order.shop, one.order.order_id))) for one in found]
    notes = clock_notes(facts, found)
    if unknown:
        notes.append(Note("state-unknown", P(
            "{count} {count:order was|orders were} last seen unshipped over {days} days ago and in time then; newer"
            " files do not hold {count:it|them}. Export the orders of that time again.",
            "{count} 个订单最近一次出现在 {days} 天前的文件中，当时未发货也未超时，此后情况未知。"
            "请重新导出那段时间的订单。"),
            {"count": len(unknown), "days": known_days}))  # fmt: skip
    return Answer(_columns(facts.base), rows, ("key",), scope.as_of, scope.shops, facts.base, notes,
                  frozenset({"at_stake", "fine"}))  # fmt: skip


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        STAKE, currency,
        Column("paid_at", P("Paid at (UTC)", "付款时间（世界时）"), "moment"),
        Column("ship_by", P("Ship by (UTC)", "最迟发货（世界时）"), "moment"),
        Column("hours_late", P("Hours late", "超时小时"), "count"),
        Column("fine", P("Fine", "超时赔付"), "money", currency),
    )  # fmt: skip


def _row(one: Waiting, facts: Facts, goods: str | None) -> tuple[Any, ...]:
    order, time, late = one.order, facts.times[one.order.shop], -facts.left(one) // HOUR
    unseen = order.seen_at < one.due
    parts = [PROMISED if one.promised else WHY, *([UNSEEN] if unseen else []), *([ASKED] if one.asked else [])]
    code = "overdue" + ("-unseen" if unseen else "") + ("-refund-asked" if one.asked else "")
    why = Note(code, P("".join(part.en for part in parts), "".join(part.zh for part in parts)), {
        "paid": time.shown(one.since), "hours": one.hours, "by": time.shown(one.due), "late": late,
        "seen": time.shown(order.seen_at),
    })  # fmt: skip
    stake = None if one.paid is None or one.back is None else one.paid - one.back
    return (
        order.key, f"{order.shop} {order.order_id}", why, stake, time.day(one.due), "ship-order", told(order),
        order.shop, order.order_id, goods, order.units, one.since, one.due, late, one.fine, order.seen_at,
    )  # fmt: skip
