"""`merchant sql` reads documented views and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from merchant_cli.basics.problems import Problem
from merchant_cli.commands import sql
from merchant_cli.store import views
from merchant_cli.store.open import read


@pytest.mark.parametrize("view", [*views.texts(), "calendar"])
def test_every_view_can_be_read(run: Callable, shops: Path, view: str) -> None:
    assert run("sql", f"SELECT count(*) AS n FROM {view}").code == 0
    assert run("sql", f"SELECT * FROM {view} LIMIT 1").code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM settings",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "PRAGMA journal_mode",
        "PRAGMA query_only = 0",
        "ATTACH 'x.db' AS x",
        "VACUUM INTO 'x.db'",
        "BEGIN",
        "SELECT * FROM fact_orders",
        "SELECT (SELECT max(buyer) FROM fact_orders) FROM orders",
        "WITH x AS (SELECT * FROM fact_orders) SELECT * FROM x",
        "WITH orders AS (SELECT * FROM quarantine) SELECT * FROM orders",
        "SELECT count(*) FROM settings",
        "SELECT * FROM settings",
        "SELECT name FROM sqlite_schema",
        "SELECT * FROM pragma_table_info('orders')",
        "SELECT load_extension('x')",
        "SELECT 1; SELECT 2",
        "SELECT no_such_column FROM orders",
        "SELECT zeroblob(2000000000)",
        "",
        " -- nothing",
    ],
)
def test_everything_else_is_refused(run: Callable, shops: Path, statement: str) -> None:
    before = shops.read_bytes()
    ran = run("sql", statement)
    assert ran.code == 2 and ran.err.startswith("error [bad-sql]: "), ran
    assert shops.read_bytes() == before
    assert run("sql", statement, "--lang", "zh").err.startswith("错误 [bad-sql]：")


def test_shape_and_values(run: Callable, shops: Path) -> None:
    body = run("sql", "SELECT shop, 1234 AS net_minor, day, day FROM coverage WHERE kind = 'orders'", "--json").json
    assert body["desk"] is None and body["count"] == 2
    assert body["rows"][0] == {"shop": "shopify/abroad", "net_minor": 1234, "day": "2026-11-12", "day_2": "2026-11-12"}
    assert run("sql", "SELECT 1234 AS net_minor", "--csv").out == "net_minor\n1234\n"


def test_an_empty_store_has_the_views_too(run: Callable) -> None:
    assert run("sql", "SELECT shop FROM orders", "--json").json["rows"] == []


def test_a_query_that_does_not_end_is_stopped(shops: Path) -> None:
    db = read(shops)
    with pytest.raises(Problem) as raised:
        sql.run(db, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", 0.2)
    db.close()
    assert "longer than 0.2 seconds" in raised.value.show("en")["what"]
