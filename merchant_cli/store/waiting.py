"""Rows in quarantine that wait: those of live imports that no live import has mended since."""

from __future__ import annotations

import sqlite3

# To stand behind a SELECT over q (quarantine) and i (imports).
WAITING = """
FROM quarantine q JOIN imports i ON i.no = q.import_no WHERE i.state IN ('applied', 'sealed')
  AND NOT EXISTS (SELECT 1 FROM imports r WHERE r.no = q.retried_in AND r.state IN ('applied', 'sealed'))
"""
# What a store of the first format has, when it is only read.
WAITING_ONCE = "FROM quarantine q JOIN imports i ON i.no = q.import_no WHERE i.state IN ('applied', 'sealed')"


def waiting(db: sqlite3.Connection) -> str:
    """The rows that wait, as SQL to stand behind a SELECT over q and i."""
    columns = {row[1] for row in db.execute("PRAGMA table_info(quarantine)")}
    return WAITING if "retried_in" in columns else WAITING_ONCE


def count(db: sqlite3.Connection) -> int:
    """How many rows wait."""
    return int(db.execute(f"SELECT count(*) {waiting(db)}").fetchone()[0])
