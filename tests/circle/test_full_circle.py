"""examples/full_circle.sh: it closes the circle in an empty store, in both languages, today and next year."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from circle_tools import CLOCK, EXAMPLES

SCRIPT = EXAMPLES / "full_circle.sh"
BIN = Path(sys.executable).parent
YEAR = 365 * 86_400


def circle(store: Path, lang: str, ahead: int = 0) -> subprocess.CompletedProcess[str]:
    """Runs the script in a folder that is not its own, with a folder for temporary files that starts empty."""
    home = store.parent
    (home / "tmp").mkdir(exist_ok=True)
    (home / "clock").mkdir(exist_ok=True)
    (home / "clock" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    env = os.environ | {
        "MERCHANT_STORE": str(store), "MERCHANT_KEY": str(home / "buyer.key"), "MERCHANT_LANG": lang,
        "MERCHANT": str(BIN / "merchant"), "PYTHON": sys.executable, "TMPDIR": str(home / "tmp"),
        "PYTHONPATH": str(home / "clock"), "CLOCK_AHEAD": str(ahead),
    }  # fmt: skip
    return subprocess.run(["sh", str(SCRIPT)], capture_output=True, text=True, env=env, cwd=home / "tmp", timeout=300)


def proposals(store: Path) -> dict[str, tuple[str, bool]]:
    """Action → state and whether it was evaluated."""
    command = [str(BIN / "merchant"), "--store", str(store), "proposals", "--json"]
    rows = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["rows"]
    return {row["action"]: (row["state"], row["evaluated"]) for row in rows}


@pytest.mark.parametrize(("lang", "ahead"), [("en", 0), ("zh", YEAR)])
def test_the_circle_closes(tmp_path: Path, lang: str, ahead: int) -> None:
    done = circle(tmp_path / "merchant.db", lang, ahead)
    assert done.returncode == 0, done.stdout + done.stderr
    assert proposals(tmp_path / "merchant.db") == {
        "lower-listed-units": ("verified", True),
        "reprice": ("not applied", True),
        "purchase-order": ("verified", True),
    }
    last = done.stdout.splitlines()[-1]
    said = {"en": "== verified: 2, not applied: 1, evaluated: 3", "zh": "== 已生效：2，未生效：1，已评估：3"}
    assert last == said[lang]
    steps = [line for line in done.stdout.splitlines() if line.startswith("== ")]
    assert [line.split(".")[0] for line in steps[:-1]] == [f"== {n}" for n in range(1, 11)]
    assert all(any("一" <= c <= "鿿" for c in line) == (lang == "zh") for line in steps)
    assert list((tmp_path / "tmp").iterdir()) == []

    again = circle(tmp_path / "merchant.db", lang, ahead)
    assert again.returncode == 1
    assert str(tmp_path / "merchant.db") in again.stderr
    assert again.stdout == ""


def test_without_a_store_it_says_what_to_set(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "MERCHANT_STORE"}
    env |= {"MERCHANT": str(BIN / "merchant"), "PYTHON": sys.executable, "MERCHANT_LANG": "en"}
    done = subprocess.run(["sh", str(SCRIPT)], capture_output=True, text=True, env=env, cwd=tmp_path, timeout=60)
    assert done.returncode == 1
    assert "MERCHANT_STORE" in done.stderr
