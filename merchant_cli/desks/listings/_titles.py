"""The titles that shoppers see: of live listings; of what was sold, for a shop whose listings no file tells."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from typing import NamedTuple

from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings._alert import key_of

LISTED = """
SELECT shop, listing_id, min(variant_id), max(code), title, count(*) FROM listings
WHERE title IS NOT NULL AND coalesce(state, 'live') NOT IN ('off', 'draft')
GROUP BY shop, listing_id, title ORDER BY shop, listing_id, title
"""
# The newest line of each code of shops without listings.
SOLD = """
SELECT shop, listing_id, code, day, title FROM (
  SELECT shop, listing_id, code, day, title,
    row_number() OVER (PARTITION BY shop, listing_id, code ORDER BY day DESC, title DESC) AS age
  FROM sold_units
  WHERE day BETWEEN :since AND :until AND title IS NOT NULL
    AND shop NOT IN (SELECT shop FROM listings WHERE title IS NOT NULL)
) AS seen
WHERE age = 1 ORDER BY day, shop, code, listing_id
"""


class Titled(NamedTuple):
    """A title in one shop. `sold_on`: the day of the newest order line that carries it, None for a listing."""

    key: str
    shop: str
    name: str
    title: str
    variants: int
    sold_on: str | None = None

    @property
    def platform(self) -> str:
        return self.shop.partition("/")[0]


def titles(db: sqlite3.Connection, scope: Scope, window_days: int) -> list[Titled]:
    """One row per listing (per title, where its variants have several), in order of key."""
    found: dict[str, Titled] = {}
    listed = db.execute(LISTED).fetchall()
    several = {row[:2] for row, after in pairwise(listed) if row[:2] == after[:2]}
    for shop, listing, variant, _, title, count in listed:
        key = key_of(shop, listing, variant if (shop, listing) in several else "")
        found[key] = Titled(key, shop, listing, title, count)
    span = scope.window(window_days)
    if span is not None:
        for shop, listing, code, day, title in db.execute(SOLD, {"since": span[0], "until": span[1]}):
            key = key_of(shop, listing) if listing else f"code:{shop}/{code}"
            found[key] = Titled(key, shop, listing or code, title, 1, day)  # the newest comes last
    return [one for _, one in sorted(found.items()) if not scope.shops or one.shop in scope.shops]
