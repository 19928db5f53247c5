"""What share of the net sales each SKU has: how many buyers a bad product meets."""

from __future__ import annotations

import sqlite3

from merchant_cli.desks.base import Scope
from merchant_cli.desks.sales import Rates, base_currency, by_sku, in_base, net_sales_of, window

DAYS = 28  # the window that ends with the newest full day

COVERED = """
SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day BETWEEN :since AND :as_of
"""
NEWEST_FULL = """
SELECT max(day) FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day <= :as_of
"""


def shares(db: sqlite3.Connection, scope: Scope) -> dict[str, float] | None:
    """SKU → its share (0 to 1) of the net sales of the last 28 full covered days, in the base currency.

    None: no day is covered, or nothing was sold. A SKU that was sold without a rate to the base currency is not in it.
    """
    last = db.execute(NEWEST_FULL, {"as_of": scope.as_of}).fetchone()[0]
    if last is None:
        return None
    span = window(last, DAYS)
    covered = db.execute(COVERED, {"since": span[0], "as_of": last})
    full = frozenset((shop, day) for shop, day in covered if not scope.shops or shop in scope.shops)
    sales = net_sales_of(db, scope, span, full)
    base, rates = base_currency(scope, sales), Rates(db, scope.as_of)
    worth: dict[str, int] = {}
    for sku, nets in by_sku(sales).items():
        sold = in_base({currency: net.sold - net.back_money for currency, net in nets.items()}, base, rates)
        if sold is not None:
            worth[sku] = max(0, sold)
    whole = sum(worth.values())
    return {sku: sold / whole for sku, sold in worth.items()} if whole else None
