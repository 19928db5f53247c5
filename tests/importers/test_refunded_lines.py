"""Lines that were paid back in full: their units count as returned, whoever had paid for a part of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import rows, taken

HEAD = (
    "子订单编号,主订单编号,商品标题,商品价格,购买数量,商品属性,订单状态,商家编码,订单创建时间,订单付款时间,发货时间,"
    "买家应付货款,买家实付金额,退款状态,退款金额"
)


@pytest.mark.parametrize(
    ("sold", "paid", "back", "units"),
    [
        ("100.00", "90.00", "90.00", 2),  # the platform paid 10.00 and has them back itself
        ("100.00", "90.00", "80.00", None),
        ("100.00", "100.00", "90.00", None),
        ("100.00", "110.00", "100.00", 2),  # shipping stands in what was paid
        ("100.00", "", "90.00", None),  # what was paid is not stated: what was sold holds
        ("100.00", "", "100.00", 2),
    ],
)
def test_a_line_is_back_when_all_that_was_paid_is(
    tmp_path: Path, sold: str, paid: str, back: str, units: int | None
) -> None:
    row = (
        "450000000000000011,450000000000000010,茶盘,50.00,2,,交易成功,P-1,2024-11-01 15:00:00,2024-11-01 16:00:00,"
        f"2024-11-02 16:00:00,{sold},{paid},退款成功,{back}"
    )
    path = tmp_path / "ExportOrderDetailList202411050900.csv"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is None
    assert rows(store, "SELECT amount, units FROM fact_refunds WHERE detail = 1") == [(int(float(back) * 100), units)]


@pytest.mark.parametrize(("back", "above"), [("98.00", False), ("98.01", True)])
def test_shipping_that_the_file_does_not_state_is_in_what_was_paid(tmp_path: Path, back: str, above: bool) -> None:
    row = (
        "450000000000000011,450000000000000010,茶盘,44.00,2,,交易成功,P-1,2024-11-01 15:00:00,2024-11-01 16:00:00,"
        f"2024-11-02 16:00:00,88.00,98.00,退款成功,{back}"
    )
    path = tmp_path / "ExportOrderDetailList202411050900.csv"
    path.write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert [note.code for note in receipt.notes if note.code == "refunded-above"] == ["refunded-above"] * above
