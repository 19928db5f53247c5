"""How soon the screens show something, how a table of a million rows scrolls, and what memory that takes.

The first screen is measured through a pseudo-terminal, against the smallest Textual app; the rest inside one headless
run of the app in a process of its own, which this file is when it is run by itself.
"""

import asyncio
import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

from data import Shop
from figures import Figure
from running import MERCHANT, clean_env, merchant_import, run

ROUNDS = 9
PATIENCE = 60  # seconds
BARE = """
from textual.app import App
from textual.widgets import Static


class Bare(App):
    def compose(self):
        yield Static("hello there")


Bare().run()
"""
UPWARDS = ("up", "pageup", "home")
SCAN_SQL = "SELECT sum(sold_minor) FROM order_lines"


def measure_tui(shop: Shop, small: Shop, folder: Path, rounds: int) -> list[Figure]:
    """On a store with all files of the shop whose slow answers are worked out, and one with those of a small shop."""
    for name, of in (("big", shop), ("small", small)):
        merchant_import(of.files, folder / name)
        run((*MERCHANT, "settle", "--ahead"), folder / name)
    figures = _first_screen(folder, max(ROUNDS, rounds) if rounds > 1 else 1)
    stores = [str(folder / name / "merchant.db") for name in ("big", "small")]
    ran = run((sys.executable, str(Path(__file__)), *stores), folder / "big", watch=True)
    found: dict[str, Any] = json.loads(ran.out)
    scan, lines = found["scan"], f"{shop.lines:,} lines"
    return [
        *figures,
        *(Figure(f"tui {name}, first rows", "scans", times, scan, 3) for name, times in found["desks"].items()),
        Figure(f"tui table of {lines} ÷ of {small.lines:,}, first rows", "×", found["big"], found["small"], 2),
        Figure("tui table, first rows", "ms", [s * 1000 for s in found["big"]]),
        Figure("tui table, all rows reachable", "scans", found["counted"], scan),
        Figure("tui key while scrolling, 95th percentile", "ms", [found["p95"] * 1000], bar=100),
        Figure("tui memory", "MB", [ran.megabytes], bar=200),
    ]


def _first_screen(folder: Path, rounds: int) -> list[Figure]:
    """From the start of the process to the first rows of the worklist on the terminal, a first round not counted."""
    (folder / "bare_app.py").write_text(BARE, encoding="utf-8")
    bare: list[float] = []
    ours: dict[str, list[float]] = {"big": [], "small": []}
    for number in range(rounds + 1):
        found = painted((sys.executable, str(folder / "bare_app.py")), b"hello there", folder / "small")
        for name, times in ours.items():
            seconds = painted((*MERCHANT, "tui"), b"| as of ", folder / name)
            times += [seconds] if number else []
        bare += [found] if number else []
    return [
        Figure(f"merchant tui, first screen, {name} shop ÷ bare Textual app", "×", times, bare, 2.5)
        for name, times in ours.items()
    ] + [Figure("bare Textual app", "ms", [s * 1000 for s in bare])]


def painted(words: tuple[str, ...], marker: bytes, folder: Path) -> float:
    """Seconds until the program has written `marker` to its terminal of 80x24. Raises TimeoutError."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    env = clean_env(folder) | {"TERM": "xterm-256color"}
    seen, started = b"", perf_counter()
    with subprocess.Popen(words, cwd=folder, env=env, stdin=slave, stdout=slave, stderr=slave) as process:
        os.close(slave)
        try:
            while marker not in seen:
                if not select.select([master], [], [], PATIENCE)[0]:
                    raise TimeoutError(f"{words[-1]} painted nothing")
                seen += os.read(master, 1 << 16)
            return perf_counter() - started
        finally:
            process.kill()
            os.close(master)


# --- the headless run ---


async def _headless(big: Path, small: Path) -> dict[str, Any]:
    from tui.app import MerchantApp

    found: dict[str, Any] = {"scan": _scans(big), "small": [], "big": [], "desks": {}, "counted": []}
    for name, store in (("small", small), ("big", big)):
        app = MerchantApp(store)
        async with app.run_test(size=(120, 40)):
            await _until(lambda app=app: app.screen.rows is not None and app.screen.clerk.idle)
            for _ in range(5):
                found[name].append(await _opened(app, "browse", view="order_lines"))
                started = perf_counter()
                await _until(lambda app=app: app.screen.counted)
                found["counted"] += [perf_counter() - started] if name == "big" else []
                app.pop_screen()
            if name == "big":
                await _desks(app, found["desks"])
                found["p95"] = await _scrolled(app)
    return found


def _scans(store: Path) -> list[float]:
    from merchant_cli.store import open as opening

    times = []
    with closing(opening.read(store)) as db:
        for _ in range(6):
            started = perf_counter()
            db.execute(SCAN_SQL).fetchone()
            times.append(perf_counter() - started)
    return times[1:]


async def _until(done: Callable[[], bool]) -> None:
    started = perf_counter()
    while not done():
        await asyncio.sleep(0.0005)
        if perf_counter() - started > PATIENCE:
            raise TimeoutError("nothing came")


async def _painted(app: Any) -> None:
    """Waits until the screen has been drawn."""
    drawn = asyncio.Event()
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()


async def _opened(app: Any, place: str, **params: Any) -> float:
    """Seconds from opening a place to its first rows (or the word that there are none) on the screen."""
    started = perf_counter()
    app.open(place, **params)
    await _until(lambda: place == app.screen.PLACE and app.screen.is_mounted and app.screen.rows is not None)
    await _painted(app)
    return perf_counter() - started


async def _desks(app: Any, found: dict[str, list[float]]) -> None:
    """Every question twice, as the merchant would come back to it; by desk."""
    from merchant_cli.desks import find

    for address in find.questions():
        for again in range(2):
            seconds = await _opened(app, "answer", address=address)
            app.pop_screen()
            if again:
                found.setdefault(address.partition("/")[0], []).append(seconds)


async def _scrolled(app: Any) -> float:
    """The 95th percentile of how long a key waits while the table of all lines is scrolled."""
    await _opened(app, "browse", view="order_lines")
    await _until(lambda: app.screen.counted)
    grid, times = app.screen.grid, []
    for key in ["down"] * 100 + ["pagedown"] * 100 + ["end", "pageup", "home", "pagedown"] * 10 + ["up"] * 20:
        before, started = grid.cursor, perf_counter()
        if before == (0 if key in UPWARDS else grid.total - 1):
            continue  # a small table: there is nowhere to go
        app.simulate_key(key)
        await _until(lambda before=before: grid.cursor != before)
        await _painted(app)
        times.append(perf_counter() - started)
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_headless(Path(sys.argv[1]), Path(sys.argv[2])))))
