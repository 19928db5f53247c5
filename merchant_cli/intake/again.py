"""Takes a whole import back, and brings it back: under its old number, with the shop and importer it had."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from importers import catalogue
from importers.base import Importer
from importers.sheet import Unreadable
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import gate, workbook
from merchant_cli.intake.identify import by_name, first_rows, header_for
from merchant_cli.intake.import_one import import_one, undo_in
from merchant_cli.intake.originals import originals
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, Sheet, as_problem, fitted, mappings_folder, sheet_of
from merchant_cli.intake.work import Tell, Wanted
from merchant_cli.store import open as opening

P = Phrase

UNDONE, BROUGHT_BACK = P("undone", "撤销"), P("brought back", "恢复")
STATES = {
    "applied": P("live", "有效"),
    "void": P("undone", "已撤销"),
    "replaced": P("replaced by a later reading of the same file", "已被同一文件的新导入替换"),
    "sealed": P("sealed", "已封存"),
}


@dataclass(frozen=True)
class Undone:
    """What an undo took back: the import, its file, and how many records went or changed, by table.

    `behind` is the import that it had replaced, if any: live again, unless `problem` says why it could not come back.
    """

    number: int
    name: str
    by_table: dict[str, int]
    behind: int | None = None
    problem: Problem | None = None


@dataclass(frozen=True)
class Kept:
    """An import as the store remembers it."""

    number: int
    sha256: str
    name: str
    importer: str
    mapping: str
    shop: str
    state: str
    file_name: str
    sheet: str
    exported: str | None
    replaced: int | None
    encoding: str = ""
    undated: bool = False


def undo(store: Path, number: int | None = None) -> Undone:
    """Takes import `number` back, else the one taken in last. An import that it replaced comes back, in one act.

    Raises Problem no-such-import, not-undoable, import-sealed, nothing-undoable.
    """
    if not store.exists():
        raise _none(number, UNDONE)
    with closing(opening.read(store)) as db:
        kept = load(db, number or _newest(db, "applied", ("import", "redo"), UNDONE))
        _must_be(kept, ("applied",), UNDONE)
        behind = load(db, kept.replaced) if kept.replaced is not None else None
    if behind is None or behind.state != "replaced":
        return Undone(kept.number, kept.name, _void(store, kept.number))
    try:
        receipt = _read_again(store, behind, takes_back=True)
    except Problem as problem:
        if problem.of_store:
            raise
        return Undone(kept.number, kept.name, _void(store, kept.number, behind.number), behind.number, problem)
    return Undone(kept.number, kept.name, _counted(receipt.gone), behind.number)


def _void(store: Path, number: int, behind: int | None = None) -> dict[str, int]:
    """Takes one import back; `behind`, which it had replaced and which cannot come back by itself, counts as undone."""
    with opening.write(store, "undo") as db:
        kept = load(db, number)
        _must_be(kept, ("applied",), UNDONE)
        gone = undo_in(db, number)
        db.execute("UPDATE imports SET state = 'void' WHERE no = ? AND state = 'replaced'", (behind,))
        db.execute(
            "INSERT INTO journal (at, act, number, detail) VALUES (?, 'undo', ?, ?)",
            (int(time.time()), number, kept.importer),
        )
    return _counted(gone)


def _counted(gone: Mapping[str, int]) -> dict[str, int]:
    return {tab: n for tab, n in sorted(gone.items()) if n}


def redo(store: Path, number: int | None = None, tell: Tell | None = None) -> Receipt:
    """Brings import `number` back, else the one undone last, by reading its kept original again.

    Another reading of the same bytes that is live is replaced. Raises Problem no-such-import, not-undoable,
    import-sealed, nothing-undoable, original-missing, and what reading finds.
    """
    if not store.exists():
        raise _none(number, BROUGHT_BACK)
    with closing(opening.read(store)) as db:
        kept = load(db, number or _newest(db, "void", ("undo",), BROUGHT_BACK))
    _must_be(kept, ("void", "replaced"), BROUGHT_BACK)
    return _read_again(store, kept, tell)


def _read_again(store: Path, kept: Kept, tell: Tell | None = None, *, takes_back: bool = False) -> Receipt:
    """Takes the original of an earlier import in under its old number. Raises Problem."""
    opened = gate.Opened()
    try:
        receipt = import_one(store, wanted_again(store, kept, opened, takes_back=takes_back), tell)
    finally:
        opened.close()
    if receipt.problem is not None:
        raise receipt.problem
    return receipt


def wanted_again(store: Path, kept: Kept, opened: gate.Opened, *, takes_back: bool = False) -> Wanted:
    """The original of an earlier import, to be read as it was then, under its old number. Raises Problem."""
    sheet = original(store, kept, opened)
    importer = importer_of(store, kept)
    line, header = header_for(importer, sheet.rows, Place(kept.name, kept.sheet))
    shop = "" if importer.own and not kept.shop else kept.shop
    asked = Asked(shop=shop, exported=kept.exported, encoding=kept.encoding)
    found = fitted(sheet, importer, kept.mapping, line, header, asked, kept.number, takes_back)
    return replace(found, undated=kept.undated)


def _none(number: int | None, verb: Phrase) -> Problem:
    return Problem("nothing-undoable", verb=verb) if number is None else Problem("no-such-import", number=number)


def _newest(db: sqlite3.Connection, state: str, acts: tuple[str, ...], verb: Phrase) -> int:
    """The import in that state to which one of the acts happened last."""
    marks = ", ".join("?" * len(acts))
    row = db.execute(
        f"SELECT j.number FROM journal j JOIN imports i ON i.no = j.number WHERE i.state = ? AND j.act IN ({marks})"
        " ORDER BY j.entry DESC LIMIT 1",
        (state, *acts),
    ).fetchone()
    if row is None:
        raise Problem("nothing-undoable", verb=verb)
    return int(row[0])


def load(db: sqlite3.Connection, number: int) -> Kept:
    """What is kept of import `number`. Raises Problem no-such-import."""
    row = db.execute(
        "SELECT i.sha256, i.name, i.importer, coalesce(i.mapping, ''), coalesce(s.shop, ''), i.state, i.asked"
        " FROM imports i LEFT JOIN shops s ON s.no = i.shop WHERE i.no = ?",
        (number,),
    ).fetchone()
    if row is None:
        raise Problem("no-such-import", number=number)
    sha256, name, importer, mapping, shop, state, said = row
    asked = json.loads(said)
    return Kept(
        number, sha256, name, importer, mapping, shop, state,
        asked.get("file_name", name), asked.get("sheet", ""), asked.get("exported"), asked.get("replaced"),
        asked.get("encoding", ""), "undated" in asked,
    )  # fmt: skip


def _must_be(kept: Kept, states: tuple[str, ...], verb: Phrase) -> None:
    if kept.state == "sealed":
        raise Problem("import-sealed", number=kept.number)
    if kept.state not in states:
        said = STATES.get(kept.state, kept.state)
        raise Problem("not-undoable", number=kept.number, verb=verb, state=said)


def original(store: Path, kept: Kept, opened: gate.Opened) -> Sheet:
    """The kept original of an import as a sheet under its old name. Raises Problem original-missing."""
    folder = originals(store)
    path = next((p for p in (folder / kept.sha256, folder / f"{kept.sha256}.gz") if p.exists()), None)
    missing = Problem("original-missing", number=kept.number, name=kept.name)
    if path is None:
        raise missing
    opened.encoding, opened.trust = kept.encoding, True  # it was let in before
    for source in gate.found([str(path)], opened):
        if isinstance(source, tuple):
            raise source[1]
        source.name, source.file_name = kept.name, kept.file_name
        try:
            if source.form is not None and source.sha256 == kept.sha256:
                return Sheet(source, kept.name, "", first_rows(source.path, source.form), kept.sha256)
            for head in workbook.heads(source) if source.form is None else ():
                if head.sha256 == kept.sha256:
                    return sheet_of(source, kept.name, head)
        except Unreadable as fault:
            raise as_problem(fault, kept.name) from None
    raise missing


def importer_of(store: Path, kept: Kept) -> Importer:
    """The importer that took an import in; the merchant's own mapping as it was then."""
    if kept.mapping:
        from importers.mapping import from_toml

        return from_toml(kept.mapping, name=kept.importer.partition(" ")[2])
    return by_name(kept.importer, catalogue.entries(mappings_folder(store))).load()
