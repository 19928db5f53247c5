"""TikTok Shop's money, worked out by hand: SKU amounts by row, order amounts once."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.dates import year_first
from tests.importers.taking import HERE, quarantined, rows, taken

SAMPLE = HERE / "tiktok" / "orders" / "All order-2026-09-08-12_00.csv"
SUMS = (
    "SELECT sum(sum_listed), sum(shop_discount), sum(sold), sum(platform_discount), sum(shipping), sum(tax_added),"
    " sum(paid), sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Four orders count: 101 (two SKUs), 102 (refunded), 103 (part refunded), 106 (on two equal rows).

    before     (24.00 + 9.90) + 25.00 + 30.00 + 40.00                = 128.90
    seller     (3.00 + 0.90) + 3.00                                  =   6.90   sold 122.00
    platform   2.00 + 1.00 by payment (101) + 1.50 + 5.00            =   9.50
    shipping   4.99 + 5.00                                           =   9.99
    taxes      2.31 + 0.28 delivery fee + 2.06 + 2.10                =   6.75
    paid       34.58 + 27.06 + 27.60 + 40.00                         = 129.24 = 122.00 − 9.50 + 9.99 + 6.75
    refunded   27.06 + 9.20                                          =  36.26
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(store, SUMS) == [(12890, 690, 12200, 950, 999, 675, 12924, 3626, 8, 4)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 4}
    assert receipt.ignored_by == {"description": 1, "duplicate": 1}
    assert quarantined(store) == [[12, "bad-date", "Created Time"]]
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2026-09-01", 2, 5890, 390, 2706, 2794),
        ("2026-09-03", 1, 3000, 300, 920, 1780),
        ("2026-09-04", 1, 4000, 0, 0, 4000),
    ]


def test_who_counts(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT substr(order_id, 17), status, counts, open, paid FROM fact_orders") == [
        ("101", "completed", 1, 0, 3458),
        ("102", "completed", 1, 0, 2706),
        ("103", "shipped", 1, 0, 2760),
        ("104", "cancelled", 0, 0, 1500),  # before it was shipped
        ("105", "unpaid", 0, 0, 0),
        ("106", "paid", 1, 1, 4000),
        ("107", "unknown", 0, 0, 1000),
    ]


def test_nobody_is_named(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    kept = store.read_bytes()
    assert not [word for word in (b"mira.holt", b"clay.talks") if word in kept]


@pytest.mark.parametrize(
    ("written", "order", "read"),
    [
        ("9/5/2026 12:05:00 AM", "mdy", "2026-09-05 00:05:00"),
        ("09/05/2026 12:05:00 PM\t", "mdy", "2026-09-05 12:05:00"),
        ("05/09/26 14:30", "dmy", "2026-09-05 14:30:00"),
        ("09/05/2026", "mdy", "2026-09-05"),
        ("2026-09-05 10:00", "mdy", "2026-09-05 10:00"),
        ("09/05/2026 13:00:00 PM", "mdy", "2026-09-05 99:00:00"),  # no such hour: a faulty date
    ],
)
def test_days_whose_year_stands_last(written: str, order: str, read: str) -> None:
    assert year_first(written, order) == read
