"""Kuaishou's money, worked out by hand, over the sheets of a workbook."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, rows, taken

FOLDER = HERE / "kuaishou" / "orders"
SAMPLE, OLD = FOLDER / "订单列表_20241105.xlsx", FOLDER / "订单列表_旧版_20241105.csv"
SUMS = (
    "SELECT sum(sold), sum(shop_discount), sum(platform_discount), sum(shipping), sum(paid), sum(refunded), sum(units),"
    " count(*) FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Seven orders count: 1, 2, 4 (closed after it was shipped), 6, 7, 8, 10; order 1 stands in both sheets.

    listed    2 × 59 + 1299.90 + 40 + 60 + 30 + 3 × 12.50 + 200           = 1785.40
    店铺优惠   10 + 100                                                   =  110.00   sold 1675.40
    others    (5 + 3) + (30 + 10) + 5 (混资)                              =   53.00
    快递费     6 of order 2                                               =    6.00
    实付款     100 + 1165.90 + 40 + 60 + 25 + 37.50 + 150                 = 1578.40
               = 1675.40 − 53.00 + 6.00 − 50.00, which 国补 paid for order 10
    refunded  40.00 of order 4; what came back of order 6 the file does not say
    """
    store, receipts = taken(tmp_path, [SAMPLE])
    assert rows(store, SUMS) == [(167540, 11000, 5300, 600, 157840, 4000, 10, 7)]
    notes = [note.params for receipt in receipts for note in receipt.notes if note.code == "identity"]
    assert notes == [{"gaps": 1, "checked": 4, "orders": "2427510000000010"}]
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 141790, 11000, 0, 130790),
        ("2024-10-02", 2, 10000, 0, 4000, 6000),
        ("2024-10-03", 2, 6750, 0, 0, 6750),
        ("2024-10-04", 1, 20000, 0, 0, 20000),
    ]


def test_who_counts_and_what_came_back(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = "SELECT CAST(substr(order_id, 13) AS INTEGER), status, counts, open, refunded FROM fact_orders"
    assert rows(store, found) == [
        (1, "completed", 1, 0, 0),
        (2, "shipped", 1, 0, 0),
        (3, "cancelled", 0, 0, 0),  # never paid
        (4, "cancelled", 1, 0, 4000),
        (5, "cancelled", 0, 0, 2500),  # paid back before it was shipped
        (6, "completed", 1, 0, None),
        (7, "paid", 1, 1, 0),
        (8, "delivered", 1, 0, 0),
        (9, "unknown", 0, 0, 0),
        (10, "paid", 1, 1, 0),
        (11, "unpaid", 0, 0, 0),
    ]
    assert rows(store, "SELECT sum(amount_minor) FROM refunds_booked") == [(4000,)]


def test_the_older_layout_tells_the_same_of_its_orders(tmp_path: Path) -> None:
    """Orders 1, 2, 4 and 6."""
    store, _ = taken(tmp_path, [OLD])
    assert rows(store, SUMS) == [(10800 + 119990 + 4000 + 6000, 11000, 4800, 600, 136590, 4000, 5, 4)]


def test_two_rows_of_one_order_that_differ_wait(tmp_path: Path) -> None:
    text = OLD.read_text(encoding="utf-8-sig").splitlines()
    path = tmp_path / OLD.name
    path.write_text("\n".join([*text[:3], text[2].replace("¥1,165.90", "¥1,000.00")]), encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, "SELECT line, code FROM quarantine") == [(3, "duplicate-key"), (4, "duplicate-key")]
    assert rows(store, "SELECT count(*) FROM fact_orders") == [(1,)]
