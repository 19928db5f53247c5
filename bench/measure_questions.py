"""What questions cost on a big store, in scans.

A scan is `select sum(sold_minor) from order_lines`, through the view, on the same store and warm. A question is
measured as it is asked (an answer that takes long is kept, see merchant_cli/desks/kept.py) and worked out anew.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from data import Shop
from figures import Figure
from running import clean_env, merchant_import

from merchant_cli.desks import find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Question
from merchant_cli.desks.today import worklist
from merchant_cli.store import open as store

ROUNDS = 5
SCAN, BARE, TODAY = "scan", "bare", "today"
ANEW = ", worked out"
SCAN_SQL = "SELECT sum(sold_minor) FROM order_lines"

Job = Callable[[], object]


def measure_questions(shop: Shop, folder: Path, rounds: int) -> list[Figure]:
    """Every question of every desk on a store with all files of the shop, second run and later."""
    merchant_import(shop.files, folder)
    path, bare = Path(clean_env(folder)["MERCHANT_STORE"]), folder / "bare.db"
    make_bare(path, bare)
    cold = cold_today(path)
    with closing(read_only(path)) as plain, closing(read_only(bare)) as table, closing(store.read(path)) as db:
        jobs: dict[str, Job] = {
            SCAN: lambda: plain.execute(SCAN_SQL).fetchone(),
            BARE: lambda: table.execute("SELECT sum(sold) FROM bare").fetchone(),
            **questions(db),
            **{f"{address}{ANEW}": job for address, job in worked_out(db).items()},
            TODAY: lambda: ask_today(db),
        }
        times, faults = interleaved(jobs, max(ROUNDS, rounds) if rounds > 1 else 1)
    return _figures(times, faults, cold, shop.lines)


def read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def make_bare(path: Path, bare: Path) -> None:
    """A table of two columns with as many rows as there are order lines."""
    with closing(read_only(path)) as source, closing(sqlite3.connect(bare)) as db:
        db.execute("CREATE TABLE bare (line INTEGER, sold INTEGER) STRICT")
        rows = source.execute("SELECT sold_minor FROM order_lines")
        db.executemany("INSERT INTO bare VALUES (?, ?)", ((n, sold) for n, (sold,) in enumerate(rows, 1)))
        db.commit()


def cold_today(path: Path) -> float:
    """Seconds of the first worklist of a new connection to a file that the system no longer holds in memory."""
    find.questions()
    os.sync()
    if hasattr(os, "posix_fadvise"):
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    started = perf_counter()
    with closing(store.read(path)) as db:
        ask_today(db)
    return perf_counter() - started


def ask_today(db: sqlite3.Connection) -> int:
    return exhausted(worklist(db, scopes.make(db)).rows)


def questions(db: sqlite3.Connection) -> dict[str, Job]:
    """Every question by its address, asked with the merchant's defaults."""

    def job(address: str) -> Job:
        return lambda: exhausted(find.ask(address, db, scopes.make(db)).rows)

    return {address: job(address) for address in find.questions()}


def worked_out(db: sqlite3.Connection) -> dict[str, Job]:
    """The same without what is kept."""

    def job(question: Question) -> Job:
        return lambda: exhausted(question.ask(db, scopes.make(db), **options.merchants(question, db)).rows)

    return {address: job(question) for address, question in find.questions().items()}


def exhausted(rows: Iterable[object]) -> int:
    return sum(1 for _ in rows)


def interleaved(jobs: dict[str, Job], rounds: int) -> tuple[dict[str, list[float]], dict[str, str]]:
    """Seconds of each job, one run a round, after a first round that is not counted; and what failed, with why."""
    times: dict[str, list[float]] = {name: [] for name in jobs}
    faults: dict[str, str] = {}
    for number in range(rounds + 1):
        for name, job in jobs.items():
            if name in faults:
                continue
            started = perf_counter()
            try:
                job()
            except Exception as error:  # a question that fails is a line of the table
                faults[name] = f"failed: {type(error).__name__}: {error}"
                times[name].clear()
                continue
            if number:
                times[name].append(perf_counter() - started)
    return times, faults


def _figures(times: dict[str, list[float]], faults: dict[str, str], cold: float, lines: int) -> list[Figure]:
    scan, bare = times.pop(SCAN), times.pop(BARE)
    found = [
        Figure("scan ÷ the same sum over a bare table", "×", scan, bare, bar=3),
        Figure(f"scan of {lines:,} lines", "ms", [s * 1000 for s in scan]),
        Figure("today, warm", "scans", times.pop(TODAY), scan, bar=10, note=faults.get(TODAY, "")),
        Figure("today, cold", "scans", [cold], scan),
    ]
    for address, seconds in times.items():
        name = "merchant " + address.replace("/", " ")
        bar = 40 if address.endswith(ANEW) else 4
        found.append(Figure(name, "scans", seconds, scan, bar=bar, note=faults.get(address, "")))
    return found
