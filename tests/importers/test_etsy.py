"""Etsy's money, worked out by hand: orders with their items, listings, statement and payments."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, SHARED, digest, quarantined, rows, taken

FOLDER = HERE / "etsy"
ORDERS, ITEMS = FOLDER / "orders" / "EtsySoldOrders2024-10.csv", FOLDER / "items" / "EtsySoldOrderItems2024-10.csv"
BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind"


def test_money_of_the_orders(tmp_path: Path) -> None:
    """Four orders count: 3001, 3002 (part-refunded), 3003 (refunded), 3005; 3004 was cancelled before it was shipped.

    Order Value  60.00 + 34.00 + 25.00 + 14.00 = 133.00   Discount  6.00 + 2.00 = 8.00    sold 125.00
    Shipping      4.50 + (5.00 − 5.00) + 3.00  =   7.50   tax on top 0.62, inside 2.00
    Order Total  59.12 + 34.00 + 28.00 + 12.00 = 133.12   refunds   10.00 + 28.00 = 38.00
    """
    store, (receipt,) = taken(tmp_path, [ORDERS])
    assert rows(
        store,
        "SELECT sum(listed), sum(shop_discount), sum(sold), sum(shipping), sum(tax_added), sum(tax_inside), sum(paid),"
        " sum(refunded), count(*) FROM fact_orders WHERE counts = 1",
    ) == [(13300, 800, 12500, 750, 62, 200, 13312, 3800, 4)]
    assert {note.code: note.params for note in receipt.notes}["identity-ok"] == {"checked": 4}
    assert rows(store, "SELECT order_id, paid, received FROM fact_orders WHERE counts = 0") == [("3004", 1700, 1624)]
    assert quarantined(store) == [[7, "bad-date", "Sale Date"]]


def test_items_of_the_orders(tmp_path: Path) -> None:
    """A discount of 6.00 that both items of 3001 repeat is taken once (4.00 and 2.00); those of 3005 have their own."""
    store, _ = taken(tmp_path, [ITEMS])
    assert rows(store, "SELECT code, listed, own_discount, sold FROM fact_order_lines ORDER BY line_key") == [
        ("SCARF-S", 4000, 400, 3600),
        ("SPOON-1", 2000, 200, 1800),
        ("BOWL-1", 3400, 0, 3400),
        ("1500000001/Color:Moss", 2500, 0, 2500),
        ("DISH-1", 1500, 0, 1500),
        ("DISH-2", 700, 100, 600),
        ("DISH-3", 700, 100, 600),
    ]


def test_both_files_in_either_order_tell_the_same(tmp_path: Path) -> None:
    """Lines add up to their orders: 54.00 + 34.00 + 25.00 + 12.00 = 125.00."""
    first, _ = taken(tmp_path / "1", [ORDERS], [ITEMS])
    second, _ = taken(tmp_path / "2", [ITEMS], [ORDERS])
    assert digest(first) == digest(second)
    assert rows(first, "SELECT sum(sold), sum(units) FROM fact_order_lines WHERE counts = 1") == [(12500, 7)]
    assert rows(first, "SELECT sum(sold), sum(refunded) FROM fact_orders WHERE counts = 1") == [(12500, 3800)]


def test_statement_adds_up(tmp_path: Path) -> None:
    """Net: 1059.12 + 34.00 − 10.00 − 2.21 − 0.20 + 0.65 − 0.62 − 0.04 − 4.20 − 6.00 − 1.17 = 1069.33.

    The title says that 1,062.28 went to the bank. A row without any amount waits.
    """
    store, _ = taken(tmp_path, [FOLDER / "statement" / "etsy_statement_2024_10.csv"])
    found = dict(rows(store, BY_KIND))
    assert found == {
        "sale": 109312, "refund": -1000, "fee": -176, "tax": -66, "shipping": -420, "ads": -600, "other": -117,
        "withdrawal": -106228,
    }  # fmt: skip
    assert sum(found.values()) == 106933 - 106228
    asked = "SELECT order_id, sum(amount_minor) FROM money_moves GROUP BY order_id ORDER BY order_id"
    # 1059.12 − 0.62 − 4.20 − 6.00 and 34.00 − 2.21 + 0.65 − 10.00; the rest names no order.
    assert rows(store, asked)[1:] == [("1234563001", 104830), ("1234563002", 2244)]
    assert quarantined(store) == [[14, "missing-value", "Net"]]


def test_a_statement_in_another_dollar_and_another_date(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [FOLDER / "statement" / "etsy_statement_2024_9.csv"])
    assert rows(store, "SELECT kind, amount, currency, day FROM fact_money_moves ORDER BY kind") == [
        ("fee", -442, "CAD", "2024-09-30"),
        ("sale", 7600, "CAD", "2024-09-30"),
    ]


def test_payments_add_up(tmp_path: Path) -> None:
    """Net Amount 57.10, after a refund Adjusted Net 23.03 and 0.00: 80.13."""
    store, _ = taken(tmp_path, sorted((FOLDER / "payments").glob("*.csv")))
    found = dict(rows(store, BY_KIND))
    assert found == {"sale": 5912 + 3400 + 2800, "refund": -1000 - 2800, "fee": -202 - 97}
    assert sum(found.values()) == 8013


def test_listings_of_a_shop_in_another_language(tmp_path: Path) -> None:
    samples = sorted((SHARED / "samples" / "etsy").glob("*.csv"))
    if not samples:
        pytest.skip("no sample files beside the repository")
    store, receipts = taken(tmp_path, samples)
    assert {receipt.importer for receipt in receipts} == {"etsy listings"}
    assert not any(receipt.outcome["quarantined"] or receipt.ignored for receipt in receipts)
    assert rows(store, "SELECT count(*) FROM fact_listings WHERE title IS NULL OR price IS NULL OR currency != 'EUR'") \
        == [(0,)]  # fmt: skip
