"""`merchant set` checks a value against the declared option before it keeps it; `config` shows where it comes from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest


def kept(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT name, value FROM settings"))


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("trial.low_stock.least", "45", "45"),
        ("trial.low-stock.least", " 45 ", "45"),
        ("trial.low_stock.factor", "2", "2.0"),
        ("trial.low_stock.loud", "是", "True"),
        ("trial.low_stock.name", "杯子", "杯子"),
        ("currency", "usd", "USD"),
    ],
)
def test_good_values_are_kept(run: Callable, desk: Path, shops: Path, name: str, value: str, stored: str) -> None:
    assert run("set", name, value).code == 0
    assert kept(shops)[name.replace("-", "_")] == stored
    with closing(sqlite3.connect(shops)) as db:
        assert db.execute("SELECT act, detail FROM journal ORDER BY entry DESC").fetchone()[0] == "set"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("trial.low_stock.least", "many", "It takes a whole number"),
        ("trial.low_stock.factor", "nan", "It takes a number"),
        ("trial.low_stock.loud", "perhaps", "It takes yes or no"),
        ("trial.low_stock.leest", "3", "did you mean trial.low_stock.least"),
        ("currency", "yuan", "three letters"),
    ],
)
def test_bad_values_are_refused(run: Callable, desk: Path, shops: Path, name: str, value: str, said: str) -> None:
    ran = run("set", name, value)
    assert ran.code == 2 and ran.err.startswith("error [bad-setting]: ") and said in ran.err
    assert kept(shops) == {}
    assert run("set", name, value, "--lang", "zh").err.startswith("错误 [bad-setting]：")


def test_config_says_where_a_value_comes_from(run: Callable, desk: Path, shops: Path) -> None:
    def row(name: str) -> dict[str, object]:
        return next(row for row in run("config", "--json").json["rows"] if row["name"] == name)

    least = "trial.low_stock.least"
    assert (row(least)["value"], row(least)["origin"]) == ("5", "default")
    run("set", least, "45")
    assert (row(least)["value"], row(least)["default"], row(least)["origin"]) == ("45", "5", "store")
    run("set", least, "--reset")
    assert row(least)["origin"] == "default"
    assert (row("currency")["value"], row("currency")["origin"]) == ("CNY", "shops")


def test_the_base_currency_can_be_set(run: Callable, desk: Path, shops: Path) -> None:
    run("set", "currency", "USD")
    assert run("trial", "low-stock", "--json").json["currency"] == "USD"
