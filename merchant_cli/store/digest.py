"""The store's logical digest: per fact table the sum of its row hashes mod 2^64, kept as rows come and go."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b

from merchant_cli.store.facts import TABLES
from merchant_cli.store.row_hash import added


def save_sums(db: sqlite3.Connection, sums: dict[str, int]) -> None:
    """Adds changes of row-hash sums to the stored ones."""
    for tab, change in sums.items():
        row = db.execute("SELECT sum FROM digests WHERE tab = ?", (tab,)).fetchone()
        db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?)", (tab, added(row[0] if row else 0, [change])))


def stored_digest(db: sqlite3.Connection) -> str:
    """The store's logical digest from the sums kept beside the rows: equal stores, equal text."""
    sums = dict(db.execute("SELECT tab, sum FROM digests").fetchall())
    return _digest(sums)


def computed_digest(db: sqlite3.Connection) -> str:
    """The same digest from the row hashes themselves."""
    sums = {}
    for table in TABLES.values():
        low, high = db.execute(
            "SELECT coalesce(sum(row_hash & 0xffffffff), 0), coalesce(sum(row_hash >> 32), 0) FROM " + table.sql_name
        ).fetchone()
        sums[table.name] = added(0, [low + (high << 32)])
    return _digest(sums)


def _digest(sums: dict[str, int]) -> str:
    text = "\n".join(f"{tab} {sums.get(tab, 0)}" for tab in sorted(TABLES))
    return blake2b(text.encode(), digest_size=16).hexdigest()
