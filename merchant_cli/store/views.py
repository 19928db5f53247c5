"""The documented views: one `.sql` file each, layer by layer, recreated when their text differs.

An expression that several views share stands in a `.part` file; `/*name*/` in a view is its place.
"""

from __future__ import annotations

import sqlite3
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "views"
# By view, the columns that a store of an earlier format does not have, and how the view writes them.
NEW = {"money_moves": (("fact_money_moves", "rule", "v.rule"),)}


@cache
def texts() -> dict[str, str]:
    """View name → its CREATE VIEW statement, lower layers first (files are named `1_orders.sql`, `2_….sql`)."""
    found = {}
    for path in sorted(FOLDER.glob("*.sql")):
        name = path.stem.partition("_")[2]
        found[name] = f"CREATE VIEW {name} AS\n{select(path)}"
    return found


def select(path: Path) -> str:
    """The SELECT of a view's file, with the expressions that it shares with others."""
    text = path.read_text(encoding="utf-8").strip().rstrip(";")
    for part in sorted(FOLDER.glob("*.part")):
        said = [line for line in part.read_text(encoding="utf-8").splitlines() if not line.startswith("--")]
        text = text.replace(f"/*{part.stem}*/", "\n".join(said))
    return text


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
        for table, column, said in NEW.get(name, ()):
            if column not in {row[1] for row in db.execute(f"PRAGMA table_info({table})")}:
                statement = statement.replace(said, "NULL")
        db.execute(statement.replace(f"CREATE VIEW {name}", f"CREATE TEMP VIEW {name}", 1))


def _stored(db: sqlite3.Connection) -> dict[str, str]:
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall())
