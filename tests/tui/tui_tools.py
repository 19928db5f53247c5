"""What the tests of the screens share: running the app headless, waiting for its clerks, reading what it shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from rich.cells import cell_len

from tui.app import MerchantApp
from tui.screens.base import Page

Use = Callable[[MerchantApp, Any], Awaitable[None]]


def run(store: Path, use: Use, *, lang: str = "en", size: tuple[int, int] = (80, 24), **options: Any) -> None:
    """Runs the app headless and has `use(app, pilot)` done once its first screen has settled."""

    async def go() -> None:
        app = MerchantApp(store, lang, **options)
        async with app.run_test(size=size, notifications=True) as pilot:
            await settled(app, pilot)
            await use(app, pilot)

    asyncio.run(go())


async def settled(app: MerchantApp, pilot: Any) -> None:
    """Waits until no clerk has anything to do and what they told is on the screen."""
    for _ in range(3000):
        await asyncio.sleep(0.005)
        if _idle(app):
            await pilot.pause()
            if _idle(app):
                return
    raise AssertionError("the screen does not settle")


def _idle(app: MerchantApp) -> bool:
    pages = [screen for screen in app.screen_stack if isinstance(screen, Page)]
    return bool(pages) and all(page.clerk is not None and page.clerk.idle for page in pages)


async def pressed(app: MerchantApp, pilot: Any, *keys: str) -> str:
    """What is on the screen after the keys."""
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)
    return text(app)


def lines(app: MerchantApp) -> list[str]:
    """The screen, line by line."""
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


def text(app: MerchantApp) -> str:
    return "\n".join(lines(app))


def check_fits(app: MerchantApp) -> None:
    """No line is wider or narrower than the screen, nothing on it could steer a terminal, columns do not overflow."""
    for line in lines(app):
        assert cell_len(line) == app.size.width, line
        assert not any(ord(char) < 32 or 127 <= ord(char) < 160 for char in line), repr(line)
        assert not any(char in line for char in "\u202e\u2066\u200b\ufeff"), repr(line)
