"""Rows that wait in quarantine, out into a workbook to be mended and in again.

A sheet is named after the number of its import and headed like its file, with the row's number and the reason before.
Taken in again, its rows become an import of their own with the age of the old one; they wait no longer. When that
import is undone, they do again.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from importers.base import Importer, norm
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import again, gate, workbook
from merchant_cli.intake.identify import header_for
from merchant_cli.intake.import_one import import_one
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, Sheet, fitted, sheet_of
from merchant_cli.store import open as opening
from merchant_cli.store import waiting

P = Phrase

ROW = P("Quarantined row", "被隔离的行")
REASON, FIX = P("Reason", "原因"), P("What to do", "处理")
HEADS = frozenset(norm(text) for phrase in (ROW, REASON, FIX) for text in phrase)

ROWS = "SELECT q.import_no, q.line, q.sheet, q.code, q.column_name, q.params, q.cells"


@dataclass
class Waits:
    """The waiting rows of one import: `header` of its file, and per row its line, fault, faulty column and cells.

    `words`: column → what its cells may say.
    """

    number: int
    name: str
    header: list[str]
    rows: list[tuple[int, Problem, str, list[str]]]
    words: dict[str, list[str]]


def waits(store: Path) -> Iterator[Waits]:
    """What waits, import by import, oldest first. Raises Problem original-missing."""
    with closing(opening.read(store)) as db:
        found: dict[int, list[Any]] = defaultdict(list)
        for number, *row in db.execute(f"{ROWS} {waiting.waiting(db)} ORDER BY q.import_no, q.line"):
            found[number].append(row)
        for number, rows in found.items():
            yield _waits(db, store, number, rows)


def _waits(db: sqlite3.Connection, store: Path, number: int, rows: list[Any]) -> Waits:
    kept = again.load(db, number)
    importer = again.importer_of(store, kept)
    opened = gate.Opened()
    try:
        sheet = again.original(store, kept, opened)
        _, header = header_for(importer, sheet.rows, Place(kept.name, kept.sheet))
    finally:
        opened.close()
    shown = []
    for line, _, code, column, params, cells in rows:
        shown.append((line, Problem(code, **json.loads(params)), column, json.loads(cells)))
    return Waits(number, kept.name, list(header), shown, _words(importer, header))


def _words(importer: Importer, header: list[str] | tuple[str, ...]) -> dict[str, list[str]]:
    """For the columns that take words of a list: which."""
    there = {norm(name): name for name in header}
    cells = [cell for into in importer.into for columns in into.fills.values() for cell in columns.values()]
    return {
        there[norm(name)]: list(cell.words)
        for cell in cells
        if cell.words
        for name in cell.names
        if norm(name) in there
    }


def retry(store: Path, path: Path) -> Iterator[Receipt]:
    """Takes a mended workbook in again, a receipt per sheet. Raises Problem mended-unknown for one that is not ours."""
    opened = gate.Opened()
    try:
        for source in gate.found([str(path)], opened):
            if isinstance(source, tuple):
                raise source[1]
            if source.form is not None:
                raise Problem("mended-unknown", Place(str(path)), name=path.name)
            heads = [head for head in workbook.heads(source) if head.name.isdecimal()]
            if not heads:
                raise Problem("mended-unknown", Place(str(path)), name=path.name)
            for head in heads:
                if head.filled > 1:
                    sheet = sheet_of(source, f"{path.name}!{head.name}", head)
                    yield _retried(store, sheet, int(head.name), _lines(source.path, head.name))
    finally:
        opened.close()


def _lines(path: Path, sheet: str) -> list[int]:
    """The numbers of the rows that stand in a sheet. The gate has looked at the workbook before."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        cells = [row[0] for row in book[sheet].iter_rows(min_row=2, max_col=1, values_only=True)]
    finally:
        book.close()
    return [int(str(cell)) for cell in cells if cell is not None and str(cell).isdecimal()]


def _retried(store: Path, sheet: Sheet, number: int, lines: list[int]) -> Receipt:
    with closing(opening.read(store)) as db:
        kept = again.load(db, number)
        as_of, source = db.execute("SELECT as_of, as_of_from FROM imports WHERE no = ?", (number,)).fetchone()
    importer = again.importer_of(store, kept)
    line, header = header_for(importer, sheet.rows, Place(sheet.name, sheet.sheet))
    exported = datetime.fromtimestamp(as_of, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
    shop = "" if importer.own and not kept.shop else kept.shop
    wanted = fitted(sheet, importer, kept.mapping, line, header, Asked(shop=shop, exported=exported))
    receipt = import_one(store, replace(wanted, undated=source not in ("given", "file", "name")))
    if receipt.problem is None and receipt.number is not None:
        with opening.write(store, "quarantine retry") as db:
            db.executemany(
                "UPDATE quarantine SET retried_in = ? WHERE import_no = ? AND line = ?",
                [(receipt.number, number, one) for one in lines],
            )
    return receipt
