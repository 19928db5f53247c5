"""Douyin's after-sale cases, worked out by hand, alone and beside the orders that they belong to."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, digest, quarantined, rows, taken

CASES = HERE / "douyin" / "refunds" / "售后单_20241109.xlsx"
ORDERS = HERE / "douyin" / "orders" / "订单_商品维度_20241105.csv"
SUM = "SELECT sum(amount_minor) FROM refunds_booked"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Done: 40.00, 15.00, 10.00, 30.00 + 2.00 freight, 25.00 = 122.00; 1.00 of the 30.00 is the platform's to get back.

    Asked and not done: 33.00, 34.00 + 6.00; withdrawn: 5.00. The exchange is no refund, and the ninth says no amount.
    """
    store, (receipt,) = taken(tmp_path, [CASES])
    assert rows(store, SUM) == [(12200,)]
    found = rows(store, "SELECT substr(refund_id, 17), substr(line_key, 16), amount, state, done_day FROM fact_refunds")
    assert found == [
        ("01", "0401", 4000, "done", "2024-10-05"),
        ("02", "0602", 1500, "done", "2024-10-04"),  # 商家退款时间
        ("03", "0202", 1000, "done", "2024-10-06"),
        ("04", "0101", 3200, "done", "2024-10-08"),  # 售后完结时间
        ("05", "0801", 3300, "agreed", None),
        ("07", "0501", 2500, "done", "2024-10-02"),
        ("08", "0201", 4000, "unknown", None),
        ("10", "0101", 500, "withdrawn", None),
    ]
    assert quarantined(store) == [[10, "missing-value", "退商品金额（元）"]]
    assert receipt.ignored_by == {"other": 1}


def test_cases_and_orders_tell_of_one_refund_once(tmp_path: Path) -> None:
    """The orders alone say 40.00 (401) and 15.00 (602); the cases add 10.00 and 32.00. 501 is no sale."""
    alone, _ = taken(tmp_path / "0", [ORDERS])
    assert rows(alone, SUM) == [(5500,)]
    one, _ = taken(tmp_path / "1", [ORDERS], [CASES])
    other, _ = taken(tmp_path / "2", [CASES], [ORDERS])
    assert digest(one) == digest(other)
    assert rows(one, SUM) == [(9700,)]
    booked = "SELECT day, sum(amount_minor) FROM refunds_booked WHERE amount_minor > 0 GROUP BY day ORDER BY day"
    assert rows(one, booked) == [
        ("2024-10-04", 1500), ("2024-10-05", 4000), ("2024-10-06", 1000), ("2024-10-08", 3200),
    ]  # fmt: skip
