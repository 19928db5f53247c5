"""Sorts the rows of a file by one column on disk, for files in which the lines of an order stand apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from importers.sheet import BATCH, Batch, Broken


def sorted_batches(found: Iterator[Batch], column: int, read: Callable[[str], Any]) -> Iterator[Batch]:
    """The same rows, those whose cell in `column` reads as the same id together, otherwise in the order of the file."""

    def key(row: list[str]) -> str:
        value = read(row[column]) if column < len(row) else None
        return value if isinstance(value, str) else ""

    db = sqlite3.connect("")  # a temporary file that vanishes with the connection
    db.execute("CREATE TABLE r (first INTEGER, key TEXT, line INTEGER, cells TEXT)")
    broken: list[Broken] = []
    for batch in found:
        broken += batch.broken
        db.executemany(
            "INSERT INTO r VALUES (0, ?, ?, ?)",
            ((key(row), line, json.dumps(row)) for line, row in zip(batch.lines, batch.rows, strict=True)),
        )
    db.execute("CREATE INDEX by_key ON r (key, line)")
    db.execute("UPDATE r SET first = (SELECT min(line) FROM r o WHERE o.key = r.key)")
    rows = db.execute("SELECT line, cells FROM r ORDER BY first, line")
    while some := rows.fetchmany(BATCH):
        yield Batch([line for line, _ in some], [json.loads(cells) for _, cells in some], broken)
        broken = []
    if broken:
        yield Batch([], [], broken)
    db.close()
