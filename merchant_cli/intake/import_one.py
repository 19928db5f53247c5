"""One import, in one transaction: the same bytes before?, which number, then its rows, then its receipt."""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from collections import Counter
from pathlib import Path

from importers.sheet import Unreadable
from merchant_cli.basics import days
from merchant_cli.basics.problems import BUSY, DAMAGED, FAILED, NEWER, Place, Problem
from merchant_cli.intake.closing import close
from merchant_cli.intake.dated import AsOf, as_of
from merchant_cli.intake.originals import Original
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.rows import order_header, take_rows
from merchant_cli.intake.which_shop import shop_of
from merchant_cli.intake.work import Tell, Wanted, Work
from merchant_cli.store import open as opening
from merchant_cli.store import shops
from merchant_cli.store.keeper import Scattered
from merchant_cli.store.order_set import Finisher
from merchant_cli.store.shops import Shop
from merchant_cli.store.void import void


class DryRun(Exception):
    """Rolls a preview back."""


def import_one(store: Path, wanted: Wanted, tell: Tell | None = None) -> Receipt:
    """Takes one file in, wholly or not at all; faults become the receipt's problem."""
    receipt = Receipt(wanted.name, sha256=wanted.sha256, importer=wanted.importer.id, title=wanted.importer.title)
    target = store
    try:
        if wanted.dry_run and not store.exists():
            import tempfile

            with tempfile.TemporaryDirectory(prefix="merchant-") as folder:
                return _in_store(Path(folder) / "preview.db", wanted, receipt, tell)
        return _in_store(target, wanted, receipt, tell)
    except Unreadable as fault:
        receipt.problem = Problem(fault.code, Place(wanted.name), **fault.params)
    except Problem as problem:
        of_the_store = problem.exit_code in (FAILED, BUSY, NEWER, DAMAGED)
        known = problem.place.file or of_the_store
        receipt.problem = problem if known else problem.at(Place(wanted.name, wanted.sheet))
    receipt.state, receipt.number, receipt.read = "refused", None, 0
    receipt.outcome.clear()
    receipt.ignored_by.clear()
    return receipt


def _in_store(store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None) -> Receipt:
    """Takes the file as it stands; if the lines of one order turn out to stand apart, again and sorted by order."""
    for scattered in (False, True):
        try:
            with opening.write(store, f"import {wanted.name}") as db:
                work = _begun(db, store, wanted, receipt, tell)
                work.scattered = scattered
                _run(work)
                if wanted.dry_run:
                    raise DryRun
        except DryRun:
            if receipt.state == "applied":
                receipt.state = "dry run"
        except Scattered:
            receipt.notes.clear()
            continue
        break
    return receipt


def _begun(db: sqlite3.Connection, store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None) -> Work:
    now = int(time.time())
    shop = shop_of(db, wanted)
    receipt.shop = shop.shop if shop.no else ""
    dated = as_of(wanted.importer, wanted.file_name, shop.zone, now, wanted.exported)
    return Work(db, store, wanted, receipt, shop, dated, now, now, tell=tell)


def _run(work: Work) -> None:
    """Does the import; the collector of cycles rests meanwhile, since rows hold none."""
    gc.disable()
    try:
        _taken(work)
    finally:
        gc.enable()


def _taken(work: Work) -> None:
    """Finds an earlier import of the same bytes, else takes the file in."""
    earlier = _earlier(work)
    if work.wanted.number is not None and _is_live(work, work.wanted.number):
        work.receipt.state, work.receipt.number = "already imported", work.wanted.number
        work.receipt.note("again", number=work.wanted.number)
        return
    stated_again = earlier is not None and earlier[1] == "applied" and _overruled(work, earlier[0])
    if earlier is not None and earlier[1] == "applied" and _same_reading(work, earlier) and not stated_again:
        work.receipt.state, work.receipt.number = "already imported", earlier[0]
        work.receipt.note("again", number=earlier[0])
        return
    if earlier is not None and earlier[1] == "applied":
        undo_in(work.db, earlier[0], "replaced")
        work.receipt.note("stated-again" if stated_again else "replaced", number=earlier[0])
    number = work.wanted.number or (earlier[0] if earlier is not None and earlier[1] == "void" else None)
    if number is not None:
        _as_before(work, number)
        work.receipt.note("brought-back", number=number)
    work.number = number or _next_number(work)
    _write_import(work)
    if not work.wanted.dry_run:
        work.original = Original(work.store, work.wanted.path, work.wanted.sha256)
    try:
        take_rows(work, order_header(work) if work.scattered else "")
        close(work, redone=number is not None)
    finally:
        if work.original is not None:
            work.original.drop()


def _earlier(work: Work) -> tuple[int, str, str, str | None] | None:
    """The newest import of the same bytes for the same shop by the same importer, if not replaced since."""
    if work.wanted.number is not None:
        return None
    found: tuple[int, str, str, str | None] | None = work.db.execute(
        "SELECT no, state, importer_version, mapping FROM imports"
        " WHERE sha256 = ? AND shop = ? AND importer = ? AND state IN ('applied', 'void') ORDER BY no DESC LIMIT 1",
        (work.wanted.sha256, work.shop.no, work.wanted.importer.id),
    ).fetchone()
    return found


def _same_reading(work: Work, earlier: tuple[int, str, str, str | None]) -> bool:
    row = work.db.execute("SELECT as_of, as_of_from FROM imports WHERE no = ?", (earlier[0],)).fetchone()
    redated = work.dated.source == "given" and (work.dated.instant, "given") != row
    return earlier[2] == work.wanted.version and (earlier[3] or "") == work.wanted.mapping and not redated


def _overruled(work: Work, number: int) -> bool:
    """Whether an own sheet was said otherwise by a later one: the same bytes again are then a new statement."""
    if not work.wanted.importer.own:
        return False
    row = work.db.execute(
        "SELECT 1 FROM claims c JOIN imports i ON i.no = c.import_no WHERE c.import_no = ? AND EXISTS ("
        "SELECT 1 FROM claims d JOIN imports j ON j.no = d.import_no WHERE d.tab = c.tab AND d.shop = c.shop"
        " AND d.key = c.key AND d.hash != c.hash AND (j.as_of, j.taken_in, j.no) > (i.as_of, i.taken_in, i.no))"
        " LIMIT 1",
        (number,),
    ).fetchone()
    return row is not None


def _is_live(work: Work, number: int) -> bool:
    row = work.db.execute("SELECT state FROM imports WHERE no = ?", (number,)).fetchone()
    return bool(row and row[0] == "applied")


def _next_number(work: Work) -> int:
    row = work.db.execute("SELECT coalesce(max(number), 0) + 1 FROM journal").fetchone()
    return int(row[0])


def _as_before(work: Work, number: int) -> None:
    """An import that comes back keeps its instant and the time it was first taken in."""
    row = work.db.execute("SELECT as_of, as_of_from, taken_in FROM imports WHERE no = ?", (number,)).fetchone()
    work.taken_in = row[2]
    if row[1] in ("taken", "given") and not work.wanted.exported:
        work.dated = AsOf(row[0], days.day_of(row[0], work.shop.zone), row[1])


def _write_import(work: Work) -> None:
    wanted = work.wanted
    asked = {"shop": wanted.shop, "exported": wanted.exported, "file_name": wanted.file_name, "sheet": wanted.sheet}
    work.db.execute(
        "INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, 'applied', '[]', '{}', ?)",
        (
            work.number, wanted.sha256, wanted.name, wanted.importer.id, wanted.version, wanted.mapping or None,
            work.shop.no, wanted.importer.kind, work.dated.instant or 0, work.dated.source, work.taken_in,
            json.dumps(asked, ensure_ascii=False),
        ),
    )  # fmt: skip
    work.db.execute("DELETE FROM quarantine WHERE import_no = ?", (work.number,))
    work.db.execute("DELETE FROM import_days WHERE import_no = ?", (work.number,))


def undo_in(db: sqlite3.Connection, number: int, state: str = "void") -> Counter[str]:
    """Takes an import's claims out and marks it void (or replaced), inside the caller's transaction."""
    row = db.execute("SELECT shop FROM imports WHERE no = ?", (number,)).fetchone()
    shop = shops.by_number(db, row[0]) or Shop(0, "", None, "", "placed")
    gone = void(db, number, Finisher(shop.no, shop.shop, shop.sale_day), shop.zone)
    db.execute("UPDATE imports SET state = ? WHERE no = ?", (state, number))
    return gone
