"""The rows of a big view, page by page from the store. Used by clerks only.

The first rows come straight by key. Then the keys of all rows in the wanted order are written into a temporary table,
whose rowid is the position; any page is a join of 200 keys. No list of all rows is held in memory.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.basics.safe_text import contacts_masked
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer
from merchant_cli.store import views
from tui.browsed import VIEWS, WRITTEN_BY_BUYERS
from tui.rows import Order, Part, shown

FIRST_STEP = Note("no-rows", Phrase(
    "Nothing here yet. Import an export first: `merchant import FILE`",
    "这里还没有内容。请先导入文件：`merchant import 文件`"))  # fmt: skip
_SELECT = re.compile(r"^SELECT\b", re.MULTILINE)


class ViewRows:
    """The rows of the view `name`; keyed by the number of the shop and the key within it."""

    def __init__(self, db: sqlite3.Connection, name: str) -> None:
        self.name, self.view = name, VIEWS[name]
        columns = self.view.columns
        scope = scopes.make(db)
        empty = db.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() is None
        notes = [FIRST_STEP] if empty else []
        self.answer = Answer(columns, [], ("shop", *self.view.key), scope.as_of, scope.shops, None, notes)
        self._keys = ("at_shop", *self.view.key)
        self._columns = ", ".join(f"v.{column.name}" for column in columns)
        self._order = Order()
        self._counted = False

    def arrange(self, db: sqlite3.Connection, order: Order, lang: str, count: int) -> Part:
        self._order, self._counted = order, False
        self._lay(db)
        sql = f"SELECT {self._keyed('v')}, {self._columns} FROM {self._seen} v{self._wanted()} LIMIT :count"
        rows = db.execute(sql, {**self._words(), "count": count}).fetchall()
        if len(rows) < count:
            self.whole(db)
        return Part(len(rows) if self._counted else None, 0, [self._shown(row, lang) for row in rows])

    def whole(self, db: sqlite3.Connection) -> int:
        if not self._counted:
            self._lay(db)
            db.execute("DROP TABLE IF EXISTS temp.wanted")
            keys = ", ".join(self._keys)
            db.execute(f"CREATE TEMP TABLE wanted ({keys})")
            db.execute(f"INSERT INTO temp.wanted SELECT {keys} FROM {self._seen} v{self._wanted()}", self._words())
            self._counted = True
        return int(db.execute("SELECT coalesce(max(rowid), 0) FROM temp.wanted").fetchone()[0])

    def part(self, db: sqlite3.Connection, first: int, count: int, lang: str) -> Part:
        total = self.whole(db)
        return Part(total, first, [self._shown(row, lang) for row in self._at(db, first, count)])

    def _at(self, db: sqlite3.Connection, first: int, count: int) -> list[tuple[Any, ...]]:
        same = " AND ".join(f"v.{key} = w.{key}" for key in self._keys)
        sql = f"""SELECT {self._keyed("w")}, {self._columns} FROM temp.wanted w CROSS JOIN {self._seen} v ON {same}
WHERE w.rowid > :first AND w.rowid <= :last ORDER BY w.rowid"""
        return db.execute(sql, {"first": first, "last": first + count}).fetchall()

    def position(self, db: sqlite3.Connection, key: str) -> int | None:
        if not self._counted:
            return None
        parts = key.split("\x1f")
        same = " AND ".join(f"{name} = ?" for name in self._keys)
        row = db.execute(f"SELECT rowid - 1 FROM temp.wanted WHERE {same}", (int(parts[0]), *parts[1:])).fetchone()
        return None if row is None else int(row[0])

    def raw(self, db: sqlite3.Connection, position: int) -> tuple[Any, ...] | None:
        self.whole(db)
        rows = self._at(db, position, 1)
        return self._row(rows[0]) if rows else None

    def seen(self, db: sqlite3.Connection, most: int) -> list[tuple[Any, ...]]:
        self.whole(db)
        return [self._row(row) for row in self._at(db, 0, most)]

    # --- SQL ---

    @property
    def _seen(self) -> str:
        return f"seen_{self.name}"

    def _lay(self, db: sqlite3.Connection) -> None:
        """The documented view with the number of the shop in front, by which its table is keyed; in this connection."""
        there = db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = ?", (self._seen,)).fetchone()
        if there is None:
            head = f"SELECT {self.view.alias}.shop AS at_shop,"
            text = _SELECT.sub(head, views.texts()[self.name].partition(" AS\n")[2], count=1)
            db.execute(f"CREATE TEMP VIEW {self._seen} AS\n{text}")

    def _keyed(self, alias: str) -> str:
        return ", ".join(f"{alias}.{key}" for key in self._keys)

    def _wanted(self) -> str:
        """The WHERE and ORDER BY of the order."""
        texts = [c.name for c in self.view.columns if c.kind in ("id", "sku", "text", "day")]
        words = range(len(self._order.words.split()))
        found = " AND ".join("(" + " OR ".join(f"v.{c} LIKE :w{n} ESCAPE '\\'" for c in texts) + ")" for n in words)
        where = f" WHERE {found}" if found else ""
        by = ""
        if self._order.by is not None:
            way = " DESC" if self._order.down else ""
            by = f"v.{self._order.by} IS NULL, v.{self._order.by}{way}, "
        return f"{where} ORDER BY {by}{self._keyed('v')}"

    def _words(self) -> dict[str, str]:
        return {f"w{n}": f"%{_literal(word)}%" for n, word in enumerate(self._order.words.split())}

    # --- rows ---

    def _row(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """The columns of a row behind its key; what buyers wrote without their contacts."""
        cells = row[len(self._keys) :]
        if self.name != "reviews":
            return cells
        return tuple(
            contacts_masked(value) if column.name in WRITTEN_BY_BUYERS and value else value
            for column, value in zip(self.view.columns, cells, strict=True)
        )

    def _shown(self, row: tuple[Any, ...], lang: str) -> Any:
        key = "\x1f".join(str(part) for part in row[: len(self._keys)])
        return shown(self.answer, key, self._row(row), lang)


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
