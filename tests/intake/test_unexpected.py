"""A fault of the program itself in one file refuses that file, leaves no trace of it and stops no other."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from intake_tools import ORDERS_HEAD, digest, faults, order, query

from importers.base import Draft, Facts
from importers.shopify import orders as shopify
from merchant_cli.app import main
from merchant_cli.intake import gate, rows, take_in

SECRET = "13812348000"


def broken(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A reshape with a fault of its own, at the second order."""
    yield next(drafts)
    raise KeyError(SECRET)


def greedy(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    raise MemoryError


@pytest.fixture
def files(tmp_path: Path, orders_file: Callable[..., Path]) -> list[str]:
    """An orders file between two files of another importer."""
    for name, sku in (("a", "A-1"), ("z", "Z-1")):
        costs = f"SKU,Unit cost,Currency,Valid from\n{sku},4.00,USD,2025-01-01\n"
        (tmp_path / f"{name}.csv").write_text(costs, encoding="utf-8")
    return [str(tmp_path / "a.csv"), str(orders_file(order("#1"), order("#2"))), str(tmp_path / "z.csv")]


def log(tmp_path: Path) -> list[dict[str, Any]]:
    text = (tmp_path / "state" / "merchant" / "debug.log").read_text(encoding="utf-8")
    assert SECRET not in text
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("in_child", [False, True])
def test_the_other_files_go_on(
    store: Path, tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    in_child: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(shopify, "orders", shopify.orders.but(reshape=broken))
    if in_child:
        monkeypatch.setattr(rows, "IN_CHILD", 0)
        monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    assert main(["import", *files, "--json"]) == 3
    out, err = capsys.readouterr()
    said = {Path(f["path"]).name: f for f in json.loads(out)["files"]}
    assert [said[name]["state"] for name in ("a.csv", "z.csv")] == ["applied", "applied"]
    refused = said[Path(files[1]).name]
    assert (refused["state"], refused["import"], refused["read"], refused["inserted"]) == ("refused", None, 0, 0)
    assert refused["problem"]["code"] == "unexpected" and files[1] in refused["problem"]["where"]
    assert "KeyError" in refused["problem"]["what"] and "debug.log" in refused["problem"]["fix"]
    assert "[unexpected]" in err and SECRET not in out + err and "Traceback" not in err
    [line] = log(tmp_path)
    assert line["type"] == "KeyError" and "broken" in line["frames"][-1]
    assert query(store, "SELECT (SELECT count(*) FROM fact_orders), (SELECT count(*) FROM imports)") == [(0, 2)]
    assert faults(store) == []
    assert [p.name for p in store.with_name(store.name + ".files").iterdir() if p.suffix] == [], "no half copy"
    assert main(["import", files[1]]) == 1, "alone it is a failure of the program"


def test_a_fault_while_the_file_is_looked_at(
    store: Path, files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault_in(module: Any, name: str) -> None:
        whole = getattr(module, name)

        def part(subject: Any, *more: Any, **named: Any) -> Any:
            path = getattr(getattr(subject, "source", subject), "path", subject)
            if "orders" in str(path):
                raise RecursionError
            return whole(subject, *more, **named)

        monkeypatch.setattr(module, name, part)

    for module, name in ((take_in, "wanted_for"), (take_in, "first_rows"), (gate, "_checked")):
        with monkeypatch.context():
            fault_in(module, name)
            assert main(["import", *files, "--json"]) == 3
        said = json.loads(capsys.readouterr().out)["files"]
        assert sorted(f["problem"]["code"] if "problem" in f else f["state"] for f in said)[-1] == "unexpected"
        assert len(said) == 3
        monkeypatch.undo()
        monkeypatch.setenv("MERCHANT_STORE", str(store))


def test_too_little_memory_refuses_one_file(
    store: Path, files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shopify, "orders", shopify.orders.but(reshape=greedy))
    assert main(["import", *files]) == 3
    assert "[file-too-large]" in capsys.readouterr().err
    assert query(store, "SELECT count(*) FROM fact_costs") == [(2,)]


def test_a_redo_that_fails_leaves_the_import_undone(
    store: Path, files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["import", files[1]]) == main(["undo"]) == 0
    before = digest(store)
    with monkeypatch.context() as patch:
        patch.setattr(shopify, "orders", shopify.orders.but(reshape=broken))
        assert main(["redo"]) == 1
    assert "[unexpected]" in capsys.readouterr().err
    assert digest(store) == before and query(store, "SELECT state FROM imports") == [("void",)]
    assert main(["redo"]) == 0


@pytest.mark.parametrize("code, exit_code", [("SQLITE_FULL", 1), ("SQLITE_CORRUPT", 7), ("SQLITE_BUSY", 5)])
def test_a_fault_of_the_store_stops_the_import(
    store: Path, files: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    code: str, exit_code: int,
) -> None:  # fmt: skip
    def failing(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = getattr(sqlite3, code)
        raise error

    monkeypatch.setattr(shopify, "orders", shopify.orders.but(reshape=failing))
    assert main(["import", files[1], files[0], "--json"]) == exit_code
    out, err = capsys.readouterr()
    assert len(json.loads(out)["files"]) == 1 and "[store-" in err


def test_a_store_without_a_table(store: Path, files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", files[0]]) == 0
    with closing(sqlite3.connect(store)) as db:
        db.execute("DROP TABLE journal")
    assert main(["import", files[2]]) == 1
    assert "[unexpected]" in capsys.readouterr().err


def test_an_interrupt_takes_nothing_in(store: Path, tmp_path: Path) -> None:
    big = tmp_path / "orders_export_20250310.csv"
    big.write_text(ORDERS_HEAD + "".join(order(f"#{n}") for n in range(30_000)), encoding="utf-8")
    words = [sys.executable, "-m", "merchant_cli.app", "import", str(big)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    holder = store.with_name(store.name + ".holder")
    while not holder.exists() and child.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode in (130, -signal.SIGINT), "Python may pass the signal on; a shell calls both 130"
    assert out == "" and "Interrupted" in err and "Traceback" not in err
    assert query(store, "SELECT count(*) FROM fact_orders") == [(0,)]
    assert not holder.exists()
    assert main(["import", str(big), "--quiet"]) == 0
