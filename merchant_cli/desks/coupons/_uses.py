"""Which orders named which code: read from the coupon cells of the orders, by shop, cell and day."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.coupons._codes import PseudoCodes, codes_of, fold, pseudo_codes

# By the index of days for a few weeks, past it for all days: then one look at every order is faster.
USED = """
SELECT shop, coupon, currency, coalesce(placed_day, day), count(*), sum(shop_discount_minor),
  count(shop_discount_minor)
FROM order_money
WHERE coupon IS NOT NULL AND counts = 1 AND day BETWEEN :since AND :as_of
GROUP BY shop, coupon, currency, coalesce(placed_day, day)
"""
USED_EVER = """
SELECT shop, coupon, currency, coalesce(placed_day, day), count(*), sum(shop_discount_minor),
  count(shop_discount_minor)
FROM order_money
WHERE coupon IS NOT NULL AND coalesce(counts, 0) = 1 AND coalesce(day, '') <= :as_of
GROUP BY shop, coupon, currency, coalesce(placed_day, day)
"""


class Used(NamedTuple):
    """Orders that count, of one shop and one day of placing, that named a code.

    `discount`: what the shop took off them, minor units of `currency`; `alone` False: they named other codes too,
    and no file says which code took off how much. `unpriced`: how many of them do not state their discount.
    """

    shop: str
    code: str
    cell: str
    currency: str | None
    day: str
    orders: int
    discount: int
    alone: bool
    unpriced: int


@dataclass
class Uses:
    """Uses up to the as-of day. `telling`: the shops whose orders name codes at all; of the others nothing is
    known. `automatic`: those with orders that got automatic discounts, of which no file says which."""

    pseudo: PseudoCodes
    notes: list[Note]
    by: dict[tuple[str, str], list[Used]] = field(default_factory=lambda: defaultdict(list))
    telling: set[str] = field(default_factory=set)
    automatic: set[str] = field(default_factory=set)

    def of(self, shops: Iterable[str], code: str) -> list[Used]:
        """The uses of a folded code in these shops."""
        return [used for shop in shops for used in self.by.get((shop, code), ())]


def read(db: sqlite3.Connection, scope: Scope, known: Collection[str], since: str = "") -> Uses:
    """The uses in all shops by orders sold from `since` on; `known`: the folded codes of the coupon book."""
    found, span = Uses(*pseudo_codes()), {"since": since, "as_of": scope.as_of}
    for shop, cell, currency, day, orders, discount, priced in db.execute(USED if since else USED_EVER, span):
        codes = codes_of(cell, known)
        found.telling.add(shop)
        for code in codes:
            if found.pseudo.is_automatic(shop, fold(code)):
                found.automatic.add(shop)
            found.by[shop, fold(code)].append(
                Used(shop, code, cell, currency, day, orders, discount or 0, len(codes) == 1, orders - priced)
            )
    return found


class Spent(NamedTuple):
    """Uses added up: `discount` of the orders that named this code alone, `shared` of those that named others too."""

    orders: int
    discount: Counter[str | None]
    shared: Counter[str | None]
    shared_orders: int
    unpriced: int


def spent(uses: Iterable[Used]) -> Spent:
    """The uses together, amounts by currency."""
    orders = shared_orders = unpriced = 0
    alone: Counter[str | None] = Counter()
    shared: Counter[str | None] = Counter()
    for used in uses:
        orders, unpriced = orders + used.orders, unpriced + used.unpriced
        (alone if used.alone else shared)[used.currency] += used.discount
        shared_orders += 0 if used.alone else used.orders
    return Spent(orders, alone, shared, shared_orders, unpriced)
