"""A newer file that adds lines or refunds to a known order: counted by table, and each row by its records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from intake_tools import ORDERS_HEAD, faults, order, query

from merchant_cli.app import main

TIMES = "2025-03-01 10:00:00,2025-03-01 10:01:00"
HEAD = (
    "子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码,订单状态,买家应付货款,退款状态,退款金额,"
    "订单创建时间,订单付款时间"
)
ORDERS = "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,退款金额"


def line(no: str, order_id: str = "2001", title: str = "茶杯", status: str = "买家已付款，等待卖家发货") -> str:
    return f"{no},{order_id},{title},50.00,1,,A-{no},{status},50.00,没有申请退款,无退款申请,{TIMES}"


def lines_file(folder: Path, day: str, *rows: str) -> Path:
    path = folder / f"ExportOrderDetailList{day}0900.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", encoding="gb18030")
    return path


def orders_file(folder: Path, day: str, *ids: str) -> Path:
    path = folder / f"ExportOrderList{day}0900.csv"
    rows = (f"{i},100.00,0.00,100.00,100.00,买家已付款，等待卖家发货,{TIMES}," for i in ids)
    path.write_text("\n".join([ORDERS, *rows]) + "\n", encoding="gb18030")
    return path


@pytest.fixture
def imported(store: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def run(path: Path, *words: str) -> dict[str, Any]:
        assert main(["import", str(path), "--json", *words]) == 0
        [file] = json.loads(capsys.readouterr().out)["files"]
        assert file["read"] == sum(file[o] for o in ("inserted", "updated", "unchanged", "quarantined", "ignored"))
        assert faults(store) == []
        return dict(file)

    return run


def counts(file: dict[str, Any]) -> tuple[int, int, int]:
    return file["inserted"], file["updated"], file["unchanged"]


def test_a_new_line_of_a_known_order_is_inserted(store: Path, tmp_path: Path, imported: Any) -> None:
    imported(lines_file(tmp_path, "20250305", line("1"), line("9", "2002")))
    newer = lines_file(tmp_path, "20250306", line("1"), line("2"), line("9", "2002"))
    preview = imported(newer, "--dry-run")
    file = imported(newer)
    assert file["by_table"] == preview["by_table"] == {
        "orders": {"updated": 1, "unchanged": 1}, "order_lines": {"inserted": 1, "unchanged": 2},
    }  # fmt: skip
    assert counts(file) == counts(preview) == (1, 1, 1)
    assert query(store, "SELECT count(*) FROM fact_order_lines") == [(3,)]


def test_a_line_that_differs_is_updated(tmp_path: Path, imported: Any) -> None:
    imported(lines_file(tmp_path, "20250305", line("1"), line("2")))
    file = imported(lines_file(tmp_path, "20250306", line("1"), line("2", title="茶壶")))
    assert file["by_table"] == {"orders": {"unchanged": 1}, "order_lines": {"updated": 1, "unchanged": 1}}
    assert counts(file) == (0, 2, 0), "an order with its lines is one set"


def test_lines_after_their_orders_are_inserted(tmp_path: Path, imported: Any) -> None:
    imported(orders_file(tmp_path, "20250305", "2001"))
    file = imported(lines_file(tmp_path, "20250306", line("1"), line("2")))
    assert file["by_table"] == {"orders": {"updated": 1}, "order_lines": {"inserted": 2}}
    assert counts(file) == (2, 0, 0)


def test_orders_after_their_lines_change_them(tmp_path: Path, imported: Any) -> None:
    imported(lines_file(tmp_path, "20250305", line("1"), line("2")))
    file = imported(orders_file(tmp_path, "20250306", "2001"))
    assert file["by_table"] == {"orders": {"updated": 1}}
    assert counts(file) == (0, 1, 0)


def test_a_new_refund_of_a_known_order(tmp_path: Path, imported: Any) -> None:
    for day, text in (("20250305", order("#1")), ("20250310", order("#1", status="refunded", refunded="10.00"))):
        path = tmp_path / f"orders_export_{day}.csv"
        path.write_text(ORDERS_HEAD + text, encoding="utf-8")
        file = imported(path)
    assert file["by_table"] == {
        "orders": {"updated": 1}, "order_lines": {"unchanged": 1}, "refunds": {"inserted": 1},
    }  # fmt: skip
    assert counts(file) == (0, 1, 0), "the row makes an order; its refund follows from that"


def test_an_older_file_changes_nothing(tmp_path: Path, imported: Any) -> None:
    imported(lines_file(tmp_path, "20250306", line("1"), line("2", title="茶壶")))
    file = imported(lines_file(tmp_path, "20250305", line("1"), line("2")))
    assert file["by_table"] == {"orders": {"unchanged": 1}, "order_lines": {"unchanged": 2}}
    assert counts(file) == (0, 0, 2)


def test_a_newer_file_with_other_lines(store: Path, tmp_path: Path, imported: Any) -> None:
    imported(lines_file(tmp_path, "20250305", line("1"), line("2"), line("3")))
    file = imported(lines_file(tmp_path, "20250306", line("1"), line("4")))
    assert [row[0] for row in query(store, "SELECT line_key FROM fact_order_lines ORDER BY 1")] == ["1", "4"]
    assert file["by_table"] == {"orders": {"updated": 1}, "order_lines": {"inserted": 1, "unchanged": 1}}
    assert counts(file) == (1, 1, 0)
