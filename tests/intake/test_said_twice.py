"""Lines that stand twice, words not known, refunds only asked for, and tracking numbers that vanish."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from intake_tools import taken

from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store import open as opening

LINES = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,"
    "退款状态,退款金额,订单创建时间,订单付款时间"
)
ORDERS = (
    "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,订单创建时间,订单付款时间,退款金额"
)
TIMES = "2026-11-01 10:00:00,2026-11-01 10:01:00"
LINE = f"{{no}},2001,{{title}},50.00,1,,,,,A-1,{{status}},50.00,{{refund}},{TIMES}"
SENT, DONE = "卖家已发货，等待买家确认", "交易成功"


def written(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="gb18030")
    return path


def line(no: str = "1", title: str = "茶杯", refund: str = "没有申请退款,无退款申请") -> str:
    return LINE.format(no=no, title=title, status=DONE, refund=refund)


def asked(store: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(opening.read(store)) as db:
        return db.execute(sql).fetchall()


def test_a_line_that_repeats_is_taken_once(store: Path, tmp_path: Path) -> None:
    (receipt,) = taken(store, [written(tmp_path, "a.csv", LINES, line(), line(), line("2"))])
    assert (receipt.read, receipt.outcome["inserted"], receipt.ignored_by["duplicate"]) == (3, 2, 1)
    assert asked(store, "SELECT line_key, units FROM order_lines ORDER BY 1") == [("1", 1), ("2", 1)]


def test_a_line_that_contradicts_itself_waits_with_its_order(store: Path, tmp_path: Path) -> None:
    good = line("9").replace(",2001,", ",2002,")
    bad = written(tmp_path, "a.csv", LINES, line(), line(title="茶壶"), good)
    (receipt,) = list(take_in(store, [str(bad)], Asked()))
    assert receipt.problem is None and receipt.outcome["quarantined"] == 2
    assert asked(store, "SELECT order_id FROM orders") == [("2002",)]


def test_a_word_not_known_is_no_sale(store: Path, tmp_path: Path) -> None:
    row = f"3001,50.00,0.00,50.00,50.00,神秘状态,,{TIMES},"
    (receipt,) = taken(store, [written(tmp_path, "o.csv", ORDERS, row)])
    assert asked(store, "SELECT status, status_raw, counts FROM orders") == [("unknown", "神秘状态", 0)]
    assert "unknown-words" in [note.code for note in receipt.notes]


def test_a_refund_only_asked_for_is_not_booked(store: Path, tmp_path: Path) -> None:
    order = written(tmp_path, "o.csv", ORDERS, f"2001,50.00,0.00,50.00,50.00,{DONE},SF1,{TIMES},50.00")
    lines = written(tmp_path, "l.csv", LINES, line(refund="退款待处理,￥50.00"))
    taken(store, [order, lines])
    assert asked(store, "SELECT sum(refunds_minor) FROM daily_money") == [(0,)]


def test_an_empty_cell_takes_no_tracking_number_back(store: Path, tmp_path: Path) -> None:
    sent = f"4001,50.00,0.00,50.00,50.00,{SENT},SF1,{TIMES},"
    closed = f"4001,50.00,0.00,50.00,50.00,交易关闭,,{TIMES},50.00"
    for name, row in (("o20261102.csv", sent), ("o20261110.csv", closed)):
        taken(store, [written(tmp_path, name, ORDERS, row)])
    assert asked(store, "SELECT status, counts FROM orders") == [("cancelled", 1)]


def test_an_export_day_in_the_future_is_refused(store: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "l.csv", LINES, line())
    (receipt,) = list(take_in(store, [str(path)], Asked(exported="2099-01-01")))
    assert receipt.problem is not None and receipt.problem.code == "bad-usage" and receipt.read == 0


def test_a_shop_of_another_platform_is_refused(store: Path, tmp_path: Path) -> None:
    path = written(tmp_path, "l.csv", LINES, line())
    (receipt,) = list(take_in(store, [str(path)], Asked(shop="shopify/main")))
    assert receipt.problem is not None and receipt.problem.code == "bad-usage"
