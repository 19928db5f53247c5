"""How a platform headed its last export to this merchant: old or new column names, in her language."""

from __future__ import annotations

import csv
import gzip
import io
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from exporters.base import Last
from importers.base import matched, norm
from importers.catalogue import entries

LAST = """
SELECT i.sha256 FROM imports i JOIN shops s ON s.no = i.shop
WHERE s.shop = :shop AND i.importer = :importer AND i.state IN ('applied', 'sealed') AND i.name NOT LIKE '%!%'
ORDER BY i.as_of DESC, i.taken_in DESC LIMIT 1
"""
LINES = 2000  # which are read of it


def last_export(db: sqlite3.Connection, store: Path, shop: str, importer: str) -> Last | None:
    """The newest kept text file of that shop and importer; None if there is none."""
    row = db.execute(LAST, {"shop": shop, "importer": importer}).fetchone()
    wanted = next((entry for entry in entries() if entry.id == importer), None)
    if row is None or wanted is None:
        return None
    text = _head(store.with_name(store.name + ".files") / row[0])
    for delimiter in (",", "\t", ";"):
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        with suppress(csv.Error):  # a cell that is too long: no header stands below it
            for cells in rows:
                if matched(wanted.known_by, {norm(name) for name in cells}) is not None:
                    return Last(cells, delimiter, _body(rows))
    return None


def _body(rows: Iterator[list[str]]) -> list[list[str]]:
    """The rows up to one that cannot be read."""
    found: list[list[str]] = []
    with suppress(csv.Error):
        found.extend(rows)
    return found


def _head(path: Path) -> str:
    """The first lines of a kept original, compressed or not; '' if it cannot be read as text."""
    try:
        if path.exists():
            with path.open(encoding="utf-8-sig", errors="replace") as plain:
                return "".join(islice(plain, LINES))
        with gzip.open(path.with_suffix(".gz"), "rt", encoding="utf-8-sig", errors="replace") as packed:
            return "".join(islice(packed, LINES))
    except OSError:
        return ""
