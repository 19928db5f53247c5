"""What the orders that used each code left, and the orders that something was taken off without a code, by shop."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.contribution import Contribution, Sums, contributions, orders
from merchant_cli.desks.coupons._book import Book
from merchant_cli.desks.coupons._codes import codes_of, fold
from merchant_cli.desks.sales import Rates

BY_CELL = orders("coupon", "coupon IS NOT NULL")
BY_BEARER = orders(
    "CASE WHEN coupon IS NULL AND shop_discount_minor > 0 THEN 1 ELSE 0 END,"
    " CASE WHEN platform_discount_minor > 0 THEN 1 ELSE 0 END",
    "(coupon IS NULL AND shop_discount_minor > 0) OR platform_discount_minor > 0",
)


def valued(sums: Sums, shop: str, book: Book, scope: Scope, rates: Rates) -> Contribution:
    """The amounts in the base currency, so that rows compare; where a rate is missing, in the shop's own."""
    found = sums.valued(scope.currency, rates)
    own = book.shops.get(shop) or next(iter(sums.sold), None)
    if found.unknown != "no-rate" or own == scope.currency:
        return found
    return sums.valued(own, rates)


@dataclass
class Result:
    """The orders of one shop that used one code: `taken_off` only where they name no other; `cells` that name it."""

    code: str
    sums: Sums = field(default_factory=Sums)
    taken_off: Sums = field(default_factory=Sums)
    shared: Sums = field(default_factory=Sums)
    cells: list[str] = field(default_factory=list)


def by_code(
    db: sqlite3.Connection, scope: Scope, book: Book, span: tuple[str, str]
) -> tuple[dict[tuple[str, str], Result], list[Note]]:
    """(shop, folded code) → the orders of the span's days (of sale) that named it, pseudo-codes too."""
    found: dict[tuple[str, str], Result] = {}
    groups, notes = contributions(db, scope, BY_CELL, *span)
    for (shop, cell), sums in sorted(groups.items()):
        codes = codes_of(cell, book.codes)
        for code in codes:
            one = found.setdefault((shop, fold(code)), Result(code))
            one.sums.add(sums)
            (one.taken_off if len(codes) == 1 else one.shared).add(sums)
            one.cells.append(cell)
    return found, notes


def by_bearer(db: sqlite3.Connection, scope: Scope, span: tuple[str, str]) -> dict[tuple[str, str], Sums]:
    """(shop, bearer) → the orders of the span's days that something was taken off: by the shop without naming a
    code, by the platform (a creator or a bank among them) whether or not they name one."""
    found: dict[tuple[str, str], Sums] = defaultdict(Sums)
    groups, _ = contributions(db, scope, BY_BEARER, *span)
    for (shop, of_shop, of_platform), sums in groups.items():
        if of_shop:
            found[shop, "shop"].add(sums)
        if of_platform:
            found[shop, "platform"].add(sums)
    return dict(found)
