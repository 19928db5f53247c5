"""SKUs of which nothing is available: since when, and what they sold before."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory._plans import (
    COVERED,
    NEWEST_FULL,
    Facts,
    Options,
    Plan,
    Terms,
    plan_of,
    rate,
    with_terms,
)
from merchant_cli.desks.inventory._stock import COUNTS, Stock, at_day, stock
from merchant_cli.desks.sales import Net, base_currency, returns, window
from merchant_cli.methods import reorder_point as method
from merchant_cli.methods.stockout import Count, stockout_days, went_out

LOOK_BACK = 60  # days before the as-of day on which a SKU may have gone out

SALES = """
SELECT shop, sku, currency, day, sum(units), sum(sold_minor), sum(CASE WHEN sold_minor IS NULL THEN units ELSE 0 END)
FROM sold_units
WHERE day BETWEEN :since AND :as_of AND sku IN (SELECT sku FROM stock_now WHERE available <= 0)
GROUP BY shop, sku, currency, day
"""
MOVES = """
SELECT sku, day, sum(units) FROM stock_moves WHERE day BETWEEN :since AND :as_of GROUP BY sku, day
"""

Days = dict[tuple[str, str | None], dict[str, Net]]  # (shop, currency) → day → sales


class Gone(NamedTuple):
    """A SKU that is sold out: since when (None: longer than is looked back), the days that its demand is taken from,
    and its plan with that demand. `lost_per_day`: margin in minor units of the base currency."""

    since: str | None
    window: list[str]
    plan: Plan
    lost_per_day: int | None


@dataclass
class Outs:
    """What was read of the SKUs that are out."""

    facts: Facts
    last: str  # the newest full day
    held: dict[str, Stock]
    sales: dict[str, Days]
    since: dict[str, str | None]
    counts: dict[str, list[Count]]


def gone(db: sqlite3.Connection, scope: Scope, options: Options) -> tuple[list[Gone], int, Facts] | None:
    """The SKUs that are sold out and in demand; of how many the demand is not known; what was read for it.

    None: no day of orders is fully covered.
    """
    outs = _read(db, scope, options.window_days)
    if outs is None:
        return None
    found, unknown = [], 0
    for sku in outs.held:
        one = _gone(outs, sku, options)
        if one is not None:
            found.append(one)
        elif outs.since[sku] is not None and not _covered(outs, outs.since[sku] or "", options.window_days):
            unknown += 1
    return found, unknown, outs.facts


def _read(db: sqlite3.Connection, scope: Scope, length: int) -> Outs | None:
    assert scope.as_of is not None
    last = db.execute(NEWEST_FULL, {"as_of": scope.as_of}).fetchone()[0]
    if last is None:
        return None
    everything = stock(db, scope.as_of)
    held = {sku: one for sku, one in everything.items() if one.available <= 0}
    span = window(scope.as_of, LOOK_BACK + length)
    params = {"since": span[0], "as_of": scope.as_of}
    full = frozenset(
        (shop, day) for shop, day in db.execute(COVERED, {"since": days.add(span[0], -1), "as_of": scope.as_of})
        if not scope.shops or shop in scope.shops
    )  # fmt: skip
    sales: dict[str, Days] = defaultdict(lambda: defaultdict(dict))
    change: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for shop, sku, currency, day, units, sold, unpriced in db.execute(at_day(db, scope.as_of, SALES), params):
        if sku in held:
            change[sku][day] -= units or 0
            if (shop, day) in full:
                sales[sku][shop, currency][day] = Net(units or 0, sold or 0, 0, 0, unpriced or 0)
    for back in returns(db, scope, span[0], scope.as_of) if sales else ():
        by_day = sales[back.sku].get((back.shop, back.currency), {}) if back.sku in sales else {}
        if back.day in by_day:
            unpriced = 0 if back.priced else -back.units
            by_day[back.day] = by_day[back.day].plus(Net(0, 0, back.units, back.money, unpriced))
    for sku, day, units in db.execute(MOVES, params) if held else ():
        change[sku][day] += units or 0
    counts: dict[str, list[Count]] = defaultdict(list)
    for sku, location, day, units in db.execute(COUNTS, params) if held else ():
        counts[sku].append(Count(location, day, units))
    priced = {(shop, sku, currency): Net() for sku, of in sales.items() for shop, currency in of}
    facts = Facts(span, full, {}, {}, {}, everything, base_currency(scope, priced))
    since = {sku: went_out(one.available, change[sku], span) for sku, one in held.items()}
    return Outs(with_terms(db, scope, facts), last, held, sales, since, counts)


def _gone(outs: Outs, sku: str, options: Options) -> Gone | None:
    """None if it was not in demand: neither before it went out nor since."""
    since, sales = outs.since[sku], outs.sales.get(sku)
    if not sales:
        return None
    ends = [min(since, outs.last)] if since else []
    for end in (*ends, outs.last):
        span = window(end, options.window_days)
        if (plan := _plan(outs, sku, sales, span, options)) is not None:
            lost = None
            if plan.margin is not None:
                margin, demand = plan.margin, plan.demand
                a_day = demand.units * (margin.price - margin.cost)
                lost = max(0, method.half_up(a_day, demand.days * margin.over))
            return Gone(since, span, plan, lost)
    return None


def _plan(outs: Outs, sku: str, sales: Days, span: list[str], options: Options) -> Plan | None:
    """The plan from the sales of the days `span`; None if nothing was sold on balance or no day is known."""
    facts, held = outs.facts, outs.held[sku]
    sold_on = frozenset(day for of in sales.values() for day, net in of.items() if net.units > 0)
    out = stockout_days(outs.counts.get(sku, ()), sold_on, span)
    inside = set(span) - out
    nets = {where: _added([net for day, net in of.items() if day in inside]) for where, of in sales.items()}
    nets = {where: net for where, net in nets.items() if net != Net()}
    shop_days = {shop: sum((shop, day) in facts.full for day in inside) for shop, _ in nets}
    demand = rate(nets, shop_days)
    if demand is None:
        return None
    terms = facts.terms.get(sku, Terms())
    lead = options.lead_days if terms.lead_days is None else terms.lead_days
    review = options.review_days if terms.review_days is None else terms.review_days
    plan = plan_of(facts, options, held, terms, nets, shop_days, demand, lead, review)
    if plan.margin is None:
        return plan
    # Units that are sold already and not there are no lost margin: they are money to be paid back, see oversold.
    sold, cost = method.lost(0, demand, lead + review, plan.margin)
    return plan._replace(sales_lost=sold, cost_lost=cost)


def _added(nets: list[Net]) -> Net:
    total = Net()
    for net in nets:
        total = total.plus(net)
    return total


def _covered(outs: Outs, since: str, length: int) -> bool:
    """Whether a day of the window before it went out is fully covered in some shop."""
    inside = set(window(min(since, outs.last), length))
    return any(day in inside for _, day in outs.facts.full)


def facts_of(one: Gone, facts: Facts) -> Facts:
    """The facts with the days of this SKU as their window, for explaining it."""
    return replace(facts, window=one.window)
