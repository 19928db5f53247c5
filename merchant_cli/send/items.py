"""What a file needs to know about the listings and products of its proposals, read from the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from exporters.base import Item
from merchant_cli.basics import days
from merchant_cli.store.proposals import Cell, Proposal

# `struck`: the compare-at price of the newest export alone; None where that export has none, whatever older ones say.
LISTING = """
SELECT listing_id, variant_id, code, sku, title, options, category, price_minor AS price,
  compare_at_minor AS compare_at, currency, listed_units, state, state_raw, shop,
  (SELECT p.compare_at_minor FROM prices p WHERE p.shop = l.shop AND p.listing_id = l.listing_id
     AND p.variant_id = l.variant_id ORDER BY p.seen_day DESC LIMIT 1) AS struck,
  (SELECT count(*) FROM listings o WHERE o.shop = l.shop AND o.code = l.code) AS same_code
FROM listings l WHERE shop = :shop AND listing_id = :listing AND variant_id = :variant
"""
# What the platform's own stock file says, location by location: its newest count of each.
COUNTS = """
SELECT location, units, coalesce(committed, 0) FROM stock_counts c
WHERE shop = :shop AND code = :code AND units IS NOT NULL AND counted_at = (
  SELECT max(n.counted_at) FROM stock_counts n WHERE n.shop = c.shop AND n.code = c.code AND n.location = c.location)
"""
PRODUCT = """
SELECT p.title, p.pack, c.cost_minor AS cost, c.currency FROM (SELECT :sku AS sku) k
LEFT JOIN products p ON p.sku = k.sku
LEFT JOIN costs c ON c.sku = k.sku AND c.cost_minor IS NOT NULL AND c.from_day = (
  SELECT max(n.from_day) FROM costs n WHERE n.sku = k.sku AND n.cost_minor IS NOT NULL AND n.from_day <= :day)
"""


def of_listing(db: sqlite3.Connection, cells: Sequence[Cell]) -> Item | None:
    """The listing that these cells change; None if the store no longer has it."""
    first = cells[0]
    facts = _facts(db, LISTING, shop=first.shop, listing=first.listing_id, variant=first.variant_id)
    if facts is None:
        return None
    changes = {cell.field: (cell.old, cell.new) for cell in cells}
    counts = {place: (units, held) for place, units, held in db.execute(COUNTS, facts)}
    return Item(facts, changes, counts)


def of_order(db: sqlite3.Connection, one: Proposal) -> Item:
    """The product that a proposal orders from its supplier."""
    facts = _facts(db, PRODUCT, sku=one.params.get("sku"), day=one.as_of) or {}
    lead = one.params.get("lead_days")
    facts |= {"title": facts.get("title") or one.subject, "wanted": days.add(one.as_of, lead) if lead else None}
    return Item(facts, params=one.params)


def _facts(db: sqlite3.Connection, sql: str, **params: Any) -> dict[str, Any] | None:
    found = db.execute(sql, params)
    row = found.fetchone()
    return None if row is None else dict(zip((column[0] for column in found.description), row, strict=True))
