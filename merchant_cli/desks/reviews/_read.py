"""Reviews with the order that each speaks of, and what goods are called: read for the questions of this desk."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

MOST_WORDS = 20_000  # characters of each text that are looked at

REVIEWS = """
SELECT shop, review_id, order_id, sku, listing_id, day, rating, state, title, body, follow_up, import_no, line
FROM reviews
WHERE (day BETWEEN :since AND :until OR (day IS NULL AND :undated = 1))
  AND state IN (:state, :or_state, :or_else, :or_last)
"""
ONE = """
SELECT shop, review_id, order_id, sku, listing_id, day, rating, state, title, body, follow_up, import_no, line
FROM reviews WHERE coalesce(CAST(shop AS TEXT), 'own') || '/' || review_id = :name
"""
ANY = """
SELECT count(*) FROM reviews WHERE day BETWEEN :since AND :until
"""
ORDER = """
SELECT shop, order_id, day, currency, paid_minor, import_no, line FROM orders
WHERE order_id = :order_id ORDER BY shop
"""
# What was given back of the orders of such reviews, and what their lines are called.
REFUNDED = """
SELECT shop, order_id, sum(amount_minor) FROM refunds_by_order
WHERE order_id IN (
  SELECT order_id FROM reviews
  WHERE (day BETWEEN :since AND :until OR (day IS NULL AND :undated = 1))
    AND state IN (:state, :or_state, :or_else, :or_last))
GROUP BY shop, order_id
"""
LINE_TITLES = """
SELECT sku, max(title) FROM order_lines
WHERE title IS NOT NULL AND order_id IN (
  SELECT order_id FROM reviews
  WHERE (day BETWEEN :since AND :until OR (day IS NULL AND :undated = 1))
    AND state IN (:state, :or_state, :or_else, :or_last))
GROUP BY sku
"""
TITLES = """
SELECT sku, title FROM products WHERE title IS NOT NULL
"""
LISTED = """
SELECT DISTINCT shop, listing_id, title, sku FROM listings ORDER BY shop, listing_id, sku, title
"""
STATES = ("new", "triaged", "replied", "resolved")
OWN = "own"  # stands in a key for the shop of the merchant's own sheets, whose reviews may be of any shop


class Review(NamedTuple):
    """One review as the store has it. `rating` as the file says it; `day` None: it is not dated; `shop` None: it
    stands in the merchant's own sheet."""

    shop: str | None
    review_id: str
    order_id: str | None
    sku: str | None
    listing_id: str | None
    day: str | None
    rating: int | None
    state: str
    title: str | None
    body: str | None
    follow_up: str | None
    import_no: int
    line: int

    @property
    def key(self) -> str:
        return f"review:{self.shop or OWN}/{self.review_id}"

    @property
    def stars(self) -> int | None:
        """1 to 5; what lies outside is not known."""
        return self.rating if self.rating is not None and 1 <= self.rating <= 5 else None

    @property
    def item(self) -> str | None:
        """What is reviewed: the SKU, else the listing."""
        return self.sku or self.listing_id

    @property
    def words(self) -> str:
        return "\n".join(text[:MOST_WORDS] for text in (self.title, self.body, self.follow_up) if text)


class Order(NamedTuple):
    """The order that a review speaks of. Money in minor units of its currency; `paid` None: no file says it."""

    shop: str
    order_id: str
    day: str | None
    currency: str | None
    paid: int | None
    import_no: int
    line: int
    refunded: int


@dataclass(frozen=True)
class Which:
    """Reviews dated `since`..`until`, and those without a day if `undated`, that are in one of `states`."""

    since: str
    until: str
    states: tuple[str, ...] = STATES
    undated: bool = False

    @property
    def params(self) -> dict[str, Any]:
        names = ("state", "or_state", "or_else", "or_last")
        states = dict(zip(names, (self.states * 4)[:4], strict=True))
        return {"since": self.since, "until": self.until, "undated": int(self.undated), **states}


@dataclass
class Goods:
    """What goods are called: `titles` by SKU or listing, `in_shop` by shop and SKU; and the SKUs of each listing."""

    titles: dict[str, str] = field(default_factory=dict)
    in_shop: dict[tuple[str, str], str] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)

    def title_of(self, item: str | None, shop: str | None = None) -> str | None:
        """The title of a SKU or listing, that of `shop` if it has one; None if no file knows it."""
        return self.in_shop.get((shop or "", item or "")) or self.titles.get(item or "")

    def skus(self, review: Review) -> list[str]:
        """The SKU that is reviewed; those of the listing where the review names only that."""
        return [review.sku] if review.sku is not None else self.listed.get(review.listing_id or "", [])


class Orders:
    """The orders that the reviews of `which` name."""

    def __init__(self, db: sqlite3.Connection, which: Which) -> None:
        self.db = db
        self.refunded = {(shop, number): back for shop, number, back in db.execute(REFUNDED, which.params)}

    def of(self, review: Review) -> Order | None:
        """The order of the review's own shop, else of the only shop that has its number. None: not known."""
        if review.order_id is None:
            return None
        found = self.db.execute(ORDER, {"order_id": review.order_id}).fetchall()
        found = [row for row in found if row[0] == review.shop] or found
        if len(found) != 1:
            return None
        return Order._make((*found[0], self.refunded.get(found[0][:2]) or 0))


def reviews(db: sqlite3.Connection, which: Which) -> Iterator[Review]:
    return map(Review._make, db.execute(REVIEWS, which.params))


def review(db: sqlite3.Connection, key: str) -> Review | None:
    """The review with this key, whatever its day and state."""
    row = db.execute(ONE, {"name": key.removeprefix("review:")}).fetchone()
    return Review._make(row) if row and key.startswith("review:") else None


def any_review(db: sqlite3.Connection, which: Which) -> bool:
    """Whether there is any review of those days, in whatever state."""
    return bool(db.execute(ANY, {"since": which.since, "until": which.until}).fetchone()[0])


def goods(db: sqlite3.Connection) -> Goods:
    """What listings are called, and own SKUs: there the merchant's own title holds."""
    found = Goods()
    for shop, listing, title, sku in db.execute(LISTED):
        skus = found.listed.setdefault(listing, [])
        if sku is not None and sku not in skus:
            skus.append(sku)
        for item in (listing, sku) if title else ():
            if item is not None:
                found.titles.setdefault(item, title)
                found.in_shop.setdefault((shop, item), title)
    found.titles.update(db.execute(TITLES).fetchall())
    return found


def line_titles(db: sqlite3.Connection, which: Which) -> dict[str, str]:
    """SKU → what it is called on the lines of the orders that the reviews name."""
    return {sku: title for sku, title in db.execute(LINE_TITLES, which.params) if sku}
