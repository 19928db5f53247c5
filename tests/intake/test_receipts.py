"""Receipts add up, the same bytes change nothing, a preview writes nothing, progress goes to a terminal only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_tools import digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.intake.receipt import OUTCOMES
from merchant_cli.intake.take_in import Asked, take_in


def test_every_receipt_of_the_example_shop_adds_up(store: Path, example_files: list[str]) -> None:
    receipts = taken(store, example_files)
    for receipt in receipts:
        assert receipt.state == "applied"
        assert receipt.read > 0
        assert receipt.read == sum(receipt.outcome[o] for o in OUTCOMES) + receipt.ignored, receipt.path
        assert sum(receipt.ignored_by.values()) == receipt.as_json("en")["ignored"]
    [(stored,)] = query(store, "SELECT count(*) FROM fact_orders")
    assert stored == sum(r.by_table.get("orders", {}).get("inserted", 0) for r in receipts)
    assert faults(store) == []

    before = digest(store)
    again = taken(store, example_files)
    assert {r.state for r in again} == {"already imported"}
    assert digest(store) == before
    assert {r.number for r in again} == {r.number for r in receipts}


def test_a_preview_writes_nothing(store: Path, orders_file: Callable[..., Path]) -> None:
    older = orders_file(order("#1"), order("#2"), day="20250305")
    newer = orders_file(order("#1", status="refunded", refunded="10.00"), order("#3"))
    [first] = taken(store, [older], dry_run=True)
    assert first.state == "dry run" and first.outcome["inserted"] == 2
    assert list(store.parent.iterdir()) == [], "neither a store nor a buyer key"
    taken(store, [older])
    before, bytes_before = digest(store), store.read_bytes()
    [preview] = taken(store, [newer], dry_run=True)
    assert (digest(store), store.read_bytes()) == (before, bytes_before)
    assert (preview.outcome["inserted"], preview.outcome["updated"]) == (1, 1)
    changed = {d.column: (d.old, d.new) for d in preview.differences if d.table == "orders"}
    assert changed["refunded"] == (None, 1000)
    assert "orders #1 refunded: — → 10.00" in [d.show() for d in preview.differences]
    [real] = taken(store, [newer])
    assert real.outcome == preview.outcome


def test_an_overlapping_export_takes_only_what_changed(store: Path, example_files: list[str]) -> None:
    older, newer = (p for p in example_files if "ExportOrderList" in p)
    [first], [second] = taken(store, [older]), taken(store, [newer])
    assert second.outcome["inserted"] and second.outcome["updated"] and second.outcome["unchanged"]
    total = query(store, "SELECT count(*) FROM fact_orders")[0][0]
    assert total == first.outcome["inserted"] + second.outcome["inserted"]


def test_changed_mapping_or_date_replaces_the_import(store: Path, orders_file: Callable[..., Path]) -> None:
    path = orders_file(order("#1"))
    taken(store, [path])
    [again] = taken(store, [path], exported="2025-03-11")
    assert again.notes[0].code == "replaced"
    states = query(store, "SELECT no, state, as_of_from FROM imports ORDER BY no")
    assert states == [(1, "replaced", "name"), (2, "applied", "given")]
    assert faults(store) == []


def test_json_and_exit_codes(
    store: Path, orders_file: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    good = orders_file(order("#1"))
    assert main(["import", str(good), str(tmp_path / "gone.csv"), "--json"]) == 3
    out, err = capsys.readouterr()
    files = {f["path"]: f for f in json.loads(out)["files"]}
    assert files[str(good)]["state"] == "applied" and files[str(good)]["inserted"] == 1
    refused = files[str(tmp_path / "gone.csv")]
    assert refused["state"] == "refused" and refused["problem"]["code"] == "file-missing"
    assert {"code", "what", "where", "fix"} <= set(refused["problem"])
    assert "file-missing" in err and "\r" not in err
    assert main(["import", str(tmp_path / "gone.csv"), "--json"]) == 4
    assert main(["import", str(good), "--json"]) == 0
    assert main(["import", str(good), "--read-only"]) == 2


def test_text_of_a_file_cannot_command_the_terminal(
    store: Path, orders_file: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = orders_file(order("#1"), order("#2\x1b[2J", total="1\x1b]0;x\x07"))
    assert main(["import", str(path)]) == 3
    assert main(["quarantine"]) == 0
    out, err = capsys.readouterr()
    assert "\x1b" not in out + err and "\x07" not in out + err


def test_a_bad_file_stops_no_other(store: Path, orders_file: Callable[..., Path], tmp_path: Path) -> None:
    good, empty = orders_file(order("#1")), tmp_path / "empty.csv"
    empty.touch()
    receipts = list(take_in(store, [str(empty), str(good)], Asked()))
    assert [r.state for r in receipts] == ["refused", "applied"]


def test_quarantine_shows_the_faulty_value_only(
    store: Path, orders_file: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    path = orders_file(order("#1"), order("#2", total="call 13812348000"))
    assert main(["import", str(path), "--quiet"]) == 3
    capsys.readouterr()
    assert main(["quarantine", "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["rows"]
    assert (row["import"], row["line"], row["code"], row["column"]) == (1, 3, "bad-money", "Subtotal")
    assert "13812348000" not in json.dumps(row) and "Mug" not in json.dumps(row)
    main(["undo", "1"])
    capsys.readouterr()
    main(["quarantine", "--json"])
    assert json.loads(capsys.readouterr().out)["rows"] == []
