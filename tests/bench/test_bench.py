"""The bench makes a shop that comes in whole, and its measurement runs to the end; no test of speed."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "bench"
SUMS = "SELECT shop, count(*), sum(listed_minor), sum(sold_minor), sum(units) FROM order_lines GROUP BY shop"


def run(*words: str | Path) -> str:
    ran = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, encoding="utf-8")
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def merchant(*words: str | Path) -> Any:
    return json.loads(run("-m", "merchant_cli.app", *words, "--json"))


def make(folder: Path, *words: str) -> Path:
    run(BENCH / "make_shop.py", "--lines", "300", "--listings", "40", "--reviews", "20", *words, folder)
    return folder


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop on both platforms; the store of this test does not exist yet."""
    monkeypatch.setenv("MERCHANT_STORE", str(tmp_path / "merchant.db"))
    monkeypatch.setenv("MERCHANT_KEY", str(tmp_path / "buyer.key"))
    monkeypatch.setenv("MERCHANT_LANG", "en")
    monkeypatch.setenv("MERCHANT_SETTLE", "0")
    return make(tmp_path / "shop", "--changed", "0.1")


def cells(path: Path, encoding: str = "utf-8-sig") -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def minor(amount: str) -> int:
    return round(float(amount or 0) * 100)


def planted(rows: list[dict[str, str]], price: str, quantity: str, sold: str) -> list[int]:
    """Lines, listed and sold money and units as the file itself says."""
    listed = sum(minor(row[price]) * int(row[quantity]) for row in rows)
    return [len(rows), listed, sum(minor(row[sold]) for row in rows), sum(int(row[quantity]) for row in rows)]


def test_a_made_shop_comes_in_whole(made: Path) -> None:
    files = sorted(made.glob("*.csv"))
    receipts = merchant("import", *files)["files"]
    encodings = {path.name: "gb18030" if path.name.startswith("Export") else "utf-8-sig" for path in files}
    assert {Path(r["path"]).name: r["read"] for r in receipts} == {
        path.name: len(cells(path, encodings[path.name])) for path in files
    }
    assert {r["state"] for r in receipts} == {"applied"}
    assert sum(r["quarantined"] + r["ignored"] for r in receipts) == 0
    ours = cells(made / "orders_export_20261115.csv")
    theirs = cells(made / "ExportOrderDetailList202611150806.csv", "gb18030")
    answer = merchant("sql", SUMS)
    assert [list(row.values()) for row in answer["rows"]] == [
        ["shopify/main", *planted(ours, "Lineitem price", "Lineitem quantity", "Subtotal")],
        ["taobao/main", *planted(theirs, "价格", "购买数量", "买家应付货款")],
    ]


def test_the_changed_file_is_an_update(made: Path) -> None:
    merchant("import", made / "orders_export_20261115.csv")
    (receipt,) = merchant("import", made / "changed" / "orders_export_20261116.csv")["files"]
    assert (receipt["inserted"], receipt["quarantined"], receipt["ignored"]) == (0, 0, 0)
    assert 0 < receipt["updated"] < receipt["unchanged"]


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (make(tmp_path / name, "--seed", "7") for name in ("one", "two"))
    assert [path.name for path in sorted(one.iterdir())] == [path.name for path in sorted(two.iterdir())]
    assert all(path.read_bytes() == (two / path.name).read_bytes() for path in one.iterdir())


def test_the_measurement_runs_to_the_end(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("--lines", "2000", "--rounds", "1", "--data", str(out), "--json", str(tmp_path / "figures.json"))
    printed = run(BENCH / "run.py", *words)
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))["figures"]
    assert all(figure["name"] in printed for figure in figures)
    assert [figure["name"] for figure in figures if "failed" in figure["note"]] == []
    bars = {figure["name"]: figure for figure in figures if figure["bar"] is not None}
    assert {figure["state"] for figure in bars.values()} <= {"PASS", "MISS", ""}
    assert len(bars) >= 10
    left = sorted(str(path.relative_to(out)) for path in [*out.glob("*.*"), *out.glob("*/*")])
    assert left == ["orders-2000.xlsx", "shop/1000", "shop/2000", "taobao/2000"], "no run leaves anything but its data"
    if Path("/proc").is_dir() and shutil.which("sqlite3"):
        assert all(figure["median"] is not None for figure in figures)
