"""merchant import --watch: what lands in a folder is taken in once it is complete."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from merchant_cli.app import main
from merchant_cli.intake import watch

HEAD = "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku\n"  # noqa: E501
ROWS = [f"#{n},a@example.com,paid,2025-03-01 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1\n" for n in range(1, 6)]


def looked(folder: Path, *steps: object) -> list[list[str]]:
    """What is ready while the steps happen, one before each look; a clock of its own, a second per look."""
    now = [0.0]
    left = list(steps)

    def sleep(seconds: float) -> None:
        now[0] += seconds
        if left:
            step = left.pop(0)
            step() if callable(step) else None
        elif now[0] > 60:
            raise KeyboardInterrupt

    found: list[list[str]] = []
    with suppress(KeyboardInterrupt):
        found.extend(islice(watch.arrived([str(folder)], clock=lambda: now[0], sleep=sleep), 5))
    return [[Path(name).name for name in ready] for ready in found]


def test_a_file_that_grows_waits(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"

    def grow(text: str) -> object:
        return lambda: path.write_text((path.read_text() if path.exists() else "") + text)

    half = tmp_path / "orders.csv.crdownload"
    seen = looked(tmp_path, grow(HEAD), None, grow(ROWS[0]), None, None, lambda: half.write_text("x"), None, None, None,
                  half.unlink)  # fmt: skip
    assert seen == [["orders.csv"]] and path.read_text() == HEAD + ROWS[0]


def test_what_was_there_is_not_new_and_a_change_is(tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("a")
    assert looked(tmp_path) == []
    assert looked(tmp_path, lambda: old.write_text("ab")) == [["old.csv"]]


def test_half_a_workbook_hidden_and_empty_files_wait(tmp_path: Path) -> None:
    def put() -> None:
        (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 half of it")
        (tmp_path / ".hidden.csv").write_text("x")
        (tmp_path / "~$lock.xlsx").write_text("x")
        (tmp_path / "empty.csv").write_text("")
        (tmp_path / "new.part").write_text("x")

    assert looked(tmp_path, put) == []


def test_only_folders(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(HEAD + ROWS[0])
    assert main(["import", str(path), "--watch"]) == 2
    assert "--watch takes folders" in capsys.readouterr().err


def test_a_file_that_is_still_being_written_comes_in_whole(store: Path, tmp_path: Path) -> None:
    """The real command beside a slow writer; it ends with Ctrl+C."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    words = [sys.executable, "-m", "merchant_cli.app", "import", str(folder), "--watch", "--json", "--quiet"]
    pipe = subprocess.PIPE
    with subprocess.Popen(words, stdout=pipe, stderr=pipe, text=True, env=dict(os.environ)) as run:
        try:
            assert run.stdout is not None
            assert json.loads(run.stdout.readline())["files"] == []
            with (folder / "orders_export.csv").open("w", encoding="utf-8") as out:
                out.write(HEAD)
                for row in ROWS:
                    time.sleep(0.7)
                    out.write(row)
                    out.flush()
            (receipt,) = json.loads(run.stdout.readline())["files"]
            assert (receipt["state"], receipt["read"]) == ("applied", len(ROWS))
            run.send_signal(signal.SIGINT)
            assert run.wait(10) == 0
        finally:
            run.kill()  # it watches for ever, and leaving the block waits for its end
