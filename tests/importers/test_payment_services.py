"""Stripe and PayPal: their movements add up to what the files state, by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.bills import KINDS
from tests.importers.taking import HERE, SHARED, quarantined, rows, taken

BALANCE = HERE / "stripe" / "balance" / "balance_history_20241005.csv"
ACTIVITY, UK = HERE / "paypal" / "activity" / "Download.csv", HERE / "paypal" / "activity" / "Download_uk.csv"
BY_KIND = "SELECT kind, sum(amount_minor) FROM money_moves WHERE currency = ? GROUP BY kind"


def test_stripe_balance_adds_up(tmp_path: Path) -> None:
    """Net in dollars: 1261.90 + 38.54 − 15.00 − 1285.44 − 2.00 − 55.00 + 3.00 = −54.00; in yen 1157.

    sale 1299.90 + 40.00    fee −38.00 − 1.46 − 2.00 − 15.00    refund −15.00 − 40.00 (a chargeback)
    """
    store, _ = taken(tmp_path, [BALANCE])
    found = dict(rows(store, BY_KIND, "USD"))
    assert found == {"sale": 133990, "fee": -5646, "refund": -5500, "withdrawal": -128544, "other": 300}
    assert sum(found.values()) == -5400
    assert dict(rows(store, BY_KIND, "JPY")) == {"sale": 1200, "fee": -43}
    assert quarantined(store) == [[10, "missing-value", "Net"]]
    named = "SELECT DISTINCT order_id FROM money_moves WHERE order_id IS NOT NULL ORDER BY 1"
    assert rows(store, named) == [("1001",), ("1003",), ("WC-1002",)]


def test_a_fee_below_zero_is_a_fee_as_well(tmp_path: Path) -> None:
    """The report writes 12.00, −0.65, 11.35 where the history writes 12.00, 0.65, 11.35."""
    store, _ = taken(tmp_path, [BALANCE.with_name("balance_change_report_20241005.csv")])
    assert dict(rows(store, BY_KIND, "USD")) == {"sale": 1200, "fee": -65, "refund": -77}


def test_paypal_activity_adds_up(tmp_path: Path) -> None:
    """Net of what is completed: 56.57 + 964.61 − 20.00 − 900.00 − 12.00 − 15.00 − 10.00 + 5.00 = 69.18 in dollars."""
    store, (receipt,) = taken(tmp_path, [ACTIVITY])
    found = dict(rows(store, BY_KIND, "USD"))
    assert found == {
        "sale": 105912, "fee": -255 - 3539 - 1500, "refund": -2000, "withdrawal": -90000, "other": -1200 + 500,
        "transfer": -1000,
    }  # fmt: skip
    assert sum(found.values()) == 6918
    assert receipt.ignored_by == {"unsettled": 1, "other": 1}
    assert quarantined(store) == [[13, "bad-date", "Date"]]


def test_days_stand_in_the_order_of_the_accounts_country(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [UK])
    asked = "SELECT DISTINCT datetime(at, 'unixepoch'), day FROM fact_money_moves ORDER BY day"
    # 23:30 in London in summer is 22:30 UTC.
    assert rows(store, asked) == [("2024-10-01 22:30:00", "2024-10-01"), ("2024-10-02 08:15:00", "2024-10-02")]


def test_days_that_nothing_explains_wait(tmp_path: Path) -> None:
    unknown = tmp_path / "Download.csv"
    unknown.write_text(UK.read_text(encoding="utf-8-sig").replace("Europe/London", ""), encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [unknown])
    assert receipt.problem is not None and receipt.problem.code == "bad-date"


@pytest.mark.parametrize("sample", [BALANCE, ACTIVITY], ids=["stripe", "paypal"])
def test_a_log_taken_in_twice_says_nothing_new(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / sample.name.replace(".csv", "_20250101.csv")
    copy.write_bytes(sample.read_bytes() + b"\n")
    store, (_, second) = taken(tmp_path / "s", [sample], [copy])
    assert second.state == "applied" and not second.outcome["inserted"] and not second.outcome["updated"]
    assert {kind for (kind,) in rows(store, "SELECT DISTINCT kind FROM money_moves")} <= KINDS


def test_a_real_fragment_of_stripe_is_taken_in_whole(tmp_path: Path) -> None:
    samples = sorted((SHARED / "samples" / "stripe").glob("*.csv"))
    if not samples:
        pytest.skip("no sample files beside the repository")
    store, (receipt, *_) = taken(tmp_path, samples)
    assert receipt.importer == "stripe balance" and not receipt.outcome["quarantined"]
    assert rows(store, "SELECT sum(amount_minor) FROM money_moves") == [(1200 - 77,)]
