"""Undo takes a whole import back; redo brings it back under its number from the kept original."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from intake_tools import ORDERS_HEAD, digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.basics.problems import Problem
from merchant_cli.intake import again
from merchant_cli.intake.settle import settle

EMPTY = "SELECT (SELECT count(*) FROM fact_orders) + (SELECT count(*) FROM claims) + (SELECT count(*) FROM bodies)"


def test_undo_and_redo_in_any_order(store: Path, orders_file: Callable[..., Path]) -> None:
    older = orders_file(order("#1"), order("#2"), day="20250305")
    newer = orders_file(order("#1", status="refunded", refunded="10.00"), order("#3"))
    taken(store, [older])
    only_older = digest(store)
    taken(store, [newer])
    both = digest(store)
    assert again.undo(store).number == 2
    assert digest(store) == only_older
    assert again.redo(store).number == 2
    assert digest(store) == both
    again.undo(store, 1)
    assert again.undo(store).number == 2
    assert query(store, EMPTY) == [(0,)]
    assert again.redo(store).number == 2, "the one undone last comes back first"
    assert again.redo(store).number == 1
    assert digest(store) == both
    assert faults(store) == []
    acts = query(store, "SELECT act, number FROM journal ORDER BY entry")
    assert acts[-2:] == [("redo", 2), ("redo", 1)]


def test_same_bytes_after_an_undo_are_a_redo(store: Path, orders_file: Callable[..., Path]) -> None:
    path = orders_file(order("#1"))
    taken(store, [path])
    before = digest(store)
    again.undo(store)
    [receipt] = taken(store, [path])
    assert receipt.number == 1 and "brought-back" in [n.code for n in receipt.notes]
    assert digest(store) == before


def book(path: Path) -> Path:
    """A workbook with two sheets of different kinds, and one that is empty."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("costs")
        for n, row in enumerate((["SKU", "Unit cost", "Currency", "Valid from"], ["A-1", "4.00", "USD", "2025-01-01"])):
            sheet.write_row(n, 0, row)
        sheet = workbook.add_worksheet("counts")
        for n, row in enumerate((["SKU", "Counted units", "Counted on"], ["A-1", "7", "2025-03-01"])):
            sheet.write_row(n, 0, row)
        workbook.add_worksheet("nothing")
    return path


def zipped(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deep/orders_export_20250310.csv", ORDERS_HEAD + order("#1"))
        archive.writestr("costs.csv", "SKU,Unit cost,Currency,Valid from\nA-1,4.00,USD,2025-01-01\n")
    return path


@pytest.mark.parametrize("made, name", [(book, "my.xlsx"), (zipped, "all.zip")])
@pytest.mark.parametrize("settled", [False, True])
def test_sheets_and_members_come_back_from_their_originals(
    store: Path, tmp_path: Path, made: Callable[[Path], Path], name: str, settled: bool
) -> None:
    path = made(tmp_path / name)
    receipts = taken(store, [path])
    assert [r.number for r in receipts] == [1, 2]
    assert all(r.path.startswith(f"{path}!") for r in receipts)
    before = digest(store)
    path.unlink()
    if settled:
        assert settle(store).files == 2
        assert settle(store).files == 0
    for number in (1, 2):
        again.undo(store, number)
    for number in (2, 1):
        receipt = again.redo(store, number)
        assert receipt.path == receipts[number - 1].path
    assert digest(store) == before


def test_a_mapped_file_comes_back_without_its_mapping(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "till.csv"
    path.write_text("Day,Slip,Thing,Pieces,Taken\n2025-03-01,7,A-1,2,9.00\n", encoding="utf-8")
    sets = ["order_id=Slip", "placed=Day", "code=Thing", "units=Pieces", "listed=Taken", "status==completed"]
    words = [word for one in sets for word in ("--set", one)]
    assert main(["map", str(path), *words, "--currency", "eur"]) == 0
    assert main(["import", str(path), "--shop", "own/market"]) == 0
    before = digest(store)
    assert query(store, "SELECT shop, gross_minor, currency FROM daily_money") == [("own/market", 900, "EUR")]
    (store.parent / "mappings" / "till.toml").unlink()
    assert main(["undo"]) == main(["redo"]) == 0
    assert digest(store) == before
    capsys.readouterr()


def test_what_cannot_be_undone(store: Path, orders_file: Callable[..., Path]) -> None:
    for act in (again.undo, again.redo):
        with pytest.raises(Problem, match="nothing-undoable"):
            act(store)
        with pytest.raises(Problem, match="no-such-import"):
            act(store, 5)
    assert not store.exists()
    taken(store, [orders_file(order("#1"))])
    for act in (again.undo, again.redo):
        with pytest.raises(Problem, match="no-such-import"):
            act(store, 5)
    with pytest.raises(Problem, match="not-undoable"):
        again.redo(store, 1)
    again.undo(store, 1)
    with pytest.raises(Problem, match="not-undoable"):
        again.undo(store, 1)
    for kept in store.with_name(store.name + ".files").iterdir():
        kept.unlink()
    with pytest.raises(Problem, match="original-missing"):
        again.redo(store, 1)
    assert query(store, EMPTY) == [(0,)]


def test_a_typed_rate_is_an_import(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rate = "SELECT from_currency, to_currency, from_day, rate_micro FROM rates"
    for worth in ("7.1", "7.2", "7.1"):
        assert main(["rates", "set", "usd", "CNY", worth, "--from", "2025-03-01"]) == 0
    assert query(store, rate) == [("USD", "CNY", "2025-03-01", 7_100_000)]
    again.undo(store)
    assert query(store, rate) == [("USD", "CNY", "2025-03-01", 7_200_000)]
    again.redo(store)
    assert query(store, rate) == [("USD", "CNY", "2025-03-01", 7_100_000)]
    assert main(["rates", "set", "USD", "USD", "1"]) == main(["rates", "set", "USD", "CNY", "1", "--from", "x"]) == 2
    capsys.readouterr()
