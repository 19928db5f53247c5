"""By when an order promises to be shipped: kept as stated, also where that lies ahead, and asked before any rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merchant_cli.app import main
from tests.importers.taking import rows, taken

PDD = "订单号,订单状态,商品数量(件),商品总价(元),店铺优惠折扣(元),用户实付金额(元),支付时间,承诺发货时间,商品"
DOUYIN = (
    "主订单编号,子订单编号,选购商品,商品数量,商家编码,商品单价,订单提交时间,支付完成时间,承诺发货时间,发货时间,"
    "订单状态,订单应付金额,平台实际承担优惠金额,达人实际承担优惠金额"
)
TAOBAO = (
    "子订单编号,主订单编号,商品标题,商品价格,购买数量,商品属性,订单状态,商家编码,订单创建时间,订单付款时间,应发货时间,"
    "退款状态,退款金额"
)
PROMISES = "SELECT order_id, ship_by_at, ship_by_day FROM orders ORDER BY order_id"
# 2024-11-20 16:00:00 in Shanghai is 08:00:00 UTC.
NOV_20 = 1732089600
DAY = 86400


def file(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def pdd(number: int, promise: str) -> str:
    return f"241101-0000000000{number},待发货,1,10.00,0.00,10.00,2024-11-01 16:00:00,{promise},茶杯"


def test_a_promise_may_lie_ahead_and_makes_no_file_newer(tmp_path: Path) -> None:
    """The file's age is that of its newest payment; an order without a promise has none."""
    path = file(tmp_path / "orders.csv", PDD, pdd(1, "2024-11-20 16:00:00"), pdd(2, "2024-11-21"), pdd(3, "\t"))
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.outcome["inserted"] == 3 and receipt.outcome["quarantined"] == 0
    assert [row[1:] for row in rows(store, PROMISES)] == [(NOV_20, "2024-11-20"), (None, "2024-11-21"), (None, None)]
    # 2024-11-01 16:00:00 in Shanghai
    assert rows(store, "SELECT as_of FROM imports") == [(NOV_20 - 19 * DAY,)]


def test_a_promise_that_is_none_waits(tmp_path: Path) -> None:
    path = file(tmp_path / "orders.csv", PDD, pdd(1, "48小时内"), pdd(2, "2024-11-21"))
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, "SELECT code, column_name FROM quarantine") == [("bad-date", "承诺发货时间")]


def douyin(order: int, sub: int, promise: str, shipped: str = "") -> str:
    status = "已发货" if shipped else "待发货"
    return (
        f"{order},{sub},茶壶,1,HU-{sub},10.00,2024-11-01 15:00:00,2024-11-01 16:00:00,{promise},{shipped},"
        f"{status},10.00,0.00,0.00"
    )


def test_the_earliest_promise_of_what_is_not_shipped_is_the_orders(tmp_path: Path) -> None:
    path = file(
        tmp_path / "orders.csv", DOUYIN,
        douyin(1, 11, "2024-11-22 16:00:00"), douyin(1, 12, "2024-11-20 16:00:00"),
        douyin(2, 21, "2024-11-02 16:00:00", "2024-11-02 10:00:00"), douyin(2, 22, "2024-11-20 16:00:00"),
        douyin(3, 31, "-"),
    )  # fmt: skip
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, PROMISES) == [
        ("1", NOV_20, "2024-11-20"), ("2", NOV_20, "2024-11-20"), ("3", None, None),
    ]  # fmt: skip


def test_a_row_of_a_whole_order_says_its_promises_joined_or_once(tmp_path: Path) -> None:
    def joined(order: int, promise: str) -> str:
        return (
            f"{order},{order}1;{order}2,茶壶;茶巾,1;1,HU;JIN,10.00;20.00,2024-11-01 15:00:00,2024-11-01 16:00:00,"
            f"{promise},,待发货,10.00;20.00,0.00;0.00,0.00;0.00"
        )

    both = joined(1, "2024-11-22 16:00:00;2024-11-20 16:00:00")
    store, _ = taken(tmp_path / "s", [file(tmp_path / "o.csv", DOUYIN, both, joined(2, "2024-11-20 16:00:00"))])
    assert rows(store, PROMISES) == [("1", NOV_20, "2024-11-20"), ("2", NOV_20, "2024-11-20")]


def test_taobao_lines_say_it_by_line(tmp_path: Path) -> None:
    """A line that was paid back is not waited for."""

    def line(number: int, promise: str, state: str, back: str) -> str:
        return (
            f"45000000000000001{number},4500000000000000100,茶盘,10.00,1,,买家已付款，等待卖家发货,P-{number},"
            f"2024-11-01 15:00:00,2024-11-01 16:00:00,{promise},{state},{back}"
        )

    path = file(
        tmp_path / "ExportOrderDetailList202411020900.csv", TAOBAO,
        line(1, "2024-11-03 16:00:00", "退款成功", "10.00"), line(2, "2024-11-20 16:00:00", "没有申请退款", "0.00"),
    )  # fmt: skip
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, PROMISES) == [("4500000000000000100", NOV_20, "2024-11-20")]


def test_the_promise_goes_before_the_platforms_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All were paid on 1 November at 16:00 and the file is of the 5th at 16:00: by Pinduoduo's 48 hours all are late.

    Order 1, a presale until the 20th, is not; order 2 was promised for the 4th and is 24 hours late; order 3 promises
    nothing and is 48 hours late; order 4 is due in 4 hours.
    """
    promises = ("2024-11-20 16:00:00", "2024-11-04 16:00:00", "\t", "2024-11-05 20:00:00")
    path = file(
        tmp_path / "orders_export_20241105160000.csv", PDD, *(pdd(n, said) for n, said in enumerate(promises, 1))
    )
    store, _ = taken(tmp_path / "s", [path])

    def asked(question: str) -> dict[str, tuple[int, str]]:
        assert main(["orders", question, "--json", "--store", str(store), "--lang", "en"]) == 0
        hours = "hours_late" if question == "overdue" else "hours_left"
        found = json.loads(capsys.readouterr().out)["rows"]
        return {row["order_id"][-1]: (row[hours], row["why"]) for row in found}

    late, due = asked("overdue"), asked("ship-due")
    assert {number: hours for number, (hours, _) in late.items()} == {"2": 24, "3": 48}
    assert {number: hours for number, (hours, _) in due.items()} == {"4": 4}
    assert "promised to ship by" in due["4"][1] and "promised" in late["2"][1] and "promised" not in late["3"][1]
