"""eBay's money, worked out by hand: orders in the spelling of the US and the UK, transactions, listings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, SHARED, quarantined, rows, taken

FOLDER = HERE / "ebay"
US = FOLDER / "orders" / "eBay-OrdersReport-Oct-05-2024-09_15_22-0700-11111111.csv"
UK = FOLDER / "orders" / "eBay-OrdersReport-UK.csv"
MOVES = FOLDER / "transactions" / "Transaction_report_20241009.csv"
SUMS = (
    "SELECT sum(sum_listed), sum(sold), sum(shipping), sum(tax_added), sum(paid), sum(units), count(*)"
    " FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_orders(tmp_path: Path) -> None:
    """Four orders were paid: 1, 2 (two items below a row of totals), 3, 5; order 4 was not.

    goods     18.00 + (2 × 10.00 + 20.00) + 11.00 + 2 × 15.00  =  99.00
    shipping   5.00 + 8.00 + 0.00 + 4.00                       =  17.00
    tax        1.84 + 3.52 + 0.66 (what eBay collected of order 5 went by the seller) = 6.02
    Total     24.84 + 51.52 + 11.66 + 34.00                    = 122.02
    """
    store, (receipt,) = taken(tmp_path, [US])
    assert rows(store, SUMS) == [(9900, 9900, 1700, 602, 12202, 7, 4)]
    assert receipt.ignored_by == {"total": 2, "other": 1}  # totals of order 2, and two rows of the footer
    assert quarantined(store) == [[11, "missing-value", "Order Number"]]
    assert rows(store, "SELECT status, counts, paid FROM fact_orders WHERE order_id LIKE '%4'") == [("unpaid", 0, 0)]


def test_orders_spelled_as_in_the_uk(tmp_path: Path) -> None:
    """29.99 + 3 × 4.00 = 41.99 of goods and 3.50 of postage, in pounds."""
    store, _ = taken(tmp_path, [UK])
    assert rows(store, SUMS) == [(4199, 4199, 350, 0, 4549, 4, 2)]
    assert rows(store, "SELECT DISTINCT currency FROM fact_orders") == [("GBP",)]


def test_transactions_add_up_to_the_payout(tmp_path: Path) -> None:
    """Of payout 6000000001: 19.26 + 41.64 + 9.76 − 4.35 − 6.08 − 1.50 = 58.73, which went to the bank.

    After it: −21.95 of a subscription, 30.00 of an order in another currency (one move), of which 30.00 are held, 1.23.

    sale   23.00 + 48.00 + 11.00 + 30.00 = 112.00    fee  −3.74 − 6.36 − 1.90 + 0.65 − 21.95 = −33.30
    """
    store, _ = taken(tmp_path, [MOVES])
    found = dict(rows(store, "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind"))
    assert found == {
        "sale": 11200, "tax": 66, "fee": -3330, "refund": -500, "shipping": -608, "ads": -150, "withdrawal": -5873,
        "deposit": -3000, "other": 123,
    }  # fmt: skip
    until = "SELECT sum(amount_minor) FROM money_moves WHERE day <= '2024-10-05' AND kind != 'withdrawal'"
    assert rows(store, until) == [(5873,)]
    assert quarantined(store) == [[22, "missing-value", "Net amount"]]


def test_orders_and_their_movements_meet(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [US, MOVES])
    lost = "SELECT DISTINCT m.order_id FROM money_moves m LEFT JOIN orders o USING (shop, order_id) WHERE m.order_id"
    assert rows(store, f"{lost} IS NOT NULL AND o.order_id IS NULL") == []


def test_a_listing_of_variations_is_their_rows(tmp_path: Path) -> None:
    store, (receipt,) = taken(tmp_path, sorted((FOLDER / "listings").glob("*.csv")))
    assert rows(store, "SELECT code, price, listed_units FROM fact_listings ORDER BY code") == [
        ("316000000003/Size=M;Color=Red", 2150, 3),
        ("316000000006", 999, 1),
        ("APRON-S", 2000, 2),
        ("MUG-BLUE", 1800, 12),
    ]
    assert receipt.ignored_by == {"parent": 1}


def test_the_reports_of_others_are_taken_in_whole(tmp_path: Path) -> None:
    """Reports that tools wrote anew, with a status and refunds: Σ Total Price beside the cancelled one."""
    samples = sorted((SHARED / "samples" / "ebay").glob("*.csv"))
    if not samples:
        pytest.skip("no sample files beside the repository")
    for n, sample in enumerate(samples):
        store, (receipt, *_) = taken(tmp_path / str(n), [sample])
        assert receipt.importer == "ebay orders" and not receipt.outcome["quarantined"]
        assert rows(store, "SELECT count(*), sum(paid), sum(refunded) FROM fact_orders WHERE counts = 1") == [
            (12, 52886, 3200)
        ]


def test_variations_without_a_row_above_them_are_all_taken(tmp_path: Path) -> None:
    sample = next((FOLDER / "listings").glob("*.csv"))
    lines = sample.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [line for line in lines if "Size=S;M" not in line]
    kept = [line.replace('""', '"Apron"', 1) if "Size=" in line else line for line in kept]
    path = tmp_path / "eBay-all-active-listings-report-2024-10-10.csv"
    path.write_text("".join(kept), encoding="utf-8")
    store, (receipt,) = taken(tmp_path / "s", [path])
    assert not receipt.ignored
    assert rows(store, "SELECT code, listed_units FROM fact_listings WHERE title = 'Apron' ORDER BY code") == [
        ("316000000003/Size=M;Color=Red", 3),
        ("APRON-S", 2),
    ]
