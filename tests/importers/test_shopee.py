"""Shopee's money, worked out by hand: item amounts by row, order amounts once, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.cells import Bad
from importers.whole_money import whole_money_reader
from tests.importers.taking import HERE, quarantined, rows, taken

NAME = "Order.all.20260901_20260907.xlsx"
ENGLISH, INDONESIAN = HERE / "shopee" / "orders" / NAME, HERE / "shopee" / "orders_id" / NAME
SUMS = (
    "SELECT sum(sum_listed), sum(shop_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
    " sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_english_sample(tmp_path: Path) -> None:
    """Six orders count: 1 (two items), 2, 3, 6 (cancelled after it was shipped), 7, 8.

    Original Price  (2 × 30 + 20) + 45 + 3 × 12 + 2 × 10 + 45 + 20         = 246.00
    the seller's    (6.00 + voucher 5.00) + 3 × 1.50 + 5.00                =  20.50   sold 225.50
    Shopee's        (4.00 + voucher 3.00) + 3 × 0.50 + card 2.00           =  10.50
    shipping        4.90 + 5.00 (not inside Total Amount) + 4.00           =  13.90
    paid            66.90 + 45 + (30 + 5) + 24 + 38 + 20                   = 228.90 = 225.50 − 10.50 + 13.90
    refunded        24.00 of order 6; what orders 2 and 3 got back the file does not say
    """
    store, (receipt,) = taken(tmp_path, [ENGLISH])
    assert rows(store, SUMS) == [(24600, 2050, 22550, 1050, 1390, 22890, 2400, 11, 6)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 6}
    assert receipt.ignored_by == {"duplicate": 1}
    found = rows(store, "SELECT substr(order_id, 14), status, counts, open, refunded FROM fact_orders")
    assert found == [
        ("1", "completed", 1, 0, 0),
        ("2", "completed", 1, 0, None),
        ("3", "completed", 1, 0, None),
        ("4", "cancelled", 0, 0, 2500),  # before it was shipped
        ("5", "unpaid", 0, 0, 0),
        ("6", "cancelled", 1, 0, 2400),
        ("7", "paid", 1, 1, 0),  # its Ship Time is when the parcel is to be fetched
        ("8", "delivered", 1, 0, 0),
        ("9", "unknown", 0, 0, 0),
    ]


def test_money_of_the_indonesian_sample(tmp_path: Path) -> None:
    """Five orders count: 1, 2, 3 (cash on delivery, on its way), 4, 8 (cancelled on its way). Thousands of rupiah:

    Harga Awal  (2 × 120 + 79.90) + 189.95 + 50 + 120 + 79.90         = 759.75
    Penjual     30 + voucher 15                                       =  45.00   sold 714.75
    Shopee      10 + voucher 20 + coins 0.95                          =  30.95
    Ongkos      9 + 8 + 7                                             =  24.00
    paid        252.95 + 189.95 + 0 (cash) + 120 + 86.90              = 649.80
    refunded    86.90 of order 8
    """
    store, (receipt,) = taken(tmp_path, [INDONESIAN])
    assert rows(store, SUMS) == [(75975000, 4500000, 71475000, 3095000, 2400000, 64980000, 8690000, 7, 5)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 4}
    assert receipt.ignored_by == {"header": 1}
    assert quarantined(store) == [[9, "bad-money", "Total Pembayaran"]]
    found = rows(store, "SELECT substr(order_id, 14), status, cod, counts, open FROM fact_orders")
    assert found == [
        ("1", "completed", None, 1, 0),
        ("2", "completed", None, 1, 0),
        ("3", "shipped", 1, 1, 0),
        ("4", "paid", None, 1, 1),
        ("5", "cancelled", None, 0, 0),  # never paid
        ("6", "paid", 1, 0, 0),  # cash on delivery counts once it is shipped
        ("8", "cancelled", None, 1, 0),
    ]


def test_what_is_known_of_their_shops(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [ENGLISH], shop="shopee/my")
    _, _ = taken(tmp_path, [INDONESIAN], shop="shopee/id")
    found = rows(store, "SELECT shop, zone, currency, sale_day FROM shops ORDER BY shop")
    assert found == [("shopee/id", "Asia/Jakarta", "IDR", "placed"), ("shopee/my", "Asia/Singapore", None, "placed")]


@pytest.mark.parametrize(
    ("cell", "amount"),
    [("189.950", 18995000), ("1.289.950", 128995000), ("Rp 5.000", 500000), ("950", 95000), ("-", None), ("0", 0),
     ("189950.0", 18995000), ("189.95", Bad("bad-money", {"value": "189.95"}))],
)  # fmt: skip
def test_whole_amounts(cell: str, amount: object) -> None:
    assert whole_money_reader("IDR")(cell) == amount
