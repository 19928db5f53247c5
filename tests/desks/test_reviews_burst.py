"""Bursts of bad reviews: found where they are, and not where chance or good sales explain them."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from review_tools import Shop, shop

from merchant_cli.methods.burst import burst, upper_tail

__all__ = ["shop"]

LAST = date(2025, 6, 14)


def before(days: int) -> str:
    return (LAST - timedelta(days)).isoformat()


def test_upper_tail_by_known_values() -> None:
    """1 − 2/e, and tables of the Poisson distribution: P(X ≥ 5 | 2) = 0.0527, P(X ≥ 10 | 4) = 0.0081."""
    assert upper_tail(2, 1) == pytest.approx(1 - 2 / math.e)
    assert upper_tail(5, 2) == pytest.approx(0.0527, abs=5e-5)
    assert upper_tail(10, 4) == pytest.approx(0.0081, abs=5e-5)
    assert (upper_tail(0, 3), upper_tail(3, 0)) == (1, 0)


def test_method() -> None:
    first, last = before(89), before(0)
    four = {before(n): 1 for n in (2, 4, 6, 8)}
    found = burst(four, {}, first, last, 14, 4)
    # usual: (0 others + ½) × 14 ÷ 76 other days
    assert found is not None and (found.first, found.last, found.events) == (before(15), before(2), 4)
    assert found.usual == pytest.approx(0.5 * 14 / 76)
    assert burst({before(n): 1 for n in (2, 4, 6)}, {}, first, last, 14, 4) is None, "three are too few"
    assert burst({before(n): 1 for n in range(0, 90, 5)}, {}, first, last, 14, 4) is None, "as many as ever"
    assert burst({before(n): 1 for n in (2, 20, 40, 60)}, {}, first, last, 14, 4) is None, "far apart"
    # 100 good reviews in these days where (2 + 1) × 14 ÷ 76 = 0.55 were expected: 181 times as much was sold
    assert burst(four, {before(3): 100, before(50): 2}, first, last, 14, 4) is None
    assert burst(four, {before(3): 1, before(50): 9}, first, last, 14, 4) is not None
    assert burst(four, {}, before(13), last, 14, 4) is None, "no other days to compare with"
    assert burst({}, {}, first, last, 14, 4) is None


@pytest.fixture
def full(shop: Shop) -> Shop:
    """A: five bad in a week (one of them answered), one long before. B: three. C: one every five days. D: four bad
    among many good."""
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    rows = [("A", n, 1) for n in (20, 22, 24, 25, 26)] + [("B", n, 1) for n in (20, 22, 24)]
    rows += [("C", n, 2) for n in range(0, 90, 5)] + [("D", n, 1) for n in (1, 2, 3, 4)]
    rows += [("D", n % 9, 5) for n in range(60)] + [("A", 80, 1)]
    shop.reviews(*(
        (f"{sku}-{i}", "#1" if sku == "A" else "", sku, before(n), stars, "leaks", "",
         "sorry" if (sku, n) == ("A", 22) else "")
        for i, (sku, n, stars) in enumerate(rows)
    ))  # fmt: skip
    return shop


def test_a_burst_is_named(full: Shop) -> None:
    body = full.ask("inbox")
    # The fourteen days that end with the last of the five; one bad review on the other 76 days: 1.5 × 14 ÷ 76 = 0.3
    said = [note for note in body["notes"] if note.startswith("Burst")]
    assert said == [
        f"Burst: 5 bad reviews of Mug A (A) from {before(33)} to {before(20)}; usually 0.3 in so many days."
        " Look at the lot before selling on."
    ]
    rows = {row["key"]: row for row in body["rows"]}
    burst_rows = [row for row in rows.values() if row["why_code"].endswith("-burst")]
    assert len(burst_rows) == 4 and {row["sku"] for row in burst_rows} == {"A"}, "the answered one is not listed"
    assert burst_rows[0]["why"].endswith(
        f"One of 5 bad reviews of this SKU from {before(33)} to {before(20)}, usually 0.3."
    )
    zh = full.ask("inbox", "--lang", "zh", "--sku", "B")
    assert zh["notes"][0].startswith("差评突增：Mug A（`A`）在 ") and "平时同样天数约 0.3 条" in zh["notes"][0]


def test_other_days_and_shorter_windows(full: Shop) -> None:
    def bursts(*words: str) -> list[str]:
        return [note for note in full.ask("inbox", *words)["notes"] if note.startswith("Burst")]

    assert bursts("--as-of", before(25)) == [], "two of the five were known then"
    assert len(bursts("--burst-days", "7")) == 1, "five within a week"
    assert bursts("--burst-days", "3") == []
    assert len(bursts("--days", "1")) == 1, "the window of the list is not that of the comparison"
    assert any(
        "Burst" in n for n in full.run("explain", "reviews", "inbox", "--row", "review:own/A-0", "--json").json["notes"]
    )
