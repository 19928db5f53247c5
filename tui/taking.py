"""What the take-in screen has its clerk do: look into files without writing, take them in, take them back."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.message import Message

from merchant_cli.basics.problems import Problem
from merchant_cli.intake import again, settle
from merchant_cli.intake.again import Undone
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.send import verify
from merchant_cli.store.proposals import Proposal
from tui.clerk import Job, Screenlike
from tui.given import Given, below, paths_of
from tui.shell import Shell

DOING = "merchant tui"
EARLIER = (
    "SELECT s.shop FROM imports i JOIN shops s ON s.no = i.shop WHERE i.sha256 = ? AND i.shop > 0 ORDER BY i.no DESC"
)
EVERY = 0.1  # seconds between words about progress


class Stopped(BaseException):
    """Nobody wants this preview any more: its transaction rolls back. (No Exception: an import would make a receipt of
    it.)"""


@dataclass(eq=False)
class Run:
    """One look into files, or their taking in. `text` as typed; `real` see given.paths_of; `shops` of single files, by
    the names of their receipts. `stop` ends a look."""

    text: str
    real: Mapping[str, str]
    shops: Mapping[str, str]
    dry: bool
    stop: threading.Event = field(default_factory=threading.Event)


class Step(Message):
    """How far a run is: a receipt, or a file with its rows so far and the seconds."""

    def __init__(self, run: Run, receipt: Receipt | None, file: str = "", rows: int = 0, seconds: float = 0.0) -> None:
        super().__init__()
        self.run, self.receipt, self.file, self.rows, self.seconds = run, receipt, file, rows, seconds


@dataclass
class Result:
    """What a run found. `fault` is one of the store, which ended it. `first`: the store was empty before.
    `earlier`: of refused files the shop for which the same bytes were taken in before."""

    run: Run
    given: Given = field(default_factory=Given)
    receipts: list[Receipt] = field(default_factory=list)
    outcomes: list[Proposal] = field(default_factory=list)
    fault: Problem | None = None
    first: bool = False
    earlier: dict[str, str] = field(default_factory=dict)


@dataclass
class Back:
    """What was taken back, in order, and what stopped it."""

    undone: list[Undone] = field(default_factory=list)
    outcomes: list[Proposal] = field(default_factory=list)
    fault: Problem | None = None


def running(shell: Shell, screen: Screenlike, run: Run) -> Job:
    """Looks into the files, or takes them in, and tells the screen of every step."""

    def job(db: sqlite3.Connection) -> Result:
        result = Result(run, below(paths_of(run.text, run.real)))
        if run.stop.is_set() or not result.given.files:
            return result
        if shell.read_only:
            raise Problem("read-only")
        result.first = db.execute("SELECT 1 FROM imports LIMIT 1").fetchone() is None
        try:
            _go_through(shell, screen, result)
        except Stopped:
            return result
        for receipt in result.receipts:
            if receipt.problem is not None and (row := db.execute(EARLIER, (receipt.sha256,)).fetchone()):
                result.earlier[receipt.path] = row[0]
        if not run.dry:
            _afterwards(shell, result)
        return result

    return job


def _go_through(shell: Shell, screen: Screenlike, result: Result) -> None:
    run, told = result.run, 0.0

    def tell(file: str, rows: int, seconds: float) -> None:
        nonlocal told
        if run.dry and run.stop.is_set():
            raise Stopped
        if time.monotonic() - told > EVERY:
            told = time.monotonic()
            screen.post_message(Step(run, None, file, rows, seconds))

    asked = Asked(dry_run=run.dry, shops=run.shops)
    for receipt in take_in(shell.store, list(result.given.files), asked, tell):
        if receipt.problem is not None and receipt.problem.of_store:
            result.fault = receipt.problem
            return
        result.receipts.append(receipt)
        screen.post_message(Step(run, receipt))
        if run.dry and run.stop.is_set():
            raise Stopped


def _afterwards(shell: Shell, result: Result) -> None:
    """Proposals that were sent are looked at, and answers worked out ahead; a fault here undoes no import."""
    if any(receipt.state == "applied" for receipt in result.receipts):
        try:
            result.outcomes = verify.after_change(shell.store, DOING)
        except Problem as problem:
            result.fault = problem
        settle.start(shell.store)


def undoing(shell: Shell, numbers: Sequence[int]) -> Job:
    """Takes imports back, the newest first."""

    def job(db: sqlite3.Connection) -> Back:
        if shell.read_only:
            raise Problem("read-only")
        back = Back()
        try:
            for number in sorted(numbers, reverse=True):
                back.undone.append(again.undo(shell.store, number))
            back.outcomes = verify.after_change(shell.store, DOING)
        except Problem as problem:
            back.fault = problem
        return back

    return job
