"""What is done with a table: filter, sort, columns, full cell, copy, file, other language, another process writing."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from tests.tui.tui_tools import pressed, run, settled, text
from tui.app import MerchantApp

REORDER = {"address": "inventory/reorder"}


def subjects(app: MerchantApp) -> list[str]:
    """The first shown cell of every row of the table."""
    grid: Any = app.screen.query_one("Grid")
    rows = [grid.row(i) for i in range(grid.total)]
    return [row.cells[grid.showing[0]] for row in rows]


def test_the_answer_is_that_of_the_command_line(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inventory", "reorder", "--json"]) == 0
    said = [row["subject"] for row in json.loads(capsys.readouterr().out)["rows"]]

    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", **REORDER)
        await settled(app, pilot)
        assert subjects(app) == said

    run(example, use)


def test_filter_as_you_type_and_back(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        before = subjects(app)
        await pressed(app, pilot, "slash", *"unpaid")
        await pilot.pause(0.3)
        await settled(app, pilot)
        found = subjects(app)
        assert found and set(found) == {"Unpaid"} and len(found) < len(before)
        assert "with “unpaid”" in text(app)
        await pressed(app, pilot, "enter", "escape")
        await pilot.pause(0.3)
        await settled(app, pilot)
        assert subjects(app) == before

    run(example, use, size=(120, 40))


def test_sort_up_down_and_as_it_came(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", **REORDER)
        await settled(app, pilot)
        grid: Any = app.screen.query_one("Grid")
        came = subjects(app)
        names = [head.name for head in grid.heads]
        while names[grid.current_column] != "at_stake":
            await pressed(app, pilot, "l")
        await pressed(app, pilot, "r")
        at = grid.current_column
        rising = [float(grid.row(i).cells[at].replace(",", "")) for i in range(grid.total)]
        assert rising == sorted(rising) and "rising" in text(app)
        await pressed(app, pilot, "r")
        assert [float(grid.row(i).cells[at].replace(",", "")) for i in range(grid.total)] == rising[::-1]
        await pressed(app, pilot, "r")
        assert subjects(app) == came

    run(example, use, size=(120, 40))


def test_columns_are_chosen_and_written_as_seen(example: Path, tmp_path: Path) -> None:
    """The second column (why) is switched off; the file holds what is left, in order, all rows, money exact."""
    target = tmp_path / "out.csv"

    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", **REORDER)
        await settled(app, pilot)
        await pressed(app, pilot, "a", "down", "space", "enter")
        assert "Why" not in text(app)
        await pressed(app, pilot, "ctrl+e")
        field: Any = app.screen.query_one("Input")
        field.value = str(target)
        assert "6 rows written" in await pressed(app, pilot, "enter")

    run(example, use, size=(200, 40))
    rows = list(csv.reader(target.read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0][:2] == ["subject", "at_stake"] and "why" not in rows[0]
    assert len(rows) == 7 and rows[1][1] == "2470.36"


def test_a_file_is_not_written_where_it_cannot_be(example: Path, tmp_path: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await pressed(app, pilot, "ctrl+e")
        field: Any = app.screen.query_one("Input")
        field.value = str(tmp_path / "no" / "out.csv")
        assert "Its folder does not exist." in await pressed(app, pilot, "enter")

    run(example, use)


def test_copies(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", **REORDER)
        await settled(app, pilot)
        await pressed(app, pilot, "l", "l", "c")
        assert app.clipboard == "2470.36"
        await pressed(app, pilot, "y")
        assert app.clipboard.split("\t")[2] == "2470.36"
        await pressed(app, pilot, "Y")
        assert app.clipboard == "merchant inventory reorder"

    run(example, use)


def test_options_are_asked_and_stand_in_the_command(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inventory", "reorder", "--cover-days", "90", "--shop", "taobao/main", "--json"]) == 0
    said = [row["subject"] for row in json.loads(capsys.readouterr().out)["rows"]]

    async def use(app: MerchantApp, pilot: Any) -> None:
        app.open("answer", **REORDER)
        await settled(app, pilot)
        await pressed(app, pilot, "f")
        app.screen.query_one("#field-shops", expect_type=None).value = "taobao/no"  # type: ignore[attr-defined]
        assert "no such shop" in await pressed(app, pilot, "enter")
        app.screen.query_one("#field-shops", expect_type=None).value = "taobao/main"  # type: ignore[attr-defined]
        app.screen.query_one("#field-own-cover_days", expect_type=None).value = "90"  # type: ignore[attr-defined]
        await pressed(app, pilot, "enter")
        assert subjects(app) == said
        await pressed(app, pilot, "Y")
        assert app.clipboard == "merchant inventory reorder --shop taobao/main --cover-days 90"

    run(example, use, size=(120, 50))


def test_the_mouse_does_what_the_keys_do(example: Path) -> None:
    """A click on a row moves the cursor, a second one opens it; one on a title sorts, one on a key presses it."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        grid: Any = app.screen.query_one("Grid")
        await pilot.click(grid, offset=(30, 4))
        assert grid.cursor == 3
        await pilot.click(grid, offset=(45, 0))
        await settled(app, pilot)
        assert grid.sorted_by == ("at_stake", False)
        await pilot.click("Foot", offset=(2, 0))
        await settled(app, pilot)
        assert "What is behind it" in text(app)

    run(example, use)


def test_the_whole_cell_is_shown(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        shown = await pressed(app, pilot, *["l"] * 4, "space")
        assert "1 shop offers 12, 9 are free to sell: 3 too many." in shown

    run(example, use)


def test_explain_adds_up_and_names_the_lines(example: Path) -> None:
    """Oversold: 12 offered, 9 free, 3 too many (the terms); a listing and a count behind it, with file and line."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        shown = await pressed(app, pilot, "enter")
        assert "= Too many" in shown and "stock counts" in shown and "2,960.70 CNY" in shown
        await pressed(app, pilot, "Y")
        assert app.clipboard == "merchant explain inventory oversold --row sku:CJ-1010-BK"
        assert "Oversold" in await pressed(app, pilot, "o")

    run(example, use, size=(120, 40))


def test_another_language_keeps_the_place(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await pressed(app, pilot, "o")
        await pressed(app, pilot, "escape", "down", "down", "down", "l")
        grid: Any = app.screen.query_one("Grid")
        key = grid.current.key
        shown = await pressed(app, pilot, "ctrl+l")
        assert "今日待办" in shown and (grid.cursor, grid.column, grid.current.key) == (3, 1, key)
        assert "Today" in await pressed(app, pilot, "ctrl+l")

    run(example, use)


def test_put_off_and_undone(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        before = subjects(app)
        grid: Any = app.screen.query_one("Grid")
        await pressed(app, pilot, "down", "down")
        first, next_one = grid.current.key, grid.row(3).key
        await pressed(app, pilot, "s")
        assert grid.total == len(before) - 1 and (grid.cursor, grid.current.key) == (2, next_one) and next_one != first
        assert main(["snooze", "--json"]) == 0
        await pressed(app, pilot, "u")
        assert subjects(app) == before

    run(example, use)


def test_read_only_decides_nothing(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        before = subjects(app)
        assert "--read-only" in await pressed(app, pilot, "x")
        assert subjects(app) == before

    run(example, use, read_only=True, size=(120, 40))


def test_what_another_process_writes_is_seen(example: Path) -> None:
    """The cursor stays on its row, though the row above it is dismissed by another process."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        await pressed(app, pilot, "down", "down")
        grid: Any = app.screen.query_one("Grid")
        key, total = grid.current.key, grid.total
        words = [sys.executable, "-m", "merchant_cli.app", "dismiss", grid.row(0).key]
        subprocess.run(words, check=True, env=os.environ, capture_output=True)
        for _ in range(60):
            await pilot.pause(0.1)
            await settled(app, pilot)
            if grid.total == total - 1:
                break
        assert (grid.total, grid.cursor, grid.current.key) == (total - 1, 1, key)

    run(example, use)


def test_an_empty_store_says_the_first_step_and_fills_when_something_is_taken_in(store: Path) -> None:
    shop = Path(__file__).parents[2] / "examples" / "shop"

    async def use(app: MerchantApp, pilot: Any) -> None:
        assert "Nothing has been taken in yet" in text(app) and not store.exists()
        words = [sys.executable, "-m", "merchant_cli.app", "import", str(shop), "--quiet"]
        subprocess.run(words, check=True, env=os.environ, capture_output=True)
        grid: Any = app.screen.query_one("Grid")
        for _ in range(60):
            await pilot.pause(0.1)
            await settled(app, pilot)
            if grid.total:
                break
        assert grid.total > 10 and "all shops" in text(app)

    run(store, use)
