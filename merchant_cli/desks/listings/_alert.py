"""What the alerts of this desk share: the columns that every row carries, and the rows of the store behind one."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import AT_STAKE, Behind, Column, alert_columns

P = Phrase

LISTING_BEHIND = """
SELECT listing_id, variant_id, code, title, import_no, line FROM listings
WHERE shop = :shop AND (listing_id = :id OR code = :id) ORDER BY listing_id, variant_id
"""
SOLD_BEHIND = """
SELECT order_id, line_key, day, title, import_no, line FROM sold_units
WHERE shop = :shop AND day BETWEEN :since AND :until AND (listing_id = :id OR code = :id) ORDER BY day DESC, order_id
LIMIT 20
"""
FIRST_STEP = Note("no-listings", P(
    "No listings and no orders yet. Import a products or an orders export first: `merchant import FILE`",
    "还没有商品或订单。请先导入商品文件或订单文件：`merchant import 文件`"))  # fmt: skip


def columns(currency: str | None, *more: Column, stake: Phrase = AT_STAKE) -> tuple[Column, ...]:
    """The columns that every alert has, then its own."""
    return (
        *alert_columns(currency, stake),
        *more,
    )


def key_of(shop: str, listing_id: str, variant_id: str = "") -> str:
    """`listing:taobao/main/123/456`; without a variant it ends with the listing."""
    return "/".join(filter(None, (f"listing:{shop}", listing_id, variant_id)))


def called(title: str | None, options: str | None, other: str) -> str:
    """What a listing is called: its title and what was chosen of it, else `other`."""
    return " · ".join(filter(None, (title, options))) or other


def behind(db: sqlite3.Connection, shop: str, name: str, span: tuple[str, str] | None) -> list[Behind]:
    """The rows of the listing or code `name` of a shop: its listings, else the newest of its order lines."""
    rows: list[tuple[Any, ...]] = db.execute(LISTING_BEHIND, {"shop": shop, "id": name}).fetchall()
    if rows or span is None:
        return [
            Behind("listings", f"{shop} {listing} {variant}".strip(), called(title, code, ""), import_no, line)
            for listing, variant, code, title, import_no, line in rows
        ]
    params = {"shop": shop, "id": name, "since": span[0], "until": span[1]}
    return [
        Behind("order_lines", f"{shop} {order_id} {line_key}", called(day, title, ""), import_no, line)
        for order_id, line_key, day, title, import_no, line in db.execute(SOLD_BEHIND, params)
    ]
