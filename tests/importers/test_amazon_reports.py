"""Amazon's reports of stock, visits and ads: what they count, worked out by hand, and of which days."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from importers.day_ranges import period_of
from tests.importers.taking import HERE, rows, taken

AMAZON = HERE / "amazon"
RETURNS = AMAZON / "fba_returns" / "50720020031.txt"
INVENTORY = AMAZON / "fba_inventory" / "FBA_MYI_20241108.txt"
PLANNING = AMAZON / "fba_planning" / "FBA_Inventory_Planning_20241110.csv"
BUSINESS = AMAZON / "business_report" / "BusinessReport 2024-10-01 2024-10-31.csv"
ADS = AMAZON / "ads" / "Sponsored Products Advertised product report 20241105.xlsx"
ADS_2026 = AMAZON / "ads_2026" / "Advertised_product_20260801.csv"


def test_what_comes_back_is_stock_again_if_it_can_be_sold(tmp_path: Path) -> None:
    """45 trays (40 and 5 reserved) were counted on the 8th, one came back on the 9th. Of the spoons none is left on the
    8th and two good ones came back after it; the two bent ones are no stock. A count of the 12th, of a hook only,
    takes the as-of day there: returns alone do not."""
    later = tmp_path / "FBA_MYI_20241112.txt"
    head, first = INVENTORY.read_text(encoding="utf-8").splitlines()[:2]
    later.write_text(f"{head}\n{first.replace('TRAY-1', 'HOOK')}\n", encoding="utf-8")
    store, _ = taken(tmp_path, [INVENTORY], [RETURNS], [later])
    assert rows(
        store, "SELECT sku, location, counted, moved, on_hand FROM stock_now WHERE sku != 'HOOK' ORDER BY sku"
    ) == [
        ("CUP-B", "FBA", 8, 0, 8), ("SPOON", "FBA", 0, 2, 2), ("TRAY-1", "FBA", 45, 1, 46)]  # fmt: skip
    assert rows(store, "SELECT sum(units), count(*) FROM stock_moves WHERE kind = 'return'") == [(3, 4)]


def test_what_a_buyer_wrote_is_not_kept(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [RETURNS])
    assert b"Ann Example" not in store.read_bytes()


def test_a_newer_count_of_the_same_place_holds(tmp_path: Path) -> None:
    """Planning of the 9th: 38 + 6 trays; the tray that came back on the 9th is inside."""
    for n, files in enumerate(([INVENTORY, PLANNING, RETURNS], [RETURNS, PLANNING, INVENTORY])):
        store, _ = taken(tmp_path / str(n), *([file] for file in files))
        assert rows(store, "SELECT location, counted, moved FROM stock_now WHERE sku = 'TRAY-1'") == [("FBA", 44, 0)]


def test_visits_of_the_period_in_the_name(tmp_path: Path) -> None:
    """The cup stands below two parents: 1,204 + 96 sessions, 38 + 2 units, 1,140.00 + 60.00."""
    store, _ = taken(tmp_path, [BUSINESS])
    assert rows(
        store, "SELECT from_day, to_day, visitors, page_views, units, orders, paid FROM fact_traffic"
        " WHERE item = 'CUP-B'"
    ) == [("2024-10-01", "2024-10-31", 1300, 2053, 40, 37, 120000)]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "period"),
    [
        ("BusinessReport 2024-10-01 2024-10-31.csv", ("2024-10-01", "2024-10-31")),
        ("BusinessReport_2024-10-05.csv", ("2024-10-05", "2024-10-05")),
        ("BusinessReport-11-9-24.csv", None),  # the day of the download
        ("BusinessReport 2024-10-31 2024-10-01.csv", None),
        ("BusinessReport 2024-10-01 2024-10-32.csv", None),
        ("BusinessReport.csv", None),
    ],
)
def test_without_a_period_the_report_is_refused(name: str, period: tuple[str, str] | None, tmp_path: Path) -> None:
    """--exported says when it was made, not which days it sums up."""
    assert period_of(name) == period
    path = tmp_path / name
    shutil.copy(BUSINESS, path)
    store, (receipt,) = taken(tmp_path / "s", [path], exported="2024-11-09")
    if period is None:
        assert receipt.problem is not None and receipt.problem.code == "no-period"
        assert rows(store, "SELECT count(*) FROM fact_traffic") == [(0,)]
    else:
        assert rows(store, "SELECT DISTINCT from_day, to_day FROM fact_traffic") == [period]


def test_ads_by_product(tmp_path: Path) -> None:
    """Two ad groups of one campaign on the first: 10.50 + 7.25; a row that stands twice counts once."""
    store, _ = taken(tmp_path, [ADS])
    assert rows(store, "SELECT item, from_day, to_day, spend, clicks, orders, sales FROM fact_ads ORDER BY 1, 2") == [
        ("CUP-B", "2024-11-01", "2024-11-01", 1775, 35, 3, 12000),
        ("CUP-B", "2024-11-02", "2024-11-02", 900, 18, 0, 0),
        ("TRAY-1", "2024-11-01", "2024-11-01", 0, 0, 0, 0),
    ]


def test_ads_of_a_range_stay_a_range(tmp_path: Path) -> None:
    """10.504 and 7.25; a range that ends before it starts waits."""
    store, (receipt,) = taken(tmp_path, [ADS_2026])
    assert rows(store, "SELECT item, from_day, to_day, spend, currency FROM fact_ads ORDER BY 1") == [
        ("CUP-B", "2026-07-06", "2026-07-29", 1775, "USD"),
        ("TRAY-1", "2026-07-30", "2026-07-30", 100150, "USD"),
    ]
    assert receipt.outcome["quarantined"] == 1
