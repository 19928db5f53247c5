"""`merchant set` checks a value against the declared option before it keeps it; `config` shows where it comes from."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from merchant_cli.desks import find, options


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
        ("trial.low_stock.window_days", "3650", "3650"),
        ("trial.low_stock.lag_days", "0", "0"),
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
        ("trial.low_stock.least", "-1", "It takes a whole number from 0 to 1,000,000,000."),
        ("trial.low_stock.window_days", "0", "It takes a whole number from 1 to 3,650."),
        ("trial.low_stock.factor", "3.5", "It takes a number from 0.5 to 3."),
        ("inventory.reorder.cover_days", "-5", "It takes a whole number from 1 to 3,650."),
        ("currency", "yuan", "three letters"),
    ],
)
def test_bad_values_are_refused(run: Callable, desk: Path, shops: Path, name: str, value: str, said: str) -> None:
    ran = run("set", name, "--", value)
    assert ran.code == 2 and ran.err.startswith("error [bad-setting]: ") and said in ran.err
    assert kept(shops) == {}
    assert run("--lang", "zh", "set", name, "--", value).err.startswith("错误 [bad-setting]：")


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


def test_what_was_kept_before_it_had_limits_is_left_out(run: Callable, desk: Path, shops: Path) -> None:
    with closing(sqlite3.connect(shops)) as db:
        db.execute("INSERT INTO settings VALUES ('trial.low_stock.least', '-5')")
        db.commit()
    assert run("trial", "low-stock", "--json").json["rows"][0]["why"] == "5 cups left"


def test_every_option_says_what_it_takes_and_its_default_fits(run: Callable, desk: Path) -> None:
    for question in find.questions().values():
        for own in options.of(question).values():
            assert own.default is None or own.fits(own.default), f"{question.address} {own.name}"
    takes = {row["name"]: row["takes"] for row in run("config", "--json").json["rows"]}
    assert takes["trial.low_stock.window_days"] == "a whole number from 1 to 3,650"
    assert takes["trial.low_stock.loud"] == "yes or no"


def test_the_base_currency_can_be_set(run: Callable, desk: Path, shops: Path) -> None:
    run("set", "currency", "USD")
    assert run("trial", "low-stock", "--json").json["currency"] == "USD"
