"""The worker behind a screen: one thread with its own read-only connection.

A screen asks under a name; what it asks later under the same name replaces what it asked before, whose result is
dropped and whose SQL is interrupted. Results come back as messages, so the screen never waits.
"""

from __future__ import annotations

import contextvars
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from textual.message import Message

from merchant_cli.basics import debug_log
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.store import cache
from merchant_cli.store import open as opening
from tui.messages import StoreChanged, Told, Trouble

P = Phrase

Job = Callable[[sqlite3.Connection], Any]
EVERY = 1.0  # seconds between looks at the store's revision

UNEXPECTED = P(
    "Unexpected {kind}; this is a fault of the program. Details without your data: {path}",
    "意外的 {kind}，这是程序的缺陷。详情（不含您的数据）：{path}",
)


class Screenlike(Protocol):
    """What a clerk knows of its screen."""

    def post_message(self, message: Message) -> bool: ...


class Clerk:
    """Does jobs for one screen until `end`; looks every second whether the store has changed."""

    def __init__(self, store: Path, screen: Screenlike) -> None:
        self._store, self._screen = store, screen
        self._jobs: dict[str, Job] = {}
        self._doing: tuple[str, Job] | None = None
        self._ended = False
        self._changed = threading.Condition()
        self._db: sqlite3.Connection | None = None
        self._seen: tuple[Any, ...] | None = None
        self._revision = ""
        run = contextvars.copy_context().run
        self._thread = threading.Thread(target=lambda: run(self._run), name="clerk", daemon=True)
        self._thread.start()

    def ask(self, name: str, job: Job) -> None:
        """Has `job(connection)` done; its result comes as Told(name, result), a fault as Trouble."""
        with self._changed:
            self._jobs.pop(name, None)
            self._jobs[name] = job
            if self._doing is not None and self._doing[0] == name:
                self._interrupt()
            self._changed.notify()

    def end(self) -> None:
        """Lets the thread end; nothing more is told."""
        with self._changed:
            self._ended = True
            self._jobs.clear()
            self._interrupt()
            self._changed.notify()

    @property
    def idle(self) -> bool:
        """Whether nothing is being done or waits."""
        with self._changed:
            return not self._jobs and self._doing is None

    def _interrupt(self) -> None:
        if self._db is not None:
            self._db.interrupt()

    def _run(self) -> None:
        while not self._ended:
            with self._changed:
                if not self._jobs and not self._ended:
                    self._changed.wait(EVERY)
                if self._ended:
                    break
                self._doing = next(iter(self._jobs.items()), None)
                if self._doing is not None:
                    del self._jobs[self._doing[0]]
            if self._doing is None:
                self._look()
            else:
                self._do(*self._doing)
        if self._db is not None:
            self._db.close()

    def _do(self, name: str, job: Job) -> None:
        message: Message | None = None
        try:
            message = Told(name, job(self._connection()))
        except Exception as error:  # a question runs any code; whatever comes out of it is said, never raised
            fault = fault_of(error, self._store)
            message = None if fault is None else Trouble(name, fault)
        with self._changed:
            outdated = self._ended or name in self._jobs
            self._doing = None
        if message is not None and not outdated:
            self._screen.post_message(message)

    def _connection(self) -> sqlite3.Connection:
        """The connection of this thread, made anew where the file is another one now, or was none of ours before."""
        file = self._file()
        born = file is not None and self._db is not None and cache.path_of(self._db) is None
        if self._db is None or born or self._seen is None or self._seen[0] != file:
            if self._db is not None:
                self._db.close()
                self._db = None
            db = opening.read(self._store)
            self._revision = cache.changes(db)
            self._seen = self._stamp(db)
            self._db = db
        return self._db

    def _file(self) -> int | None:
        try:
            found = self._store.stat()
        except OSError:
            return None
        return found.st_ino

    def _stamp(self, db: sqlite3.Connection) -> tuple[Any, ...]:
        return self._file(), db.execute("PRAGMA data_version").fetchone()[0]

    def _look(self) -> None:
        """Says so if the store holds something else than when it was last looked at."""
        before, failed = self._revision, self._db is None
        try:
            db = self._connection()
            stamp = self._stamp(db)
            if stamp != self._seen:
                self._seen, self._revision = stamp, cache.changes(db)
        except (Problem, sqlite3.Error, OSError):
            return  # said when something is asked; here it only means: look again
        if self._revision != before or (failed and before):
            self._screen.post_message(StoreChanged())


def fault_of(error: Exception, store: Path) -> Problem | Note | None:
    """What a job's exception is to people; None for one that was interrupted."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, sqlite3.OperationalError) and "interrupted" in str(error):
        return None
    if isinstance(error, sqlite3.DatabaseError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return Problem("store-damaged", path=store, detail=str(error))
    log = debug_log.write(error, "merchant tui")
    return Note("unexpected", UNEXPECTED, {"kind": type(error).__name__, "path": str(log or "-")})
