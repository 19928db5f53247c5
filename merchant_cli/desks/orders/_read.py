"""Orders as the questions of this desk look at them: by number, goods, amounts and times, never by buyer."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Behind, Column, Scope, Term, alert_columns
from merchant_cli.desks.sales import Rates, in_base
from merchant_cli.desks.shop_time import ShopTime

P = Phrase

ORDERS = """
SELECT shop, order_id, status, day, placed_at, placed_day, paid_at, paid_day, shipped_at, shipped_day, ship_by_at,
  ship_by_day, currency, units, coalesce(paid_minor, sold_minor), seen_at, import_no, line
FROM orders
"""
LINES_BEHIND = """
SELECT line_key, sku, units, import_no, line FROM order_units
WHERE shop = :shop AND order_id = :order_id ORDER BY line_key
"""
# What came or is asked back, by state: the order's total (`detail` = 0), what its lines state (1), and a refund report
# (2).
REFUNDS = """
SELECT shop, order_id, state, detail, sum(amount_minor) FROM refunds
WHERE state IN ('asked', 'agreed', 'goods_back', 'done')
"""


class Order(NamedTuple):
    """One order: instants in UTC seconds, days in the shop's zone; `paid` by the buyer in minor units of `currency`.

    `seen_at`: when the newest file that holds it was made.
    """

    shop: str
    order_id: str
    status: str
    day: str
    placed_at: int | None
    placed_day: str | None
    paid_at: int | None
    paid_day: str | None
    shipped_at: int | None
    shipped_day: str | None
    ship_by_at: int | None
    ship_by_day: str | None
    currency: str | None
    units: int | None
    paid: int | None
    seen_at: int
    import_no: int
    line: int

    @property
    def key(self) -> str:
        return f"order:{self.shop}/{self.order_id}"


class Back(NamedTuple):
    """What came back of an order, in minor units, and whether more is asked for."""

    done: int = 0
    asked: bool = False


Where = tuple[str, str]  # shop, order number


def span(scope: Scope) -> dict[str, str]:
    """First and last day of the orders asked about."""
    assert scope.as_of is not None
    return {"first": scope.since or "", "last": min(scope.as_of, scope.until or scope.as_of)}


def instant(at: int | None, day: str | None, zone: str) -> int | None:
    """An instant; of a day without a time its end."""
    return days.end_of(day, zone) if at is None and day else at


def backs(rows: Iterable[tuple[Any, ...]]) -> dict[Where, Back]:
    """Order → what came back, from rows of REFUNDS, which state the same money up to three times: the most counts."""
    sums: dict[Where, dict[int, int]] = defaultdict(lambda: {0: 0, 1: 0, 2: 0})
    asked = set()
    for shop, order_id, state, detail, amount in rows:
        if state == "done":
            sums[shop, order_id][detail or 0] += amount or 0
        else:
            asked.add((shop, order_id))
    return {where: Back(max(sums[where].values()), where in asked) for where in {*sums, *asked}}


def all_back(order: Order, back: Back) -> bool:
    """Whether the buyer has all his money back."""
    return bool(back.done) and order.paid is not None and back.done >= order.paid


def currency_of(scope: Scope, orders: Iterable[Order]) -> str | None:
    """The base currency, else the only one of the orders."""
    used = {order.currency for order in orders if order.currency}
    return scope.currency or (used.pop() if len(used) == 1 else None)


def money(amount: int | None, currency: str | None, base: str | None, rates: Rates) -> int | None:
    """An amount in the base currency; None if it is unknown or no rate was given."""
    return None if amount is None else in_base({currency: amount}, base, rates)


def goods(rows: Iterable[tuple[str, str, str | None, int | None]]) -> dict[Where, str]:
    """Order → its SKUs and units: `A-1 × 2, B-2`."""
    units: dict[Where, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for shop, order_id, sku, count in rows:
        if sku is not None:
            units[shop, order_id][sku] += count or 0
    return {
        where: ", ".join(f"{sku} × {n}" if n != 1 else sku for sku, n in sorted(of.items()))
        for where, of in units.items()
    }


def columns(stake: Phrase, currency: str | None, *more: Column) -> tuple[Column, ...]:
    """The columns that every alert has, which order it is, then its own; at the end the state's own time."""
    return (
        *alert_columns(currency, stake),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("order_id", P("Order", "订单号"), "id"),
        Column("goods", P("Goods", "商品"), "text"),
        Column("units", P("Units", "件数"), "count"),
        *more,
        Column("seen_at", P("State as of (UTC)", "状态时间（世界时）"), "moment"),
    )


def told(order: Order) -> dict[str, Any]:
    """What the action on an order needs to know."""
    return {"shop": order.shop, "order_id": order.order_id}


def behind(db: sqlite3.Connection, order: Order) -> list[Behind]:
    """The order and its lines of goods."""
    found = [Behind("orders", f"{order.shop} {order.order_id}", order.day or "", order.import_no, order.line)]
    for line_key, sku, units, import_no, line in db.execute(LINES_BEHIND, told(order)):
        key = f"{order.shop} {order.order_id} {line_key}"
        found.append(Behind("order_lines", key, f"{sku} {units}", import_no, line))
    return found


def refund_terms(paid: int | None, back: int | None, base: str | None) -> list[Term]:
    """What the buyer may have back: what was paid less what came back, minor units of the base currency."""
    label, kind = P("May have to be paid back", "可能要退的金额"), {"kind": "money", "unit": base}
    if paid is None or back is None:
        return [Term("at_stake", label, None, is_total=True, **kind)]  # type: ignore[arg-type]
    return [
        Term("at_stake", P("Paid by the buyer", "买家实付"), paid, "money", base),
        Term("at_stake", P("Paid back already", "已退款"), -back, "money", base),
        Term("at_stake", label, paid - back, "money", base, is_total=True),
    ]


def first_step() -> Note:
    return Note("no-orders", P(
        "No orders yet. Import an orders export first: `merchant import FILE`",
        "还没有订单。请先导入订单文件：`merchant import 文件`"))  # fmt: skip


def state_notes(times: Mapping[str, ShopTime]) -> list[Note]:
    """Shops whose newest orders file is more than half a day older than the as-of instant."""
    return [
        Note("state-as-of", P(
            "The states of the orders of {shop} are those of {moment}, when its newest orders file was made.",
            "{shop} 的订单状态以最新订单文件的导出时间 {moment} 为准。"),
            {"shop": shop, "moment": time.shown(time.exported)})
        for shop, time in sorted(times.items())
        if time.exported is not None and time.now - time.exported > 12 * 3600
    ]  # fmt: skip
