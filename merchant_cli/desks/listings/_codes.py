"""Which codes stand in which shop, under which names, and which own SKUs the merchant keeps."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import NamedTuple

from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings._listed import Variant, variants
from merchant_cli.methods.reorder_point import half_up

SOLD = """
SELECT shop, code, max(sku), sum(units) FROM sold_units WHERE day BETWEEN :since AND :until GROUP BY shop, code
"""
# The lines of the newest day of each code.
SOLD_TITLES = """
SELECT shop, code, max(title), max(options), max(listing_id), day, sum(sold_minor), sum(units), max(currency) FROM (
  SELECT shop, code, title, options, listing_id, day, sold_minor, units, currency,
    rank() OVER (PARTITION BY shop, code ORDER BY day DESC) AS age
  FROM sold_units
  WHERE day BETWEEN :since AND :until
) AS seen
WHERE age = 1 GROUP BY shop, code, day
"""
OWN = """
SELECT sku, max(title), max(costed) FROM (
  SELECT sku, title, 0 AS costed FROM products
  UNION ALL SELECT sku, NULL, 1 FROM costs WHERE cost_minor IS NOT NULL
) k GROUP BY sku
"""
MAPPED = """
SELECT shop, code FROM mappings
"""


class Sale(NamedTuple):
    """What one own unit was sold for on the newest day, after the shop's discounts, minor units of `currency`."""

    day: str
    price: int | None
    currency: str | None


@dataclass
class Code:
    """A code of one shop. `sold`: own units in the window; `mapped`: the merchant said which SKU it is.

    `given` False: it is none that the merchant gave, the shop or this program made it. `variants`: its listings;
    `last`: its newest sale, for a code without listings.
    """

    shop: str
    code: str
    sku: str
    title: str | None = None
    options: str | None = None
    sold: int = 0
    mapped: bool = False
    given: bool = True
    variants: list[Variant] = field(default_factory=list)
    last: Sale | None = None

    @property
    def price(self) -> tuple[int | None, str | None]:
        """Price and currency of its first listing on sale, else of what was sold last."""
        known = sorted(self.variants, key=lambda one: (not one.on_sale, one.price is None))
        if known:
            return known[0].price, known[0].currency
        return (self.last.price, self.last.currency) if self.last else (None, None)

    @property
    def listed(self) -> int | None:
        """Units that its listings show, added; None if no listing says."""
        units = [one.units for one in self.variants if one.units is not None]
        return sum(units) if units else None


@dataclass
class Known:
    """All codes by (shop, code), listings that have none, and the own SKUs with their title."""

    codes: dict[tuple[str, str], Code]
    without: list[Variant]
    own: dict[str, str | None]
    costed: set[str]


def known(db: sqlite3.Connection, scope: Scope, window_days: int) -> Known:
    """What all shops list, and what they sold in the window; the shops asked about do not narrow it."""
    codes: dict[tuple[str, str], Code] = {}
    without = []
    everywhere = Scope(scope.as_of, (), scope.since, scope.until, scope.currency)
    for one in variants(db, everywhere):
        if one.code is None:
            without.append(one)
            continue
        code = codes.setdefault((one.shop, one.code), Code(one.shop, one.code, one.sku or one.code))
        if code.title is None or (one.on_sale and not any(v.on_sale for v in code.variants)):
            code.title, code.options = one.title, one.options
        code.given = code.given and one.code not in (one.listing_id, one.variant_id)
        code.variants.append(one)
    span = scope.window(window_days)
    if span is not None:
        params = {"since": span[0], "until": span[1]}
        for shop, name, sku, units in db.execute(SOLD, params):
            codes.setdefault((shop, name), Code(shop, name, sku)).sold = units or 0
        for shop, name, title, options, listing, day, money, units, currency in db.execute(SOLD_TITLES, params):
            code = codes[shop, name]
            if any(one.title is not None for one in code.variants):
                continue
            code.title, code.options, code.given = title, options, code.given and name != listing
            code.last = Sale(day, half_up(money, units) if money is not None and units else None, currency)
    for place in db.execute(MAPPED):
        if place in codes:
            codes[place].mapped = True
    for code in codes.values():
        code.given = code.given and not code.code.startswith("~")
    own = {sku: (title, costed) for sku, title, costed in db.execute(OWN)}
    return Known(codes, without, {sku: row[0] for sku, row in own.items()}, {sku for sku, row in own.items() if row[1]})
