"""The variants that stand in the shops, with their price on a day."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings._alert import called, key_of

NEWEST = """
SELECT max(day) FROM coverage WHERE kind IN ('orders', 'refunds', 'stock', 'traffic', 'ads')
"""
NEWEST_PRICE = """
SELECT max(seen_day) FROM prices
"""
LISTED = """
SELECT shop, listing_id, variant_id, code, sku, title, options, coalesce(state, 'live'), currency, price_minor,
  compare_at_minor, listed_units, import_no, line
FROM listings ORDER BY shop, listing_id, variant_id
"""
MULTIPLIERS = """
SELECT shop, code, multiplier FROM mappings WHERE multiplier <> 1
"""
PRICED = """
SELECT p.shop, p.listing_id, p.variant_id, p.price_minor, p.compare_at_minor, p.currency
FROM prices p JOIN (
  SELECT shop, listing_id, variant_id, max(seen_day) AS seen_day FROM prices
  WHERE seen_day <= :day AND price_minor IS NOT NULL GROUP BY shop, listing_id, variant_id
) n ON n.shop = p.shop AND n.listing_id = p.listing_id AND n.variant_id = p.variant_id AND n.seen_day = p.seen_day
"""

Place = tuple[str, str, str]  # shop, listing, variant


class Variant(NamedTuple):
    """One variant as its shop shows it. Money in minor units of `currency`; one unit of it is `times` own units."""

    shop: str
    listing_id: str
    variant_id: str
    code: str | None
    sku: str | None
    title: str | None
    options: str | None
    state: str
    currency: str | None
    price: int | None
    compare_at: int | None
    units: int | None
    import_no: int
    line: int
    times: int = 1

    @property
    def place(self) -> Place:
        return self.shop, self.listing_id, self.variant_id

    @property
    def key(self) -> str:
        return key_of(*self.place)

    @property
    def name(self) -> str:
        return called(self.title, self.options, self.code or self.listing_id)

    @property
    def on_sale(self) -> bool:
        """Whether it can be bought; a file that does not say is taken to list what is on sale."""
        return self.state in ("live", "unknown")


def price_day(db: sqlite3.Connection, scope: Scope) -> tuple[str | None, bool]:
    """The day whose prices are asked about, and whether it is in the past.

    Products files do not move the as-of day: what a newer one says holds, unless an earlier day was asked for.
    """
    newest, seen = db.execute(NEWEST).fetchone()[0], db.execute(NEWEST_PRICE).fetchone()[0]
    if scope.as_of and newest and scope.as_of < newest:
        return scope.as_of, True
    return max(filter(None, (scope.as_of, seen)), default=None), False


def variants(db: sqlite3.Connection, scope: Scope) -> list[Variant]:
    """The variants of the shops asked about, in order of their key; on a day in the past with the price of that day."""
    times = {(shop, code): n for shop, code, n in db.execute(MULTIPLIERS)}
    found = [Variant(*row)._replace(times=times.get((row[0], row[3]), 1)) for row in db.execute(LISTED)]
    if scope.shops:
        found = [one for one in found if one.shop in scope.shops]
    day, past = price_day(db, scope)
    if not past:
        return found
    then = {row[:3]: row[3:] for row in db.execute(PRICED, {"day": day})}
    return [
        one._replace(price=price, compare_at=compare, currency=currency)
        for one in found
        for price, compare, currency in [then.get(one.place, (None, None, one.currency))]
    ]
