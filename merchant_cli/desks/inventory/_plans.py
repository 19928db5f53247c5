"""What reorder calculates for each SKU: demand, stock, lead time, quantity and the margin at stake."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from merchant_cli.basics.days import between
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory._stock import Sale, Stock, out_days, stock
from merchant_cli.desks.sales import Key, Net, Rates, base_currency, net_sales_of, returns, window
from merchant_cli.methods import reorder_point as method
from merchant_cli.methods.reorder_point import Demand, Margin

COVERED = """
SELECT shop, day FROM coverage
WHERE kind = 'orders' AND "full" = 1 AND day > :since AND day <= :as_of ORDER BY day, shop
"""
NEWEST_FULL = """
SELECT max(day) FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day <= :as_of
"""
PRODUCTS = """
SELECT p.sku, p.title, p.supplier, p.pack, p.moq, s.lead_days, s.review_days, s.moq
FROM products p LEFT JOIN suppliers s ON s.supplier = p.supplier
"""
TITLES = """
SELECT sku, max(title) FROM listings WHERE sku IS NOT NULL GROUP BY sku
"""
# The newest cost on or before the as-of day comes last.
COSTS = """
SELECT sku, cost_minor, currency FROM costs
WHERE from_day <= :as_of AND cost_minor IS NOT NULL ORDER BY sku, from_day
"""


@dataclass(frozen=True)
class Options:
    """What the question is asked with: days."""

    cover_days: int = 30
    window_days: int = 28
    lead_days: int = 7
    review_days: int = 7


class Terms(NamedTuple):
    """What the merchant keeps about a SKU; None: not stated."""

    title: str | None = None
    supplier: str | None = None
    pack: int | None = None
    moq: int | None = None
    lead_days: int | None = None
    review_days: int | None = None
    supplier_moq: int | None = None


class Plan(NamedTuple):
    """One SKU that runs out. Money in minor units of the base currency; None: not measurable, `unknown` says why."""

    sku: str
    title: str
    stock: Stock
    terms: Terms
    sales: dict[tuple[str, str | None], Net]
    days: dict[str, int]
    demand: Demand
    lead: int
    review: int
    needed: int
    quantity: int
    margin: Margin | None
    sales_lost: int | None
    cost_lost: int | None
    unknown: str


@dataclass
class Facts:
    """All that was read, before SKUs are looked at one by one."""

    window: list[str]
    full: frozenset[tuple[str, str]]
    covered: dict[str, int]
    sales: dict[str, dict[tuple[str, str | None], Net]]
    out: dict[str, frozenset[str]]
    stock: Mapping[str, Stock]
    base: str | None
    terms: dict[str, Terms] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    costs: dict[str, tuple[int, str | None]] = field(default_factory=dict)
    rates: Rates | None = None


def read(db: sqlite3.Connection, scope: Scope, options: Options) -> Facts | None:
    """The facts of the window, None if no day of orders is fully covered."""
    assert scope.as_of is not None
    until = min(scope.as_of, scope.until or scope.as_of)
    last = db.execute(NEWEST_FULL, {"as_of": until}).fetchone()[0]
    bounds = scope.window(options.window_days, last) if last is not None else None
    if bounds is None:
        return None
    span = window(bounds[1], between(*bounds) + 1)
    full = frozenset(
        (shop, day) for shop, day in db.execute(COVERED, {"since": "", "as_of": until})
        if day >= span[0] and (not scope.shops or shop in scope.shops)
    )  # fmt: skip
    covered: dict[str, int] = defaultdict(int)
    for shop, _ in full:
        covered[shop] += 1
    sales = net_sales_of(db, scope, span, full)
    out, by_day = out_days(db, scope, span)
    _take_out(db, scope, span, sales, out, by_day, full)
    grouped: dict[str, dict[tuple[str, str | None], Net]] = defaultdict(dict)
    for (shop, sku, currency), net in sales.items():
        grouped[sku][shop, currency] = net
    facts = Facts(span, full, dict(covered), dict(grouped), out, stock(db, scope.as_of), base_currency(scope, sales))
    return with_terms(db, scope, facts)


def with_terms(db: sqlite3.Connection, scope: Scope, facts: Facts) -> Facts:
    """The facts with what the merchant keeps about his SKUs: titles, suppliers, costs and rates."""
    facts.terms = {row[0]: Terms._make(row[1:]) for row in db.execute(PRODUCTS)}
    facts.titles = dict(db.execute(TITLES).fetchall())
    facts.costs = {sku: (cost, cur) for sku, cost, cur in db.execute(COSTS, {"as_of": scope.as_of})}
    facts.rates = Rates(db, scope.as_of)
    return facts


def _take_out(
    db: sqlite3.Connection, scope: Scope, span: list[str], sales: dict[Key, Net],
    out: dict[str, frozenset[str]], by_day: list[Sale], full: frozenset[tuple[str, str]],
) -> None:  # fmt: skip
    """Takes the sales and returns of stock-out days off `sales`."""
    if not out:
        return
    for sale in by_day:
        key = (sale.shop, sale.sku, sale.currency)
        if key in sales and sale.day in out.get(sale.sku, ()) and (sale.shop, sale.day) in full:
            sales[key] = sales[key].plus(Net(-sale.units, -sale.sold, 0, 0, -sale.unpriced))
    for back in returns(db, scope, span[0], span[-1]):
        key = (back.shop, back.sku, back.currency)
        if key in sales and back.day in out.get(back.sku, ()) and (back.shop, back.day) in full:
            unpriced = 0 if back.priced else back.units
            sales[key] = sales[key].plus(Net(0, 0, -back.units, -back.money, unpriced))


def plans(facts: Facts, options: Options) -> Iterator[Plan]:
    """The SKUs whose stock does not last lead time and review, in no order; those without any are sold-out's."""
    for sku, sales in facts.sales.items():
        held = facts.stock.get(sku)
        if held is None or held.available <= 0:
            continue
        terms = facts.terms.get(sku, Terms())
        lead = options.lead_days if terms.lead_days is None else terms.lead_days
        review = options.review_days if terms.review_days is None else terms.review_days
        days = selling_days(facts, sku, sales)
        demand = rate(sales, days)
        if demand is not None and method.runs_out(held.available, demand, lead + review):
            yield plan_of(facts, options, held, terms, sales, days, demand, lead, review)


def selling_days(facts: Facts, sku: str, sales: dict[tuple[str, str | None], Net]) -> dict[str, int]:
    """Shop that sells the SKU → its full covered days of the window without the SKU's stock-out days."""
    shops = {shop for shop, _ in sales}
    out = facts.out.get(sku)
    if not out:
        return {shop: facts.covered.get(shop, 0) for shop in shops}
    return {shop: facts.covered.get(shop, 0) - sum((shop, day) in facts.full for day in out) for shop in shops}


def rate(sales: dict[tuple[str, str | None], Net], days: dict[str, int]) -> Demand | None:
    """The shops' net units a day, added; None where no day is known or nothing was sold on balance."""
    units: dict[str, int] = defaultdict(int)
    for (shop, _), net in sales.items():
        units[shop] += net.units - net.back_units
    total: Demand | None = None
    for shop, sold in units.items():
        if days[shop] > 0:
            one = Demand(sold, days[shop])
            total = one if total is None else method.add(total, one)
    return total if total is not None and total.units > 0 else None


def plan_of(
    facts: Facts, options: Options, held: Stock, terms: Terms, sales: dict[tuple[str, str | None], Net],
    days: dict[str, int], demand: Demand, lead: int, review: int,
) -> Plan:  # fmt: skip
    """The plan of one SKU with this demand."""
    pack = max(1, terms.pack or 1)
    least = (terms.supplier_moq if terms.moq is None else terms.moq) or 0
    until = lead + review + options.cover_days
    needed, ordered = method.quantity(held.available, demand, until, pack, least)
    margin, unknown = unit_margin(facts, held.sku, sales)
    sold, cost = method.lost(held.available, demand, lead + review, margin) if margin else (None, None)
    title = terms.title or facts.titles.get(held.sku) or held.sku
    return Plan(
        held.sku, title, held, terms, sales, days, demand, lead, review, needed, ordered, margin, sold, cost, unknown
    )


def unit_margin(facts: Facts, sku: str, sales: dict[tuple[str, str | None], Net]) -> tuple[Margin | None, str]:
    """Net price and cost of a unit in the base currency; else None and why: `no-cost`, `no-price` or `no-rate`."""
    assert facts.rates is not None
    if sku not in facts.costs:
        return None, "no-cost"
    units = money = 0
    over = 1
    for (_, currency), net in sales.items():
        priced = net.units - net.back_units - net.unpriced
        if not priced and net.sold == net.back_money:
            continue
        worth = facts.rates(currency, facts.base)
        if worth is None:
            return None, "no-rate"
        amount = (net.sold - net.back_money) * worth.times
        money, over = money * worth.over + amount * over, over * worth.over
        units += priced
    cost, currency = facts.costs[sku]
    worth = facts.rates(currency or facts.base, facts.base)
    if worth is None:
        return None, "no-rate"
    if units <= 0:
        return None, "no-price"
    return Margin(money * worth.over, cost * worth.times * units * over, units * over * worth.over), ""
