"""`merchant map FILE` without a terminal, and the faults of its users."""

from __future__ import annotations

import gzip
import json
import shlex
from pathlib import Path

import openpyxl
import pytest

from importers.mapping import from_toml, to_toml
from merchant_cli.app import main

SALES = (
    "订单号,下单日期,货号,数量,单价,订单状态\n"
    "D1,2026-11-01,MUG-01,2,39.90元,已完成\nD1,2026-11-01,CUP-02,1,25.00元,已完成\nD2,2026-11-02,MUG-01,3,39.90元,已取消\n"
)
STALL = "Receipt,Date,Item,Amount\nR1,2026-11-01,BOWL-1,30.00\nR2,2026-11-02,BOWL-1,60.00\n"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "卖货.csv"
    path.write_text(SALES, encoding="utf-8")
    return path


def rows(sql: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["sql", sql, "--csv"]) == 0
    return capsys.readouterr().out.splitlines()[1:]


LINES = "SELECT order_id, code, units, sold_minor, counts FROM order_lines ORDER BY order_id, code"
EXPECTED = ["D1,CUP-02,1,2500,1", "D1,MUG-01,2,7980,1", "D2,MUG-01,3,11970,0"]


def test_a_sure_guess_is_taken_with_yes(store: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """元 says the currency; all names are certain; only the yes is missing."""
    assert main(["map", str(sheet)]) == 2
    said = capsys.readouterr().err
    assert "every column that is needed is sure" in said and not (store.parent / "mappings").exists()
    assert main(["map", str(sheet), "--yes", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"schema": 1, "mapping": str(store.parent / "mappings/卖货.toml"), "importer": "own 卖货"}
    assert main(["import", str(sheet)]) == 0
    assert rows(LINES, capsys) == EXPECTED
    assert main(["map", str(sheet), "--yes"]) == 0, "known by now: says so and changes nothing"
    assert "own 卖货" in capsys.readouterr().out


def test_the_command_that_it_shows_does_the_same(store: Path, sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(sheet), "--json"]) == 2
    fix = json.loads(capsys.readouterr().out)["problem"]["fix"]
    assert "数量 * 单价" in fix
    command = shlex.split(fix.split("`")[-2])
    assert command[:3] == ["merchant", "map", str(sheet)] and command[-4:-2] == ["--currency", "CNY"]
    assert main(command[1:]) == 0
    assert main(["import", str(sheet)]) == 0
    assert rows(LINES, capsys) == EXPECTED


def test_costs_without_a_day_hold_always(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "buying.csv"
    path.write_text("SKU,Cost price\nA-1,$4.50\nA-2,$5.00\n", encoding="utf-8")
    assert main(["map", str(path), "--yes", "--currency", "USD"]) == 0
    assert main(["import", str(path)]) == 0
    assert rows("SELECT sku, from_day, cost_minor FROM costs ORDER BY 1", capsys) == ["A-1,,450", "A-2,,500"]


def test_who_has_no_status_is_told(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "卖货.csv"
    path.write_text("订单号,下单日期,货号,数量,单价\nD1,2026-11-01,A,1,2元\nD2,2026-11-01,B,1,3元\n", encoding="utf-8")
    assert main(["map", str(path), "--yes"]) == 0
    assert "--set status==completed" in capsys.readouterr().err


def test_a_folder_is_no_file(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err


def test_what_is_not_sure_is_not_taken(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stall.csv"
    path.write_text(STALL, encoding="utf-8")
    assert main(["map", str(path), "--yes"]) == 2
    said = capsys.readouterr().err
    assert "map-unsure" in said and "“Amount”: Goods after" in said and "sold=" not in said
    assert not (store.parent / "mappings").exists()


def test_a_table_that_is_named(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    path.write_text("货号,数量\nA-1,4\nA-2,9\n", encoding="utf-8")
    assert main(["map", str(path), "--into", "stock_counts"]) == 2
    assert "stock_counts.code=货号" in capsys.readouterr().err
    assert main(["map", str(path), "--into", "nowhere"]) == 2
    assert "stock_counts" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--yes"], ["--json"]])
def test_a_file_that_is_missing(words: list[str], store: Path, tmp_path: Path) -> None:
    assert main(["map", str(tmp_path / "gone.csv"), *words]) == 4


@pytest.mark.parametrize("text", ["", "1,2\n3,4\n5,6\n", "just a note\n"])
def test_a_sheet_without_a_header(text: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bare.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["map", str(path)]) == 4
    assert ("no-header" if text else "file-empty") in capsys.readouterr().err


def test_a_known_file(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "stock.csv"
    path.write_text("SKU,Counted units\nA-1,4\n", encoding="utf-8")
    assert main(["map", str(path)]) == 0
    assert "own stock" in capsys.readouterr().out
    assert main(["map", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"schema": 1, "mapping": None, "importer": "own stock"}


def test_equal_and_empty_names(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second 数量 and the column without a name can be named as the reader names them."""
    path = tmp_path / "twice.csv"
    path.write_text("货号,库存,,库存,仓库\nA-1,4,7,40,东\nA-2,9,8,90,东\n", encoding="utf-8")
    assert main(["map", str(path)]) == 2
    said = capsys.readouterr().err
    assert "stock_counts.units=库存" in said and "库存#2" not in said.split("--set", 1)[1]
    sets = ["--set", "code=货号", "--set", "units=库存#2", "--set", "location=仓库"]
    assert main(["map", str(path), "--into", "stock_counts", *sets]) == 0
    assert main(["import", str(path)]) == 0
    assert rows("SELECT code, units FROM stock_counts ORDER BY 1", capsys) == ["A-1,40", "A-2,90"]


def test_several_sheets(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sheet that holds the named headers; without them the first that nobody knows."""
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Anything", "at all"])
    second = book.create_sheet("Costs")
    for row in (["货号", "进价(元)", "生效日期"], ["A-1", 4.5, "2026-01-01"], ["A-2", 5, "2026-01-01"]):
        second.append(row)
    book.save(path)
    sets = ["--set", "sku=货号", "--set", "cost=进价(元)", "--set", "from_day=生效日期"]
    assert main(["map", str(path), "--into", "costs", *sets]) == 0
    assert main(["import", str(path)]) == 3, "the other sheet is nothing we know"
    assert rows("SELECT sku, cost_minor FROM costs ORDER BY 1", capsys) == ["A-1,450", "A-2,500"]


def test_own_amounts_have_the_decimals_of_their_currency(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """1200 yen are 1200 of the smallest unit, not 120000."""
    path = tmp_path / "yen.csv.gz"
    path.write_bytes(gzip.compress("货号,进价,生效日期\nA-1,1200,2026-01-01\nA-2,90,2026-01-01\n".encode()))
    assert main(["map", str(path), "--yes", "--currency", "jpy"]) == 0
    assert main(["import", str(path)]) == 0
    assert rows("SELECT sku, cost_minor, currency FROM costs ORDER BY 1", capsys) == ["A-1,1200,JPY", "A-2,90,JPY"]


def test_days_of_costs_may_be_written_with_the_year_last(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "prices.csv"
    path.write_text("SKU,Cost price,Valid from\nA-1,4.50,31/01/2026\nA-2,5.00,01/02/2026\n", encoding="utf-8")
    assert main(["map", str(path), "--yes", "--currency", "USD"]) == 0
    kept = (store.parent / "mappings/prices.toml").read_text(encoding="utf-8")
    assert from_toml(kept, name="prices").into[0].fills["costs"]["from_day"].order == "dmy"
    assert to_toml(from_toml(kept, name="prices")) == kept
    assert main(["import", str(path)]) == 0
    assert rows("SELECT sku, from_day FROM costs ORDER BY 1", capsys) == ["A-1,2026-01-31", "A-2,2026-02-01"]


def test_a_built_in_name_is_left_alone(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "costs.csv"
    path.write_text("SKU,Cost price,Valid from\nA-1,4.50,2026-01-31\nA-2,5.00,2026-02-01\n", encoding="utf-8")
    assert main(["map", str(path), "--yes", "--currency", "USD"]) == 0
    assert (store.parent / "mappings/costs-own.toml").is_file()
    assert main(["import", str(path)]) == 0


def test_nothing_is_written_read_only(store: Path, sheet: Path) -> None:
    assert main(["map", str(sheet), "--yes", "--read-only"]) == 2
    assert not (store.parent / "mappings").exists()
