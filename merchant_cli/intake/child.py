"""Reads a file in a process of its own: beside the writer for large files, behind limits for workbooks.

The parent writes one pickled request to the child's standard input and reads pickled messages from its output.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from importers.sheet import HEAD, Unreadable, workbook_sheets
from merchant_cli.intake.job import End, Job, Message

CPU_SECONDS, MEMORY_BYTES, WALL_SECONDS = 60, 1 << 30, 180
PROTOCOL = pickle.HIGHEST_PROTOCOL


def messages(job: Job) -> Iterator[Message]:
    """What a Reading of the job says, read in a child; workbooks under limits of CPU, memory and time."""
    for message in _talk(("read", job), limited=job.form is None):
        yield message
        if isinstance(message, End):
            return
    raise Unreadable("workbook-refused" if job.form is None else "file-unreadable", detail="reader stopped")


def sheet_heads(path: str) -> list[tuple[str, list[list[str]], str, int]]:
    """The sheets of a workbook: name, first rows, a SHA-256 of all cells, number of filled rows."""
    for answer in _talk(("heads", path), limited=True):
        found: list[tuple[str, list[list[str]], str, int]] = answer
        return found
    raise Unreadable("workbook-refused", detail="reader stopped")


def _talk(request: tuple[str, Any], *, limited: bool) -> Iterator[Any]:
    child = subprocess.Popen(
        [sys.executable, "-m", "merchant_cli.intake.child", "limited" if limited else "free"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watchdog = threading.Timer(WALL_SECONDS, child.kill) if limited else None
    if watchdog:
        watchdog.start()
    assert child.stdin is not None and child.stdout is not None
    try:
        pickle.dump(request, child.stdin, PROTOCOL)
        child.stdin.close()
        while True:
            try:
                message = pickle.load(child.stdout)
            except (EOFError, pickle.UnpicklingError):
                return
            if isinstance(message, Unreadable):
                raise message
            yield message
    finally:
        if watchdog:
            watchdog.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _heads(path: str) -> list[tuple[str, list[list[str]], str, int]]:
    found = []
    for name, rows in workbook_sheets(Path(path)):
        digest, filled = hashlib.sha256(name.encode()), 0
        for row in rows:
            digest.update("\x1f".join(row).encode("utf-8", "replace") + b"\x1e")
            filled += any(map(str.strip, row))
        found.append((name, rows[:HEAD], digest.hexdigest(), filled))
    return found


def _limit() -> None:
    """Bounds this process where the system can (POSIX); elsewhere the parent's watchdog ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The child's life: one request in, messages out."""
    gc.disable()  # rows hold no cycles, and looking for them took a quarter of the time
    out = sys.stdout.buffer
    if sys.argv[1] == "limited":
        _limit()
    what, subject = pickle.load(sys.stdin.buffer)
    try:
        if what == "heads":
            pickle.dump(_heads(subject), out, PROTOCOL)
        else:
            from merchant_cli.intake.read import Reading

            for message in Reading(subject).messages():
                pickle.dump(message, out, PROTOCOL)
    except Unreadable as fault:
        pickle.dump(fault, out, PROTOCOL)
    except MemoryError:
        pickle.dump(Unreadable("workbook-refused", detail="memory"), out, PROTOCOL)
    out.flush()


if __name__ == "__main__":
    main()
