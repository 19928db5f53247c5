"""Writes action files, each with its diff beside it, and keeps that they were sent."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from exporters import xlsx
from exporters.place import replacing
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.send import cells as of_cells
from merchant_cli.send import headers, templates
from merchant_cli.send.actions import FIELDS, TITLES
from merchant_cli.send.files import Load, Plan, job
from merchant_cli.store import proposals as kept

P = Phrase

DIFF = (
    Column("number", P("Proposal", "建议"), "id"),
    Column("action", P("Action", "操作"), "id", words=TITLES),
    Column("subject", P("Subject", "对象"), "text"),
    Column("place", P("Listing", "商品"), "id"),
    Column("field", P("Field", "字段"), "id", words=FIELDS),
    Column("old", P("Now", "现在"), "text"),
    Column("new", P("Will be", "改为"), "text"),
)


@dataclass(frozen=True)
class Sent:
    """One file that was written, and the diff beside it."""

    path: Path
    diff: Path
    sha256: str
    load: Load


def send(
    db: sqlite3.Connection, store: Path, plan: Plan, scope: Scope, lang: str, where: Callable[[str], Path]
) -> list[Sent]:
    """Writes the files of a plan and marks what they carry as sent, in the transaction of `db`; after a fault no file
    stays behind and nothing counts as sent. `where` gives the path for a file's name. Raises Problem output-refused.
    """
    done: list[Sent] = []
    written: list[Path] = []
    try:
        for load in plan.loads:
            number = 1 + (db.execute("SELECT max(send) FROM sends").fetchone()[0] or 0)
            last = headers.last_export(db, store, load.shop, load.exporter.exported or load.exporter.importer)
            body = load.exporter.bytes_of(job(load, last, scope, lang, number))
            path = where(file_name(load, number))
            diff = path.with_name(f"{path.stem}-diff.xlsx")
            written += [path, diff]
            _write(path, body)
            _write(diff, _diff(load, scope, lang))
            sha256 = hashlib.sha256(body).hexdigest()
            known_as = templates.imported_as(path, load.exporter) or sha256
            kept.add_send(db, path.name, known_as, load.exporter.id, load.shop)
            _mark(db, load, scope, number)
            done.append(Sent(path, diff, sha256, load))
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return done


def _mark(db: sqlite3.Connection, load: Load, scope: Scope, number: int) -> None:
    """What the file carries is sent; a proposal is, once all its cells are."""
    now = int(time.time())
    for one, cell in load.carries:
        if cell is not None:
            kept.change_cell(db, one, cell, send=number)
    for one in load.proposals:
        if all(cell.send is not None for cell in one.cells):
            kept.change(db, one, state=kept.SENT, sent_at=now, sent_on=scope.as_of)


def _write(path: Path, body: bytes) -> None:
    replacing(path, lambda out: out.write(body))


def file_name(load: Load, number: int) -> str:
    """`shopify-main-price-3.csv`: nothing of a shop's or supplier's name can lead out of the folder. It names no day:
    a preview would take that for the day of an export."""
    shop = load.shop if load.exporter.platform in load.shop else f"{load.exporter.platform}-{load.shop}"
    slug = re.sub(r"[^\w]+", "-", shop, flags=re.UNICODE).strip("-_")[:60] or load.exporter.platform
    return f"{slug}-{load.exporter.name}-{number}{load.exporter.suffix}"


def changes(load: Load, scope: Scope) -> Answer:
    """What a file changes, value by value."""
    rows: list[tuple[object, ...]] = []
    for one, cell in load.carries:
        if cell is not None:
            place = f"{cell.shop} {cell.listing_id} {cell.variant_id}".strip()
            said = place, cell.field, of_cells.shown(cell, cell.old), of_cells.shown(cell, cell.new)
        else:
            quantity = one.params.get("quantity")
            said = load.shop, "", "", "" if quantity is None else f"{quantity:,}"
        rows.append((one.number, one.action, one.subject, *said))
    return Answer(DIFF, rows, ("number",), scope.as_of, (), scope.currency)


def _diff(load: Load, scope: Scope, lang: str) -> bytes:
    out = BytesIO()
    xlsx.write(changes(load, scope), out, lang, load.exporter.title.show(lang))
    return out.getvalue()


def into_folder(folder: Path) -> Callable[[str], Path]:
    """Files go into a folder, which is made; no other file is overwritten. Raises output-refused."""

    def place(name: str) -> Path:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem("output-refused", path=folder, detail=error.strerror or str(error)) from None
        stem, _, suffix = name.rpartition(".")
        names = (name, *(f"{stem}-{n}.{suffix}" for n in range(2, 1000)))
        return next(folder / one for one in names if not (folder / one).exists())

    return place
