"""What the tests of the template share: sheets as rows, cells filled in, files taken in, what the store then says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook

from importers.own._sheets import holds_no_rows
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import open as opening

EXAMPLE_SHOP = Path(__file__).parents[2] / "examples" / "shop"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows below the header as dicts, the example row first."""
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def fill(book: Workbook, sheet: str, key: str, column: str, value: object) -> None:
    """Writes `value` into a column of the row whose first cell is `key`."""
    page = book[sheet]
    at = [cell.value for cell in page[1]].index(column) + 1
    line = next(row[0].row for row in page.iter_rows(min_row=2) if row[0].value == key)
    page.cell(line, at, value)


def imported(store: Path, path: Path) -> dict[str, Receipt]:
    """Takes a file in; importer → receipt. The read-me and the list sheet hold nothing to take in."""
    receipts = list(take_in(store, [str(path)], Asked()))
    left_out = [r for r in receipts if not r.importer]
    assert all(holds_no_rows(r.path.partition("!")[2]) for r in left_out)
    return {r.importer: r for r in receipts if r.importer}


def asked(store: Path, sql: str, **params: object) -> list[tuple[Any, ...]]:
    """The rows of a SELECT over the documented views."""
    with closing(opening.read(store)) as db:
        found: list[tuple[Any, ...]] = db.execute(sql, params).fetchall()
        return found


def facts(store: Path, *tables: str) -> dict[str, list[tuple[int, ...]]]:
    """What the tables state, by their row hashes."""
    with closing(sqlite3.connect(store)) as db:
        return {t: sorted(db.execute(f"SELECT row_hash FROM fact_{t}").fetchall()) for t in tables}
