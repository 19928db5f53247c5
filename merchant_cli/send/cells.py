"""Cells of proposals beside what the store says of them now."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from merchant_cli.basics import money
from merchant_cli.send.actions import MONEY
from merchant_cli.store.proposals import Cell

NOW = """
SELECT price_minor, compare_at_minor, listed_units, import_no FROM listings
WHERE shop = :shop AND listing_id = :listing AND variant_id = :variant
"""
# Who said something about a listing: the import behind its row, and all further claims.
CLAIMS = """
SELECT i.no, i.as_of, i.taken_in FROM imports i
WHERE i.state IN ('applied', 'sealed') AND (i.no = :no OR i.no IN (
  SELECT c.import_no FROM claims c JOIN shops s ON s.no = c.shop
  WHERE c.tab = 'listings' AND s.shop = :shop AND c.key = :key))
ORDER BY i.as_of DESC, i.taken_in DESC LIMIT 1
"""
FIELDS = {"price": 0, "compare_at": 1, "listed_units": 2}


class Now(NamedTuple):
    """What the store says of a cell: its value, and the newest import that speaks of its listing, with that import's
    as-of instant and the instant it was first taken in (UTC seconds)."""

    value: int | None
    import_no: int
    as_of: int
    taken_in: int


def now(db: sqlite3.Connection, cell: Cell) -> Now | None:
    """The cell's value as the store knows it, None if the listing is gone."""
    place = {"shop": cell.shop, "listing": cell.listing_id, "variant": cell.variant_id}
    row = db.execute(NOW, place).fetchone()
    if row is None:
        return None
    key = f"{cell.listing_id}\x1f{cell.variant_id}"
    said = db.execute(CLAIMS, {"no": row[3], "shop": cell.shop, "key": key}).fetchone()
    return Now(row[FIELDS[cell.field]], *(said or (row[3], 0, 0)))


def shown(cell: Cell, value: int | None) -> str:
    """A value of the cell for people; the currency stands behind an amount."""
    if value is None:
        return "—"
    if cell.field in MONEY:
        return f"{money.shown(value, cell.currency)} {cell.currency or ''}".strip()
    return f"{value:,}"
