"""Coupons that are used and end soon."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.coupons import _uses, coupons
from merchant_cli.desks.coupons._alert import columns, empty
from merchant_cli.desks.coupons._book import Cost, Coupon, asked_about, cost_of, read
from merchant_cli.desks.coupons._explained import cost_terms, coupon_rows, orders_naming
from merchant_cli.desks.sales import Rates

P = Phrase

HELP = {"within_days": P("Days until the end from which on it is said", "提前提醒的天数")}
USED = P("It ends on {last}; {uses} {uses:order|orders} used it so far.",
         "将于 {last} 结束，至今有 {uses} 笔订单使用。")  # fmt: skip
UNTOLD = P(
    "It ends on {last}; the orders do not say whether it is used.", "将于 {last} 结束，订单中看不出是否有人使用。"
)
SUMMARY = P("{count} {count:coupon ends|coupons end} within {days} {days:day|days}: {codes}",
            "{count} 张优惠券将在 {days} 天内结束：{codes}")  # fmt: skip
SHOWN = 5  # codes that the summary names


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, within_days: int = 7) -> Explanation:
    """The uses and the cost so far, and the orders behind them."""
    rates = Rates(db, scope.as_of)
    for coupon, cost in _ending(db, scope, rates, within_days)[0] if scope.as_of else ():
        if coupon.key == key:
            cells = [(used.shop, used.cell) for used in cost.uses]
            behind, notes = orders_naming(db, cells, "", scope.as_of or "")
            return Explanation(cost_terms(cost, rates), [*coupon_rows(coupon), *behind], notes)
    raise Problem("no-such-row", key=key, desk="coupons", question="ending")


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        currency,
        Column("code", P("Code", "优惠码"), "id"),
        Column("to_day", P("Ends", "结束"), "day"),
        Column("days_left", P("Days left", "剩余天数"), "count"),
        Column("uses", P("Uses", "使用次数"), "count"),
        Column("cost", P("Cost so far", "已优惠金额"), "money"),
        Column("currency", P("Currency", "币种"), "id"),
    )


@coupons.alert(
    P("Coupons that end", "即将结束的优惠券"), action="renew-coupon", at_stake="unknown", explain=explain, help=HELP,
    limits={"within_days": (0, 365)},
)  # fmt: skip
def ending(db: sqlite3.Connection, scope: Scope, *, within_days: int = 7) -> Answer:
    """Running coupons that end within `within_days` days of the as-of day and that orders used, in order of the end.

    A coupon whose uses nobody knows (the shop's orders name no codes) is told too. Due on its last day. Nothing is at
    stake that could be measured: what buyers would do without it is not known.
    """
    answer = empty(_columns(scope.currency), scope)
    if scope.as_of is None:
        return answer
    found, notes = _ending(db, scope, Rates(db, scope.as_of), within_days)
    answer.rows = [_row(coupon, cost, scope.as_of) for coupon, cost in found]
    answer.notes += notes
    if found:
        codes = [f"`{coupon.code}`" for coupon, _ in found]
        answer.notes.append(Note("summary", SUMMARY, {
            "count": len(found), "days": within_days,
            "codes": ", ".join(codes[:SHOWN] + ["…"] * (len(codes) > SHOWN)),
        }))  # fmt: skip
    return answer


def _ending(
    db: sqlite3.Connection, scope: Scope, rates: Rates, within: int
) -> tuple[list[tuple[Coupon, Cost]], list[Note]]:
    """The coupons that end within so many days and may be in use, the next first."""
    as_of, book = scope.as_of or "", read(db)
    latest = days.add(as_of, within)
    soon = [one for one in book.coupons if one.last and as_of <= one.last <= latest and one.state(as_of) == "running"]
    if not soon:
        return [], []
    uses, found = _uses.read(db, scope, book.codes), []
    for coupon in soon:
        cost = cost_of(coupon, book, uses, scope, rates)
        if asked_about(coupon, book, scope) and cost.orders != 0:
            found.append((coupon, cost))
    return sorted(found, key=lambda one: (one[0].last or "", one[0].key)), uses.notes


def _row(coupon: Coupon, cost: Cost, as_of: str) -> tuple[Any, ...]:
    last = coupon.last or as_of
    said, code = (UNTOLD, "ends-untold") if cost.orders is None else (USED, "ends")
    why = Note(code, said, {"last": last, "uses": cost.orders or 0})
    return (
        coupon.key, coupon.title, why, None, last, "renew-coupon", {"code": coupon.code}, coupon.code, last,
        days.between(as_of, last), cost.orders, cost.discount, cost.currency,
    )  # fmt: skip
