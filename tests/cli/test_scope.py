"""--shop --since --until --as-of: what every question and list takes, and what it means there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.desks.base import Scope

ASK = ("trial", "low-stock")
LISTS = (
    ("questions",), ("importers",), ("imports",), ("quarantine",), ("where",), ("config",), ("rates",), ("trial",),
    ("today",),
)  # fmt: skip
EVERY = ("--shop", "taobao/main", "--since", "2026-11-01", "--until", "2026-11-14", "--as-of", "2026-11-14")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.fixture
def dated(shops: Path) -> Path:
    """Two imports of two shops, taken in and dated on different days, each with a row in quarantine."""
    with closing(sqlite3.connect(shops)) as db:
        for number, taken_in, as_of in ((1, "2026-11-12 20:00", "2026-11-12 10:00"), (2, "2026-11-15", "2026-11-14")):
            db.execute("UPDATE imports SET taken_in = ?, as_of = ? WHERE no = ?", (at(taken_in), at(as_of), number))
            row = (number, 3, "", "bad-money", "Total", '{"value": "x"}', "[]")
            db.execute("INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?, NULL)", row)
        db.commit()
    return shops


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_every_list_takes_what_every_question_takes(
    run: Callable, desk: Path, shops: Path, words: tuple[str, ...]
) -> None:
    for more in (("--json",), ("--csv",), ("--limit", "1"), ("--all",), ("-o", str(shops.with_name("out.md")))):
        ran = run(*words, *EVERY, *more)
        assert ran.code == 0, ran
    assert run(*words, "--limit", "1", "--json").json["count"] <= 1


@pytest.mark.parametrize("words", [*LISTS, ASK, ("explain", *ASK, "--row", "sku:0")], ids=" ".join)
@pytest.mark.parametrize(
    ("span", "said"),
    [
        (("--since", "2026-11-02", "--until", "2026-11-01"), "--since lies after --until"),
        (("--since", "2026-11-02", "--as-of", "2026-11-01"), "--since lies after --as-of"),
        (("--since", ""), "--since takes a day"),
        (("--until", "14.11.2026"), "--until takes a day"),
    ],
)
def test_an_empty_or_reversed_range_is_refused(
    run: Callable, desk: Path, shops: Path, words: tuple[str, ...], span: tuple[str, ...], said: str
) -> None:
    ran = run(*words, *span)
    assert ran.code == 2 and ran.err.startswith("error [bad-usage]: ") and said in ran.err
    assert run(*words, *span, "--lang", "zh").err.startswith("错误 [bad-usage]：")


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ((), [2, 1]),
        (("--shop", "taobao/main"), [2]),
        (("--shop", "taobao/main", "--shop", "shopify/abroad"), [2, 1]),
        (("--since", "2026-11-13"), [2, 1]),  # 20:00 UTC on the 12th is the 13th in the shop's zone
        (("--until", "2026-11-13"), [1]),
        (("--since", "2026-11-14", "--until", "2026-11-15"), [2]),
        (("--as-of", "2026-11-13"), [1]),
        (("--as-of", "2026-11-14"), [2, 1]),
    ],
)
def test_imports_and_their_rows_in_quarantine(
    run: Callable, dated: Path, asked: tuple[str, ...], numbers: list[int]
) -> None:
    for words in ("imports", "quarantine"):
        assert [row["import"] for row in run(words, *asked, "--json").json["rows"]] == numbers
    assert run("imports", "--shop", "jd/x").code == run("quarantine", "--shop", "jd/x").code == 2


def test_rates_by_their_first_day(run: Callable, shops: Path) -> None:
    for day in ("2026-10-01", "2026-11-01"):
        assert run("rates", "set", "USD", "CNY", "7.1", "--from", day).code == 0

    def asked(*words: str) -> list[str]:
        return [row["from_day"] for row in run("rates", *words, "--json").json["rows"]]

    assert asked("--since", "2026-10-02") == asked("--until", "2026-11-01", "--since", "2026-11-01") == ["2026-11-01"]
    assert asked("--until", "2026-10-31") == asked("--as-of", "2026-10-31") == ["2026-10-01"]


def test_a_list_says_what_changes_nothing_there(run: Callable, desk: Path) -> None:
    ran = run("questions", "--shop", "taobao/main", "--as-of", "2026-11-14")
    assert ran.code == 0 and ran.err == "--shop, --as-of: no effect in this list.\n"
    assert run("config", "--until", "2026-11-14", "--lang", "zh").err == "--until：对这个列表不起作用。\n"
    assert run("where", "--since", "2026-11-14", "--quiet").err == run("where").err == ""


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ((), "2026-10-18 to 2026-11-14"),
        (("--window-days", "7"), "2026-11-08 to 2026-11-14"),
        (("--since", "2026-11-01"), "2026-11-01 to 2026-11-14"),
        (("--until", "2026-11-05", "--window-days", "2"), "2026-11-04 to 2026-11-05"),
        (("--since", "2026-11-03", "--until", "2026-11-05"), "2026-11-03 to 2026-11-05"),
        (("--since", "2026-11-03", "--until", "2026-12-31"), "2026-11-03 to 2026-11-14"),
        (("--as-of", "2026-11-10", "--window-days", "1"), "2026-11-10 to 2026-11-10"),
        (("--since", "2026-12-01"), "none"),
    ],
)
def test_a_question_gets_the_days_asked_about(
    run: Callable, desk: Path, shops: Path, asked: tuple[str, ...], days: str
) -> None:
    notes = run(*ASK, *asked, "--json").json["notes"]
    assert notes[0] == f"days {days}"
    assert any("The data end on 2026-11-14" in note for note in notes) == (days == "none")


def test_a_window_that_ends_before_the_as_of_day() -> None:
    def window(length: int, **asked: Any) -> tuple[str, str] | None:
        return Scope("2026-11-14", **asked).window(length, "2026-11-13")

    assert window(2) == ("2026-11-12", "2026-11-13")
    assert window(2, until="2026-11-14") == ("2026-11-12", "2026-11-13")
    assert window(2, since="2026-11-14") is None and Scope().window(2) is None


def test_a_shop_named_twice_is_asked_once(run: Callable, desk: Path, shops: Path) -> None:
    words = ("--shop", "taobao/main", "--shop", "taobao/main")
    assert run(*ASK, *words, "--json").json["shops"] == ["taobao/main"]
