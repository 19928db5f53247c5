"""Youzan's money, worked out by hand."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, rows, taken

SAMPLE = HERE / "youzan" / "orders" / "订单_20241105.csv"
CUSTOMERS = HERE / "youzan" / "refused" / "客户_20241105.csv"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Five orders count: 1, 2 (two items, discounted, 20.00 back), 5 (all back), 6, 9.

    商品金额   118 + 99.90 + 60 + 200 + 80                                = 557.90
    应收       108 + 96.90 + 60 + 180 + 80 = 524.90, less 运费 6.00 of 2   sold 518.90, so 39.00 off:
              10.00, 9.00, and 20.00 that order 6 was made cheaper by hand
    支付优惠    8.00 of order 1
    实付       100 + 96.90 + 60 + 180 + 70                                = 506.90 = 518.90 − 8 + 6 − 10.00 of order 9
    实收       108 + 96.90 + 60 + 180 + 80                                = 524.90
    已退款     20 + 60                                                    =  80.00
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(
        store,
        "SELECT sum(sum_listed), sum(sum_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
        " sum(received), sum(refunded), count(*) FROM fact_orders WHERE counts = 1",
    ) == [(55790, 3900, 51890, 800, 600, 50690, 52490, 8000, 5)]
    notes = {note.code: note.params for note in receipt.notes}
    assert notes["identity"] == {"gaps": 1, "checked": 5, "orders": "E2024100109000000000009"}
    assert notes["cannot-tell"] == {"count": 1}  # order 4
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 21790, 1900, 2000, 17890),
        ("2024-10-02", 1, 6000, 0, 6000, 0),
        ("2024-10-03", 1, 20000, 2000, 0, 18000),
        ("2024-10-04", 1, 8000, 0, 0, 8000),
    ]


def test_who_counts(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = "SELECT CAST(substr(order_id, 16) AS INTEGER), status, counts, open, paid, refunded FROM fact_orders"
    assert rows(store, found) == [
        (1, "completed", 1, 0, 10000, 0),
        (2, "shipped", 1, 0, 9690, 2000),
        (3, "cancelled", 0, 0, 0, 0),
        (4, "cancelled", 0, 0, 4500, 4500),
        (5, "completed", 1, 0, 6000, 6000),
        (6, "paid", 1, 1, 18000, 0),
        (7, "unpaid", 0, 0, 0, 0),
        (8, "unknown", 0, 0, 5000, 0),
        (9, "completed", 1, 0, 7000, 0),
    ]


def test_a_masked_phone_is_nobodys_key(tmp_path: Path) -> None:
    """Only orders 1 and 5 name a whole phone number, the same; the number itself is not stored."""
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT orders FROM buyers") == [(2,)]
    assert b"13800000001" not in store.read_bytes()


def test_the_list_of_customers_is_refused_by_name(tmp_path: Path) -> None:
    _, (receipt,) = taken(tmp_path, [CUSTOMERS])
    assert receipt.problem is not None and receipt.problem.code == "refused-by-name"
