"""Takes files into a throw-away store and tells all that the store then says, without numbers of imports and clocks."""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import open as opening
from merchant_cli.store.digest import stored_digest
from merchant_cli.store.facts import TABLES

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("MERCHANT_SHARED") or HERE.parents[2] / "shared")


@contextlib.contextmanager
def known_key(folder: Path) -> Iterator[None]:
    """A buyer key that is the same in every run, so that golden answers can hold buyers."""
    path = folder / "buyer.key"
    path.write_bytes(bytes(range(32)))
    before = os.environ.get("MERCHANT_KEY")
    os.environ["MERCHANT_KEY"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["MERCHANT_KEY"]
        else:
            os.environ["MERCHANT_KEY"] = before


def taken(folder: Path, *groups: Sequence[Path], **asked: Any) -> tuple[Path, list[Receipt]]:
    """The store in `folder` after one `import` for each group of files, and all receipts."""
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "store.db"
    receipts: list[Receipt] = []
    with known_key(folder):
        for group in groups:
            receipts += take_in(store, [str(path) for path in group], Asked(**asked))
    return store, receipts


def rows(store: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a query answers."""
    db = opening.read(store)
    try:
        return list(db.execute(sql, values))
    finally:
        db.close()


def digest(store: Path) -> str:
    db = opening.read(store)
    try:
        return stored_digest(db)
    finally:
        db.close()


def facts(store: Path) -> dict[str, list[dict[str, Any]]]:
    """All fact rows by table, sorted by key; NULLs are left out."""
    db = opening.read(store)
    db.row_factory = sqlite3.Row
    names = dict(db.execute("SELECT no, shop FROM shops").fetchall())
    found = {}
    for table in TABLES.values():
        key = ", ".join(("shop", *table.key))
        told = [
            {"shop": names.get(row["shop"], "")} | {c: row[c] for c in table.business if row[c] is not None}
            for row in db.execute(f"SELECT * FROM {table.sql_name} ORDER BY {key}")
        ]
        if told:
            found[table.name] = told
    db.close()
    return found


def told(receipt: Receipt) -> dict[str, Any]:
    """A receipt without what differs from run to run."""
    shown = receipt.as_json("en")
    counts = ("read", "inserted", "updated", "unchanged", "quarantined", "ignored_by")
    out = {name: shown[name] for name in ("importer", "shop", "state", *counts, "covers")}
    out["notes"] = {note.code: note.params for note in receipt.notes if note.code != "unlocked"}
    if receipt.problem is not None:
        out["problem"] = receipt.problem.code
    return out


def quarantined(store: Path) -> list[list[Any]]:
    return [list(row) for row in rows(store, "SELECT line, code, column_name FROM quarantine ORDER BY line")]


def reference(name: str) -> dict[str, list[str]]:
    """Header rows that stand beside the repository, in `headers-<name>.json`; skips where they are not."""
    path = SHARED / "reference" / f"headers-{name}.json"
    if not path.exists():
        pytest.skip(f"no {path}")
    found = json.loads(path.read_text(encoding="utf-8"))
    return {key: value if isinstance(value, list) else value["columns"] for key, value in found.items()}
