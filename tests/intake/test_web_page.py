"""Tables of web pages that have the name of a workbook, as 千牛 writes them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from merchant_cli.intake.import_one import undo_in
from merchant_cli.intake.web_page import _rows, write_table
from merchant_cli.store import open as opening
from tests.importers.taking import digest, rows, taken

HEAD = "订单编号,支付单号,买家应付货款,买家应付邮费,总金额,买家实付金额,订单创建时间,订单付款时间,商品标题,退款金额"
ORDERS = (
    "6200000000000000001,1,88.00,0.00,88.00,88.00,2026-05-01 09:00:00,2026-05-01 09:02:00,竹编篮 &amp; 盖,0.00",
    "6200000000000000002,2,66.50,6.00,72.50,72.50,2026-05-02 09:00:00,2026-05-02 09:02:00,茶盘<br>黑,0.00",
)


def page(body: list[str], charset: str = "gb2312") -> str:
    cells = "\n".join(
        "<tr>" + "".join(f"<td style=\"mso-number-format:'\\@'\">{cell}</td>" for cell in line.split(",")) + "</tr>"
        for line in body
    )
    return (
        f'<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}"></head><body>'
        f"<table border=1>{cells}</table></body></html>"
    )


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
def test_a_page_says_the_same_as_the_text(tmp_path: Path, encoding: str) -> None:
    """88.00 + 66.50 = 154.50 sold; a number of 19 digits stays as it is."""
    (tmp_path / "ExportOrderList202605100900.xls").write_text(page([HEAD, *ORDERS]), encoding=encoding)
    store, (receipt,) = taken(tmp_path / "s", [tmp_path / "ExportOrderList202605100900.xls"])
    assert (receipt.importer, receipt.read) == ("taobao orders", 2)
    assert rows(store, "SELECT order_id, sold, placed_day FROM fact_orders") == [
        ("6200000000000000001", 8800, "2026-05-01"), ("6200000000000000002", 6650, "2026-05-02"),
    ]  # fmt: skip
    text = tmp_path / "ExportOrderList202605100900.csv"
    text.write_text("\n".join([HEAD, *ORDERS]) + "\n", encoding="utf-8")
    assert digest(store) == digest(taken(tmp_path / "t", [text])[0])
    with opening.write(store, "undo") as db:
        undo_in(db, receipt.number or 0)
    _, (again,) = taken(tmp_path / "s", [tmp_path / "ExportOrderList202605100900.xls"])
    assert again.state == "applied" and again.number == receipt.number


def test_cells_that_span(tmp_path: Path) -> None:
    text = (
        "<table><TR><TH>a<th colspan=2>b<th>c<tr><td rowspan='2'>1<td>2<td>3<td>4"
        "<tr><td>5</td><td><b>6</b>&nbsp;</td><td>&lt;7&gt;</td></tr></table>"
    )
    assert list(_rows(text)) == [["a", "b", "", "c"], ["1", "2", "3", "4"], ["", "5", "6", "<7>"]]


@pytest.mark.parametrize("text", ["<html><p>Nothing here</p></html>", "<html><table><tr><td>a<tr><td>b</table></html>"])
def test_a_page_without_a_table_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "orders.xls"
    path.write_text(text, encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is not None and receipt.problem.code == "workbook-refused"


@pytest.mark.parametrize("unit", ["<td ", "<tr><td>", "<td", "<td rowspan=99999 colspan=99999>", "&amp", "<!--"])
def test_no_page_takes_long(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "hostile.xls"
    path.write_text("<table>" + unit * (500_000 // len(unit)), encoding="utf-8")
    started = time.monotonic()
    write_table(path, tmp_path / "out.csv")
    assert time.monotonic() - started < 5
