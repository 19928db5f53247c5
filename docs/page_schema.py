"""docs/schema.md: the documented views, the tables under them, and the settings."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from markdown import both, code, table

from merchant_cli.desks import find, options
from merchant_cli.store import open as store
from merchant_cli.store import views
from merchant_cli.store.facts import TABLES

HEAD = """# The store

One SQLite file. Questions, `merchant sql` and other programs read the **views**; the tables below them may change with
a release, a view's columns only with a new format (`PRAGMA user_version` is {format}).

* `shop` is `platform/name`. Rows of the merchant himself (costs, suppliers, rates) have none.
* `*_minor` is money in minor units (cents, fen) of the row's `currency`. NULL: the file does not say. 0: zero.
* `*_at` is an instant in seconds UTC, `*_day` the calendar day `YYYY-MM-DD` in the shop's zone.
* `import_no` and `line` say which import and which line of its file a row came from.
"""
CALENDAR = "Every day from 2000 to 2049: `n` counts days, `weekday` is 1 on Monday. A table, to be read like a view."
CALENDAR_COLUMNS = ("day", "n", "weekday", "iso_week", "month")
TABLES_HEAD = """## Tables

`fact_*` tables are fed by imports: the columns that a file states, those derived at the merge, then where the row came
from (`import_no line row_hash contested`). `shop` is the number of `shops.no`, 0 for the merchant himself. The
statements are in `merchant_cli/store/schema.sql`.
"""
SETTINGS_HEAD = """## Settings

Kept in the table `settings`, written by `merchant set NAME VALUE`, listed by `merchant config`.
"""


def page() -> str:
    with closing(store.read(Path(os.devnull) / "none")) as db:
        parts = [HEAD.format(format=store.FORMAT), "## Views\n"]
        for layer, what in (("1", "facts"), ("2", "money, demand and stock")):
            parts.append(f"Layer {layer}, {what}:\n")
            parts += [_view(db, path) for path in sorted(views.FOLDER.glob(f"{layer}_*.sql"))]
        parts.append(f"### calendar\n\n{CALENDAR}\n\n{code(CALENDAR_COLUMNS)}\n")
        parts += [TABLES_HEAD, _facts(), "Beside them:\n", _others(db)]
    return "\n".join([*parts, SETTINGS_HEAD, _settings()])


def _view(db: sqlite3.Connection, path: Path) -> str:
    name = path.stem.partition("_")[2]
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({name})")]
    return f"### {name}\n\n{_comment(path)}\n\n{code(columns)}\n"


def _comment(path: Path) -> str:
    """The sentences at the head of a view's file."""
    said = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("--"):
            break
        said.append(line.removeprefix("--").strip())
    return " ".join(said)


def _facts() -> str:
    rows = [(f"`{t.sql_name}`", code(t.key), code(t.stated), code(t.derived)) for t in TABLES.values()]
    return table(("table", "key, after shop", "stated", "derived"), rows)


def _others(db: sqlite3.Connection) -> str:
    names = db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    rows = []
    for (name,) in names:
        if not name.startswith(("fact_", "sqlite_", "_")):
            columns = db.execute(f"PRAGMA table_info({name})").fetchall()
            key = [c[1] for c in sorted(columns, key=lambda c: c[5]) if c[5]]
            rows.append((f"`{name}`", code(key), code(c[1] for c in columns)))
    return table(("table", "key", "columns"), rows)


def _settings() -> str:
    rows = [("`currency`", "that of the shops", "The base currency of totals · 合计所用的本位币")]
    for name, option in options.settable(find.questions()).items():
        rows.append((f"`{name}`", str(option.default), both(option.help)))
    return table(("name", "default", "meaning"), rows)
