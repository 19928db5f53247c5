"""When a file was exported: asked, said in the file, in its name, in the workbook's properties, else by its rows."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from intake_tools import ORDERS_HEAD, digest, order, query

from merchant_cli.app import main

HEAD = "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,订单创建时间,订单付款时间,退款金额"
ROW = "2001,50.00,0.00,50.00,50.00,交易成功,SF1,2025-03-01 10:00:00,2025-03-01 10:01:00,"
AS_OF = "SELECT as_of_from, as_of FROM imports"


def beijing(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}+08:00").timestamp())


END_OF_DAY = beijing("2025-03-05 23:59:59")
TIME = beijing("2025-03-05 10:00:00")


def taobao(
    folder: Path, *, above: str = "", below: str = "", name: str = "订单.csv", encoding: str = "gb18030"
) -> Path:
    path = folder / name
    path.write_bytes(f"{above}{HEAD}\n{ROW}\n{below}".encode(encoding))
    return path


def dated(store: Path, path: Path, *words: str) -> list[tuple[Any, ...]]:
    assert main(["import", str(path), "--quiet", *words]) == 0
    return query(store, AS_OF)


@pytest.mark.parametrize(
    "line, instant",
    [
        ("导出时间：2025-03-05 10:00:00", TIME),
        ("导出时间,2025/03/05 10:00", TIME),
        ("店铺：茶杯店　数据导出时间: 2025年3月5日 10:00:00　导出人：张三", TIME),
        ("#下载时间：[2025年03月05日 10:00:00]", TIME),
        ("导出日期：2025-03-05", END_OF_DAY),
        ("报表生成时间：20250305", END_OF_DAY),
        ("Export date: 2025-03-05", END_OF_DAY),
        ("export_time,2025-03-05 10:00:00", TIME),
        ("Report Date/Time: 2025-03-05 10:00", TIME),
        ("Generated at 2025-03-05T02:00:00Z", TIME),
        ("Report generated on: 2025-03-05 10:00:00 +0800", TIME),
        ("Report date,,2025-03-05", END_OF_DAY),
        ("Exported: 2025-03-05 10:00 PM", END_OF_DAY),
    ],
)
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_line_above_the_header(store: Path, tmp_path: Path, line: str, instant: int, encoding: str) -> None:
    path = taobao(tmp_path, above=f"订单报表\n{line}\n\n", name="订单20250309.csv", encoding=encoding)
    assert dated(store, path) == [("file", instant)]


@pytest.mark.parametrize(
    "line", ["导出时间：2025-03-05 10:00:00", "导出日期,2025-03-05,,,,,,,,", "Generated at 2025-03-05"]
)
@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_a_line_below_the_rows_is_no_row(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, end: str, encoding: str
) -> None:
    path = taobao(tmp_path, below="\n" + line + end, encoding=encoding)
    assert main(["import", str(path), "--json"]) == 0
    [said] = json.loads(capsys.readouterr().out)["files"]
    assert (said["read"], said["inserted"], said["ignored"], said["quarantined"]) == (2, 1, 1, 0)
    assert query(store, AS_OF) == [("file", TIME if "10:00" in line else END_OF_DAY)]
    before = digest(store)
    assert main(["undo"]) == main(["redo"]) == 0
    assert digest(store) == before
    assert query(store, AS_OF)[0][0] == "file"


@pytest.mark.parametrize(
    "line",
    [
        "统计日期：2025-02-01 至 2025-02-28",
        "导出时间：2025-02-01 至 2025-02-28",
        "Report date: 2025-02-01 - 2025-02-28",
        "导出时间：2099-01-01 10:00:00",
        "导出时间：2025-02-31",
        "导出时间：",
        "报表 2025-02-28",
    ],
)
def test_what_says_no_export_time(store: Path, tmp_path: Path, line: str) -> None:
    assert dated(store, taobao(tmp_path, above=f"{line}\n"))[0][0] == "rows"


def test_a_row_of_the_file_is_not_asked(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS_HEAD + order("#1").replace("Mug", "Generated at 2025-03-05"), encoding="utf-8")
    assert dated(store, path)[0][0] == "rows"


def test_what_is_asked_comes_first(store: Path, tmp_path: Path) -> None:
    path = taobao(tmp_path, above="导出时间：2025-03-05 10:00:00\n")
    assert dated(store, path, "--exported", "2025-03-07") == [("given", beijing("2025-03-07 23:59:59"))]


def test_a_row_dated_after_the_export_waits(store: Path, tmp_path: Path) -> None:
    later = ROW.replace("2001", "2002").replace("2025-03-01", "2025-03-06")
    path = taobao(tmp_path, above="导出时间：2025-03-05 10:00:00\n", below=later + "\n")
    assert main(["import", str(path), "--quiet"]) == 3
    assert query(store, "SELECT code FROM quarantine") == [("future-date",)]


# --- workbooks ---


def workbook(path: Path, rows: list[str], made: datetime | None, *, above: str = "", below: str = "") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": made} if made else {})
        sheet = book.add_worksheet()
        for n, row in enumerate(filter(None, [above, *rows, below])):
            for m, cell in enumerate(row.split(",")):
                sheet.write_string(n, m, cell)
    return path


def saved_again(path: Path, when: str) -> Path:
    """The same workbook, saved by a person at a later time; `when` "" takes its properties out."""
    other = path.with_name("again-" + path.name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for member in old.namelist():
            data = old.read(member)
            if member == "docProps/core.xml":
                head, _, rest = data.decode().partition('<dcterms:modified xsi:type="dcterms:W3CDTF">')
                data = f'{head}<dcterms:modified xsi:type="dcterms:W3CDTF">{when}{rest[rest.index("<") :]}'.encode()
                if not when:
                    continue
            new.writestr(member, data)
    return other


MADE = datetime(2025, 3, 5, 2, 0, tzinfo=UTC)


def test_the_properties_of_a_workbook(store: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "订单.xlsx", [HEAD, ROW], MADE)
    assert dated(store, path) == [("workbook", TIME)]
    assert query(store, "SELECT day, full FROM import_days") == [("2025-03-01", 1)]


def test_saving_a_workbook_again_makes_an_export_no_newer(store: Path, tmp_path: Path) -> None:
    path = saved_again(workbook(tmp_path / "订单.xlsx", [HEAD, ROW], MADE), "2025-04-01T02:00:00Z")
    assert dated(store, path) == [("workbook", TIME)]


def test_a_workbook_older_than_its_rows_is_dated_by_them(store: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "订单.xlsx", [HEAD, ROW], datetime(2024, 5, 1, tzinfo=UTC))
    assert dated(store, path) == [("rows", beijing("2025-03-01 10:01:00"))]


def test_a_workbook_without_properties_is_dated_by_its_rows(store: Path, tmp_path: Path) -> None:
    path = saved_again(workbook(tmp_path / "订单.xlsx", [HEAD, ROW], MADE), "")
    assert dated(store, path) == [("rows", beijing("2025-03-01 10:01:00"))]


@pytest.mark.parametrize("where", ["above", "below"])
@pytest.mark.parametrize("rows", [1, 60])
def test_a_line_of_a_workbook_and_its_name_come_before_its_properties(
    store: Path, tmp_path: Path, where: str, rows: int
) -> None:
    line = {where: "导出时间：,2025-03-05 10:00:00"}
    body = [HEAD, *(ROW.replace("2001", str(2000 + n)) for n in range(rows))]
    path = workbook(tmp_path / "订单20250307.xlsx", body, datetime(2025, 3, 8, tzinfo=UTC), **line)
    assert dated(store, path) == [("file", TIME)]
    assert query(store, "SELECT count(*) FROM fact_orders") == [(rows,)]
    main(["undo", "--quiet"])
    plain = workbook(tmp_path / "plain20250305.xlsx", [HEAD, ROW], datetime(2025, 3, 8, tzinfo=UTC))
    main(["import", str(plain), "--quiet"])
    assert query(store, AS_OF + " WHERE state = 'applied'") == [("name", END_OF_DAY)]


PRODUCTS = ["Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price", "mug,Mug,Title,Default Title,A-1,9.00"]


def test_a_workbook_without_dates_in_its_rows(store: Path, tmp_path: Path) -> None:
    path = saved_again(
        workbook(tmp_path / "products.xlsx", PRODUCTS, datetime(2019, 1, 1, tzinfo=UTC)), MADE.isoformat()
    )
    assert main(["import", str(path), "--as", "shopify products", "--quiet"]) == 0
    assert query(store, AS_OF) == [("workbook", int(MADE.timestamp()))]
    assert query(store, "SELECT seen_day FROM prices") == [("2025-03-05",)]


def test_a_template_of_a_program_is_no_date(store: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "products.xlsx", PRODUCTS, datetime(2006, 9, 16, tzinfo=UTC))
    assert main(["import", str(path), "--as", "shopify products", "--quiet"]) == 0
    assert query(store, "SELECT as_of_from FROM imports") == [("taken",)]


def spreadsheet(path: Path, rows: list[str], made: str) -> Path:
    """A minimal OpenDocument spreadsheet."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    body = "".join(f"<table:table-row>{''.join(map(cell.format, row.split(',')))}</table:table-row>" for row in rows)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "meta")
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'{head}<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="a">{body}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "meta.xml",
            f"{head}<office:document-meta {spaces}><office:meta><meta:creation-date>{made}</meta:creation-date>"
            "</office:meta></office:document-meta>",
        )
    return path


def test_the_properties_of_an_opendocument_sheet(store: Path, tmp_path: Path) -> None:
    assert dated(store, spreadsheet(tmp_path / "订单.ods", [HEAD, ROW], "2025-03-05T10:00:00.5")) == [
        ("workbook", TIME)
    ]


def test_an_own_sheet_is_dated_when_it_is_taken_in(store: Path, tmp_path: Path) -> None:
    rows = ["SKU,Unit cost,Currency,Valid from", "A-1,4.00,USD,2025-01-01"]
    assert dated(store, workbook(tmp_path / "costs.xlsx", rows, MADE))[0][0] == "taken"


# --- the same bytes under a later name ---


def test_the_same_bytes_under_a_later_name_change_nothing_and_say_so(
    store: Path, orders_file: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    first, later = (orders_file(order("#1"), order("#2"), day=day) for day in ("20250305", "20250310"))
    assert main(["import", str(first)]) == 0
    newer = orders_file(order("#1", status="refunded", refunded="10.00"), day="20250308")
    assert main(["import", str(newer)]) == 0
    before, imports = digest(store), query(store, "SELECT * FROM imports")
    capsys.readouterr()
    assert main(["import", str(later)]) == 0
    out = capsys.readouterr().out
    assert "2025-03-10" in out and "2025-03-05" in out and "--exported 2025-03-10" in out
    assert (digest(store), query(store, "SELECT * FROM imports")) == (before, imports), "no status is rolled back"
    assert main(["import", str(later), "--json"]) == 0
    [said] = json.loads(capsys.readouterr().out)["files"]
    assert (said["state"], said["import"], len(said["notes"])) == ("already imported", 1, 2)
    assert main(["import", str(first)]) == 0
    assert "--exported" not in capsys.readouterr().out
    assert main(["import", str(later), "--exported", "2025-03-10"]) == 0
    assert query(store, "SELECT as_of_from FROM imports WHERE state = 'applied'") == [("name",), ("given",)]
