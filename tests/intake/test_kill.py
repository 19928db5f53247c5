"""An import that is killed leaves the store as it was before or as it is after, never between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from intake_tools import digest, faults, order, taken

LINES = 6000


def importing(path: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "merchant_cli.app", "import", str(path), "--quiet"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def overlapping(folder: Path) -> tuple[Path, Path]:
    """Two exports of many orders; the second changes half of the first and adds as many."""
    from intake_tools import ORDERS_HEAD

    older, newer = folder / "orders_export_20250305.csv", folder / "orders_export_20250310.csv"
    older.write_text(ORDERS_HEAD + "".join(order(f"#{n}") for n in range(LINES)), encoding="utf-8")
    rows = (order(f"#{n}", status="refunded", refunded="10.00") for n in range(LINES // 2, LINES + LINES // 2))
    newer.write_text(ORDERS_HEAD + "".join(rows), encoding="utf-8")
    return older, newer


def kills(store: Path, folder: Path, number: int) -> Counter[str]:
    """Kills `number` imports at random moments, half of a new file and half of one that overlaps it.

    After each the store must be as before or as after, and sound; one that was done in time begins anew from a copy
    of before. Returns how often which was found.
    """
    chance, found = random.Random(number), Counter[str]()
    for path in overlapping(folder):
        before, after = digest(store), after_all(store, folder, path)
        assert before != after
        kept = copied(store.parent, folder / f"before-{path.stem}")
        for _ in range(number // 2):
            child = importing(path)
            time.sleep(chance.uniform(0.05, 1.6))
            child.send_signal(signal.SIGKILL)
            child.wait()
            state = digest(store)
            assert state in (before, after)
            assert faults(store) == []
            found["before" if state == before else "after"] += 1
            if state == after:
                shutil.rmtree(store.parent)
                copied(kept, store.parent)
        taken(store, [path])
        assert digest(store) == after
    return found


def after_all(store: Path, folder: Path, path: Path) -> str:
    """The digest of the store with the file taken in, worked out on a copy."""
    other = copied(store.parent, folder / f"after-{path.stem}") / store.name
    taken(other, [path])
    return digest(other)


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def test_twenty_kills(store: Path, tmp_path: Path) -> None:
    assert kills(store, tmp_path, 20).total() == 20


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("MERCHANT_SOAK"), reason="make soak")
def test_two_hundred_kills(store: Path, tmp_path: Path) -> None:
    found = kills(store, tmp_path, 200)
    assert found.total() == 200 and min(found["before"], found["after"]) > 0
