"""`merchant sql "select …"`: one read-only SELECT over the documented views."""

from __future__ import annotations

import re
import sqlite3
import time
from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.asking import Output, damaged, listing, put, reading
from merchant_cli.commands.declare import All, Command, Csv, Json, Limit, argument
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Column
from merchant_cli.store import views

P = Phrase

SECONDS = 60
LONGEST_VALUE = 10_000_000  # bytes of one value: no query may fill the memory with one
OPEN = frozenset({"calendar"})  # the tables that stand beside the views as they are
_WITH_PART = re.compile(r"(\w+)(?:\s*\([^()]*\))?\s+AS\s+(?:NOT\s+)?(?:MATERIALIZED\s+)?\(", re.IGNORECASE)

Select = Annotated[str, argument(P("One SELECT.", "一条查询语句。"), P("SQL", "查询语句"))]


def sql(
    select: Select,
    as_json: Json = False,
    csv: Csv = False,
    output: OutputFile = None,
    limit: Limit = None,
    all_rows: All = False,
) -> None:
    with reading() as db:
        names, rows = run(db, select)
    put(listing(_columns(names, rows), rows), Output(as_json, csv, output, limit, all_rows))


def run(db: sqlite3.Connection, select: str, seconds: float = SECONDS) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of one SELECT on a read-only connection. Raises Problem bad-sql."""
    guard(db)
    ends = time.monotonic() + seconds
    db.set_progress_handler(lambda: time.monotonic() > ends, 100_000)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    try:
        cursor = db.execute(select)
        rows = cursor.fetchall()
    except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
        if isinstance(error, sqlite3.Error) and damaged(error):
            raise
        raise Problem("bad-sql", detail=_detail(error, seconds)) from None
    if cursor.description is None:
        raise Problem("bad-sql", detail=P("there is nothing to run.", "没有可执行的内容。"))
    return _unique([d[0] for d in cursor.description]), rows


def guard(db: sqlite3.Connection) -> None:
    """Lets the connection read the documented views and nothing else: no other table, PRAGMA, ATTACH or write.

    SQLite names the view (or the WITH part) inside which a table is read; where a view's columns are not used it
    names none and reads the empty column, which tells only how many rows there are.
    """
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    texts = "\n".join(views.texts().values())
    beneath = {name for name in tables if re.search(rf"\b{name}\b", texts)}
    insides = views.texts().keys() | set(_WITH_PART.findall(texts))
    documented = OPEN | views.texts().keys()

    def may_read(table: str, column: str | None, inside: str | None) -> bool:
        if table in documented:
            return True
        if table in beneath:
            return inside in insides or not column
        return not column and table not in tables and not table.startswith(("sqlite_", "pragma_"))

    def allow(action: int, first: str | None, second: str | None, _db: str | None, inside: str | None) -> int:
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_FUNCTION and second != "load_extension":
            return sqlite3.SQLITE_OK
        if action == sqlite3.SQLITE_READ and may_read(first or "", second, inside):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    db.set_authorizer(allow)


def _detail(error: Exception, seconds: float) -> Phrase:
    said = str(error)
    if said == "interrupted":
        return P(f"it took longer than {seconds:g} seconds.", f"执行超过 {seconds:g} 秒。")
    if "not authorized" in said or "prohibited" in said:
        return P(f"this is not allowed ({said}).", f"不允许这样做（{said}）。")
    return P(said, said)


def _unique(names: list[str]) -> list[str]:
    """Names that differ, so that no column is lost in JSON: the second `day` becomes `day_2`."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}_{seen[name]}")
    return found


def _columns(names: list[str], rows: list[tuple[Any, ...]]) -> list[Column]:
    kinds = []
    for i in range(len(names)):
        values = [row[i] for row in rows if row[i] is not None]
        kinds.append("count" if values and all(isinstance(v, int | float) for v in values) else "text")
    return [Column(name, P(name, name), kind) for name, kind in zip(names, kinds, strict=True)]


COMMANDS = {"sql": Command(sql, examples=('merchant sql "SELECT shop, day, net_minor FROM daily_money"',))}
