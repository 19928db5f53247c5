"""A connection that answers in DuckDB, over Parquet files of the store's views, what is asked in the store's SQL."""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import sqlglot

from merchant_cli.store import views

NULL = "\x00"
TABLES = ("shops", "sku_map", "settings", "calendar", "imports")  # what questions may read beside the views


class Rows:
    """What sqlite3's cursor gives, of what DuckDB found."""

    def __init__(self, rows: list[tuple[Any, ...]]) -> None:
        self.rows = iter(rows)

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return self.rows

    def fetchone(self) -> tuple[Any, ...] | None:
        return next(self.rows, None)

    def fetchall(self) -> list[tuple[Any, ...]]:
        return list(self.rows)


class Duck:
    """Takes `execute(sql, params)` as sqlite3's connection does."""

    total_changes = 0

    def __init__(self, store: sqlite3.Connection, folder: Path) -> None:
        self.db = duckdb.connect()
        for name in (*TABLES, *views.texts()):
            self._export(store, name, folder / f"{name}.parquet")

    def execute(self, sql: str, params: Any = ()) -> Rows:
        if sql.lstrip().startswith("PRAGMA"):
            return Rows([(0, "main", "")])
        named = {name: params[name] for name in re.findall(r":(\w+)", sql)} if isinstance(params, dict) else None
        found = self.db.cursor().execute(_duckdb(sql), named if named is not None else list(params)).fetchall()
        return Rows([tuple(int(x) if isinstance(x, bool) else x for x in row) for row in found])

    def _export(self, store: sqlite3.Connection, name: str, path: Path) -> None:
        """One view as Parquet, through CSV; a column's type is that of its values."""
        cursor = store.execute(f"SELECT * FROM {name}")
        columns = [column[0] for column in cursor.description]
        rows = cursor.fetchall()
        with path.with_suffix(".csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([NULL if x is None else x for x in row] for row in rows)
        types = {column: _type(row[i] for row in rows) for i, column in enumerate(columns)}
        source = f"read_csv('{path.with_suffix('.csv')}', header=false, columns={types}, nullstr='{NULL}')"
        if not rows:
            source = "(SELECT " + ", ".join(f'NULL::{kind} AS "{c}"' for c, kind in types.items()) + " WHERE false)"
        self.db.execute(f"COPY (SELECT * FROM {source}) TO '{path}' (FORMAT parquet)")
        self.db.execute(f"CREATE VIEW {name} AS SELECT * FROM '{path}'")


def _type(values: Iterator[Any]) -> str:
    kinds = {type(value) for value in values if value is not None}
    return "VARCHAR" if str in kinds else "DOUBLE" if float in kinds else "BIGINT"


@cache
def _duckdb(sql: str) -> str:
    (found,) = sqlglot.transpile(sql, read="sqlite", write="duckdb")
    return found
