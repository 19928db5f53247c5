"""Runs other programs and measures them: wall time, and the memory of all their processes together."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

MERCHANT = (sys.executable, "-m", "merchant_cli.app")
SAMPLED_EVERY = 0.05  # seconds
PAGE = os.sysconf("SC_PAGE_SIZE")
PROC = Path("/proc")


@dataclass(frozen=True)
class Ran:
    """One run: seconds of wall time, peak megabytes of its processes together (0 if not watched), and its stdout."""

    seconds: float
    megabytes: float
    out: str


def clean_env(folder: Path) -> dict[str, str]:
    """The environment of every run: a store and a key of its own in `folder`, cached bytecode, no work afterwards."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("MERCHANT_", "PYTHON", "COV_"))}
    return kept | {
        "MERCHANT_STORE": str(folder / "merchant.db"), "MERCHANT_KEY": str(folder / "buyer.key"),
        "MERCHANT_LANG": "en", "MERCHANT_SETTLE": "0", "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }  # fmt: skip


def run(words: tuple[str, ...], folder: Path, *, watch: bool = False) -> Ran:
    """Runs a program in `folder`. Raises CalledProcessError, with what it said, if it does not exit with 0."""
    folder.mkdir(parents=True, exist_ok=True)
    started = perf_counter()
    with subprocess.Popen(
        words, cwd=folder, env=clean_env(folder), text=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        memory = Memory(process.pid) if watch else None
        out, said = process.communicate()
        seconds = perf_counter() - started
        megabytes = memory.peak() if memory else 0.0
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, words, out, said)
    return Ran(seconds, megabytes, out)


def merchant_import(files: list[Path], folder: Path, *, watch: bool = False) -> tuple[Ran, list[dict[str, Any]]]:
    """`merchant import` into the store in `folder`, and its receipts."""
    os.sync()  # what an earlier run left to be written is not this one's work
    ran = run((*MERCHANT, "import", "--json", *map(str, files)), folder, watch=watch)
    receipts: list[dict[str, Any]] = json.loads(ran.out)["files"]
    return ran, receipts


class Memory:
    """Watches a process and its children, resident pages added up, until they are gone."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(SAMPLED_EVERY):
            self._most = max(self._most, sum(resident_pages(pid) for pid in family(self._pid)))

    def peak(self) -> float:
        """Ends the watch; the most that was seen, in megabytes of 1,000,000 bytes."""
        self._over.set()
        self._thread.join()
        return self._most * PAGE / 1e6


def family(pid: int) -> list[int]:
    """The process and all its children's children, as far as they still live."""
    found = [pid]
    for one in found:
        for task in (PROC / str(one) / "task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue  # it ended meanwhile
    return found


def resident_pages(pid: int) -> int:
    """Pages of a process that are in memory now; 0 once it has ended."""
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1])
    except OSError:
        return 0
