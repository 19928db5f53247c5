"""What people decide about rows of answers and about facts; never written by imports, untouched by their undo."""

from __future__ import annotations

import sqlite3
import time


def decide(db: sqlite3.Connection, address: str, state: str, until: str | None, why: str | None) -> None:
    """Keeps one decision under its address, in place of the one before; the journal says what was decided."""
    now = int(time.time())
    db.execute("INSERT OR REPLACE INTO decisions VALUES (?, ?, ?, ?, ?)", (address, state, until, why, now))
    _journal(db, now, f"{address} {state}")


def withdraw(db: sqlite3.Connection, address: str) -> bool:
    """Takes the decision about an address back; whether there was one."""
    found = db.execute("DELETE FROM decisions WHERE address = ?", (address,)).rowcount > 0
    if found:
        _journal(db, int(time.time()), f"{address} withdrawn")
    return found


def _journal(db: sqlite3.Connection, now: int, detail: str) -> None:
    db.execute("INSERT INTO journal (at, act, number, detail) VALUES (?, 'decide', NULL, ?)", (now, detail))
