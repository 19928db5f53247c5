"""Codes that orders used outside of their days."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.coupons import _uses, coupons
from merchant_cli.desks.coupons._alert import columns, empty, no_rate
from merchant_cli.desks.coupons._book import Coupon, read
from merchant_cli.desks.coupons._explained import coupon_rows, orders_naming
from merchant_cli.desks.coupons._uses import Used, spent
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

HELP = {"window_days": P("Days of orders that are looked at", "统计订单的天数")}
LATE = P("{late} {late:order|orders} used `{code}` after it ended on {last}.",
         "`{code}` 已于 {last} 结束，之后仍有 {late} 笔订单使用。")  # fmt: skip
EARLY = P("{early} {early:order|orders} used `{code}` before it begins on {first}.",
          "`{code}` 自 {first} 起生效，此前已有 {early} 笔订单使用。")  # fmt: skip


class Leak(NamedTuple):
    """The uses of one coupon in one shop before it began and after it ended."""

    key: str
    shop: str
    coupon: Coupon
    early: list[Used]
    late: list[Used]

    @property
    def uses(self) -> list[Used]:
        return self.early + self.late


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 30) -> Explanation:
    """What was taken off before it began and after it ended, and the orders."""
    span = scope.window(window_days)
    leak = next((one for one in (_leaks(db, scope, span)[0] if span else []) if one.key == key), None)
    if leak is None or span is None:
        raise Problem("no-such-row", key=key, desk="coupons", question="expired-used")
    rates, made = Rates(db, scope.as_of), []
    for label, uses in (
        (P("Before it began", "生效前"), leak.early), (P("After it ended", "结束后"), leak.late),
    ):  # fmt: skip
        if uses:
            worth = in_base(dict(spent(uses).discount), scope.currency, rates)
            made.append(Term("at_stake", label, worth, "money", scope.currency))
    total = None if any(term.value is None for term in made) else sum(int(term.value or 0) for term in made)
    made.append(Term("at_stake", P("Taken off", "优惠金额"), total, "money", scope.currency, is_total=True))
    return Explanation(made, *_orders(db, leak, span))


def _orders(db: sqlite3.Connection, leak: Leak, span: tuple[str, str]) -> tuple[list[Behind], list[Note]]:
    """The coupon's rows and the orders outside of its days."""
    behind = coupon_rows(leak.coupon)
    notes: list[Note] = []
    for uses, since, until in (
        (leak.early, span[0], max((used.day for used in leak.early), default="")),
        (leak.late, min((used.day for used in leak.late), default=""), span[1]),
    ):
        rows, more = orders_naming(db, [(used.shop, used.cell) for used in uses], since, until)
        behind += rows
        notes += more
    return behind, notes[:1]


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        currency,
        Column("shop", P("Shop", "店铺"), "id"),
        Column("code", P("Code", "优惠码"), "id"),
        Column("from_day", P("Starts", "开始"), "day"),
        Column("to_day", P("Ends", "结束"), "day"),
        Column("before", P("Used before", "生效前使用"), "count"),
        Column("after", P("Used after", "结束后使用"), "count"),
        Column("last_used", P("Last used", "最近使用"), "day"),
    )


@coupons.alert(
    P("Used outside of its days", "过期仍被使用"), action="stop-coupon", at_stake="cash_out", explain=explain, help=HELP
)
def expired_used(db: sqlite3.Connection, scope: Scope, *, window_days: int = 30) -> Answer:
    """Coupons of the book that orders placed in the last `window_days` days used after they ended or before they
    began, by shop and code.

    By the day on which the order was placed, on the shop's calendar; the first and the last day are inside. at_stake
    = what the shop took off these orders, in minor units of the base currency: empty where they name several codes,
    of which no file says how they share it. A coupon whose end lies before its start has no days and is not judged.
    """
    answer = empty(_columns(scope.currency), scope)
    span = scope.window(window_days)
    if span is None:
        return answer
    leaks, notes = _leaks(db, scope, span)
    rates = Rates(db, scope.as_of)
    rows = [_row(leak, scope, rates) for leak in leaks]
    answer.rows = sorted(rows, key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    answer.notes += notes
    unrated = {used.currency for leak in leaks for used in leak.uses if rates(used.currency, scope.currency) is None}
    answer.notes += no_rate(unrated)
    return answer


def _leaks(db: sqlite3.Connection, scope: Scope, span: tuple[str, str]) -> tuple[list[Leak], list[Note]]:
    book = read(db)
    uses = _uses.read(db, scope, book.codes, span[0])
    leaks = []
    for shop, code in uses.by:
        coupon = book.find(shop, code)
        if coupon is None or (scope.shops and shop not in scope.shops):
            continue
        inside = [used for used in uses.by[shop, code] if span[0] <= used.day <= span[1]]
        early = [used for used in inside if coupon.first is not None and used.day < coupon.first]
        late = [used for used in inside if coupon.last is not None and used.day > coupon.last]
        if early or late:
            leaks.append(Leak(f"coupon:{shop}/{coupon.code}", shop, coupon, early, late))
    return leaks, uses.notes


def _row(leak: Leak, scope: Scope, rates: Rates) -> tuple[Any, ...]:
    coupon, total = leak.coupon, spent(leak.uses)
    early, late = (sum(used.orders for used in uses) for uses in (leak.early, leak.late))
    said = LATE if not early else EARLY if not late else P(f"{LATE.en} {EARLY.en}", LATE.zh + EARLY.zh)
    why = Note("used-outside", said, {
        "early": early, "late": late, "code": coupon.code, "first": coupon.first or "", "last": coupon.last or "",
    })  # fmt: skip
    known = total.orders - total.shared_orders - total.unpriced > 0
    stake = in_base(dict(total.discount), scope.currency, rates) if known else None
    return (
        leak.key, coupon.title, why, stake, scope.as_of, "stop-coupon", {"shop": leak.shop, "code": coupon.code},
        leak.shop, coupon.code, coupon.first, coupon.last, early, late, max(used.day for used in leak.uses),
    )  # fmt: skip
