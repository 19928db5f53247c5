"""A row of the worklist is put off until a day, or dismissed, and comes back when asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main


@pytest.fixture
def row(example: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The address of the first row of the example shop's worklist that is not a sum of rows."""
    return next(address for address in today(capsys) if not address.endswith("/all"))


def today(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert main(["today", "--json", *words]) == 0
    return [f"{row['desk']}/{row['question']}/{row['key']}" for row in printed(capsys)["rows"]]


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_put_off_for_a_week_and_shown_again(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = today(capsys)
    assert main(["snooze", row, "--why", "on its way"]) == 0
    assert "2026-11-22" in capsys.readouterr().err  # a week after the as-of day, 2026-11-15
    assert row not in today(capsys)
    assert main(["snooze", "--json"]) == 0
    assert printed(capsys)["rows"] == [{"address": row, "state": "snoozed", "until": "2026-11-22", "why": "on its way"}]
    assert main(["snooze", row, "--back"]) == 0
    capsys.readouterr()
    assert today(capsys) == before
    assert main(["snooze", row, "--back"]) == 2, "nothing to take back"


def test_a_dismissed_row_stays_away_through_undo_and_redo(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dismiss", row]) == 0
    assert main(["undo"]) == main(["redo"]) == 0
    capsys.readouterr()
    assert row not in today(capsys)


def test_a_snooze_ends_on_its_day(row: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snooze", row, "--until", "2026-11-16"]) == 0
    capsys.readouterr()
    assert row not in today(capsys)
    assert row in today(capsys, "--as-of", "2026-11-16")


@pytest.mark.parametrize(
    "words",
    [
        ["inventory/reorder"], ["inventory/reorder/sku:NONE"], ["inventory/nothing/sku:A"], ["nowhere/x/y"],
        ["ROW", "--until", "2026-11-15"], ["ROW", "--until", "soon"], ["ROW", "--back", "--why", "x"],
    ],
)  # fmt: skip
def test_faults(row: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["snooze", *(row if word == "ROW" else word for word in words)]) == 2
    assert main(["--lang", "zh", "dismiss", *(row if word == "ROW" else word for word in words)]) == 2
    capsys.readouterr()
    assert row in today(capsys)
