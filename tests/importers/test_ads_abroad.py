"""Google's and Meta's campaign reports, worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, quarantined, rows, taken

GOOGLE = HERE / "google_ads" / "campaigns"
META = HERE / "meta_ads" / "campaigns" / "Campaigns-Sep-1-2026-Sep-3-2026.csv"
REPORT = GOOGLE / "Campaign report.csv"
SUMS = (
    "SELECT currency, sum(spend_minor), sum(impressions), sum(clicks), min(from_day), max(to_day) FROM ads GROUP BY 1"
)


def test_google_tells_its_period_above_the_header(tmp_path: Path) -> None:
    """1316.14 + 25.00 + 0.00 = 1341.14 as its totals say; a campaign that is called Total … is one."""
    store, (receipt,) = taken(tmp_path, [REPORT])
    assert rows(store, SUMS) == [("EUR", 134114, 121412, 2430, "2026-09-01", "2026-09-30")]
    assert receipt.ignored_by == {"total": 2}
    assert quarantined(store) == [[7, "bad-money", "Cost"]]
    assert rows(store, "SELECT spend_minor FROM ads WHERE campaign = 'Total glaze sale'") == [(2500,)]
    assert rows(store, "SELECT count(*) FROM coverage WHERE kind = 'ads'") == [(0,)]  # no day is told alone


def test_google_by_day(tmp_path: Path) -> None:
    store, (receipt,) = taken(tmp_path, [GOOGLE / "Campaign report by day.csv"])
    assert rows(store, SUMS) == [("EUR", 2250, 210, 5, "2026-09-01", "2026-09-02")]
    assert receipt.ignored_by == {"total": 1}


@pytest.mark.parametrize("period", ["All time", "", "September 30, 2026 - September 1, 2026"])
def test_google_without_a_period_is_refused(period: str, tmp_path: Path) -> None:
    path = tmp_path / REPORT.name
    text = REPORT.read_text(encoding="utf-8").replace('"September 1, 2026 - September 30, 2026"', period)
    path.write_text(text.replace("Broken,", "Other,").replace(",x,", ",1.00,"), encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is not None and receipt.problem.code == "no-period"


def test_meta_adds_the_rows_of_a_campaign_and_day(tmp_path: Path) -> None:
    """20.55 + (18.20 + 1.80) + 5.00 = 45.55, as its row of totals says; 3 + 1 + 1 purchases, and likes are none."""
    store, (receipt,) = taken(tmp_path, [META])
    assert rows(store, SUMS) == [("USD", 4555, 6900, 88, "2026-09-01", "2026-09-03")]
    assert rows(store, "SELECT sum(orders) FROM ads") == [(5,)]
    assert receipt.ignored_by == {"added": 1, "empty": 1, "total": 1}
    assert quarantined(store) == [[7, "ends-before-start", "Reporting ends"]]


def test_meta_in_a_currency_without_decimals(tmp_path: Path) -> None:
    path = tmp_path / META.name
    text = META.read_text(encoding="utf-8-sig").replace("(USD)", "(JPY)")
    path.write_text(text.replace("20.55", '"2,055"').replace("18.20", "18").replace("1.80", "2"), encoding="utf-8")
    store, _ = taken(tmp_path / "s", [path])
    assert rows(store, SUMS) == [("JPY", 2080, 6900, 88, "2026-09-01", "2026-09-03")]
