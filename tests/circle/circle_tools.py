"""The simulated platforms and the script, run as somebody else's programs; and the command line in between."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main

EXAMPLES = Path(__file__).parents[2] / "examples"
SIMULATOR = EXAMPLES / "simulator"
# A program that is started with this folder on its path has its clock put forward.
CLOCK = """
import os, time
by, real = int(os.environ["CLOCK_AHEAD"]), time.time
time.time = lambda: real() + by
"""

Row = dict[str, str]


def simulate(*args: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """One command of the simulator. What it prints is in English unless `env` says otherwise."""
    said = os.environ | {"MERCHANT_LANG": "en"} | (env or {})
    command = [sys.executable, str(SIMULATOR), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, env=said, timeout=60)


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Desk:
    """The command line, the Shopify shop that the simulator plays, and what went between them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.folder, self.capsys = folder, capsys
        self.shop, self.up = folder / "shopify", folder / "up"
        self.ahead, self._real = 0, time.time
        patch.setattr(time, "time", lambda: self._real() + self.ahead)

    def run(self, *args: str | Path, exit: int = 0) -> str:
        """What a command prints; its exit code is checked."""
        code = main([str(arg) for arg in args])
        out, err = self.capsys.readouterr()
        assert code == exit, f"{args} ended with {code}:\n{out}{err}"
        return out

    def json(self, *args: str | Path, exit: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*args, "--json", exit=exit))
        return found

    def states(self) -> dict[str, str]:
        """Action → state, of all proposals."""
        return {row["action"]: row["state"] for row in self.json("proposals")["rows"]}

    def import_of(self, name: str) -> str:
        """The number of the live import of a file."""
        found = [row for row in self.json("imports")["rows"] if Path(row["file"]).name.partition("!")[0] == name]
        return str(found[0]["import"])

    def send(self) -> list[dict[str, Any]]:
        sent: list[dict[str, Any]] = self.json("send", "-o", self.up)["files"]
        return sent

    def uploaded(self, exporter: str) -> Path:
        """The file that an exporter wrote."""
        return next(path for path in self.up.iterdir() if f"-{exporter}-" in path.name and "-diff" not in path.name)

    def applies(self, path: Path) -> str:
        """The platform takes a file wholly and says so."""
        done = simulate("apply", "shopify", self.shop, path)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def next_export(self, *only: str, seconds: int = 60) -> list[Path]:
        """The platform's exports, made some seconds after whatever was done before."""
        self.ahead += seconds
        out = self.folder / f"export-{self.ahead}"
        wanted = [word for kind in only for word in ("--only", kind)]
        simulate("export", "shopify", self.shop, out, *wanted).check_returncode()
        return sorted(out.iterdir())
