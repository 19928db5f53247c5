"""The coupon book: what each coupon takes off, for how long, and what it took off so far."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.coupons import _faults as odd
from merchant_cli.desks.coupons import _uses, coupons
from merchant_cli.desks.coupons._alert import FIRST_STEP, NO_COUPONS, no_rate
from merchant_cli.desks.coupons._book import BEARERS, STATES, Book, Cost, Coupon, asked_about, cost_of, read, terms_of
from merchant_cli.desks.coupons._explained import cost_terms, coupon_rows, orders_naming
from merchant_cli.desks.sales import Rates

P = Phrase

ORDER = {"running": 0, "unclear": 1, "planned": 2, "ended": 3}

COLUMNS = (
    Column("key", P("Key", "编号"), "id"),
    Column("code", P("Code", "优惠码"), "id"),
    Column("title", P("Coupon", "优惠券"), "text"),
    Column("state", P("State", "状态"), "id", words=STATES),
    Column("terms", P("Takes off", "优惠"), "text"),
    Column("from_day", P("Starts", "开始"), "day"),
    Column("to_day", P("Ends", "结束"), "day"),
    Column("bearer", P("Borne by", "承担方"), "id", words=BEARERS),
    Column("budget", P("Budget", "预算"), "money"),
    Column("uses", P("Uses", "使用次数"), "count"),
    Column("cost", P("Cost so far", "已优惠金额"), "money"),
    Column("shared", P("Shared with other codes", "与其他优惠码共用"), "money"),
    Column("currency", P("Currency", "币种"), "id"),
    Column("shops", P("Shops", "店铺"), "text"),
    Column("scope", P("Scope", "适用范围"), "text"),
    Column("faults", P("To look at", "需留意"), "id", words=odd.FAULTS),
)


def explain(db: sqlite3.Connection, scope: Scope, key: str) -> Explanation:
    """The discount given in each shop, and the coupon's rows and orders behind it."""
    book = read(db)
    coupon = next((one for one in book.coupons if one.key == key and asked_about(one, book, scope)), None)
    if coupon is None or scope.as_of is None:
        raise Problem("no-such-row", key=key, desk="coupons", question="book")
    uses, rates = _uses.read(db, scope, book.codes), Rates(db, scope.as_of)
    cost = cost_of(coupon, book, uses, scope, rates)
    orders, notes = orders_naming(db, [(used.shop, used.cell) for used in cost.uses], "", scope.as_of)
    return Explanation(cost_terms(cost, rates), [*coupon_rows(coupon), *orders], notes)


@coupons.question(P("Coupon book", "优惠券台账"), explain=explain)
def book(db: sqlite3.Connection, scope: Scope) -> Answer:
    """The coupons of the merchant's own sheet and of the shops' discount exports, one row per code.

    A code of the sheet is one coupon for all shops; what the sheet leaves open is filled in from the exports. uses =
    orders that count, placed up to the as-of day, whose coupon cell names the code (any case; several codes in a cell
    are told apart). cost = what the shop took off those of them that name no other code, before refunds, in minor
    units of the coupon's currency; `shared` = what it took off orders that name several codes, of which no file says
    how they share it. Empty: the shop's orders name no codes, so nobody knows. The state is that of the as-of day,
    on the calendar of the shop; the last day counts as running.
    """
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        answer.notes.append(FIRST_STEP)
        return answer
    kept = read(db)
    if not kept.coupons:
        answer.notes.append(NO_COUPONS)
        return answer
    uses, rates, goods = _uses.read(db, scope, kept.codes), Rates(db, scope.as_of), odd.Goods(db)
    found, costs, rows = [], [], []
    for coupon in kept.coupons:
        if asked_about(coupon, kept, scope):
            cost = cost_of(coupon, kept, uses, scope, rates)
            found.append((coupon, odd.faults(coupon, kept, uses, goods, scope.as_of)))
            costs.append(cost)
            rows.append(_row(coupon, kept, cost, found[-1][1], scope.as_of))
    answer.rows = sorted(rows, key=lambda row: (ORDER[row[3]], row[6] or "9999-12-31", row[0]))
    answer.notes += [*uses.notes, *odd.notes(found), *_notes(costs)]
    return answer


def _row(coupon: Coupon, kept: Book, cost: Cost, faults: list[str], as_of: str) -> tuple[Any, ...]:
    shops = sorted({used.shop for used in cost.uses} | {str(row.shop) for row in coupon.exports})
    return (
        coupon.key, coupon.code, coupon.title, coupon.state(as_of), terms_of(coupon), coupon.said("first"),
        coupon.said("last"), coupon.bearer, coupon.said("budget"), cost.orders, cost.discount, cost.shared or None,
        cost.currency, ", ".join(shops) or None, coupon.said("scope"), ", ".join(faults) or None,
    )  # fmt: skip


def _notes(costs: list[Cost]) -> list[Note]:
    notes = []
    if untold := sum(cost.orders is None for cost in costs):
        notes.append(Note("uses-unknown", P(
            "For {count} {count:coupon|coupons} nobody knows the uses: the orders of their shops name no codes, or do"
            " not tell automatic discounts apart. What these shops took off: `merchant coupons uses`",
            "{count} 张优惠券的使用情况未知：店铺订单不含优惠码，或未区分自动折扣。"
            "各店优惠合计：`merchant coupons uses`"), {"count": untold}))  # fmt: skip
    if unpriced := sum(cost.unpriced for cost in costs):
        notes.append(Note("discount-unknown", P(
            "{count} {count:order does|orders do} not say what was taken off; the cost is at least this.",
            "{count} 笔订单未写明优惠金额，实际成本不低于所示。"), {"count": unpriced}))  # fmt: skip
    if any(cost.shared for cost in costs):
        notes.append(Note("codes-shared", P(
            "Orders that name several codes do not say how these share the discount; it has a column of its own.",
            "同时使用多个优惠码的订单未写明各码金额，单列显示。")))  # fmt: skip
    return notes + no_rate(
        {used.currency for cost in costs if cost.discount is None for used in cost.uses if used.orders > used.unpriced}
    )
