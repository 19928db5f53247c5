"""Paid orders that are not shipped, each with the clock that runs for it: what ship-due and overdue look at."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.orders import _clocks as clocks
from merchant_cli.desks.orders._clocks import Clock
from merchant_cli.desks.orders._read import (
    ORDERS,
    REFUNDS,
    Back,
    Order,
    Where,
    all_back,
    backs,
    currency_of,
    goods,
    instant,
    money,
    span,
    state_notes,
)
from merchant_cli.desks.sales import Rates
from merchant_cli.desks.shop_time import ShopTime, shop_times

P = Phrase

HOUR = 3600

OPEN = ORDERS + "WHERE open = 1 AND status = 'paid' AND day BETWEEN :first AND :last"
OPEN_GOODS = """
SELECT shop, order_id, sku, units FROM order_units WHERE open = 1 AND day BETWEEN :first AND :last
"""
OPEN_REFUNDS = (
    REFUNDS
    + """
AND order_id IN (SELECT order_id FROM orders WHERE open = 1 AND day BETWEEN :first AND :last)
GROUP BY shop, order_id, state, detail
"""
)


class Waiting(NamedTuple):
    """One order that waits to be shipped by the instant `due`: as its file promises (`promised`), else `hours` after it
    was paid. `clock` None: the platform sets none and the option's `hours` are taken. Money in minor units of the base
    currency, None where not measurable: what was `paid`, what came `back`, and the platform's `fine`."""

    order: Order
    since: int
    due: int
    hours: int
    clock: Clock | None
    promised: bool
    paid: int | None
    back: int | None
    asked: bool
    fine: int | None


@dataclass
class Facts:
    """All orders that wait, with what is needed to tell of them."""

    waiting: list[Waiting]
    times: dict[str, ShopTime]
    base: str | None
    checked: str = ""
    notes: list[Note] = field(default_factory=list)

    def left(self, one: Waiting) -> int:
        """Seconds until the order must be shipped; negative when that time is over."""
        return one.due - self.times[one.order.shop].now


def read(db: sqlite3.Connection, scope: Scope, hours: int) -> Facts | None:
    """The orders of the scope that wait; `hours` hold where the platform sets no clock. None: no orders yet."""
    times = shop_times(db, scope)
    if not any(time.exported is not None for time in times.values()):
        return None
    rules, notes = clocks.load()
    days = span(scope)
    orders = [order for row in db.execute(OPEN, days) if (order := Order(*row)).shop in times]
    base, rates = currency_of(scope, orders), Rates(db, scope.as_of)
    came = backs(db.execute(OPEN_REFUNDS, days)) if orders else {}
    waiting = []
    for order in orders:
        back = came.get((order.shop, order.order_id), Back())
        if not all_back(order, back):
            clock = rules.on(order.shop, order.paid_day or order.day)
            waiting.append(_waiting(order, times[order.shop].zone, clock, hours, back, base, rates))
    return Facts(waiting, times, base, rules.checked, notes + state_notes(times))


def _waiting(
    order: Order, zone: str, clock: Clock | None, hours: int, back: Back, base: str | None, rates: Rates
) -> Waiting:
    since = instant(order.paid_at, order.paid_day, zone)
    since = instant(order.placed_at, order.placed_day or order.day, zone) if since is None else since
    assert since is not None, "an open order has a day"
    if clock is not None and clock.hours is None:
        clock = None
    hours = hours if clock is None or clock.hours is None else clock.hours
    due, promise = since + hours * HOUR, instant(order.ship_by_at, order.ship_by_day, zone)
    if promise is not None:
        due, hours = promise, -(-(promise - since) // HOUR)
    fine = None if clock is None or back.asked else clock.fined(order.paid, order.currency)
    return Waiting(
        order, since, due, hours, clock, promise is not None,
        money(order.paid, order.currency, base, rates), money(back.done, order.currency, base, rates), back.asked,
        money(fine, clock.currency if clock else None, base, rates),
    )  # fmt: skip


def goods_of(db: sqlite3.Connection, scope: Scope) -> dict[Where, str]:
    """Open order → its SKUs and units."""
    return goods(db.execute(OPEN_GOODS, span(scope)))


def clock_notes(facts: Facts, told: list[Waiting]) -> list[Note]:
    """What the clocks of the orders told of stand on."""
    notes = list(facts.notes)
    unsure = sorted({one.clock.platform for one in told if one.clock and not one.clock.sure and not one.promised})
    if unsure:
        notes.append(Note("clock-unsure", P(
            "The times to ship of {platforms} are the platforms' general rules as of {day}, without presales and"
            " holidays; your own hold in the rule file {file}.",
            "{platforms} 的发货时限按平台通用规则（核对于 {day}），未考虑预售与节假日；"
            "可用自己的规则文件 `{file}` 替换。"),
            {"platforms": ", ".join(unsure), "day": facts.checked, "file": "ship_by.toml"}))  # fmt: skip
    none = sorted({one.order.shop for one in told if one.clock is None and not one.promised})
    if none:
        hours = next(one.hours for one in told if one.clock is None and not one.promised)
        notes.append(Note("clock-assumed", P(
            "The platform of {shops} sets no time to ship: {hours} hours from payment are taken.",
            "{shops} 所在平台没有发货时限规则，按付款后 {hours} 小时计算。"),
            {"shops": ", ".join(none), "hours": hours}))  # fmt: skip
    return notes


ASKED = P(" The buyer asks for a refund: answer that first.", "买家已申请退款，请先处理退款。")
