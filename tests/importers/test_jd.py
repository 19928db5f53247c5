"""JD's money, worked out by hand; the amounts of an order stand on each of its rows."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.importers.taking import HERE, digest, quarantined, rows, taken

SAMPLE = HERE / "jd" / "orders" / "京东订单_20241105.csv"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Six orders count: 101, 102 (two SKUs), 105, 106 (cash on delivery), 111, 112. No column tells of refunds: 103 was
    closed before it was shipped and does not count.

    订单金额   108 + 90 + 60 + 35 + 56 + 80 = 429.00, less 6.00 of 111: 50.00 × 1 + 运费 6.00 = 56.00    sold 423.00
    listed     2 × 59 + (39.90 + 3 × 20) + 60 + 35 + 50 + 80                                          = 442.90
    运费       6 + 6                                                                                  =  12.00
    paid       108 + (76 + 20 from the balance = 90 + 6) + 60 + 0 (not yet) + 56 + 70                 = 390.00
    商家应收   98.50 + 84.20 + 54.60 + nothing yet for 106 + 50.40 + 72.00                            = 359.70
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(
        store,
        "SELECT sum(sold), sum(sum_listed), sum(sum_discount), sum(platform_discount), sum(shipping), sum(paid),"
        " sum(received), sum(units), count(*) FROM fact_orders WHERE counts = 1",
    ) == [(42300, 44290, 1990, None, 1200, 39000, 35970, 10, 6)]
    # 112: 10.00 of 80.00 are missing, and no column says who bore them.
    notes = {note.code: note.params for note in receipt.notes}
    assert notes["identity"] == {"gaps": 1, "checked": 5, "orders": "298000000112"}
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 21790, 1990, 0, 19800),
        ("2024-10-02", 1, 6000, 0, 0, 6000),
        ("2024-10-03", 1, 3500, 0, 0, 3500),
        ("2024-10-04", 2, 13000, 0, 0, 13000),
    ]


def test_who_counts(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT substr(order_id, 10), status, counts, open, paid FROM fact_orders") == [
        ("101", "completed", 1, 0, 10800),
        ("102", "completed", 1, 0, 9600),
        ("103", "cancelled", 0, 0, 4500),  # (删除)等待出库
        ("104", "unpaid", 0, 0, 0),
        ("105", "paid", 1, 1, 6000),
        ("106", "shipped", 1, 0, 0),
        ("107", "cancelled", 0, 0, 0),
        ("108", "unknown", 0, 0, 4500),
        ("111", "completed", 1, 0, 5600),
        ("112", "completed", 1, 0, 7000),
    ]


def test_amounts_are_spread_over_the_lines_once(tmp_path: Path) -> None:
    """9.90 off 39.90 and 60.00: 3.95 and 5.95."""
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT code, units, sold, shop_discount FROM fact_order_lines WHERE order_id LIKE '%102'")
    assert found == [("100013", 3, 5405, 595), ("JIN-1", 1, 3595, 395)]


def test_rows_that_differ_in_the_orders_amounts_wait(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert quarantined(store) == [
        [11, "duplicate-key", "订单金额"],
        [12, "duplicate-key", "订单金额"],
        [13, "id-ruined", "订单号"],
    ]


def test_the_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    with SAMPLE.open(encoding="gb18030", newline="") as stream:
        body = [list(reversed(row)) for row in csv.reader(stream)]
    path = tmp_path / SAMPLE.name
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(body)
    one, _ = taken(tmp_path / "1", [SAMPLE])
    other, _ = taken(tmp_path / "2", [path])
    assert digest(one) == digest(other)
