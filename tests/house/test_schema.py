"""The store's schema: golden, the same for readers and writers, in layers; the SQL of questions stays portable."""

from __future__ import annotations

import ast
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

import merchant_cli.desks
from merchant_cli.store import open as store
from merchant_cli.store import views
from merchant_cli.store.facts import TABLES
from tests.house.golden import SCHEMA, made, parts

DESKS = Path(merchant_cli.desks.__file__).parent
VIEWS = sorted(views.FOLDER.glob("*.sql"))
# What other databases do not have, or have with another meaning.
NOT_PORTABLE = re.compile(r"\browid\b|\bstrftime\b|\bdate\s*\(|\bjulianday\b|\bjson\w*\s*\(|\bglob\b", re.IGNORECASE)

# Questions read documented views; the machinery beside the desks' folders also what people decided and imported.
OTHERS, DECIDED = {"calendar"}, {"shops", "settings", "decisions", "proposals", "imports"}


def empty() -> sqlite3.Connection:
    return store.read(Path("no such folder") / "merchant.db")


def test_schema_is_golden() -> None:
    assert made() == SCHEMA.read_text(encoding="utf-8"), "make golden, then read the diff"


def test_a_store_that_does_not_exist_reads_like_a_new_one(tmp_path: Path) -> None:
    with store.write(tmp_path / "merchant.db", "test") as new, closing(empty()) as none:
        assert parts(none) == parts(new)


@pytest.mark.parametrize("name", TABLES)
def test_fact_table_is_as_declared(name: str) -> None:
    with closing(empty()) as db:
        sql = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (TABLES[name].sql_name,)).fetchone()[0]
    assert sql.split() == TABLES[name].create().split()


def test_every_fact_table_is_declared() -> None:
    with closing(empty()) as db:
        names = {name for kind, name, _ in parts(db) if kind == "table" and name.startswith("fact_")}
    assert names == {table.sql_name for table in TABLES.values()}


def read_by(sql: str) -> set[str]:
    """The tables and views that a SELECT reads; its own WITH names are left out."""
    tree = sqlglot.parse_one(sql, read="sqlite")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return {table.name for table in tree.find_all(exp.Table)} - own


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_view_reads_lower_layers_only(path: Path) -> None:
    layer = {p.stem.partition("_")[2]: p.stem.partition("_")[0] for p in VIEWS}
    mine = path.stem.partition("_")[0]
    names = read_by(views.select(path))
    assert names
    assert not [name for name in names if name in layer and layer[name] >= mine]


def test_views_are_few() -> None:
    assert len(VIEWS) <= 31, "a fact that one desk needs stands in that desk"


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_view_says_what_it_is_and_has_plain_names(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert not NOT_PORTABLE.search(text)
    with closing(empty()) as db:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({path.stem.partition('_')[2]})")]
    assert all(re.fullmatch("[a-z][a-z_]*", column) for column in columns), columns


def texts() -> dict[str, str]:
    """Every SELECT that stands in a desk, by file and line; what is filled in later stands as a parameter."""
    found = {}
    for path in sorted(DESKS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = _text(node).strip()
            if re.match(r"(SELECT|WITH)\s", text):
                found[f"{path.relative_to(DESKS)}:{getattr(node, 'lineno', 0)}"] = text
    return found


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or ":filled" for part in node.values)
    return ""


@pytest.mark.parametrize("where", texts())
def test_sql_of_a_question(where: str) -> None:
    sql = texts()[where]
    assert not NOT_PORTABLE.search(sql)
    if _whole(sql):
        assert sqlglot.transpile(sql, read="sqlite", write="duckdb")
        assert read_by(sql) <= set(views.texts()) | OTHERS | (DECIDED if "/" not in where else set())


def _whole(sql: str) -> bool:
    """Whether the text is a statement by itself: a piece that ends in AND or WHERE … is joined with another."""
    return not re.search(r"(AND|WHERE|,|\()\s*$", sql)


def test_there_are_questions_to_look_at() -> None:
    assert len(texts()) > 5
