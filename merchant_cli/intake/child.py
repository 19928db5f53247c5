"""Reads a file in a process of its own: beside the writer for large files, behind limits for workbooks.

The parent writes one pickled request to the child's standard input; the child answers with frames: a length and
a message. A thread of the child puts them into the pipe, so that neither process waits for the other's pace.
"""

from __future__ import annotations

import gc
import marshal
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from queue import Queue
from typing import IO, TYPE_CHECKING, Any

from importers.lines import Unreadable

if TYPE_CHECKING:  # a child that unpacks a workbook starts twice as fast without what reads orders
    from merchant_cli.intake.finish import Told
    from merchant_cli.intake.job import Job
    from merchant_cli.intake.unpack import Head

CPU_SECONDS, MEMORY_BYTES, WALL_SECONDS = 30, 1 << 30, 120
AHEAD = 6  # frames that may wait for the writer; each holds some 1,500 orders
BEHIND = 2  # so many frames wait: the writer is slower than the reader
LENGTH = struct.Struct("<Q")
ORDERS, FINISHED, OTHER = b"o", b"f", b"p"  # what the frame holds: the first two in marshal's format, else a pickle
PROTOCOL = pickle.HIGHEST_PROTOCOL


def messages(job: Job) -> Iterator[Told]:
    """What a Reading of the job says, read in a child. The cells of a workbook are plain text by then."""
    from merchant_cli.intake.job import End

    for message in _talk(("read", job), limited=False):
        yield message
        if isinstance(message, End):
            return
    raise Unreadable("file-unreadable", detail="reader stopped")


def unpack(path: str, kind: str, target: str, *, limited: bool, meanwhile: Callable[[], None]) -> list[Head]:
    """The sheets of a workbook, unpacked in a child under limits of CPU, memory and time (see unpack.py).

    `meanwhile` runs in this process; if it raises, the child ends and its answer is never looked at.
    """
    for answer in _talk(("unpack", (path, kind, target)), limited=limited, meanwhile=meanwhile):
        found: list[Head] = answer
        return found
    raise Unreadable("workbook-refused", detail="reader stopped")


def unlock(path: str, target: str, passwords: tuple[str, ...]) -> bool:
    """Writes a locked workbook to `target`; False if it has no lock (see locked.py). Passwords go through the pipe."""
    for answer in _talk(("unlock", (path, target, passwords)), limited=True):
        return bool(answer)
    raise Unreadable("workbook-refused", detail="reader stopped")


def _talk(request: tuple[str, Any], *, limited: bool, meanwhile: Callable[[], None] | None = None) -> Iterator[Any]:
    limits = (str(CPU_SECONDS), str(MEMORY_BYTES)) if limited else ()
    child = subprocess.Popen(
        [sys.executable, "-m", "merchant_cli.intake.child", *limits],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    watchdog = threading.Timer(WALL_SECONDS, child.kill) if limited else None
    if watchdog:
        watchdog.start()
    assert child.stdin is not None and child.stdout is not None
    try:
        pickle.dump(request, child.stdin, PROTOCOL)
        child.stdin.close()
        if meanwhile is not None:
            meanwhile()
        while frame := _frame(child.stdout):
            message = _received(frame)
            if isinstance(message, Unreadable):
                raise message
            yield message
    finally:
        if watchdog:
            watchdog.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _frame(stream: IO[bytes]) -> bytes:
    """The next whole frame; empty when the child has ended."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return b""
    size = LENGTH.unpack(head)[0]
    frame = stream.read(size)
    return frame if len(frame) == size else b""


def _received(frame: bytes) -> Any:
    held = memoryview(frame)[1:]
    if frame[:1] == OTHER:
        return pickle.loads(held)
    from merchant_cli.intake.finish import Finished, Noticed
    from merchant_cli.intake.job import Orders

    if frame[:1] == ORDERS:
        return Orders(marshal.loads(held))
    orders, lines, refunds, file_rows, noticed = marshal.loads(held)
    return Finished(orders, lines, refunds, file_rows, Noticed(**noticed))


class _Out:
    """The child's frames on their way to the parent: a thread writes them, and a few may wait."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = out
        self.frames: Queue[bytes] = Queue(AHEAD)
        self.thread = threading.Thread(target=self._write, daemon=True)
        self.thread.start()

    @property
    def behind(self) -> bool:
        """Whether the parent takes frames more slowly than they are made."""
        return self.frames.qsize() >= BEHIND

    def send(self, message: Any) -> None:
        self.frames.put(OTHER + pickle.dumps(message, PROTOCOL))

    def send_plain(self, how: bytes, held: Any) -> None:
        """Plain lists, texts and numbers, which marshal writes and reads a third faster."""
        self.frames.put(how + marshal.dumps(held))

    def close(self) -> None:
        """Waits until all frames are written."""
        self.frames.put(b"")
        self.thread.join()

    def _write(self) -> None:
        try:
            while frame := self.frames.get():
                self.out.write(LENGTH.pack(len(frame)))
                self.out.write(frame)
                self.out.flush()
        except OSError:  # the parent is gone
            os._exit(1)


def _read(out: _Out, job: Job) -> None:
    """Reads the job's file. While the writer is behind, orders that nobody can know yet are finished here."""
    from merchant_cli.intake.finish import finished
    from merchant_cli.intake.job import Orders
    from merchant_cli.intake.read import Reading
    from merchant_cli.store.order_set import Finisher

    finisher = Finisher(job.shop_no, job.shop, job.sale_day)
    for message in Reading(job).messages():
        if not isinstance(message, Orders):
            out.send(message)
        elif job.all_new and out.behind:
            done = finished(message, finisher, job.import_no)
            rows = (done.orders, done.lines, done.refunds, done.file_rows)
            out.send_plain(FINISHED, (*rows, vars(done.noticed)))
        else:
            out.send_plain(ORDERS, message.said)


def _limit(seconds: int, memory: int) -> None:
    """Bounds this process where the system can (POSIX); elsewhere the parent's watchdog ends it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """The child's life: one request in, messages out."""
    gc.disable()  # rows hold no cycles, and looking for them took a quarter of the time
    out = _Out(sys.stdout.buffer)
    if len(sys.argv) > 2:
        _limit(int(sys.argv[1]), int(sys.argv[2]))
    what, subject = pickle.load(sys.stdin.buffer)
    try:
        if what == "unpack":
            from merchant_cli.intake.unpack import unpack

            out.send(unpack(*subject))
        elif what == "unlock":
            from merchant_cli.intake.locked import unlock_workbook

            out.send(unlock_workbook(*subject))
        else:
            _read(out, subject)
    except Unreadable as fault:
        out.send(fault)
    except MemoryError:
        out.send(Unreadable("workbook-refused", detail="memory"))
    except Exception as error:  # a fault of the program: the parent refuses the file and goes on with the others
        from merchant_cli.intake.unexpected import noted

        out.send(Unreadable("unexpected", 0, **noted(error)))
    out.close()


if __name__ == "__main__":
    main()
