"""The tables and views of a new store as SQL; `python -m tests.house.golden` writes store/schema.sql anew."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from merchant_cli.store import open as store

SCHEMA = Path(store.__file__).parent / "schema.sql"
HEAD = "-- The store as its migrations make it. Golden: `make golden` writes it, a test compares it.\n\n"
PARTS = ("table", "index", "view")


def made() -> str:
    """The schema of a store that the migrations made, ordered by kind and name."""
    with tempfile.TemporaryDirectory() as folder, store.write(Path(folder) / "merchant.db", "golden") as db:
        return HEAD + "".join(f"{sql};\n\n" for _, _, sql in parts(db)).rstrip("\n") + "\n"


def parts(db: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Kind, name and statement of every part of the store that is ours."""
    found = db.execute("SELECT tbl_name, type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    ours = [(kind, name, sql) for table, kind, name, sql in found if not table.startswith(("sqlite_", "_"))]
    return sorted(ours, key=lambda part: (PARTS.index(part[0]), part[1]))


def main() -> None:
    SCHEMA.write_text(made(), encoding="utf-8")
    print(SCHEMA.name)


if __name__ == "__main__":
    main()
