"""Named checks of a store: whether its tables, sums, hashes and provenance are what they must be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from merchant_cli.basics.phrases import Phrase
from merchant_cli.store import claims, views
from merchant_cli.store.facts import ORDER_LINES, REFUNDS, TABLES, Table
from merchant_cli.store.row_hash import added, row_hash

P = Phrase

LIVE = "SELECT no FROM imports WHERE state IN ('applied', 'sealed')"
SOUND, OLD, DAMAGED = "ok", "old", "damaged"


@dataclass(frozen=True)
class Check:
    """One check and what it found: `state` is ok, old (mended at the next writing) or damaged."""

    name: str
    about: Phrase
    state: str = SOUND
    detail: str = ""


Run = Callable[[sqlite3.Connection], Iterator[str]]  # yields what is wrong, nothing if all is well


def checks(db: sqlite3.Connection, *, full: bool) -> Iterator[Check]:
    """Runs the quick checks, and those that read every row if `full`."""
    for name, (about, run) in (QUICK | FULL if full else QUICK).items():
        faults = []
        for fault in run(db):
            faults.append(fault)
            if len(faults) == 5:
                break
        state = SOUND if not faults else OLD if name == "views" else DAMAGED
        yield Check(name, about, state, "; ".join(faults))


def tables(db: sqlite3.Connection) -> Iterator[str]:
    """Tables and indexes that differ from those of a new store."""
    wanted = sqlite3.connect(":memory:")
    for step in sorted(Path(__file__).parent.glob("m*.sql")):
        wanted.executescript(step.read_text(encoding="utf-8"))
    ours, theirs = _schema(wanted), _schema(db)
    wanted.close()
    for name in sorted(ours.keys() - theirs.keys()):
        yield f"{name} is missing"
    for name in sorted(ours.keys() & theirs.keys()):
        if ours[name] != theirs[name]:
            yield f"{name} differs"


def _schema(db: sqlite3.Connection) -> dict[str, str]:
    rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'index') AND sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows if not name.startswith(("sqlite_", "_sqlite"))}


def current_views(db: sqlite3.Connection) -> Iterator[str]:
    if not views.current(db):
        yield "they are of another version"


def sums(db: sqlite3.Connection) -> Iterator[str]:
    """Sums of row hashes that differ from those kept beside the rows."""
    kept = dict(db.execute("SELECT tab, sum FROM digests").fetchall())
    for table in TABLES.values():
        low, high = db.execute(
            f"SELECT coalesce(sum(row_hash & 0xffffffff), 0), coalesce(sum(row_hash >> 32), 0) FROM {table.sql_name}"
        ).fetchone()
        if added(0, [low + (high << 32)]) != kept.get(table.name, 0):
            yield table.name


def integrity(db: sqlite3.Connection) -> Iterator[str]:
    for (said,) in db.execute("PRAGMA integrity_check(5)"):
        if said != "ok":
            yield said


def foreign_keys(db: sqlite3.Connection) -> Iterator[str]:
    for row in db.execute("PRAGMA foreign_key_check"):
        yield f"{row[0]} → {row[2]}"


def hashes(db: sqlite3.Connection) -> Iterator[str]:
    """Rows whose values do not give the row hash that stands beside them."""
    names = dict(db.execute("SELECT no, shop FROM shops").fetchall()) | {0: ""}
    for table in TABLES.values():
        for row in db.execute(f"SELECT row_hash, shop, {', '.join(table.business)} FROM {table.sql_name}"):
            if row[1] not in names or row_hash(names[row[1]], row[2:]) != row[0]:
                yield f"{table.name} {' '.join(map(str, row[2 : 2 + len(table.key)])).strip()}"


def provenance(db: sqlite3.Connection) -> Iterator[str]:
    """Rows that come from no live import, and claims of such."""
    for table in TABLES.values():
        for (number,) in db.execute(f"SELECT DISTINCT import_no FROM {table.sql_name} WHERE import_no NOT IN ({LIVE})"):
            yield f"{table.name}: import {number}"
    for (number,) in db.execute(f"SELECT DISTINCT import_no FROM claims WHERE import_no NOT IN ({LIVE})"):
        yield f"claims: import {number}"


def claims_of(db: sqlite3.Connection) -> Iterator[str]:
    """Contested records with fewer than two claims or without contents, and claims on nothing."""
    for table in TABLES.values():
        if table not in (ORDER_LINES, REFUNDS):
            yield from _claims_of(db, table)


def _claims_of(db: sqlite3.Connection, table: Table) -> Iterator[str]:
    key = " || x'1f' || ".join(f"f.{c}" for c in table.key)
    for (found,) in db.execute(
        f"SELECT {key} FROM {table.sql_name} f WHERE f.contested = 1 AND (SELECT count(*) FROM claims c"
        f" JOIN bodies b ON b.hash = c.hash WHERE c.tab = ? AND c.shop = f.shop AND c.key = {key}) < 2",
        (table.name,),
    ):
        yield f"{table.name} {str(found).replace(claims.SEP, ' ')}"
    for (found,) in db.execute(
        f"SELECT c.key FROM claims c WHERE c.tab = ? AND (c.shop, c.key) NOT IN"
        f" (SELECT f.shop, CAST({key} AS TEXT) FROM {table.sql_name} f)",
        (table.name,),
    ):
        yield f"{table.name} {found.replace(claims.SEP, ' ')}"


QUICK: dict[str, tuple[Phrase, Run]] = {
    "tables": (P("tables and indexes are complete", "表和索引完整"), tables),
    "views": (P("views are those of this program", "视图与程序一致"), current_views),
    "sums": (P("sums of the row hashes are those kept", "校验和一致"), sums),
}
FULL: dict[str, tuple[Phrase, Run]] = {
    "integrity": (P("the file is sound", "文件结构完好"), integrity),
    "foreign-keys": (P("no reference points nowhere", "没有失效的引用"), foreign_keys),
    "hashes": (P("every row gives its hash", "每一行与其校验值一致"), hashes),
    "provenance": (P("every row comes from a live import", "每一行都来自有效的导入"), provenance),
    "claims": (P("contested records have their claims", "多来源的记录来源齐全"), claims_of),
}
