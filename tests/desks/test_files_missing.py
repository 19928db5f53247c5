"""files/missing: exports that are later than usual, and days that lie in no export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from risk_tools import Asked, Files, Sale, asker, explained

from merchant_cli.app import main


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "files")


def sales(*days: str) -> list[Sale]:
    """A sale on each of these days of 2026 (`10-20`), shipped on the same day."""
    return [Sale(f"9{day.replace('-', '')}", "A", paid=f"2026-{day} 09:00:00", shipped=f"2026-{day} 10:00:00")
            for day in days]  # fmt: skip


def abroad(files: Files, *made: str) -> None:
    """A Shopify export on each of these days of November 2026, with an order of each of the three days before."""
    for day in made:
        rows = []
        for before in (int(day) - 3, int(day) - 2, int(day) - 1):
            at = f"2026-11-{before:02} 08:00:00"
            rows.append(f"#{before},paid,{at},{at},{at},M-1,1,10.00")
        files.shopify(*rows, exported=f"2026-11-{day} 12:00:00")


def test_an_export_that_comes_regularly_is_late(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*sales("11-16", "11-17"), at="20261118080000")
    abroad(files, "04", "07", "10")
    # every 3 days, the last on the 10th: on the 17th it is 7 days old, more than 3 + 2
    row = ask("missing")["rows"]["file:shopify/main/orders"]
    assert row["why"] == (
        "The last file is of 2026-11-10 and covers days up to 2026-11-09; usually one comes every 3 days."
    )
    assert (row["subject"], row["why_code"]) == ("shopify/main orders", "late")
    assert (row["due"], row["at_stake"]) == ("2026-11-13", None)
    assert (row["first"], row["last"], row["days"], row["usual_days"]) == ("2026-11-10", "2026-11-17", 8, 3)
    assert row["command"] == "merchant import FILE --shop shopify/main"
    # 3 usual + 2 allowed + 2 more = 7
    assert explained(capsys, "files", "missing", row["key"]) == {"age_days": 7, "tables": {"imports"}}
    assert "file:shopify/main/orders" not in ask("missing", "--late-days", "4")["rows"]
    abroad(files, "13")
    assert ask("missing")["rows"] == {}, "4 days old: it may take 5"


def test_two_files_are_no_rhythm_and_own_sheets_have_none(files: Files, ask: Asked) -> None:
    files.taobao(*sales("11-14"))
    abroad(files, "04", "07")
    for day in ("01", "02", "03", "04"):
        files.stock(f"A,5,2026-11-{day}", name=f"count-{day}.csv")
    assert ask("missing")["rows"] == {}


def test_a_shop_with_one_file_is_quiet(files: Files, ask: Asked) -> None:
    abroad(files, "07")
    body = ask("missing")
    assert body["rows"] == {} and not [note for note in body["notes"] if "import" in note]


def test_days_in_no_file(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*sales("10-20", "10-21", "10-23"), at="20261024080000", lines=False)
    files.taobao(*sales("10-26", "10-27", "11-14"), at="20261115080000", lines=False)
    # 28 October to 13 November are 17 covered days without a sale: 24 and 25 October may be such days too
    assert ask("missing")["rows"] == {}
    files.taobao(*sales(*(f"10-{day}" for day in range(26, 32)), *(f"11-{day:02}" for day in range(1, 15))),
                 at="20261115080100", lines=False)  # fmt: skip
    # now the longest time without a sale is 22 October, one day; two days are in no file
    (row,) = ask("missing")["rows"].values()
    assert row["key"] == "gap:taobao/main/orders/2026-10-24" and row["due"] is None
    assert row["why"] == "2026-10-24 to 2026-10-25 are in no file: 2 days are unknown."
    assert explained(capsys, "files", "missing", row["key"]) == {"days": 2, "tables": {"imports"}}
    assert ask("missing", "--since", "2026-10-26")["rows"] == {}
    assert ask("missing", "--window-days", "20")["rows"] == {}, "from 26 October on"


def test_visits_are_there_every_day(files: Files, ask: Asked) -> None:
    head = "统计日期,店铺名称,访客数,浏览量,支付买家数,支付金额\n"
    rows = [f"2026-11-{day:02},杯子铺,10,20,0,0.00\n" for day in (1, 2, 3, 5, 6)]
    files.take("店铺取数_20261107.csv", head + "".join(rows))
    (row,) = ask("missing")["rows"].values()
    assert (row["key"], row["why"]) == (
        "gap:taobao/main/traffic/2026-11-04", "2026-11-04 is in no file: that day is unknown.",
    )  # fmt: skip


def test_one_line_in_the_worklist(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao(*sales("11-16", "11-17"), at="20261118080000")
    abroad(files, "04", "07", "10")
    said = {}
    for lang in ("en", "zh"):
        capsys.readouterr()
        assert main(["today", "--json", "--lang", lang]) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        (row,) = [row for row in rows if row["desk"] == "files"]
        assert (row["key"], row["due"], row["command"]) == ("all", "2026-11-13", "merchant files missing")
        said[lang] = row["why"]
    assert said["en"] == (
        "1 export is missing, first shopify/main orders: The last file is of 2026-11-10 and covers days up to"
        " 2026-11-09; usually one comes every 3 days."
    )
    assert said["zh"] == (
        "缺少 1 份导出文件，首先是 shopify/main 的订单：最近一份文件导出于 2026-11-10，数据到 2026-11-09；"
        "平时约每 3 天一份。"
    )


def test_an_empty_store_says_what_to_import(files: Files, ask: Asked) -> None:
    body = ask("missing")
    assert body["rows"] == {} and "merchant import" in str(body["notes"])
