"""Files that land in a folder, each as soon as it is complete."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

QUIET = 3.0  # seconds for which a file must not have grown or changed
EVERY = 1.0  # seconds between two looks
HALF = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")  # what browsers call a half download
PACKED = (".zip", ".xlsx", ".xlsm", ".ods")  # their directory stands at the end: without it they are not whole

Stamp = tuple[int, int]  # bytes, time of the last change in nanoseconds


def arrived(
    folders: Sequence[str], *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
) -> Iterator[list[str]]:
    """Yields the files that are new or changed since the call, once they are complete; never ends by itself.

    A file is complete when it has not changed for QUIET seconds, holds something, no half download of its name lies
    beside it, nobody has it open to write to it, and, if it is packed, its directory is there.
    """
    known = files(folders)
    waiting: dict[Path, tuple[Stamp, float]] = {}
    while True:
        sleep(EVERY)
        now, ready = clock(), []
        there = files(folders)
        for path, stamp in there.items():
            if known.get(path) == stamp:
                continue
            if path not in waiting or waiting[path][0] != stamp:
                waiting[path] = (stamp, now)
            elif now - waiting[path][1] >= QUIET and whole(path):
                known[path] = stamp
                ready.append(str(path))
        waiting = {path: seen for path, seen in waiting.items() if path in there and known.get(path) != seen[0]}
        if ready:
            yield sorted(ready)


def files(folders: Sequence[str]) -> dict[Path, Stamp]:
    """Every file below the folders that could be an export, with its stamp."""
    found = {}
    for folder in map(Path, folders):
        for path in folder.rglob("*") if folder.is_dir() else [folder]:
            if path.name.startswith((".", "~$")) or path.suffix.lower() in HALF:
                continue
            try:
                stat = path.stat()
            except OSError:
                continue  # gone meanwhile
            if path.is_file():
                found[path] = (stat.st_size, stat.st_mtime_ns)
    return found


def whole(path: Path) -> bool:
    """Whether nothing says that more of the file is to come."""
    if any(path.with_name(path.name + half).exists() for half in HALF):
        return False
    try:
        if path.stat().st_size == 0:
            return False
        if path.suffix.lower() in PACKED and not zipfile.is_zipfile(path):
            return False
    except OSError:
        return False
    return not being_written(path)


def being_written(path: Path) -> bool:
    """Whether a program has the file open to write to it; only Linux tells, and only of the user's own programs.

    Who writes slowly may pause for longer than QUIET.
    """
    wanted = path.resolve()
    for folder in Path("/proc").glob("[0-9]*/fd"):
        with suppress(OSError):  # another user's, or gone meanwhile
            for number in folder.iterdir():
                if number.readlink() == wanted and _writes(folder.with_name("fdinfo") / number.name):
                    return True
    return False


def _writes(about: Path) -> bool:
    """Whether an open file is one to be written to, by what the system says of it."""
    flags = next(line for line in about.read_text(encoding="ascii").splitlines() if line.startswith("flags:"))
    return int(flags.split()[1], 8) & (os.O_WRONLY | os.O_RDWR) != 0
