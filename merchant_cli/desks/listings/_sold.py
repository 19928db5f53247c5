"""Net units of each shop's codes over full covered days: what a variant's price was asked for."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import NamedTuple

from merchant_cli.desks.base import Scope
from merchant_cli.desks.sales import returns

NEWEST_FULL = """
SELECT max(day) FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day <= :as_of
"""
FULL = """
SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day BETWEEN :since AND :until
"""
SOLD = """
SELECT shop, code, sum(units) FROM sold_units
WHERE day BETWEEN :since AND :until
  AND (shop, day) IN (SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1)
GROUP BY shop, code
"""


class Units(NamedTuple):
    """Own units sold of a code and those that came back."""

    sold: int = 0
    back: int = 0


class Sales(NamedTuple):
    """The window's first and last day, its full covered days by shop, and units by (shop, code)."""

    first: str
    last: str
    days: dict[str, int]
    units: dict[tuple[str, str], Units]


def sold(db: sqlite3.Connection, scope: Scope, window_days: int) -> Sales | None:
    """What was sold in the window that ends with the newest full day; None if no day of orders is full."""
    last = db.execute(NEWEST_FULL, {"as_of": scope.as_of or ""}).fetchone()[0]
    span = scope.window(window_days, last) if last else None
    if span is None:
        return None
    params = {"since": span[0], "until": span[1]}
    full = set(db.execute(FULL, params).fetchall())
    covered: dict[str, int] = defaultdict(int)
    for shop, _ in full:
        covered[shop] += 1
    units = {(shop, code): Units(count or 0) for shop, code, count in db.execute(SOLD, params)}
    for back in returns(db, scope, *span):
        at = (back.shop, back.code or "")
        if at in units and (back.shop, back.day) in full:
            units[at] = Units(units[at].sold, units[at].back + back.units)
    return Sales(*span, dict(covered), units)
