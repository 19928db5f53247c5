"""Stock by SKU on the as-of day, and the days on which a SKU was out: read for the questions of this desk."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from merchant_cli.desks.base import Scope
from merchant_cli.methods.stockout import Count, stockout_days
from merchant_cli.store import views

STOCK = """
SELECT sku, location, counted, moved, shipped, reserved, on_hand, available, estimated, source
FROM stock_now ORDER BY sku, location
"""
AS_OF = """
SELECT max(day) FROM coverage WHERE kind IN ('orders', 'refunds', 'stock', 'traffic', 'ads')
"""
# Every count of the SKUs that were ever counted out.
COUNTS = """
SELECT sku, location, counted_day, units FROM stock_counts
WHERE counted_day <= :as_of AND units IS NOT NULL
  AND sku IN (SELECT sku FROM stock_counts WHERE units <= 0 AND counted_day <= :as_of)
ORDER BY sku, counted_at
"""
SALES_BY_DAY = """
SELECT shop, day, sku, currency, units, sold_minor, CASE WHEN sold_minor IS NULL THEN units ELSE 0 END
FROM sold_units
WHERE day BETWEEN :since AND :until AND units > 0
  AND sku IN (SELECT sku FROM stock_counts WHERE units <= 0 AND counted_day <= :as_of)
"""


class Stock(NamedTuple):
    """Own units of a SKU over its locations. `location` is '*' for several; `estimated` = 1: not counted that day."""

    sku: str
    location: str
    counted: int
    moved: int
    shipped: int
    reserved: int
    on_hand: int
    available: int
    estimated: int
    source: str


class Sale(NamedTuple):
    """One line sold, before refunds."""

    shop: str
    day: str
    sku: str
    currency: str | None
    units: int
    sold: int
    unpriced: int


def stock(db: sqlite3.Connection, as_of: str) -> Mapping[str, Stock]:
    """SKU → stock over all its locations and shops on `as_of`.

    The last answer is kept: the questions of one worklist ask alike. A change of the store asks anew.
    """
    revision = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0])
    return _stock(db, revision, as_of)


@lru_cache(maxsize=1)
def _stock(db: sqlite3.Connection, revision: tuple[int, int], as_of: str) -> Mapping[str, Stock]:
    found: dict[str, Stock] = {}
    for row in db.execute(at_day(db, as_of, STOCK), {"as_of": as_of}):
        one = Stock(*row)
        found[one.sku] = _both(found[one.sku], one) if one.sku in found else one
    return found


def at_day(db: sqlite3.Connection, as_of: str, sql: str) -> str:
    """`sql` over stock_now itself for the newest day; for an earlier one over its own text with that day put in."""
    if db.execute(AS_OF).fetchone()[0] in (as_of, None):
        return sql
    select = views.texts()["stock_now"].partition(" AS\n")[2]
    select = re.sub(r"/\*as-of\*/.*?/\*as-of\*/", "SELECT :as_of", select, flags=re.DOTALL)
    return sql.replace("FROM stock_now", f"FROM ({select})")


def _both(one: Stock, other: Stock) -> Stock:
    return Stock(
        one.sku, "*", one.counted + other.counted, one.moved + other.moved, one.shipped + other.shipped,
        one.reserved + other.reserved, one.on_hand + other.on_hand, one.available + other.available,
        max(one.estimated, other.estimated), one.source,
    )  # fmt: skip


def out_days(db: sqlite3.Connection, scope: Scope, window: list[str]) -> tuple[dict[str, frozenset[str]], list[Sale]]:
    """SKU → the days of `window` on which it was out; and the sales of such SKUs in the window by day."""
    counts: dict[str, list[Count]] = defaultdict(list)
    for sku, location, day, units in db.execute(COUNTS, {"as_of": scope.as_of}):
        counts[sku].append(Count(location, day, units))
    if not counts:
        return {}, []
    none: frozenset[str] = frozenset()
    if not any(stockout_days(rows, none, window) for rows in counts.values()):
        return {}, []  # no sale can add a day
    params: dict[str, Any] = {"since": window[0], "until": window[-1], "as_of": scope.as_of}
    sales = [Sale(*row[:4], *(n or 0 for n in row[4:])) for row in db.execute(SALES_BY_DAY, params)]
    sold: dict[str, set[str]] = defaultdict(set)
    for sale in sales:
        sold[sale.sku].add(sale.day)
    found = {sku: stockout_days(rows, frozenset(sold[sku]), window) for sku, rows in counts.items()}
    return {sku: out for sku, out in found.items() if out}, sales
