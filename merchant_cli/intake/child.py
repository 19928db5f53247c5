"""Reads a file in a process of its own: beside the writer for large files, behind limits for workbooks.

The parent writes one pickled request to the child's standard input; the child answers with frames: a length and
a message. A thread takes the frames off the pipe, so that neither process waits for the other's pace.
"""

from __future__ import annotations

import gc
import marshal
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import IO, Any

from importers.sheet import HEAD, Unreadable, sheet_digest, workbook_sheets
from merchant_cli.intake.ending import LAST, filled
from merchant_cli.intake.job import End, Job, Message, Orders

CPU_SECONDS, MEMORY_BYTES, WALL_SECONDS = 60, 1 << 30, 180
AHEAD = 6  # frames that may wait for the writer; each holds some 1,500 orders
LENGTH = struct.Struct("<Q")
ORDERS, OTHER = b"o", b"p"  # how the frame is written: marshal or pickle
PROTOCOL = pickle.HIGHEST_PROTOCOL


def messages(job: Job) -> Iterator[Message]:
    """What a Reading of the job says, read in a child; workbooks under limits of CPU, memory and time."""
    for message in _talk(("read", job), limited=job.form is None):
        yield message
        if isinstance(message, End):
            return
    raise Unreadable("workbook-refused" if job.form is None else "file-unreadable", detail="reader stopped")


# Of a sheet: name, first rows, a SHA-256 of all cells, number of filled rows, the last ones of those.
Head = tuple[str, list[list[str]], str, int, list[list[str]]]


def sheet_heads(path: str) -> list[Head]:
    """The sheets of a workbook."""
    for answer in _talk(("heads", path), limited=True):
        found: list[Head] = answer
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
    frames: Queue[bytes] = Queue(AHEAD)
    pump = threading.Thread(target=_pump, args=(child.stdout, frames), daemon=True)
    try:
        pickle.dump(request, child.stdin, PROTOCOL)
        child.stdin.close()
        pump.start()
        while frame := frames.get():
            plain = frame[:1] == ORDERS
            message = Orders(marshal.loads(memoryview(frame)[1:])) if plain else pickle.loads(memoryview(frame)[1:])
            if isinstance(message, Unreadable):
                raise message
            yield message
    finally:
        if watchdog:
            watchdog.cancel()
        child.kill()
        while pump.is_alive():
            _emptied(frames)
            pump.join(0.05)
        child.stdout.close()
        child.wait()


def _pump(stream: IO[bytes], frames: Queue[bytes]) -> None:
    """Puts whole frames into the queue, and an empty one when the child has ended."""
    while len(head := stream.read(LENGTH.size)) == LENGTH.size:
        size = LENGTH.unpack(head)[0]
        if len(frame := stream.read(size)) < size:
            break
        frames.put(frame)
    frames.put(b"")


def _emptied(frames: Queue[bytes]) -> None:
    with suppress(Empty):
        while True:
            frames.get_nowait()


def _send(out: IO[bytes], message: Any) -> None:
    """Writes one frame. Orders are plain dicts, texts and numbers, which marshal writes and reads a third faster."""
    if isinstance(message, Orders):
        frame = ORDERS + marshal.dumps(message.said)
    else:
        frame = OTHER + pickle.dumps(message, PROTOCOL)
    out.write(LENGTH.pack(len(frame)))
    out.write(frame)
    out.flush()


def _heads(path: str) -> list[Head]:
    found = []
    for name, rows in workbook_sheets(Path(path)):
        full = filled(rows)
        found.append((name, rows[:HEAD], sheet_digest(name, rows), len(full), full[-LAST:]))
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
            _send(out, _heads(subject))
        else:
            from merchant_cli.intake.read import Reading

            for message in Reading(subject).messages():
                _send(out, message)
    except Unreadable as fault:
        _send(out, fault)
    except MemoryError:
        _send(out, Unreadable("workbook-refused", detail="memory"))
    except Exception as error:  # a fault of the program: the parent refuses the file and goes on with the others
        from merchant_cli.intake.unexpected import noted

        _send(out, Unreadable("unexpected", **noted(error)))
    out.flush()


if __name__ == "__main__":
    main()
