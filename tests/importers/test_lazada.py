"""Lazada's money, worked out by hand: a row for each unit, a line for each SKU."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, rows, taken

CURRENT = HERE / "lazada" / "orders" / "lazada_orders_20260907.xlsx"
OLDER = HERE / "lazada" / "orders_older" / "orders_2018-09-05.csv"
SUMS = (
    "SELECT sum(sum_listed), sum(shop_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
    " sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_current_export(tmp_path: Path) -> None:
    """Four orders count: 1 (two cups and a towel), 2 (came back), 3 (one of two cancelled), 7.

    unitPrice    (30 + 30 + 20) + 45 + (12 + 12) + 50             = 199.00
    the seller's 4 + 4 + 2 + 2                                    =  12.00   sold 187.00
    Lazada's     (2 + 2) + 2.50                                   =   6.50
    shipping     2.50 + 2.40                                      =   4.90
    paid         (68 + 4.90) + 45 + 20 + 47.50                    = 185.40 = 187.00 − 6.50 + 4.90
    refunded     45.00 + 10.00                                    =  55.00
    """
    store, (receipt,) = taken(tmp_path, [CURRENT])
    assert rows(store, SUMS) == [(19900, 1200, 18700, 650, 490, 18540, 5500, 7, 4)]
    assert receipt.ignored_by == {"added": 2, "duplicate": 1}
    found = rows(store, "SELECT substr(order_id, 15), status, counts, open, paid, refunded FROM fact_orders")
    assert found == [
        ("1", "completed", 1, 0, 7290, 0),
        ("2", "cancelled", 1, 0, 4500, 4500),
        ("3", "delivered", 1, 0, 2000, 1000),
        ("4", "cancelled", 0, 0, None, None),
        ("5", "unpaid", 0, 0, 0, 0),
        ("6", "paid", 0, 0, 0, 0),  # cash on delivery counts once it is shipped
        ("7", "paid", 1, 1, 4750, 0),
        ("8", "unknown", 0, 0, 2000, 0),
    ]
    lines = "SELECT code, units, listed, sold, paid FROM fact_order_lines WHERE order_id = '412000000000101'"
    assert rows(store, lines) == [("CUP-W", 2, 6000, 5200, 4800), ("TOWEL-1", 1, 2000, 2000, 2000)]


def test_money_of_the_older_export(tmp_path: Path) -> None:
    """Four orders count: 1 (two units, 2.00 off each that the shop bears), 2 (came back), 4 (5.00 came back), 5 (a cup
    and a towel, 3.00 and 1.00 off).

    60 + 45 + 20 + 50 = 175.00 less 8.00 is sold 167.00; with shipping 7.50 paid 174.50; 45.00 + 5.00 came back.
    """
    store, _ = taken(tmp_path, [OLDER])
    assert rows(store, SUMS) == [(17500, 800, 16700, 0, 750, 17450, 5000, 6, 4)]
