"""What was done to the store's tables, step by step; a step is never edited after its release."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

FORMAT = 2  # PRAGMA user_version of a store that has all steps

migrations = Migrations("merchant")


@migrations()
def m001_first_tables(db: Database) -> None:
    """The fact tables, what intake keeps beside them, and the calendar of the years 2000 to 2049."""
    _run(db, "m001.sql")
    db.execute("PRAGMA user_version = 1")


@migrations()
def m002_proposals(db: Database) -> None:
    """Proposals, the cells that each would change, and the action files that were written."""
    _run(db, "m002.sql")
    db.execute("PRAGMA user_version = 2")


def _run(db: Database, name: str) -> None:
    for statement in (Path(__file__).parent / name).read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            db.execute(statement)
