"""Every screen opens in both languages and two sizes: with the example shop, without any data, and with a shop whose
every text is hostile. Nothing overflows, nothing steers the terminal, no sentence is in the other language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.desks import find
from tests.house.test_language import PHRASES
from tests.tui.tui_tools import check_fits, pressed, run, settled, text
from tui.app import MerchantApp
from tui.browsed import VIEWS
from tui.places import PLACES, exists

SIZES = [(80, 24), (120, 40)]
# Sentences of the screens that have words, not only a name or a sign, and nothing filled in.
SENTENCES = [
    (en, zh) for where, (en, zh) in PHRASES.items()
    if where.startswith("tui/") and en != zh and "{" not in en and "\n" not in en and len(en) > 9
]  # fmt: skip


def places() -> list[tuple[str, dict[str, Any]]]:
    """Every place with the parameters that it needs: every question, every view."""
    found: list[tuple[str, dict[str, Any]]] = [
        (name, {}) for name, place in PLACES.items() if place.listed and exists(name)
    ]
    found += [("answer", {"address": address}) for address in find.questions()]
    return found + [("browse", {"view": name}) for name in VIEWS]


def check(app: MerchantApp, where: str) -> None:
    check_fits(app)
    shown = re.sub(r"\s+", " ", text(app))
    wrong = [pair for pair in SENTENCES if pair[0 if app.shell.lang == "zh" else 1] in shown]
    wrong = [(en, zh) for en, zh in wrong if (zh if app.shell.lang == "zh" else en) not in shown]
    assert not wrong, (where, wrong, shown)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("shop", ["example", "store", "hostile"])
def test_every_screen_opens(shop: str, lang: str, size: tuple[int, int], request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(shop)

    async def use(app: MerchantApp, pilot: Any) -> None:
        check(app, "today")
        for name, params in places():
            app.open(name, **params)
            await settled(app, pilot)
            check(app, f"{name} {params}")
            while len(app.screen_stack) > 2:
                app.pop_screen()
        for keys in (
            ["enter"],
            ["space"],
            ["n"],
            ["question_mark"],
            ["ctrl+p"],
            ["d", "a"],
            ["v", "f"],
            ["v", "ctrl+e"],
        ):
            await pressed(app, pilot, *keys)
            check(app, f"keys {keys}")
            while len(app.screen_stack) > 2:
                app.pop_screen()
            await settled(app, pilot)

    run(path, use, lang=lang, size=size)


def test_a_row_of_every_alert_is_explained(example: Path) -> None:
    """Enter on the first row of each question shows what is behind it, or says that nothing is."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        for address in find.questions():
            app.open("answer", address=address)
            await settled(app, pilot)
            await pressed(app, pilot, "enter")
            check(app, f"explain {address}")
            app.open("today")
            await settled(app, pilot)

    run(example, use, size=(120, 40))


def test_essential_columns_stand_at_80(example: Path) -> None:
    """Of the worklist: what to do, about what, the money and the day are whole at 80x24, in both languages."""

    async def use(app: MerchantApp, pilot: Any) -> None:
        for heads in (("To do", "Subject", "At stake", "Due", "2,960.70", "2026-11-15"),
                      ("事项", "对象", "金额", "截止日", "2,960.70", "2026-11-15")):  # fmt: skip
            shown = text(app)
            assert [head for head in heads if head not in shown] == []
            await pressed(app, pilot, "ctrl+l")

    run(example, use)
