"""What is wrong is a sentence on the screen: a damaged or newer store, a question that fails, keys that do not do."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.desks import find
from tests.tui.tui_tools import check_fits, pressed, run, settled, text
from tui.app import MerchantApp


def test_a_damaged_store(store: Path) -> None:
    store.write_bytes(b"no database at all" * 1000)

    async def use(app: MerchantApp, pilot: Any) -> None:
        assert ("damaged" in text(app) and "Take a copy" in text(app)) or "merchant.db" in "".join(text(app).split())
        check_fits(app)

    run(store, use)


def test_a_newer_store_in_chinese(example: Path) -> None:
    db = sqlite3.connect(example)
    db.execute("PRAGMA user_version = 99")
    db.close()

    async def use(app: MerchantApp, pilot: Any) -> None:
        assert "99" in text(app) and "error" not in text(app)
        check_fits(app)

    run(example, use, lang="zh")


def test_a_question_that_fails_says_so_without_data(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError("13800138000")

    async def use(app: MerchantApp, pilot: Any) -> None:
        monkeypatch.setattr(find, "answer", fails)
        app.open("answer", address="inventory/reorder")
        await settled(app, pilot)
        assert "ValueError" in text(app) and "13800138000" not in text(app)
        assert "Today" in await pressed(app, pilot, "escape")

    run(example, use, size=(120, 40))


def own_keys(store: Path, body: str) -> None:
    folder = store.with_name("rules")
    folder.mkdir(exist_ok=True)
    (folder / "keys.toml").write_text(body, encoding="utf-8")


def test_own_keys_hold(example: Path) -> None:
    own_keys(example, '[today]\nsnooze = "z"\n[table]\nexport = ["f5"]\n')

    async def use(app: MerchantApp, pilot: Any) -> None:
        grid: Any = app.screen.query_one("Grid")
        total = grid.total
        assert "z put off" in text(app)
        await pressed(app, pilot, "s")
        assert grid.total == total
        await pressed(app, pilot, "z")
        assert grid.total == total - 1
        assert "Write what is seen" in await pressed(app, pilot, "f5")

    run(example, use)


@pytest.mark.parametrize(("body", "said"), [
    ("[today]\nsnooze = 7\n", "today.snooze"),
    ('[today]\nfly = "z"\n', "no such action"),
    ('[today]\nsnooze = "x"\n', "already does something else"),
    ('[today]\nsnooze = "[/] bad"\n', "[/] bad"),
    ("not toml", "keys.toml"),
])  # fmt: skip
def test_a_wrong_key_is_said_and_left_aside(body: str, said: str, example: Path) -> None:
    own_keys(example, body)

    async def use(app: MerchantApp, pilot: Any) -> None:
        assert said in " ".join(text(app).split())
        grid: Any = app.screen.query_one("Grid")
        total = grid.total
        await pressed(app, pilot, "s")
        assert grid.total == total - 1

    run(example, use, size=(120, 40))


def test_themes_and_language_from_the_palette(example: Path) -> None:
    async def use(app: MerchantApp, pilot: Any) -> None:
        await pressed(app, pilot, "ctrl+p", *"contrast", "enter")
        assert app.theme == "contrast"
        await pressed(app, pilot, "ctrl+p", *"chinese", "enter")
        assert "今日待办" in text(app)
        assert "经营概况" in await pressed(app, pilot, "ctrl+p", *"vitals", "enter")

    run(example, use)
