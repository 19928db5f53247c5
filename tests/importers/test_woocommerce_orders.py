"""WooCommerce's orders, worked out by hand: one row for each order, its items in groups of columns."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from tests.importers.taking import HERE, digest, quarantined, rows, taken

SAMPLE = HERE / "woocommerce" / "orders" / "order_export_2026-09-05-08-00-00.csv"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """In euro three orders count: 101 (10 % off two items), 102 (refunded), 103 (part refunded); one in yen.

    Subtotal   (30 + 10) + 40 + 30            = 110.00
    discount   3 + 1                          =   4.00   sold 106.00
    shipping   5 + 4                          =   9.00
    tax        7.79 + 7.60 + (5.70 + 0.76)    =  21.85   that of 103's shipping stands apart
    paid       48.79 + 47.60 + 40.46          = 136.85 = 106.00 + 9.00 + 21.85
    refunded   47.60 + 11.90                  =  59.50
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(
        store,
        "SELECT currency, sum(sum_listed), sum(shop_discount), sum(sold), sum(shipping), sum(tax_added), sum(paid),"
        " sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1 GROUP BY currency",
    ) == [("EUR", 11000, 400, 10600, 900, 2185, 13685, 5950, 7, 3), ("JPY", 4000, 0, 4000, 0, 0, 4000, 0, 1, 1)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 4}
    assert quarantined(store) == [[9, "bad-number", "Product Item 1 Quantity"]]


def test_who_counts(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT order_id, status, cod, counts, open, paid FROM fact_orders WHERE currency = 'EUR'") == [
        ("101", "completed", None, 1, 0, 4879),
        ("102", "cancelled", None, 1, 0, 4760),
        ("103", "paid", None, 1, 1, 4046),
        ("104", "cancelled", None, 0, 0, 0),
        ("105", "unpaid", None, 0, 0, 0),
        ("106", "paid", 1, 0, 0, 0),  # cash on delivery
        ("107", "unknown", None, 0, 0, 4000),
    ]
    fee = "SELECT line_kind, sold FROM fact_order_lines WHERE order_id = '106' AND line_kind != 'goods'"
    assert rows(store, fee) == [("fee", 200)]


def test_the_order_of_the_columns_does_not_matter(tmp_path: Path) -> None:
    store, _ = taken(tmp_path / "a", [SAMPLE])
    table = list(csv.reader(SAMPLE.read_text(encoding="utf-8-sig").splitlines()))
    at = Random(3).sample(range(len(table[0])), len(table[0]))
    path = tmp_path / SAMPLE.name
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[row[i] for i in at] for row in table])
    again, _ = taken(tmp_path / "b", [path])
    assert digest(again) == digest(store)
