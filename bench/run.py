"""Measure the program: ratios of runs that take turns within this one process, each with the bar it is to reach.

Prints a table; the exit code is always 0, since this is a measurement and no test.
"""

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from data import shop_of
from figures import Figure, table
from measure_gate import ROWS, measure_gate
from measure_identify import measure_identify
from measure_import import measure_against_sqlite_utils, measure_import, measure_small_import, measure_taobao
from measure_questions import measure_questions
from measure_start import measure_start
from measure_tui import measure_tui

PARTS = ("import", "identify", "gate", "start", "questions", "tui")
OUT = Path(__file__).parent / "out"
FEW = 100_000  # lines that sqlite-utils is measured with
USUAL = 10_000  # lines of the file that is measured without the time to start
SMALL = 1_000  # lines of the small shop that the screens are measured with

Part = Callable[[Path], list[Figure]]


def parts(options: argparse.Namespace) -> dict[str, list[tuple[str, Part]]]:
    """What is measured for each name of --only; every entry gets an empty folder."""
    lines, rounds, out = options.lines, options.rounds, options.data
    return {
        "import": [
            ("import", lambda folder: measure_import(shop_of(lines, out), folder, rounds)),
            ("sqlite-utils", lambda folder: measure_against_sqlite_utils(shop_of(min(lines, FEW), out), folder)),
            ("small import", lambda folder: measure_small_import(shop_of(min(lines, USUAL), out), folder, rounds)),
            ("Taobao", lambda folder: measure_taobao(shop_of(lines, out, "taobao"), folder, rounds)),
        ],
        "identify": [("identify", lambda folder: measure_identify(shop_of(SMALL, out), folder, rounds))],
        "gate": [("gate", lambda folder: measure_gate(min(lines, ROWS), out, folder, rounds))],
        "start": [("start", lambda folder: measure_start(folder, rounds))],
        "questions": [("questions", lambda folder: measure_questions(shop_of(lines, out), folder, rounds))],
        "tui": [("tui", lambda folder: measure_tui(shop_of(lines, out), shop_of(SMALL, out), folder, rounds))],
    }


def measured(name: str, part: Part, out: Path) -> list[Figure]:
    """The figures of one part; what fails is a line of the table and stops no other part."""
    print(f"measuring {name} …", file=sys.stderr)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="run-", dir=out) as folder:
        try:
            return part(Path(folder).absolute())
        except subprocess.CalledProcessError as error:
            return [Figure(name, "", note=f"failed with exit code {error.returncode}: {_why(error.stderr or '')}")]
        except Exception as error:  # a measurement ends with a table, whatever went wrong
            return [Figure(name, "", note=f"failed: {type(error).__name__}: {error}")]


def _why(said: str) -> str:
    """The line of a program's stderr that names the error, else its last."""
    lines = said.strip().splitlines()
    return next((line for line in lines if line.lower().startswith("error")), " ".join(lines[-1:]))


def save(path: Path, figures: list[Figure], options: argparse.Namespace) -> None:
    about = {
        "lines": options.lines, "rounds": options.rounds, "machine": platform.platform(),
        "python": platform.python_version(), "sqlite": sqlite3.sqlite_version,
    }  # fmt: skip
    body = about | {"figures": [figure.as_json() for figure in figures]}
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the program.")
    parser.add_argument("--lines", type=int, default=1_000_000, help="order lines of the shop (1,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds that take turns (3); 1 is a quick trial")
    parser.add_argument("--only", default=",".join(PARTS), help="some of " + ",".join(PARTS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    parser.add_argument("--data", type=Path, default=OUT, metavar="DIR", help="where the shops are kept (bench/out)")
    options = parser.parse_args()
    options.only = options.only.split(",")
    if options.lines < 1 or options.rounds < 1 or not set(options.only) <= set(PARTS):
        parser.error("--lines and --rounds are at least 1, --only is some of " + ",".join(PARTS))
    return options


def main() -> None:
    options = options_of()
    figures: list[Figure] = []
    for name in options.only:
        for title, part in parts(options)[name]:
            figures += measured(title, part, options.data)
    print(f"\n{options.lines:,} order lines, {options.rounds} rounds, Python {platform.python_version()}\n")
    print(table(figures))
    print("\nA ratio's median is median ÷ median of the rounds, its best the best run ÷ the other's best run.")
    if options.json:
        save(options.json, figures, options)


if __name__ == "__main__":
    main()
