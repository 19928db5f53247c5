"""What a variant cost from day to day, as its shop's files showed it: a price holds until the next file."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.desks.listings._listed import Place

# The days on which the price or its currency is another one than before; the first is always among them.
CHANGES = """
SELECT shop, listing_id, variant_id, seen_day, price_minor, currency FROM (
  SELECT shop, listing_id, variant_id, seen_day, price_minor, currency,
    lag(price_minor) OVER (PARTITION BY shop, listing_id, variant_id ORDER BY seen_day) AS before_minor,
    lag(currency) OVER (PARTITION BY shop, listing_id, variant_id ORDER BY seen_day) AS before_currency
  FROM prices WHERE seen_day <= :day AND price_minor IS NOT NULL
) c
WHERE before_minor IS NULL OR before_minor <> price_minor OR coalesce(before_currency, '') <> coalesce(currency, '')
ORDER BY shop, listing_id, variant_id, seen_day
"""
SEEN = """
SELECT shop, max(seen_day) FROM prices WHERE seen_day <= :day GROUP BY shop
"""
TWICE = """
SELECT shop, listing_id, variant_id, seen_day FROM prices
WHERE contested = 1 AND seen_day BETWEEN :since AND :until ORDER BY shop, listing_id, variant_id, seen_day
"""


class Step(NamedTuple):
    """From `day` on the price is `price`, minor units of the variant's currency."""

    day: str
    price: int


class Span(NamedTuple):
    """What is known of the prices of some days: lowest, its first day, highest, and how many of the days are known."""

    lowest: int
    lowest_day: str
    highest: int
    known: int


def histories(db: sqlite3.Connection, day: str) -> dict[Place, list[Step]]:
    """The steps of each variant's price up to `day`; prices in an earlier currency are left out."""
    found: dict[Place, list[Step]] = defaultdict(list)
    last: dict[Place, str | None] = {}
    for shop, listing, variant, seen, price, currency in db.execute(CHANGES, {"day": day}):
        place = (shop, listing, variant)
        if last.setdefault(place, currency) != currency:
            last[place] = currency
            found[place].clear()
        found[place].append(Step(seen, price))
    return dict(found)


def span(steps: list[Step], first: str, last: str) -> Span | None:
    """The prices of the days `first` to `last`; None if none of them is known."""
    if not steps or steps[0].day > last or first > last:
        return None
    known = [step for step in steps if step.day <= last]
    held = [step for step in known if step.day > first]
    before = [step for step in known if step.day <= first][-1:]
    within = [Step(max(step.day, first), step.price) for step in before + held]
    low = min(within, key=lambda step: step.price)
    return Span(low.price, low.day, max(s.price for s in within), days.between(within[0].day, last) + 1)
