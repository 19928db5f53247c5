"""One import, in one transaction: the same bytes before?, which number, then its rows, then its receipt."""

from __future__ import annotations

import gc
import json
import sqlite3
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from importers.sheet import Unreadable
from merchant_cli.basics import days
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.anew import UNTOLD, read_anew
from merchant_cli.intake.closing import close
from merchant_cli.intake.dated import AsOf, as_of
from merchant_cli.intake.named_shops import named_shops
from merchant_cli.intake.notes import note_later_name
from merchant_cli.intake.originals import Original
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.rows import order_header, take_rows
from merchant_cli.intake.unexpected import unexpected
from merchant_cli.intake.which_shop import shop_of
from merchant_cli.intake.work import Tell, Wanted, Work
from merchant_cli.intake.written import Marks, ReadAgain
from merchant_cli.store import open as opening
from merchant_cli.store import proposals, shops
from merchant_cli.store.keeper import Scattered
from merchant_cli.store.order_set import Finisher
from merchant_cli.store.shops import Shop
from merchant_cli.store.void import void


class DryRun(Exception):
    """Rolls a preview back."""


def import_one(store: Path, wanted: Wanted, tell: Tell | None = None) -> Receipt:
    """Takes one file in, wholly or not at all; faults become the receipt's problem."""
    receipt = Receipt(wanted.name, sha256=wanted.sha256, importer=wanted.importer.id, title=wanted.importer.title)
    if wanted.form is not None and wanted.form.guessed:
        receipt.encoding = wanted.form.encoding
    target = store
    try:
        if wanted.dry_run and not store.exists():
            import tempfile

            with tempfile.TemporaryDirectory(prefix="merchant-") as folder:
                return _in_store(Path(folder) / "preview.db", wanted, receipt, tell)
        return _in_store(target, wanted, receipt, tell)
    except Unreadable as fault:
        receipt.problem = Problem(fault.code, Place(wanted.name, "", fault.line), **fault.params)
    except Problem as problem:
        known = problem.place.file or problem.of_store
        receipt.problem = problem if known else problem.at(wanted.place)
    except OSError as error:
        receipt.problem = Problem("file-unreadable", wanted.place, detail=error.strerror or str(error))
    except Exception as error:  # one bad file stops no other
        receipt.problem = _of_store(error, store) or unexpected(error, wanted.place)
    receipt.state, receipt.number, receipt.read, receipt.covers = "refused", None, 0, None
    for said in (receipt.outcome, receipt.ignored_by, receipt.by_table, receipt.notes):
        said.clear()
    return receipt


def _of_store(error: Exception, store: Path) -> Problem | None:
    """The Problem for an error of SQLite that every further file would meet too: a full disk, a damaged store."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return Problem("store-unwritable", path=store, detail=str(error))
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Problem("store-damaged", path=store, detail=str(error))
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Problem("store-busy", pid="?", command="?", progress="?")
    return None


def _in_store(store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None) -> Receipt:
    """Takes the file as it stands; again and sorted by order if the lines of one order turn out to stand apart, and
    again if its rows prove that it writes amounts or days otherwise."""
    scattered, marks = False, Marks()
    while True:
        try:
            with opening.write(store, f"import {wanted.name}") as db:
                work = begun(db, store, wanted, receipt, tell)
                work.scattered, work.marks = scattered, marks
                read_anew(work)
                _run(work)
                if wanted.dry_run:
                    raise DryRun
        except DryRun:
            if receipt.state == "applied":
                receipt.state = "dry run"
        except Scattered:
            if scattered:
                raise
            scattered = True
            receipt.notes.clear()
            continue
        except ReadAgain as again:
            if again.marks == marks:
                raise
            marks = again.marks
            receipt.notes.clear()
            continue
        return receipt


def begun(db: sqlite3.Connection, store: Path, wanted: Wanted, receipt: Receipt, tell: Tell | None) -> Work:
    now = int(time.time())
    shop = shop_of(db, wanted)
    receipt.shop = shop.shop if shop.no else ""
    dated = as_of(wanted.importer, wanted.file_name, shop.zone, now, wanted.exported, wanted.said)
    return Work(db, store, wanted, receipt, shop, dated, now, now, tell=tell)


def _run(work: Work) -> None:
    """Does the import; the collector of cycles rests meanwhile, since rows hold none."""
    gc.disable()
    try:
        taken(work)
    finally:
        gc.enable()


class Earlier(NamedTuple):
    """An earlier import of the same bytes for the same shop by the same importer."""

    number: int
    state: str
    version: str
    mapping: str


def taken(work: Work) -> None:
    """Takes the file in, unless an import of the same bytes that is live says just this.

    The same bytes are never live twice: another reading replaces the live one, and is remembered with it.
    """
    wanted, receipt = work.wanted, work.receipt
    if not wanted.dry_run and proposals.sent_file(work.db, wanted.sha256) is not None:
        raise Problem("own-action-file", Place(file=wanted.name))
    earlier = _earlier(work)
    live = next((e for e in earlier if e.state in ("applied", "sealed")), None)
    sealed = live is not None and live.state == "sealed"
    stated_again = live is not None and wanted.number is None and _overruled(work, live.number, sealed=sealed)
    if live is not None and not stated_again and _same_reading(work, live):
        receipt.state, receipt.number = "already imported", live.number
        receipt.note("again", number=live.number)
        note_later_name(work, live.number)
        return
    back = None if stated_again else _coming_back(work, earlier)
    if live is not None and sealed:
        if not wanted.importer.own:
            raise Problem("import-sealed", number=live.number)
        live = None  # what is stated again stands beside it
    if live is not None:
        receipt.gone = undo_in(work.db, live.number, "void" if wanted.takes_back else "replaced")
        if not wanted.takes_back:
            receipt.note("stated-again" if stated_again else "replaced", number=live.number)
    if back is not None:
        _as_before(work, back.number)
        if back.state == "void":
            receipt.note("brought-back", number=back.number)
    work.number = back.number if back else _next_number(work)
    _write_import(work, live.number if live and not wanted.takes_back else None)
    if not wanted.dry_run:
        work.original = Original(work.store, wanted.path, wanted.sha256)
    try:
        take_rows(work, order_header(work) if work.scattered else "")
        if live is not None and wanted.takes_back:
            close(work, "undo", live.number)
        else:
            close(work, "redo" if back else "import", work.number)
    finally:
        if work.original is not None:
            work.original.drop()


def _earlier(work: Work) -> list[Earlier]:
    """The imports of the same bytes for the same shop by the same importer, newest first; at most one is live."""
    rows = work.db.execute(
        "SELECT no, state, importer_version, coalesce(mapping, '') FROM imports"
        " WHERE (sha256 = ? AND shop = ? AND importer = ?) OR no = ? ORDER BY no DESC",
        (work.wanted.sha256, work.shop.no, work.wanted.importer.id, work.wanted.number),
    )
    return [Earlier(*row) for row in rows]


def _coming_back(work: Work, earlier: list[Earlier]) -> Earlier | None:
    """The import that gets its old number back: the one asked for, else the newest undone one of this mapping."""
    wanted = work.wanted
    if wanted.number is not None:
        return next(e for e in earlier if e.number == wanted.number)
    return next((e for e in earlier if e.state == "void" and e.mapping == wanted.mapping), None)


def _same_reading(work: Work, live: Earlier) -> bool:
    """Whether the live import is the one asked for, or says what the file would say now."""
    if work.wanted.number is not None:
        return live.number == work.wanted.number
    *dated, said = work.db.execute(
        "SELECT as_of, as_of_from, asked FROM imports WHERE no = ?", (live.number,)
    ).fetchone()
    if work.wanted.encoding not in ("", json.loads(said).get("encoding", "")):
        return False
    redated = work.dated.source == "given" and [work.dated.instant, "given"] != dated
    if live.state == "sealed":  # a newer program does not read it again
        return live.mapping == work.wanted.mapping and not redated
    same = live.version == work.wanted.version and live.mapping == work.wanted.mapping
    return same and not redated and not _shop_came(work, live.number)


def _shop_came(work: Work, number: int) -> bool:
    """Whether a row waits because of its shop, which has come since: reading the file again takes it."""
    waiting = work.db.execute(
        "SELECT params FROM quarantine WHERE import_no = ? AND code = 'unknown-shop'", (number,)
    ).fetchall()
    if not waiting:
        return False
    known = named_shops(work.db)
    return any(isinstance(known.read(json.loads(params)["value"]), str) for (params,) in waiting)


def _overruled(work: Work, number: int, *, sealed: bool) -> bool:
    """Whether an own sheet was said otherwise by a later one: the same bytes again are then a new statement."""
    if not work.wanted.importer.own:
        return False
    if sealed:  # what it said may be folded, so that nobody knows
        return True
    row = work.db.execute(
        "SELECT 1 FROM claims c JOIN imports i ON i.no = c.import_no WHERE c.import_no = ? AND EXISTS ("
        "SELECT 1 FROM claims d JOIN imports j ON j.no = d.import_no WHERE d.tab = c.tab AND d.shop = c.shop"
        " AND d.key = c.key AND d.hash != c.hash AND (j.as_of, j.taken_in, j.no) > (i.as_of, i.taken_in, i.no))"
        " LIMIT 1",
        (number,),
    ).fetchone()
    return row is not None


def _next_number(work: Work) -> int:
    row = work.db.execute("SELECT coalesce(max(number), 0) + 1 FROM journal").fetchone()
    return int(row[0])


def _as_before(work: Work, number: int) -> None:
    """An import that comes back keeps its instant and the time it was first taken in."""
    row = work.db.execute("SELECT as_of, as_of_from, taken_in FROM imports WHERE no = ?", (number,)).fetchone()
    work.taken_in = row[2]
    if row[1] in ("taken", "given") and not work.wanted.exported:
        work.dated = AsOf(row[0], days.day_of(row[0], work.shop.zone), row[1])


def _write_import(work: Work, replaced: int | None) -> None:
    """Writes the import's row; `replaced` is the import whose place it takes, which an undo brings back."""
    wanted = work.wanted
    asked: dict[str, Any] = {n: getattr(wanted, n) for n in ("shop", "exported", "file_name", "sheet", "encoding")}
    if replaced is None:
        row = work.db.execute("SELECT asked FROM imports WHERE no = ?", (work.number,)).fetchone()
        replaced = json.loads(row[0]).get("replaced") if row else None
    if replaced is not None:
        asked["replaced"] = replaced
    if wanted.undated:
        asked["undated"] = True
    if work.shop.no and work.shop.currency is None:
        asked[UNTOLD] = True
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
