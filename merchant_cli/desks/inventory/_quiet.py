"""How long stock has lain: what sold of it on covered days, when it was first seen, and what arrived lately."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory._plans import COSTS, NEWEST_FULL, PRODUCTS, TITLES
from merchant_cli.desks.inventory._stock import Stock, out_days, stock
from merchant_cli.desks.sales import Net, Rates, net_sales_of
from merchant_cli.methods.reorder_point import half_up

YEAR = 365  # days before those looked at in which a sale shows that a SKU is not new

FULL_DAYS = """
SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day <= :as_of ORDER BY shop, day DESC
"""
LISTED_IN = "SELECT sku, shop, listing_id, variant_id FROM listings WHERE sku IS NOT NULL"
FIRST_PRICED = "SELECT shop, listing_id, variant_id, min(seen_day) FROM prices GROUP BY shop, listing_id, variant_id"
FIRST_HELD = """
SELECT sku, min(counted_day) FROM stock_counts WHERE counted_day <= :as_of AND units IS NOT NULL GROUP BY sku
UNION ALL
SELECT sku, min(day) FROM stock_moves WHERE day <= :as_of GROUP BY sku
"""
ARRIVED = """
SELECT sku, sum(units) FROM stock_moves WHERE units > 0 AND day BETWEEN :first AND :as_of GROUP BY sku
"""
SOLD_ON = """
SELECT sku, min(day), max(day) FROM sold_units WHERE day BETWEEN :since AND :as_of GROUP BY sku
"""


class Quiet(NamedTuple):
    """A SKU whose stock lies. `net` units sold in `days` covered days with stock; `kept`: units that demand needs
    for the cover asked for; `excess` units are beyond them. Money in minor units of the base currency, None: no
    cost or rate. `last_sold` None: not within a year."""

    held: Stock
    title: str
    net: int
    days: int
    kept: int
    excess: int
    unit_cost: int | None
    tied_up: int | None
    stake: int | None
    last_sold: str | None


@dataclass
class Found:
    """What lies; and how many SKUs cannot be judged: too few covered days, seen too lately."""

    quiet: list[Quiet]
    short: int
    new: int
    costless: int
    first: str
    base: str | None
    stocked: bool


def read(db: sqlite3.Connection, scope: Scope, quiet_days: int, cover_days: int) -> Found | None:
    """None: no day of orders is fully covered. Sales and stock are those of all shops, whatever is asked."""
    last = db.execute(NEWEST_FULL, {"as_of": scope.as_of}).fetchone()[0]
    if last is None or scope.as_of is None:
        return None
    begins, short_shops, full = _windows(db, scope.as_of, quiet_days)
    first = min(begins.values(), default=last)
    span = [days.add(first, n) for n in range(days.between(first, last) + 1)]
    everywhere = replace(scope, shops=())
    sales: dict[str, dict[str, Net]] = defaultdict(dict)
    for (shop, sku, _), net in net_sales_of(db, everywhere, span, full).items():
        sales[sku][shop] = sales[sku].get(shop, Net()).plus(net)
    held = stock(db, scope.as_of)
    where = _shops_of(db)
    out, _ = out_days(db, scope, span)
    found = Found([], 0, 0, 0, first, scope.currency, bool(held))
    candidates = []
    for sku, one in held.items():
        shops = where.get(sku, set()) | set(sales.get(sku, ()))
        if one.available <= 0 or (scope.shops and shops and not shops & set(scope.shops)):
            continue
        if not begins or (shops or short_shops) & short_shops:
            found.short += 1
            continue
        units = sum(net.units - net.back_units for net in sales.get(sku, {}).values())
        with_stock = quiet_days - len(out.get(sku, ()))
        kept = -(-max(0, units) * cover_days // with_stock) if with_stock > 0 else 0
        if units <= 0 or one.available > kept:
            candidates.append((one, units, with_stock, kept))
    if candidates:
        _judge(db, scope, found, candidates, quiet_days)
    return found


def _windows(
    db: sqlite3.Connection, as_of: str, length: int
) -> tuple[dict[str, str], set[str], frozenset[tuple[str, str]]]:
    """Shop → first of its newest `length` full covered days; the shops that have fewer; those days of all shops."""
    by_shop: dict[str, list[str]] = defaultdict(list)
    for shop, day in db.execute(FULL_DAYS, {"as_of": as_of}):
        by_shop[shop].append(day)
    begins = {shop: found[length - 1] for shop, found in by_shop.items() if len(found) >= length}
    full = frozenset((shop, day) for shop, found in by_shop.items() for day in found[:length])
    return begins, set(by_shop) - set(begins), full


def _shops_of(db: sqlite3.Connection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for sku, shop, *_ in db.execute(LISTED_IN):
        found[sku].add(shop)
    return found


def _judge(
    db: sqlite3.Connection, scope: Scope, found: Found, candidates: list[tuple[Stock, int, int, int]], quiet_days: int
) -> None:
    """Sorts out what is new or came lately; gives the rest its cost, title and last sale."""
    assert scope.as_of is not None
    params = {"as_of": scope.as_of, "first": found.first, "since": days.add(found.first, -YEAR)}
    sold = {sku: (earliest, last) for sku, earliest, last in db.execute(SOLD_ON, params)}
    seen, arrived = _first_seen(db, scope.as_of), dict(db.execute(ARRIVED, params).fetchall())
    costs = {sku: (cost, currency) for sku, cost, currency in db.execute(COSTS, params)}
    titles = dict(db.execute(TITLES).fetchall()) | {sku: title for sku, title, *_ in db.execute(PRODUCTS) if title}
    rates, latest = Rates(db, scope.as_of), days.add(scope.as_of, -quiet_days)
    for one, net, with_stock, kept in candidates:
        old = one.available - arrived.get(one.sku, 0)
        earliest, last_sold = sold.get(one.sku, (scope.as_of, None))
        known = earliest < found.first or seen.get(one.sku, scope.as_of) <= latest
        if with_stock <= 0 or old <= 0 or not known:
            found.new += 1
            continue
        excess = min(one.available - kept, old)
        cost, currency = costs.get(one.sku, (None, None))
        worth = rates(currency or found.base, found.base) if cost is not None else None
        unit = tied_up = stake = None
        if worth is not None and cost is not None:
            times, over = cost * worth.times, worth.over
            unit, tied_up, stake = (half_up(units * times, over) for units in (1, one.available, excess))
        found.costless += worth is None
        title = titles.get(one.sku) or one.sku
        found.quiet.append(Quiet(one, title, net, with_stock, kept, excess, unit, tied_up, stake, last_sold))


def _first_seen(db: sqlite3.Connection, as_of: str) -> dict[str, str]:
    """SKU → the first day on which a count, a move or a price shows it."""
    found: dict[str, str] = {}
    for sku, day in db.execute(FIRST_HELD, {"as_of": as_of}):
        found[sku] = min(found.get(sku, day), day)
    priced = {(shop, listing, variant): day for shop, listing, variant, day in db.execute(FIRST_PRICED)}
    for sku, *where in db.execute(LISTED_IN):
        day = priced.get((where[0], where[1], where[2]))
        if day is not None:
            found[sku] = min(found.get(sku, day), day)
    return found
