"""An import that is killed leaves the store as it was before or as it is after, never between."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
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


def kills(store: Path, folder: Path, number: int) -> None:
    """Kills `number` imports at random moments, some of a new file and some of one that overlaps."""
    older, newer = overlapping(folder)
    empty = digest(store)
    chance = random.Random(number)
    states = [empty]
    for path in (older, newer):
        for _ in range(number // 2):
            child = importing(path)
            time.sleep(chance.uniform(0.05, 1.2))
            child.send_signal(signal.SIGKILL)
            child.wait()
            if digest(store) != states[-1]:
                break  # it was done before it was killed
            assert faults(store) == []
        taken(store, [path])
        states.append(digest(store))
        assert len(set(states)) == len(states)
        assert faults(store) == []


def test_twenty_kills(store: Path, tmp_path: Path) -> None:
    kills(store, tmp_path, 20)


@pytest.mark.slow
@pytest.mark.skipif(not os.environ.get("MERCHANT_SOAK"), reason="make soak")
def test_two_hundred_kills(store: Path, tmp_path: Path) -> None:
    kills(store, tmp_path, 200)
