"""Inserts finished rows, leaving out the columns that an import never fills: binding NULLs cost a third of the time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from merchant_cli.store.facts import Table

Row = tuple[Any, ...]
_NOTHING = {None}


class Inserter:
    """Inserts rows of one import; which columns are filled is found out as the rows come."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.empty: dict[str, list[int]] = {}  # by table, the columns in which nothing has stood yet
        self.statements: dict[str, tuple[Callable[[Row], Row], str]] = {}

    def insert(self, table: Table, rows: Sequence[Row], *, if_absent: bool = False) -> int:
        """Inserts rows of all columns; with `if_absent` rows whose key exists are skipped. Returns how many went in."""
        empty = self.empty.get(table.name)
        if empty is None:
            empty = list(range(len(table.all_columns)))
        left = [i for i in empty if set(map(itemgetter(i), rows)) == _NOTHING]
        if len(left) != len(empty) or table.name not in self.statements:
            self.empty[table.name] = left
            self.statements[table.name] = _statement(table, left)
        pick, sql = self.statements[table.name]
        if if_absent:
            sql += " ON CONFLICT DO NOTHING"
        return self.db.executemany(sql, map(pick, rows)).rowcount


def _statement(table: Table, empty: Sequence[int]) -> tuple[Callable[[Row], Row], str]:
    filled = [i for i in range(len(table.all_columns)) if i not in empty]
    columns = ", ".join(table.all_columns[i] for i in filled)
    marks = ", ".join("?" * len(filled))
    return itemgetter(*filled), f"INSERT INTO {table.sql_name} ({columns}) VALUES ({marks})"
