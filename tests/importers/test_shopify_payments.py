"""Shopify Payments, worked out by hand: what each movement is, and payouts that are neither income nor cost."""

from __future__ import annotations

from pathlib import Path

from importers import bills
from tests.importers.taking import HERE, digest, quarantined, rows, taken

FOLDER = HERE / "shopify"
PAYMENTS = FOLDER / "payments" / "payment_transactions_export_20260710.csv"
RESAVED = FOLDER / "payments" / "payment_transactions_export_resaved_20260615.csv"
PAYOUTS = FOLDER / "payouts" / "payouts_export_20260711.csv"
BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves GROUP BY kind ORDER BY kind"


def test_money_of_the_transactions(tmp_path: Path) -> None:
    """Charges 55.08 + 40.00 + 30.00; back 10.00 and, as a chargeback, 55.08; fees 1.90 + 1.46 + 1.17 + 15.00.

    Net 53.18 + 38.54 − 10.00 + 28.83 − 70.08 + 2.50 − 0.40 = 42.57.
    """
    store, _ = taken(tmp_path, [PAYMENTS])
    found = dict(rows(store, BY_KIND))
    assert found == {"sale": 12508, "refund": -6508, "fee": -1953, "adjustment": 250, "other": -40}
    assert sum(found.values()) == 4257
    assert quarantined(store) == [[9, "missing-value", "Transaction Date"]]


def test_money_of_the_short_form_that_a_spreadsheet_saved(tmp_path: Path) -> None:
    """1021.83 + 20.00 + 20.00 (two alike) less 29.93 + 0.88 + 0.88."""
    store, _ = taken(tmp_path, [RESAVED])
    assert rows(store, BY_KIND) == [("fee", -3169), ("sale", 106183)]


def test_payouts_are_neither_income_nor_cost(tmp_path: Path) -> None:
    """13.74 + 116.00 went to the bank and 25.00 were taken from it; one failed, one is planned."""
    store, (receipt,) = taken(tmp_path, [PAYOUTS])
    assert rows(store, BY_KIND) == [("withdrawal", -10474)]
    assert "withdrawal" in bills.NEITHER and receipt.ignored_by == {"unsettled": 2}


def test_files_in_any_order_give_the_same_store(tmp_path: Path) -> None:
    one, _ = taken(tmp_path / "a", [PAYMENTS], [RESAVED], [PAYOUTS])
    other, _ = taken(tmp_path / "b", [PAYOUTS], [PAYMENTS], [RESAVED])
    assert digest(one) == digest(other)


def test_a_payment_that_was_paid_out_since_is_the_same(tmp_path: Path) -> None:
    later = tmp_path / "payment_transactions_export_20260712.csv"
    later.write_text(PAYMENTS.read_text(encoding="utf-8").replace(",pending,,,", ",paid,2026-07-12,99,2026-07-12"))
    store, _ = taken(tmp_path / "s", [PAYMENTS], [later])
    assert rows(store, BY_KIND) == rows(taken(tmp_path / "t", [PAYMENTS])[0], BY_KIND)
