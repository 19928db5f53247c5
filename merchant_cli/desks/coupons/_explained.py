"""What is behind a coupon's figures: its cost by shop, its own rows, and the newest of the orders that used it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Behind, Term
from merchant_cli.desks.coupons._book import Cost, Coupon
from merchant_cli.desks.coupons._uses import spent
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

MOST = 50  # orders that are named
ORDERS_BEHIND = """
SELECT order_id, coalesce(placed_day, day), import_no, line FROM orders
WHERE shop = :shop AND coupon = :cell AND counts = 1 AND coalesce(placed_day, day) BETWEEN :since AND :until
ORDER BY coalesce(placed_day, day) DESC, order_id LIMIT 50
"""
TAKEN_OFF_BEHIND = """
SELECT o.order_id, o.day, o.import_no, o.line FROM orders o
WHERE o.shop = :shop AND o.counts = 1 AND o.day BETWEEN :since AND :until AND o.order_id IN (
  SELECT m.order_id FROM order_money m
  WHERE m.shop = :shop AND m.counts = 1 AND m.day BETWEEN :since AND :until
    AND CASE WHEN :bearer = 'shop' THEN m.shop_discount_minor > 0 AND m.coupon IS NULL
             ELSE m.platform_discount_minor > 0 END)
ORDER BY o.day DESC, o.order_id LIMIT 50
"""


def cost_terms(cost: Cost, rates: Rates) -> list[Term]:
    """The uses and the cost so far, by shop and currency of the orders, as sums that add up."""
    terms = []
    places = sorted({(used.shop, used.currency or "") for used in cost.uses})
    for shop, currency in places:
        mine = spent(u for u in cost.uses if (u.shop, u.currency or "") == (shop, currency))
        terms.append(Term("uses", P(f"Orders: {shop}", f"订单：{shop}"), mine.orders))
        worth = in_base(dict(mine.discount), cost.currency, rates)
        label = P(f"Taken off by this code alone: {shop} {currency}", f"仅用此码的优惠：{shop} {currency}")
        terms.append(Term("cost", label, worth, "money", cost.currency))
    return [
        *terms,
        Term("uses", P("Uses", "使用次数"), cost.orders, is_total=True),
        Term("cost", P("Cost so far", "已优惠金额"), cost.discount, "money", cost.currency, is_total=True),
    ]


def coupon_rows(coupon: Coupon) -> list[Behind]:
    """The coupon's own rows: of the merchant's sheet and of the shops' exports."""
    rows = ([coupon.own] if coupon.own else []) + list(coupon.exports)
    return [
        Behind("coupons", " ".join(filter(None, (row.shop, row.code))), row.title or "", row.import_no, row.line)
        for row in rows
    ]


def orders_naming(
    db: sqlite3.Connection, cells: Iterable[tuple[str, str]], since: str, until: str
) -> tuple[list[Behind], list[Note]]:
    """The newest orders of these (shop, cell), placed in `since`..`until`; a note if there may be more."""
    found: list[tuple[str, Behind]] = []
    for shop, cell in sorted(set(cells)):
        params = {"shop": shop, "cell": cell, "since": since, "until": until}
        found += [(row[1], _behind(shop, *row)) for row in db.execute(ORDERS_BEHIND, params)]
    return _newest(found)


def orders_taken_off(
    db: sqlite3.Connection, shop: str, bearer: str, since: str, until: str
) -> tuple[list[Behind], list[Note]]:
    """The newest orders that `bearer` took something off, in `since`..`until`; the shop without naming a code."""
    params = {"shop": shop, "bearer": bearer, "since": since, "until": until}
    return _newest([(row[1], _behind(shop, *row)) for row in db.execute(TAKEN_OFF_BEHIND, params)])


def _behind(shop: str, order_id: str, day: str, import_no: int, line: int) -> Behind:
    return Behind("orders", f"{shop} {order_id}", day, import_no, line)


def _newest(found: list[tuple[str, Behind]]) -> tuple[list[Behind], list[Note]]:
    found.sort(key=lambda one: (one[0], one[1].key), reverse=True)
    notes = []
    if len(found) >= MOST:
        said = P("Of the orders the newest {count} are named.", "仅列出最近的 {count} 笔订单。")
        notes.append(Note("newest-only", said, {"count": MOST}))
    return [behind for _, behind in found[:MOST]], notes
