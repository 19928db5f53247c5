"""Xiaohongshu's money, worked out by hand: amounts by row, freight once per parcel."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from importers.sheet import workbook_sheets
from tests.importers.taking import HERE, digest, rows, taken

SAMPLE = HERE / "xiaohongshu" / "orders" / "订单_20241105.xlsx"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Five orders count: 1, 2 (two SKUs and a gift), 4 (closed after it was shipped), 6, 7.

    商品总价    118 + (39.90 + 60 + 0) + 45 + 200 + (59 + 39.90)           = 561.80
    店铺优惠    10 + (3 + 6) + 20 (改价 of 6)                              =  39.00   sold 522.80
    others     (5 + 3) + (2 + 4)                                          =  14.00
    包裹总运费  6.00 of order 2, on three rows; the 12.00 of order 6 the buyer did not pay
    用户应付    100 + (40.90 + 50) + 45 + 180 + (59 + 39.90)               = 514.80 = 522.80 − 14.00 + 6.00
    商家应收    108 + (42.90 + 54) + 45 + 180 + 98.90                      = 528.80
    refunded   45.00 of order 4; what came back of the pot in order 7 the file does not say
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(
        store,
        "SELECT sum(sum_listed), sum(shop_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
        " sum(received), sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1",
    ) == [(56180, 3900, 52280, 1400, 600, 51480, 52880, 4500, 10, 5)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 5}
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 21790, 1900, 0, 19890),
        ("2024-10-02", 1, 4500, 0, 4500, 0),
        ("2024-10-03", 2, 29890, 2000, 0, 27890),
    ]


def test_who_counts_and_what_came_back(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT substr(order_id, 16), status, counts, open, paid, refunded FROM fact_orders") == [
        ("001", "completed", 1, 0, 10000, 0),
        ("002", "shipped", 1, 0, 9090, 0),
        ("003", "cancelled", 0, 0, 0, 0),  # never paid
        ("004", "cancelled", 1, 0, 4500, 4500),
        ("005", "cancelled", 0, 0, 4500, 4500),  # closed before it was shipped
        ("006", "paid", 1, 1, 18000, 0),
        ("007", "completed", 1, 0, 9890, None),
        ("008", "unknown", 0, 0, 5900, 0),
    ]


def test_a_gift_is_no_unit_sold(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT code, line_kind, units, sold FROM fact_order_lines WHERE order_id LIKE '%002'")
    assert found == [("DIAN-1", "goods", 3, 5400), ("GIFT-1", "gift", 1, 0), ("JIN-1", "goods", 1, 3690)]


def test_freight_of_two_parcels_counts_twice(tmp_path: Path) -> None:
    """The second row of order 2 leaves in a parcel of its own: 6.00 more, which 用户应付 has too."""
    ((_, found),) = workbook_sheets(SAMPLE)
    at = {name: n for n, name in enumerate(found[0])}
    order = [list(row) for row in found[1:] if row[0].endswith("002")]
    order[1][at["快递单号"]], order[1][at["用户应付金额(元)"]] = "YT909999", "56.00"
    book = xlsxwriter.Workbook(str(tmp_path / SAMPLE.name))
    sheet = book.add_worksheet("包裹详情")
    for n, row in enumerate([found[0], *order]):
        sheet.write_row(n, 0, row)
    book.close()
    store, (receipt,) = taken(tmp_path / "s", [tmp_path / SAMPLE.name])
    assert rows(store, "SELECT sold, shipping, paid FROM fact_orders") == [(9090, 1200, 9690)]
    assert "identity-ok" in {note.code for note in receipt.notes}


def test_a_row_that_stands_twice_counts_once(tmp_path: Path) -> None:
    one, (receipt,) = taken(tmp_path / "1", [SAMPLE])
    other, _ = taken(tmp_path / "2", [SAMPLE], [SAMPLE])
    assert receipt.ignored_by == {"duplicate": 1}
    assert digest(one) == digest(other)
