"""merchant quarantine export → mend → retry: nothing waits any more, and an undo makes it wait again."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from merchant_cli.app import main

ORDERS = "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku\n"  # noqa: E501
GOOD = "#1,a@example.com,paid,2025-03-01 10:00:00 +0000,USD,10.00,10.00,Mug,1,10.00,A-1\n"
BAD_DATE = "#2,b@example.com,paid,yesterday,USD,20.00,20.00,Mug,2,10.00,A-1\n"
BAD_MONEY = "#3,c@example.com,paid,2025-03-03 10:00:00 +0000,USD,ten,10.00,=Bowl,1,10.00,B-1\n"


class Shop:
    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def run(self, *args: str, exit: int = 0) -> str:
        code = main(list(args))
        out, self.said = self.capsys.readouterr()
        assert code == exit, f"{args} ended with {code}:\n{out}{self.said}"
        return out

    def json(self, *args: str, exit: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*args, "--json", exit=exit))
        return found

    def waiting(self) -> list[tuple[Any, Any, Any]]:
        return [(row["import"], row["line"], row["code"]) for row in self.json("quarantine")["rows"]]


@pytest.fixture
def shop(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    made = Shop(tmp_path, capsys)
    path = tmp_path / "orders_export_20250305.csv"
    path.write_text(ORDERS + GOOD + BAD_DATE + BAD_MONEY, encoding="utf-8")
    made.run("import", str(path), exit=3)
    assert made.waiting() == [(1, 3, "bad-date"), (1, 4, "bad-money")]
    return made


def mend(path: Path, changes: dict[tuple[str, str], str]) -> None:
    """Writes cells by row number and column as Excel would, and saves."""
    book = openpyxl.load_workbook(path)
    sheet = book["1"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for (line, column), value in changes.items():
            if sheet.cell(row, 1).value == line:
                sheet.cell(row, at[column]).value = value
    book.save(path)


def test_the_workbook_says_what_is_wrong_beside_each_cell(shop: Shop) -> None:
    path = shop.folder / "fix.xlsx"
    shop.run("quarantine", "export", str(path))
    sheet = openpyxl.load_workbook(path)["1"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Quarantined row", "Reason", "What to do", "Name")
    assert rows[1][:4] == ("3", "“yesterday” is not a date.", "Correct the cell.", "#2")
    at = [cell.value for cell in sheet[1]].index("Created at")
    assert sheet.cell(2, at + 1).value == "yesterday" and sheet.cell(2, at + 1).comment is not None
    assert sheet.cell(2, at + 1).fill.fgColor.rgb == "FFFFE699"
    name = [cell.value for cell in sheet[1]].index("Lineitem name")
    assert sheet.cell(3, name + 1).value == "=Bowl" and sheet.cell(3, name + 1).data_type == "s"


def test_mended_rows_come_in_and_nothing_waits(shop: Shop) -> None:
    path = shop.folder / "fix.xlsx"
    shop.run("quarantine", "export", str(path))
    mend(path, {("3", "Created at"): "2025-03-02 10:00:00 +0000", ("4", "Subtotal"): "10.00"})
    receipt = shop.json("quarantine", "retry", str(path))["files"][0]
    assert (receipt["import"], receipt["inserted"], receipt["quarantined"]) == (2, 2, 0)
    assert shop.waiting() == []
    said = shop.json("sql", "select order_id, day, sold_minor from orders order by order_id")["rows"]
    assert said == [
        {"order_id": "#1", "day": "2025-03-01", "sold_minor": 1000},
        {"order_id": "#2", "day": "2025-03-02", "sold_minor": 2000},
        {"order_id": "#3", "day": "2025-03-03", "sold_minor": 1000},
    ]
    shop.run("undo", "2")
    assert shop.waiting() == [(1, 3, "bad-date"), (1, 4, "bad-money")]
    shop.run("redo", "2")
    assert shop.waiting() == []


def test_what_is_still_wrong_or_left_out_waits_on(shop: Shop) -> None:
    path = shop.folder / "fix.xlsx"
    shop.run("quarantine", "export", str(path))
    mend(path, {("3", "Created at"): "2025-03-02 10:00:00 +0000"})
    shop.json("quarantine", "retry", str(path), exit=3)
    assert [(number, code) for number, _, code in shop.waiting()] == [(2, "bad-money")]
    again = shop.folder / "again.xlsx"
    shop.run("quarantine", "export", str(again))
    assert openpyxl.load_workbook(again).sheetnames == ["2"]


def test_a_row_taken_out_of_the_workbook_keeps_waiting(shop: Shop) -> None:
    path = shop.folder / "fix.xlsx"
    shop.run("quarantine", "export", str(path))
    mend(path, {("3", "Created at"): "2025-03-02 10:00:00 +0000"})
    book = openpyxl.load_workbook(path)
    book["1"].delete_rows(3)
    book.save(path)
    shop.run("quarantine", "retry", str(path))
    assert shop.waiting() == [(1, 4, "bad-money")]


def test_nothing_waits_and_what_is_not_ours(shop: Shop) -> None:
    shop.run("quarantine", "export", str(shop.folder / "x.csv"), exit=2)
    other = shop.folder / "other.xlsx"
    openpyxl.Workbook().save(other)
    shop.run("quarantine", "retry", str(other), exit=4)
    shop.run("quarantine", "retry", str(shop.folder / "orders_export_20250305.csv"), exit=4)
    assert "mended-unknown" in shop.said
    shop.run("undo", "1")
    shop.run("quarantine", "export", str(shop.folder / "none.xlsx"))
    assert "No row waits" in shop.said and not (shop.folder / "none.xlsx").exists()


def test_words_of_a_vocabulary_are_offered(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = Shop(tmp_path, capsys)
    path = tmp_path / "reviews.csv"
    path.write_text("Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text,Follow-up,Shop reply\n"
                    "R1,shopify/main,#1,A-1,2025-03-01,nine,fine,,\n", encoding="utf-8")  # fmt: skip
    code = main(["import", str(path), "--quiet"])
    capsys.readouterr()
    assert code in (3, 4)  # a file of which no row is usable is refused whole
    coupons = tmp_path / "coupons.csv"
    coupons.write_text(
        "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Threshold,Scope,Budget,Currency,Starts on,"
        "Ends on\n"
        "C1,Ten off,shopify/main,shop,amount,10,99,,,USD,2025-03-01,2025-03-09\n"
        "C2,Ten off,shopify/main,nobody,amount,10,99,,,USD,2025-03-01,2025-03-09\n", encoding="utf-8")  # fmt: skip
    shop.run("import", str(coupons), exit=3)
    fix = tmp_path / "fix.xlsx"
    shop.run("quarantine", "export", str(fix))
    book = openpyxl.load_workbook(fix)
    lists = [v.formula1 for sheet in book for v in sheet.data_validations.dataValidation]
    assert any("shop" in said for said in lists), lists


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_workbook_saved_by_libreoffice_comes_back(shop: Shop) -> None:
    path, home = shop.folder / "fix.xlsx", shop.folder / "office"
    shop.run("quarantine", "export", str(path))
    mend(path, {("3", "Created at"): "2025-03-02 10:00:00 +0000", ("4", "Subtotal"): "10.00"})
    (shop.folder / "saved").mkdir()
    words = ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*words, str(shop.folder / "saved"), str(path)], check=True, capture_output=True, timeout=120)
    receipt = shop.json("quarantine", "retry", str(shop.folder / "saved" / "fix.xlsx"))["files"][0]
    assert (receipt["inserted"], receipt["quarantined"]) == (2, 0) and shop.waiting() == []


def test_a_mended_day_may_be_later_than_the_rows_that_were_sound(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file has no date of its own: the newest sound row, of 1 March, says nothing of the row that waits. Undone
    and brought back the row is taken in again."""
    shop = Shop(tmp_path, capsys)
    path, fix = tmp_path / "sales.csv", tmp_path / "fix.xlsx"
    path.write_text(ORDERS + GOOD + BAD_DATE, encoding="utf-8")
    shop.run("import", str(path), exit=3)
    shop.run("quarantine", "export", str(fix))
    mend(fix, {("3", "Created at"): "2025-03-02 10:00:00 +0000"})
    shop.run("quarantine", "retry", str(fix))
    assert shop.waiting() == []
    shop.run("undo")
    shop.run("redo")
    assert shop.waiting() == []
    assert shop.json("sql", "SELECT count(*) AS n FROM orders")["rows"] == [{"n": 2}]


def test_a_sale_without_a_day_is_told(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = Shop(tmp_path, capsys)
    path = tmp_path / "orders_export_20250305.csv"
    path.write_text(ORDERS + GOOD + BAD_DATE.replace("yesterday", ""), encoding="utf-8")
    (told,) = [note for note in shop.json("import", str(path))["files"][0]["notes"] if "#2" in str(note)]
    assert "in no figure" in str(told)
