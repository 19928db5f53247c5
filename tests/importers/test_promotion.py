"""What promotion cost, from the platforms' reports by item: ranges stay ranges, totals are no records."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, quarantined, rows, taken

SPENT = (
    "SELECT from_day, to_day, sum(spend_minor), sum(sales_minor), sum(impressions), sum(clicks) FROM ads GROUP BY 1, 2"
)


def test_pinduoduo_ads(tmp_path: Path) -> None:
    """1 October: 12.50 + 3.50 (another way of bidding; it stands twice and counts once) + 8.00 = 24.00. The rows
    come to 54.00; the total says 60.00, as it may.
    """
    store, (receipt,) = taken(tmp_path, [HERE / "pinduoduo/ads/推广报表_20241105.csv"])
    assert rows(store, SPENT) == [
        ("2024-10-01", "2024-10-01", 2400, 10750, 2300, 77),  # sales 62.50 + 0 + 45.00
        ("2024-10-02", "2024-10-02", 1000, 9900, 900, 31),
        ("2024-10-03", "2024-10-05", 2000, 9000, 2000, 55),
    ]
    assert receipt.ignored_by == {"total": 1, "added": 1, "duplicate": 1}
    assert quarantined(store) == [[8, "negative-amount", "总花费(元)"], [9, "ends-before-start", "日期"]]
    # Three days in one row are no days of their own.
    assert rows(store, "SELECT day FROM coverage WHERE kind = 'ads' ORDER BY day") == [("2024-10-01",), ("2024-10-02",)]


def test_jd_ads(tmp_path: Path) -> None:
    """256.80 + 9.20 in October, 2.10 on 1 November; the total says 270.20 because a row stands twice."""
    store, (receipt,) = taken(tmp_path, [HERE / "jd/ads/京准通_商品推广_20241105.csv"])
    assert rows(store, SPENT) == [
        ("2024-10-01", "2024-10-31", 26600, None, 12800, 352),
        ("2024-11-01", "2024-11-01", 210, None, 100, 3),
    ]
    assert receipt.ignored_by == {"total": 1, "duplicate": 1}
    # A number that a spreadsheet made of an id is the id.
    assert rows(store, "SELECT item FROM ads ORDER BY spend_minor DESC LIMIT 1") == [("10160070484512",)]


def test_taobao_ads_of_2022(tmp_path: Path) -> None:
    """引力魔方: 12.30 + 7.70 of two creatives, 10.00 that stands twice. 万相台: 55.00 (told by two ways of counting
    effects, so once) + 20.00 + 44.00.
    """
    store, _ = taken(tmp_path, sorted((HERE / "taobao" / "ads_2022").glob("*.csv")))
    found = rows(store, "SELECT account, from_day, sum(spend_minor) FROM ads GROUP BY 1, 2 ORDER BY 1, 2")
    assert found == [
        ("wanxiangtai-account", "2022-10-01", 7500), ("wanxiangtai-account", "2022-10-02", 4400),
        ("yinlimofang", "2022-10-01", 2000), ("yinlimofang", "2022-10-02", 1000),
    ]  # fmt: skip
