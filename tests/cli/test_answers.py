"""One declaration gives the same answer as JSON, CSV, Excel, Markdown and text."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands import asking, print_table
from merchant_cli.desks import find
from merchant_cli.desks.base import Answer, Column
from merchant_cli.intake.take_in import mappings_folder

ASK = ("trial", "low-stock")


def test_json_has_the_promised_shape(run: Callable, desk: Path, shops: Path) -> None:
    body = run(*ASK, "--json").json
    assert " ".join(body) == "schema desk question as_of shops currency columns rows count notes"
    assert (body["schema"], body["desk"], body["question"], body["count"]) == (1, "trial", "low-stock", 4)
    assert body["as_of"] == "2026-11-14", "coupons do not move the as-of day"
    assert body["shops"] == ["shopify/abroad", "taobao/main"] and body["currency"] == "CNY"
    assert body["columns"][4] == {"name": "at_stake", "label": "At stake", "kind": "money", "unit": "CNY"}
    assert body["rows"][0] == {
        "key": "sku:0", "subject": "[red]=1+1", "why": "5 cups left", "why_code": "low", "at_stake": 1234.5,
        "due": "2026-11-14", "action": "purchase-order", "params": {"sku": "0", "quantity": 5}, "source": "counted",
        "command": "merchant trial low-stock --row sku:0 --propose",
    }  # fmt: skip
    assert any("shopify/abroad lags" in note for note in body["notes"])


def test_json_speaks_chinese(run: Callable, desk: Path, shops: Path) -> None:
    body = run(*ASK, "--json", "--lang", "zh").json
    assert body["columns"][1]["label"] == "对象" and body["rows"][0]["why"] == "剩 5 件"


def test_an_empty_store_answers_and_is_not_created(run: Callable, desk: Path, tmp_path: Path) -> None:
    body = run(*ASK, "--json").json
    assert body["as_of"] is None and body["shops"] == [] and not (tmp_path / "merchant.db").exists()


def test_scope_options(run: Callable, desk: Path, shops: Path) -> None:
    body = run(*ASK, "--json", "--shop", "taobao/main", "--as-of", "2026-11-13").json
    assert body["as_of"] == "2026-11-13" and body["shops"] == ["taobao/main"]
    assert any("not rewound" in note for note in body["notes"])


def test_options_and_the_merchants_own_defaults(run: Callable, desk: Path, shops: Path) -> None:
    assert run(*ASK, "--json", "--least", "7").json["rows"][0]["why"] == "7 cups left"
    run("set", "trial.low_stock.least", "9")
    assert run(*ASK, "--json").json["rows"][0]["why"] == "9 cups left"
    assert run(*ASK, "--json", "--least", "7").json["rows"][0]["why"] == "7 cups left"


def test_csv_is_plain_and_whole(run: Callable, desk: Path, shops: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run(*ASK, "--csv", "--rows", "50").out)))
    assert len(rows) == 50
    assert rows[0]["at_stake"] == "1234.50" and rows[0]["subject"] == "[red]=1+1" and rows[0]["why"] == "5 cups left"
    assert json.loads(rows[0]["params"]) == {"sku": "0", "quantity": 5}


def test_limit_is_said(run: Callable, desk: Path, shops: Path) -> None:
    ran = run(*ASK, "--json", "--limit", "1")
    assert ran.json["count"] == 1 and any("1 of 4 rows" in note for note in ran.json["notes"])
    assert "1 of 4 rows, `--all` shows the rest" in ran.err
    assert run(*ASK, "--rows", "50").out.count("sku:") == 50, "a pipe is never cut"


def test_row_picks_one(run: Callable, desk: Path, shops: Path) -> None:
    assert [row["key"] for row in run(*ASK, "--json", "--row", "sku:2").json["rows"]] == ["sku:2"]


def test_text_is_harmless_and_says_what_it_covers(run: Callable, desk: Path, shops: Path) -> None:
    ran = run(*ASK)
    assert ran.out.startswith("Low stock · as of 2026-11-14 · shopify/abroad, taobao/main\n")
    assert "[red]=1+1" in ran.out and "\x1b" not in ran.out and "a␛[2Jb" in ran.out
    assert "~At stake (CNY)" in ran.out and "1,234.50" in ran.out and "~ marks estimates: At stake." in ran.out
    assert "explain trial low-stock --row KEY" in ran.err


def test_a_terminal_cuts_and_fits(run: Callable, desk: Path, shops: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "50")
    ran = run(*ASK, "--rows", "50")
    assert ran.out.count("sku:") == asking.ON_A_TERMINAL and "20 of 50 rows" in ran.err
    assert run(*ASK, "--rows", "50", "--all").out.count("sku:") == 50


def test_fitting() -> None:
    assert print_table.fitted([5, 60, 10, 10], [False, True, False, False], 80) == [5, 49, 10, 10]
    assert print_table.fitted([5, 60, 60, 9, 10, 30, 8], [False, True, True, False, False, True, False], 70) == [
        5, 12, 12, 9, 10, 12,
    ]  # fmt: skip
    assert print_table.fitted([90, 5], [False, False], 40) == [90]


def test_files(run: Callable, desk: Path, shops: Path, tmp_path: Path) -> None:
    for suffix in ("json", "csv", "md", "xlsx"):
        ran = run(*ASK, "-o", str(tmp_path / f"out.{suffix}"))
        assert ran.code == 0 and ran.out == "" and "4 rows written to" in ran.err
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["count"] == 4
    sheet = (tmp_path / "out.csv").read_bytes()
    assert sheet.startswith(b"\xef\xbb\xbf") and b'"\'=cmd()"' in sheet and b"\r\n" in sheet
    text = (tmp_path / "out.md").read_text(encoding="utf-8")
    assert text.startswith("# Low stock\n") and "\\[red\\]=1+1" in text
    assert not list(tmp_path.glob(".out*")), "no part files are left"


def test_excel_cells_are_typed(run: Callable, desk: Path, shops: Path, tmp_path: Path) -> None:
    run(*ASK, "-o", str(tmp_path / "out.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    sheet = book.worksheets[0]
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert row["Subject"].data_type == "s" and row["Key"].number_format == "@"
    assert row["~At stake (CNY)"].value == 1234.5 and row["~At stake (CNY)"].number_format == "#,##0.00"
    assert row["Due"].is_date and sheet.freeze_panes == "A2" and sheet.auto_filter.ref
    assert sheet.cell(5, 2).data_type == "s" and sheet.cell(5, 2).value == "=cmd()"
    book.close()


def test_lists_have_the_shape_of_answers(run: Callable, desk: Path) -> None:
    body = run("questions", "--json").json
    assert body["desk"] is None
    assert [column["name"] for column in body["columns"]][:4] == ["desk", "question", "title", "alert"]
    row = next(row for row in body["rows"] if row["desk"] == "trial")
    assert row["question"] == "low-stock" and row["alert"] is True
    assert row["options"] == "--least 5 --rows 4 --factor 1.5 --no-loud --name … --window-days 28 --lag-days 0"
    for words in (("where",), ("config",), ("rates",), ("trial",)):
        assert run(*words, "--json").json["desk"] is None


def test_where_names_every_place(run: Callable, tmp_path: Path) -> None:
    places = {row["name"]: row["path"] for row in run("where", "--json").json["rows"]}
    assert list(places) == ["store", "cache", "files", "mappings", "key", "log"]
    assert (places["key"], places["mappings"]) == (str(tmp_path / "buyer.key"), str(mappings_folder(tmp_path / "m")))
    assert places["files"] == str(tmp_path / "merchant.db.files")
    rows = {row["name"]: row["exists"] for row in run("where", "--json").json["rows"]}
    assert not any(rows.values())


def test_explain(run: Callable, desk: Path, shops: Path) -> None:
    words = ("explain", "trial", "low-stock", "--row", "sku:0")
    body = run(*words, "--json", "--least", "8").json
    assert body["behind"] == [
        {"table": "orders", "key": "o1", "what": "", "import": 1, "file": "orders.csv", "line": 7}
    ]
    assert [(row["term"], row["value"], row["is_total"]) for row in body["rows"]] == [
        ("units", 8, False), ("price", 12.5, True),
    ]  # fmt: skip
    text = run(*words).out
    assert "= price" in text and "12.50 CNY" in text and "orders.csv" in text


def test_a_broken_file_takes_nothing_down(run: Callable, desk: Path) -> None:
    (desk / "broken.py").write_text("import no_such_module\n", encoding="utf-8")
    ran = run("questions", "--json")
    assert "merchant_cli.desks.trial.broken cannot be loaded" in ran.err and "low-stock" in ran.out
    assert run(*ASK, "--json").code == 0


def test_a_desk_that_declares_none_takes_nothing_down(run: Callable, desk: Path) -> None:
    empty = desk.parent / "empty"
    empty.mkdir()
    (empty / "__init__.py").touch()
    ran = run("questions", "--json")
    assert "merchant_cli.desks.empty cannot be loaded" in ran.err and "low-stock" in ran.out
    assert run("today", "--json").code == 0


def test_ask_by_address(desk: Path, shops: Path) -> None:
    from merchant_cli.desks import scope
    from merchant_cli.store.open import read

    db = read(shops)
    answer = find.ask("trial/low-stock", db, scope.make(db), rows=2)
    assert len(list(answer.rows)) == 2
    db.close()


@pytest.fixture
def worklist(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worklist of the trial desk's alerts only."""

    def made(db: object, scope: object) -> Answer:
        found = find.ask("trial/low-stock", db, scope, rows=30)  # type: ignore[arg-type]
        columns = (Column("desk", Phrase("Desk", "工作台"), "id"), Column("question", Phrase("Question", "问题"), "id"))
        found.rows = [("trial", "low-stock", *row) for row in found.rows]
        found.columns, found.notes = (*columns, *found.columns), []
        return found

    module = ModuleType("merchant_cli.desks.today")
    module.worklist = made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "merchant_cli.desks.today", module)


def test_today(run: Callable, shops: Path, worklist: None) -> None:
    body = run("today", "--json", "--limit", "2").json
    assert body["desk"] is None and body["count"] == 2
    assert body["rows"][0]["command"] == "merchant trial low-stock --row sku:0 --propose"
    assert run("today", "--exit-code").code == 8 and run("today").code == 0


def test_today_for_a_phone(run: Callable, shops: Path, worklist: None) -> None:
    lines = run("today", "--text").out.splitlines()
    assert len(lines) == 12 and lines[0] == "To do, as of 2026-11-14: 30"
    assert lines[1] == "1. [red]=1+1: 5 cups left (1,234.50 CNY · 2026-11-14)"
    assert lines[10] == "… and 21 more: `merchant today`" and "lags" in lines[11]
