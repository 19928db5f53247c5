"""The documented views: one `.sql` file each, layer by layer, recreated when their text differs."""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "views"


@cache
def texts() -> dict[str, str]:
    """View name → its CREATE VIEW statement, lower layers first (files are named `1_orders.sql`, `2_….sql`)."""
    found = {}
    for path in sorted(FOLDER.glob("*.sql")):
        name = path.stem.partition("_")[2]
        select = path.read_text(encoding="utf-8").strip().rstrip(";")
        found[name] = f"CREATE VIEW {name} AS\n{select}"
    return found


def current(db: sqlite3.Connection) -> bool:
    """Whether the store's views are those of this program."""
    return _stored(db) == texts()


def renew(db: sqlite3.Connection) -> None:
    """Drops and creates the views whose text differs; lower layers are created first."""
    stored = _stored(db)
    if stored == texts():
        return
    for name in stored:
        db.execute(f"DROP VIEW {name}")
    for statement in texts().values():
        db.execute(statement)


def lay_over(db: sqlite3.Connection) -> None:
    """Lays this program's views over those of a store that is only read and was written by another version."""
    for name, statement in texts().items():
        db.execute(statement.replace(f"CREATE VIEW {name}", f"CREATE TEMP VIEW {name}", 1))


def _stored(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall())
