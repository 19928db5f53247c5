"""Running coupons that cost more than their budget, or will before they end."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from fractions import Fraction
from typing import Any, NamedTuple

from merchant_cli.basics import days, money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope, Term
from merchant_cli.desks.coupons import _uses, coupons
from merchant_cli.desks.coupons._alert import columns, empty
from merchant_cli.desks.coupons._book import BEARERS, Book, Cost, Coupon, asked_about, cost_of, read
from merchant_cli.desks.coupons._explained import cost_terms, coupon_rows, orders_naming
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

FULL_DAYS = """
SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day <= :as_of
"""
HELP = {"pace_days": P("Full days of which the pace is the average", "推算速度所用的完整天数")}
ESTIMATES = frozenset({"per_day", "projected"})
OVER = P("It took off {cost} {currency}; the budget is {budget} {currency}.",
         "已优惠 {cost} {currency}，预算为 {budget} {currency}。")  # fmt: skip
MAY_BE = P(
    "It took off {cost} {currency}, and up to {most} {currency} with orders that name other codes too; the budget is"
    " {budget} {currency}.",
    "已优惠 {cost} {currency}，加上与其他优惠码共用的订单最多 {most} {currency}；预算为 {budget} {currency}。",
)
WILL_BE = P(
    "At {pace} {currency} a day it will have taken off {projected} {currency} by {last}; the budget is {budget}"
    " {currency}.",
    "按每天 {pace} {currency} 推算，到 {last} 将优惠 {projected} {currency}；预算为 {budget} {currency}。",
)


class Spend(NamedTuple):
    """A running coupon with a budget; amounts in minor units of `cost.currency`. `pace` a day; `projected` to its
    last day; None: not known. `due`: the day on which the budget is used up. `code`: over, may-be-over or will-be."""

    coupon: Coupon
    cost: Cost
    budget: int
    pace: Fraction | None
    projected: int | None
    due: str | None
    code: str


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, pace_days: int = 14) -> Explanation:
    """The cost so far by shop, what is to come, and what is over the budget."""
    spends = _spends(db, scope, pace_days)[0] if scope.as_of else []
    spend = next((one for one in spends if one.coupon.key == key), None)
    if spend is None:
        raise Problem("no-such-row", key=key, desk="coupons", question="over-budget")
    cost, rates = spend.cost, Rates(db, scope.as_of)
    kind: dict[str, Any] = {"kind": "money", "unit": cost.currency}
    so_far, at_end = P("Cost so far", "已优惠金额"), P("By its last day", "到最后一天")
    made, reached = cost_terms(cost, rates), cost.discount or 0
    if spend.projected is not None:
        guess, to_come = {**kind, "estimated": True}, spend.projected - reached
        made += [
            Term("projected", so_far, reached, **kind),
            Term("projected", P("To come until it ends", "至结束预计"), to_come, **guess),
            Term("projected", at_end, spend.projected, is_total=True, **guess),
        ]
        so_far, reached, kind = at_end, spend.projected, guess
    if spend.code != "may-be-over":
        made += [
            Term("over", so_far, reached, **kind),
            Term("over", P("Budget", "预算"), -spend.budget, **kind),
            Term("over", P("Over the budget", "超出预算"), reached - spend.budget, is_total=True, **kind),
        ]
    behind, notes = orders_naming(db, [(used.shop, used.cell) for used in cost.uses], "", scope.as_of or "")
    return Explanation(made, [*coupon_rows(spend.coupon), *behind], notes)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        currency,
        Column("code", P("Code", "优惠码"), "id"),
        Column("bearer", P("Borne by", "承担方"), "id", words=BEARERS),
        Column("budget", P("Budget", "预算"), "money"),
        Column("cost", P("Cost so far", "已优惠金额"), "money"),
        Column("shared", P("Shared with other codes", "与其他优惠码共用"), "money"),
        Column("per_day", P("A day", "每天"), "money"),
        Column("projected", P("By its last day", "到最后一天"), "money"),
        Column("to_day", P("Ends", "结束"), "day"),
        Column("currency", P("Currency", "币种"), "id"),
    )


@coupons.alert(P("Over budget", "优惠券超预算"), action="stop-coupon", at_stake="cash_out", explain=explain, help=HELP)
def over_budget(db: sqlite3.Connection, scope: Scope, *, pace_days: int = 14) -> Answer:
    """Running coupons whose cost so far is over their budget, or will be before they end.

    cost = what the shop took off orders that name this code alone, up to the as-of day, in minor units of the
    coupon's currency. pace = cost of the last `pace_days` full covered days ÷ those of them on which it ran, by shop,
    then added. projected = cost + pace × days from the as-of day to its last day; without a last day nothing is
    projected. Where only the discount of orders that name several codes takes it over the budget, it may be over: no
    file says how the codes share it. at_stake = the excess, in minor units of the base currency, empty where it only
    may be over. Due when the budget is used up. A coupon without a budget is not judged.
    """
    answer = empty(_columns(scope.currency), scope)
    if scope.as_of is None:
        return answer
    spends, notes = _spends(db, scope, pace_days)
    rates = Rates(db, scope.as_of)
    rows = [_row(spend, scope, rates) for spend in spends]
    answer.rows = sorted(rows, key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    answer.estimated = ESTIMATES
    answer.notes += notes
    return answer


def _spends(db: sqlite3.Connection, scope: Scope, pace_days: int) -> tuple[list[Spend], list[Note]]:
    """The coupons that are over their budget or will be, and of how many that is not known."""
    as_of, book, rates = scope.as_of or "", read(db), Rates(db, scope.as_of)
    budgeted = [one for one in book.coupons if one.said("budget") is not None and one.state(as_of) == "running"]
    if not budgeted:
        return [], []
    uses = _uses.read(db, scope, book.codes)
    full: dict[str, list[str]] = defaultdict(list)
    for shop, day in db.execute(FULL_DAYS, {"as_of": as_of}):
        full[shop].append(day)
    found, untold = [], 0
    for coupon in budgeted:
        if asked_about(coupon, book, scope):
            cost = cost_of(coupon, book, uses, scope, rates)
            untold += cost.discount is None
            spend = _spend(coupon, cost, book, full, pace_days, as_of, rates)
            found += [spend] if spend else []
    notes = list(uses.notes)
    if untold:
        notes.append(Note("cost-unknown", P(
            "Of {count} {count:coupon|coupons} with a budget the cost is unknown: see `merchant coupons book`",
            "{count} 张有预算的优惠券无法得知实际成本，详见 `merchant coupons book`"), {"count": untold}))  # fmt: skip
    return found, notes


def _spend(
    coupon: Coupon, cost: Cost, book: Book, full: dict[str, list[str]], pace_days: int, as_of: str, rates: Rates
) -> Spend | None:
    """None: within its budget as far as is known."""
    budget = int(coupon.said("budget"))
    if cost.discount is None:
        return None
    if cost.discount > budget:
        return Spend(coupon, cost, budget, None, None, as_of, "over")
    pace = _pace(coupon, cost, full, pace_days, rates)
    if coupon.last is not None and pace:
        left = days.between(as_of, coupon.last)
        projected = cost.discount + int(pace * left + Fraction(1, 2))
        if projected > budget:
            day = days.add(as_of, min(left, int((budget - cost.discount) / pace) + 1))
            return Spend(coupon, cost, budget, pace, projected, day, "will-be-over")
    if cost.discount + (cost.shared or 0) > budget:
        return Spend(coupon, cost, budget, None, None, as_of, "may-be-over")
    return None


def _pace(coupon: Coupon, cost: Cost, full: dict[str, list[str]], pace_days: int, rates: Rates) -> Fraction | None:
    """What it takes off a day in minor units, the shops added; None if no full day on which it ran is known."""
    total: Fraction | None = None
    for shop in sorted({used.shop for used in cost.uses}):
        known = sorted(full.get(shop, []))[-pace_days:]
        ran = {day for day in known if coupon.first is None or day >= coupon.first}
        if ran:
            taken: Counter[str | None] = Counter()
            for used in cost.uses:
                if used.shop == shop and used.alone and used.day in ran:
                    taken[used.currency] += used.discount
            worth = in_base(dict(taken), cost.currency, rates)
            total = (total or Fraction(0)) + Fraction(worth or 0, len(ran))
    return total


def _row(spend: Spend, scope: Scope, rates: Rates) -> tuple[Any, ...]:
    coupon, cost, currency = spend.coupon, spend.cost, spend.cost.currency
    reached = spend.projected if spend.code == "will-be-over" else cost.discount
    stake = None
    if spend.code != "may-be-over" and reached is not None:
        stake = in_base({currency: reached - spend.budget}, scope.currency, rates)
    pace = None if spend.pace is None else int(spend.pace + Fraction(1, 2))
    most = (cost.discount or 0) + (cost.shared or 0)
    amounts = {
        "cost": cost.discount, "most": most, "budget": spend.budget, "pace": pace, "projected": spend.projected,
    }  # fmt: skip
    said = {"over": OVER, "may-be-over": MAY_BE, "will-be-over": WILL_BE}[spend.code]
    params = {name: "" if amount is None else money.shown(amount, currency) for name, amount in amounts.items()}
    why = Note(spend.code, said, {**params, "currency": currency or "", "last": coupon.last or ""})
    return (
        coupon.key, coupon.title, why, stake, spend.due, "stop-coupon", {"code": coupon.code}, coupon.code,
        coupon.bearer, spend.budget, cost.discount, cost.shared or None, pace, spend.projected, coupon.last, currency,
    )  # fmt: skip
