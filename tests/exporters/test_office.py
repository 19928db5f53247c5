"""LibreOffice opens what we write without repairing it, and reads the very cells that we wrote."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile_texts import ALL
from test_literal_text import orders
from test_round_trip import filled, imported

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")

ASKED = (("listings", "costs"), ("reviews", "inbox"), ("coupons", "book"), ("imports",))


def cells(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(path)
    found = {page.title: [tuple(row) for row in page.iter_rows(values_only=True)] for page in book}
    kinds = {cell.data_type for page in book for row in page.iter_rows() for cell in row}
    book.close()
    assert "f" not in kinds, "no cell is a formula"
    return found


def converted(folder: Path, to: str, paths: list[Path]) -> Path:
    """The folder of the files as LibreOffice saves them; one start for all."""
    out = folder / f"as-{to.partition(':')[0]}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    ran = subprocess.run(
        [str(OFFICE), profile, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, paths)],
        capture_output=True, timeout=120, text=True,
    )  # fmt: skip
    assert ran.returncode == 0 and "Error" not in ran.stderr, ran.stderr
    assert {p.stem for p in out.iterdir()} >= {p.stem for p in paths}
    return out


def same(ours: Any, theirs: Any) -> bool:
    """The same cell; LibreOffice keeps newlines in a way of its own, and floats to 15 digits."""
    if isinstance(ours, float) and isinstance(theirs, int | float):
        return abs(ours - theirs) < 1e-9
    if isinstance(ours, str) and isinstance(theirs, str):
        return plain(ours) == plain(theirs)
    return bool(ours == theirs)


def plain(text: str) -> str:
    """Text without the escapes of workbooks, its lines ended in one way."""
    text = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)
    return re.sub(r"[\x00-\x09\x0b-\x1f]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def test_it_opens_unrepaired_and_reads_the_same_cells(store: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    imported(run, orders(tmp_path / "orders_export.csv", ALL), "--shop", "shopify/main")  # type: ignore[arg-type]
    imported(run, *filled(tmp_path, ALL))
    made = []
    for lang in ("en", "zh"):
        for words in ASKED:
            made.append(tmp_path / f"{'_'.join(words)}_{lang}.xlsx")
            assert run(*words, "-o", made[-1], "--lang", lang).code == 0
        made.append(tmp_path / f"template_{lang}.xlsx")
        assert run("template", "all", "-o", made[-1], "--lang", lang).code == 0
    saved = converted(tmp_path, "xlsx", made)
    for path in made:
        ours, theirs = cells(path), cells(saved / path.name)
        assert list(ours) == list(theirs)
        for page, rows in ours.items():
            for y, row in enumerate(rows):
                other = theirs[page][y] if y < len(theirs[page]) else ()
                for x, cell in enumerate(row):
                    there = other[x] if x < len(other) else None
                    assert same(cell, there), (path.name, page, y, x, cell, there)
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None


def test_a_csv_for_people_runs_nothing(store: Path, run: Callable[..., Any], tmp_path: Path) -> None:
    """LibreOffice is asked to take formulas in CSV for formulas; none of ours is one."""
    imported(run, orders(tmp_path / "orders_export.csv", ALL), "--shop", "shopify/main")  # type: ignore[arg-type]
    imported(run, *filled(tmp_path, ALL))
    run("coupons", "book", "-o", tmp_path / "book.csv")
    with (tmp_path / "book.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    assert len(rows) > len(ALL)
    out = converted(tmp_path, "xlsx", [tmp_path / "book.csv"])
    assert len(cells(out / "book.xlsx")["book"]) >= len(rows)
