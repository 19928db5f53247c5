"""Square's money, worked out by hand: transactions, item sales and the item library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, SHARED, quarantined, rows, taken

FOLDER = HERE / "square"
MOVES = FOLDER / "transactions" / "transactions-2024-10-01-2024-10-03.csv"
ITEMS = FOLDER / "items" / "items-2024-10-01-2024-10-03.csv"
BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind"


def test_transactions_add_up_to_net_total(tmp_path: Path) -> None:
    """Net Total: 31.12 + 1120.00 − 11.70 + 8.64 + 4.00 = 1152.06.

    sale  27.00 + 1150.00 + 8.00, and 4.00 of a row whose parts (5.00 − 0.23) are not 4.00 = 1189.00
    tax   2.16 + 0.64    tip 3.00    refund −12.00    fee −1.04 − 30.00 + 0.30
    """
    store, _ = taken(tmp_path, [MOVES])
    found = dict(rows(store, BY_KIND))
    assert found == {"sale": 118900, "tax": 280, "other": 300, "refund": -1200, "fee": -3074}
    assert sum(found.values()) == 115206
    assert quarantined(store) == [[7, "bad-money", "Net Total"]]


def test_a_file_that_a_spreadsheet_saved_again(tmp_path: Path) -> None:
    """1115.38 + 144.60 + 144.60: two rows that are the same are two payments."""
    store, _ = taken(tmp_path, [FOLDER / "transactions" / "transactions_resaved.csv"])
    assert dict(rows(store, BY_KIND)) == {"sale": 114900 + 30000, "fee": -3362 - 1080}


def test_money_of_the_items(tmp_path: Path) -> None:
    """Gross Sales 20.00 + 10.00 + 1150.00 + 8.00 + 10.00 = 1198.00, discounts 3.00, tax 1.44 + 0.72 + 0.64 + 0.80.

    12.00 of the catering came back the next day, the last bread with its tax. What is weighed is one piece.
    """
    store, (receipt,) = taken(tmp_path, [ITEMS])
    assert rows(
        store, "SELECT sum(sum_listed), sum(sum_discount), sum(sold), sum(tax_added), sum(paid) FROM fact_orders"
    ) == [(119800, 300, 119500, 360, 119860)]
    assert {note.code for note in receipt.notes} >= {"identity-ok"}
    assert rows(store, "SELECT order_id, code, amount, done_day FROM fact_refunds") == [
        ("TXa2", "~catering", 1200, "2024-10-02"),
        ("TXa4", "SOUR-1", 1080, "2024-10-03"),
    ]
    assert quarantined(store) == [[7, "bad-number", "Qty"]]


def test_times_are_of_the_zone_that_the_row_names(tmp_path: Path) -> None:
    """23:30 in New York on 1 October 2024 is 03:30 UTC on the 2nd; the day stays the 1st."""
    store, _ = taken(tmp_path, [ITEMS])
    asked = "SELECT datetime(placed_at, 'unixepoch'), placed_day FROM fact_orders WHERE order_id = 'TXa2'"
    assert rows(store, asked) == [("2024-10-02 03:30:00", "2024-10-01")]


def test_item_library(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, sorted((FOLDER / "catalog").glob("*.csv")))
    assert rows(store, "SELECT code, price, listed_units FROM fact_listings ORDER BY code") == [
        ("COF-L", 1000, None),
        ("SOUR-1", 1000, 14),
        ("~coffee small", None, -2),
    ]
    assert rows(store, "SELECT sku, cost FROM fact_costs") == [("SOUR-1", 320)]
    assert quarantined(store) == [[5, "bad-money", "Price"]]


def test_a_real_file_is_taken_in_whole(tmp_path: Path) -> None:
    """Σ Net Total of the file of 2018: 1115.38 + 144.60 + 520.95 + 574.02."""
    samples = sorted((SHARED / "samples" / "square").glob("*.csv"))
    if not samples:
        pytest.skip("no sample files beside the repository")
    store, (receipt, *_) = taken(tmp_path, samples)
    assert receipt.importer == "square transactions" and not receipt.outcome["quarantined"]
    assert rows(store, "SELECT sum(amount_minor) FROM money_moves") == [(235495,)]
