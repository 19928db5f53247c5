"""Bursts: many bad reviews of one SKU in few days, as a faulty lot makes them."""

from __future__ import annotations

import sqlite3
from collections import defaultdict

from merchant_cli.basics import days
from merchant_cli.methods.burst import Burst, burst

BAD_STARS = 2  # so many stars or fewer are bad
LEAST = 4  # bad reviews that make a burst
WINDOW = 90  # days that are compared, at least

RATED = """
SELECT sku, listing_id, day, count(*) FROM reviews
WHERE day BETWEEN :first AND :last AND rating BETWEEN :least_stars AND :most_stars
GROUP BY sku, listing_id, day
"""

Days = dict[str, dict[str, int]]  # item → day → reviews


def bursts(db: sqlite3.Connection, last: str, length: int, within: int) -> dict[str, Burst]:
    """SKU (or listing) → its thickest `within` days of bad reviews, over the `length` days (90 at least) up to `last`.

    Reviews of all shops and states count: a lot is faulty wherever it was sold, and answered reviews happened too.
    """
    first = days.add(last, 1 - max(WINDOW, length, 2 * within))
    bad = _rated(db, first, last, 1, BAD_STARS)
    thick = {item for item, by_day in bad.items() if burst(by_day, {}, first, last, within, LEAST)}
    good = _rated(db, first, last, 4, 5) if thick else {}
    found = {item: burst(bad[item], good.get(item, {}), first, last, within, LEAST) for item in sorted(thick)}
    return {item: one for item, one in found.items() if one is not None}


def _rated(db: sqlite3.Connection, first: str, last: str, least_stars: int, most_stars: int) -> Days:
    """How many reviews of so many stars each item has by day."""
    found: Days = defaultdict(dict)
    params = {"first": first, "last": last, "least_stars": least_stars, "most_stars": most_stars}
    for sku, listing, day, count in db.execute(RATED, params):
        if item := sku or listing:
            found[item][day] = found[item].get(day, 0) + count
    return found
