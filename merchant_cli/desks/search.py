"""One search over listings, own SKUs, orders, buyers and reviews: every word of the text must be found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import contacts_masked

P = Phrase

KINDS = {
    "product": P("product", "货品"),
    "listing": P("listing", "商品"),
    "order": P("order", "订单"),
    "buyer": P("buyer", "买家"),
    "review": P("review", "评价"),
}
MOST = 50  # hits of one kind
EXCERPT = 60  # characters of a review

# Shop, key, subject, detail, day, and the text that is searched.
SEARCHED = {
    "product": """
SELECT '' AS shop, sku AS key, coalesce(title, sku) AS subject, coalesce(supplier, '') AS detail, NULL AS day,
  sku || ' ' || coalesce(title, '') AS searched
FROM products
""",
    "listing": """
SELECT shop, coalesce(code, listing_id) AS key, coalesce(title, '') || ' ' || coalesce(options, '') AS subject,
  coalesce(sku, '') AS detail, NULL AS day,
  listing_id || ' ' || variant_id || ' ' || coalesce(code, '') || ' ' || coalesce(sku, '') || ' '
    || coalesce(title, '') || ' ' || coalesce(options, '') AS searched
FROM listings
""",
    "order": """
SELECT shop, order_id AS key, coalesce(status, '') AS subject, coalesce(status_raw, '') AS detail,
  coalesce(placed_day, day) AS day, order_id || ' ' || coalesce(platform_id, '') AS searched
FROM orders
""",
    "review": """
SELECT shop, review_id AS key, coalesce(title, '') || ' ' || coalesce(body, '') AS subject,
  coalesce(sku, '') AS detail, day,
  review_id || ' ' || coalesce(order_id, '') || ' ' || coalesce(sku, '') || ' ' || coalesce(title, '') || ' '
    || coalesce(body, '') || ' ' || coalesce(follow_up, '') AS searched
FROM reviews
""",
}
BUYERS = "SELECT shop, buyer, orders, first_day, last_day FROM buyers WHERE buyer = :buyer ORDER BY shop"
BUYERS_ORDERS = """
SELECT shop, order_id, coalesce(status, ''), coalesce(status_raw, ''), coalesce(placed_day, day) FROM orders
WHERE buyer = :buyer ORDER BY coalesce(placed_day, day) DESC, shop, order_id LIMIT :most
"""


def _found(inner: str, every: str) -> str:
    return f"""
SELECT shop, key, subject, detail, day FROM ({inner}) AS held
WHERE {every} ORDER BY coalesce(day, '') DESC, shop, key, subject LIMIT :most
"""


class Hit(NamedTuple):
    """One thing found: its kind (KINDS), shop, key, what it is called, what it belongs to, and its day."""

    kind: str
    shop: str
    key: str
    subject: str
    detail: str
    day: str | None


def search(db: sqlite3.Connection, text: str, buyer: str | None = None) -> Iterator[Hit]:
    """What holds every word of `text`, at most MOST of each kind; `buyer` is the key that the text would have.

    Letters are compared without case where they are ASCII. An order or review is found by its number, too.
    """
    words = text.split()
    params = {f"w{i}": f"%{_escaped(word)}%" for i, word in enumerate(words)} | {"most": MOST}
    every = " AND ".join(f"searched LIKE :w{i} ESCAPE '!'" for i in range(len(words)))
    for kind, inner in SEARCHED.items() if words else ():
        for shop, key, subject, detail, day in db.execute(_found(inner, every), params):
            said = contacts_masked(subject)[:EXCERPT] if kind == "review" else subject.strip()
            yield Hit(kind, shop, key, said, detail, day)
    if buyer is not None:
        yield from _of_buyer(db, buyer)


def _of_buyer(db: sqlite3.Connection, buyer: str) -> Iterator[Hit]:
    """The buyer with this key in each shop, and the newest orders."""
    for shop, key, orders, first, last in db.execute(BUYERS, {"buyer": buyer}):
        yield Hit("buyer", shop, key, f"{orders}", f"{first} – {last}", last)
    for row in db.execute(BUYERS_ORDERS, {"buyer": buyer, "most": MOST}):
        yield Hit("order", *row)


def _escaped(word: str) -> str:
    """A word as LIKE takes it literally."""
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")
