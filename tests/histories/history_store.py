"""Stores for invented histories: what costs most of a small import, and is tested elsewhere, is left out."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from history_files import KINDS

from merchant_cli.intake.unpack import Head, unpack
from merchant_cli.store import open as opening
from merchant_cli.store import shops

# The connections that write, by store: opening one, with its lock and its look at every view, costs more than a small
# import. Both are tested elsewhere.
OPEN: dict[Path, sqlite3.Connection] = {}


@contextmanager
def write(path: Path, doing: str, *, wait: float = 5.0) -> Iterator[sqlite3.Connection]:
    """As opening.write: one transaction, committed at the end and rolled back on errors."""
    if path not in OPEN:
        copied = path.exists()
        OPEN[path] = sqlite3.connect(path, isolation_level=None) if copied else opening._connect(path)
        for pragma in ("synchronous = OFF", "foreign_keys = ON", "trusted_schema = OFF", "temp_store = MEMORY"):
            OPEN[path].execute(f"PRAGMA {pragma}")
    db = OPEN[path]
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


class KeptOpen:
    """A connection that whoever reads may close, and that stays open."""

    def __init__(self, path: Path) -> None:
        with write(path, "test") as self.db:
            pass

    def execute(self, *said: Any) -> sqlite3.Cursor:
        return self.db.execute(*said)

    def close(self) -> None:
        pass


class Here:
    """As threading.Thread, without a thread."""

    def __init__(self, target: Callable[[], None]) -> None:
        self.start = target

    def join(self) -> None:
        pass


def unpacked(path: str, kind: str, target: str, *, limited: bool, meanwhile: Callable[[], None]) -> list[Head]:
    """As child.unpack, in this process."""
    meanwhile()
    return unpack(path, kind, target)


@cache
def fresh() -> Path:
    """A store without imports, to be copied. It knows the shops: a products file takes the currency of its shop."""
    path = Path(tempfile.mkdtemp()) / "fresh.db"
    with write(path, "test") as db:
        for shop in sorted({kind.shop for kind in KINDS}):
            chinese = shop.startswith("taobao")
            shops.add(db, shop, currency=None if chinese else "USD", sale_day="paid" if chinese else "placed")
    OPEN.pop(path).close()
    return path


def close_below(folder: Path) -> None:
    """Closes the connections to the stores of a folder."""
    for path in [path for path in OPEN if path.parent == folder]:
        OPEN.pop(path).close()
