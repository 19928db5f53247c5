"""What stands in the files that an answer is written to, and where no file is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hostile_texts import ALL
from test_round_trip import order

from exporters import place, table, xlsx
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks.base import Answer, Column

P = Phrase
COLUMNS = (
    Column("sku", P("SKU", "商家编码"), "sku"), Column("title", P("Title", "标题"), "text"),
    Column("sold", P("Sold", "已售"), "count"), Column("net", P("Net sales", "净销售额"), "money", "CNY"),
    Column("yen", P("Yen", "日元"), "money", "JPY"), Column("share", P("Share", "占比"), "rate"),
    Column("day", P("Day", "日期"), "day"), Column("at", P("At", "时间"), "moment"),
)  # fmt: skip
MOMENT = 1_795_305_600  # 2026-11-22 00:00:00 UTC


def row(sku: str, title: str = "蓝色马克杯", sold: float | None = 3) -> tuple[Any, ...]:
    return (sku, title, sold, 123_450, 990, 0.125, "2026-11-14", MOMENT)


def answer(*rows: tuple[Any, ...], estimated: frozenset[str] = frozenset()) -> Answer:
    note = Note("lag", P("taobao/main lags.", "taobao/main 数据滞后。"), {})
    return Answer(COLUMNS, list(rows), ("sku",), "2026-11-14", ("taobao/main",), "CNY", [note], estimated)


def book(path: Path, made: Answer, lang: str = "en") -> tuple[Any, list[str]]:
    remarks = table.save(made, path, lang, title="Prices", asked="merchant listings prices --shop taobao/main")
    return openpyxl.load_workbook(path), remarks


def test_a_workbook_says_what_it_is(tmp_path: Path) -> None:
    made, _ = book(tmp_path / "x.xlsx", answer(row("00871"), row("=1")))
    said = [cell.value for cell in made["Notes"]["A"]]
    made.close()
    assert said[:5] == [
        "Prices", "Asked with: merchant listings prices --shop taobao/main", "As of 2026-11-14", "Shops: taobao/main",
        "Rows: 2",
    ]  # fmt: skip
    assert said[5].startswith("Made: 20") and said[5].endswith("UTC") and said[6] == "taobao/main lags."


def test_a_workbook_is_ready_to_read_and_print(tmp_path: Path) -> None:
    made, _ = book(tmp_path / "x.xlsx", answer(row("00871")), "zh")
    page = made["结果"]
    assert page.freeze_panes == "A2" and page.auto_filter.ref == "A1:H2" and page.print_title_rows == "$1:$1"
    assert page["A1"].font.name == "Microsoft YaHei"
    assert page.column_dimensions["B"].width >= 2 * len("蓝色马克杯"), "a Chinese character takes two cells"
    formats = [cell.number_format for cell in page[2]]
    assert formats == ["@", "@", "#,##0", "#,##0.00", "#,##0", "0.0%", "yyyy-mm-dd", "yyyy-mm-dd hh:mm"]
    values = [cell.value for cell in page[2]]
    assert values[:6] == ["00871", "蓝色马克杯", 3, 1234.5, 990, 0.125]
    assert [str(v) for v in values[6:]] == ["2026-11-14 00:00:00", "2026-11-22 00:00:00"]
    made.close()


def test_every_hostile_text_stays_text_in_a_workbook(tmp_path: Path) -> None:
    made, remarks = book(tmp_path / "x.xlsx", answer(*(row(name, text) for name, text in ALL.items())))
    page = made["Answer"]
    for y, (name, text) in enumerate(ALL.items(), 2):
        cell = page.cell(y, 2)
        assert cell.data_type == "s" and cell.number_format == "@" and cell.hyperlink is None, name
        assert cell.value == safe_text(text, one_line=False), name
    assert page.cell(2 + list(ALL).index("T17"), 2).value == "real␍FAKE"
    at = 2 + list(ALL).index("T11")
    assert len(remarks) == 1 and "Control characters" in remarks[0] and f" {at}," in remarks[0]
    assert [cell.value for cell in made["Notes"]["A"]][-1] == remarks[0]
    made.close()


def test_what_a_cell_cannot_hold_is_said(tmp_path: Path) -> None:
    made, remarks = book(tmp_path / "x.xlsx", answer(row("A"), row("B", "字" * 32_767), row("C", "字" * 32_768)))
    page = made["Answer"]
    assert page["B3"].value == "字" * 32_767 and page["B4"].value == "字" * 32_766 + "…"
    assert remarks == ["Cut off at 32,767 characters, the most a cell holds: rows 4"]
    made.close()


def test_numbers_that_excel_would_round_are_text(tmp_path: Path) -> None:
    made, _ = book(
        tmp_path / "x.xlsx", answer(row("A", sold=10**15), row("B", sold=10**15 - 1), row("C", sold=float("inf")))
    )
    page = made["Answer"]
    kinds = [(page.cell(y, 3).data_type, page.cell(y, 3).value) for y in (2, 3)]
    assert kinds == [("s", "1000000000000000"), ("n", 999_999_999_999_999)] and page["C4"].data_type == "s"
    made.close()


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 2)
    with pytest.raises(Problem) as caught:
        table.save(answer(*[row("A")] * 3), tmp_path / "x.xlsx", "en")
    assert caught.value.code == "output-refused" and ".csv" in caught.value.show("en")["why"]
    assert "x.xlsx" in caught.value.show("en")["what"] and not list(tmp_path.iterdir())


def test_csv_for_people(tmp_path: Path) -> None:
    remarks = table.save(answer(row("-5", "＝1+1"), row("x", 'a";=1', -3)), tmp_path / "x.csv", "en")
    text = (tmp_path / "x.csv").read_bytes()
    assert text.startswith(b'\xef\xbb\xbf"sku","title"') and text.count(b"\r\n") == text.count(b"\n") == 3
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert rows[1][:2] == ["'-5", "'＝1+1"] and rows[2][:4] == ["x", 'a";=1', "-3", "1234.50"]
    assert remarks == ["An apostrophe stands before text that a spreadsheet would run as a formula: sku, title"]
    assert table.save(answer(row("x")), tmp_path / "x.csv", "en") == []


def test_the_apostrophes_are_said_by_the_command(run: Callable[..., Any], tmp_path: Path) -> None:
    order(tmp_path / "orders_export.csv")
    run("import", tmp_path / "orders_export.csv", "--yes")
    said = run("sql", "SELECT '=1' AS a, 'x' AS b", "-o", tmp_path / "x.csv").err
    assert "as a formula: a\n" in said


@pytest.mark.parametrize("name", ["CON.csv", "nul.xlsx", "com1.md", "Aux.json"])
def test_names_of_devices_are_refused(run: Callable[..., Any], tmp_path: Path, name: str) -> None:
    ran = run("questions", "-o", tmp_path / name)
    assert ran.code == 2 and "Windows keeps that name" in ran.err and not list(tmp_path.glob("*.*"))


def test_places_that_cannot_be_written_are_named(run: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "kept.csv").write_text("mine")
    (tmp_path / "kept.csv").chmod(0o444)
    (tmp_path / "file").write_text("mine")
    for name, why in (
        ("folder.csv", "It is a folder"), ("kept.csv", "write-protected"), ("file/x.csv", "not a folder"),
        ("none/x.csv", "does not exist"), ("x" * 260 + ".csv", "too long"),
    ):  # fmt: skip
        ran = run("questions", "-o", tmp_path / name)
        assert ran.code == 2 and "output-refused" in ran.err and why in ran.err, (name, ran.err)
    assert (tmp_path / "kept.csv").read_text() == "mine" and not list(tmp_path.glob(".*"))


def test_a_long_name_that_the_disk_takes_is_written(run: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / ("字" * 80 + ".csv")
    assert run("questions", "-o", path).code == 0 and path.stat().st_size > 100


def test_what_stood_there_stays_if_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("mine")

    def fails(out: Any) -> None:
        out.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(Problem) as caught:
        place.replacing(path, fails)
    assert "disk is full" in caught.value.show("en")["why"] and "磁盘空间不足" in caught.value.show("zh")["why"]
    assert path.read_text() == "mine" and [p.name for p in tmp_path.iterdir()] == ["x.csv"]


def test_a_file_that_was_imported_is_never_written_over(run: Callable[..., Any], tmp_path: Path) -> None:
    path, moved = tmp_path / "orders_export.csv", tmp_path / "moved.csv"
    order(path)
    run("import", path, "--yes")
    path.rename(moved)
    for place_ in (moved, path):
        if place_ is path:
            path.write_text("edited since")
        before = place_.read_bytes()
        ran = run("questions", "-o", place_)
        assert ran.code == 2 and "imported from" in ran.err and place_.read_bytes() == before
    assert run("questions", "-o", tmp_path / "new.csv").code == run("questions", "-o", tmp_path / "new.csv").code == 0
