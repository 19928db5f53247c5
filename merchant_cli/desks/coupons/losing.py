"""Which codes lose money: what the orders that used them left is below zero."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from merchant_cli.basics import days, money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.contribution import Contribution, terms
from merchant_cli.desks.coupons import coupons
from merchant_cli.desks.coupons._alert import columns, empty, no_rate
from merchant_cli.desks.coupons._book import Coupon, read
from merchant_cli.desks.coupons._codes import pseudo_codes
from merchant_cli.desks.coupons._explained import coupon_rows, orders_naming
from merchant_cli.desks.coupons._results import by_code, valued
from merchant_cli.desks.sales import Rates

P = Phrase

HELP = {"window_days": P("Days of orders that are looked at", "统计订单的天数")}
ESTIMATES = frozenset({"at_stake", "contribution"})
MOST_UNKNOWN = 0.5  # share of net sales without a known cost from which on nothing is said
LOST = P(
    "{orders} {orders:order|orders} with `{code}` in {days} days cost {amount} {currency} more than they brought,"
    " after refunds, cost of goods and fees.",
    "近 {days} 天使用 `{code}` 的 {orders} 笔订单，扣除退款、商品成本和平台费用后亏损 {amount} {currency}。",
)
PARTLY = P(" Of {percent} % of the sales the cost is unknown; they are left out.",
           "另有 {percent}% 的销售缺少成本，未计入。")  # fmt: skip


class Loss(NamedTuple):
    """One code of one shop and what its orders left; `coupon` None: not in the book."""

    key: str
    shop: str
    code: str
    found: Contribution
    coupon: Coupon | None
    cells: list[str]


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 90) -> Explanation:
    """The terms of the contribution, and the orders that used the code."""
    span = scope.window(window_days)
    losses = _losses(db, scope, span)[0] if span else []
    loss = next((one for one in losses if one.key == key), None)
    if loss is None or span is None:
        raise Problem("no-such-row", key=key, desk="coupons", question="losing")
    behind, notes = orders_naming(db, [(loss.shop, cell) for cell in loss.cells], *span)
    return Explanation(terms(loss.found), [*(coupon_rows(loss.coupon) if loss.coupon else []), *behind], notes)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        currency,
        Column("shop", P("Shop", "店铺"), "id"),
        Column("code", P("Code", "优惠码"), "id"),
        Column("orders", P("Orders", "订单数"), "count"),
        Column("net_sales", P("Net sales", "净销售额"), "money"),
        Column("contribution", P("Contribution", "贡献毛利"), "money"),
        Column("unknown_share", P("Sales without a known cost", "成本未知的销售占比"), "rate"),
        Column("to_day", P("Ends", "结束"), "day"),
        Column("currency", P("Currency", "币种"), "id"),
    )


@coupons.alert(P("Losing money", "亏损优惠券"), action="stop-coupon", at_stake="cash_out", explain=explain, help=HELP)
def losing(db: sqlite3.Connection, scope: Scope, *, window_days: int = 90) -> Answer:
    """Codes whose orders of the last `window_days` days left less than nothing, by shop and code.

    contribution = sold (after the discount) − refunds − cost of the goods that were kept − platform fees (estimated)
    of the orders that name the code, in minor units of the base currency; see `coupons uses`. Sales without a known
    cost are outside, and a code of which they are more than half is not judged. at_stake = the loss. Due on the day
    the coupon ends, if that is still to come. Words that are no codes (rule file pseudo_codes) are left out.
    """
    answer = empty(_columns(scope.currency), scope)
    span = scope.window(window_days)
    if span is None:
        return answer
    losses, notes = _losses(db, scope, span)
    answer.rows = [_row(loss, scope, days.between(*span) + 1) for loss in losses]
    answer.estimated = ESTIMATES
    answer.notes += notes
    return answer


def _losses(db: sqlite3.Connection, scope: Scope, span: tuple[str, str]) -> tuple[list[Loss], list[Note]]:
    """The codes that lose, greatest loss first, and what could not be judged."""
    book, rates = read(db), Rates(db, scope.as_of)
    pseudo, faulty = pseudo_codes()
    results, notes = by_code(db, scope, book, span)
    losses, unjudged, lost = [], 0, set()
    for (shop, code), result in results.items():
        coupon = book.find(shop, code)
        if coupon is None and pseudo.has(shop, code):
            continue
        found = valued(result.sums, shop, book, scope, rates)
        written = coupon.code if coupon else result.code
        if found.unknown == "no-rate":
            lost.add(found.currency)
        elif found.left is None or (found.unknown_share or 0) > MOST_UNKNOWN:
            unjudged += 1
        elif found.left < 0:
            losses.append(Loss(f"coupon:{shop}/{written}", shop, written, found, coupon, result.cells))
    if unjudged:
        notes.append(Note("not-judged", P(
            "{count} {count:code is|codes are} not judged: the cost of most of what was sold with {count:it|them} is"
            " unknown. `merchant listings costs`",
            "{count} 个优惠码未判断：所售商品大多缺少成本。`merchant listings costs`"),
            {"count": unjudged}))  # fmt: skip
    losses.sort(key=lambda loss: (loss.found.currency != scope.currency, loss.found.left or 0, loss.key))
    return losses, [*faulty, *notes, *no_rate(lost)]


def _row(loss: Loss, scope: Scope, length: int) -> tuple[Any, ...]:
    found, coupon = loss.found, loss.coupon
    left, share = found.left or 0, found.unknown_share or 0.0
    due = coupon.last if coupon and scope.as_of and coupon.last and coupon.last >= scope.as_of else None
    said = P(LOST.en + PARTLY.en, LOST.zh + PARTLY.zh) if share else LOST
    why = Note("loses", said, {
        "orders": found.orders, "code": loss.code, "days": length, "amount": money.shown(-left, found.currency),
        "currency": found.currency or "", "percent": f"{share * 100:.1f}",
    })  # fmt: skip
    return (
        loss.key, coupon.title if coupon else loss.code, why, -left if found.currency == scope.currency else None, due,
        "stop-coupon", {"shop": loss.shop, "code": loss.code}, loss.shop, loss.code, found.orders, found.net, left,
        found.unknown_share, coupon.last if coupon else None, found.currency,
    )  # fmt: skip
