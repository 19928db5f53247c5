"""reviews/due: whose reply time runs out, by the days of the rule file."""

from __future__ import annotations

import pytest
from review_tools import Shop, shop

__all__ = ["shop"]


@pytest.fixture
def full(shop: Shop) -> Shop:
    """As of 2025-06-14. Due: R1 (safety, 1 day) 06-15, R2 (1 star, 2 days) 06-14, R3 (2 stars) 06-12, R4 (3 stars,
    3 days) 06-16, R5 (no stars, 2 days) 06-15; R6 is good, R7 not dated."""
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(
        ("R1", "#1", "A", "2025-06-14", 4, "漏电了！"), ("R2", "#1", "A", "2025-06-12", 1, "bad"),
        ("R3", "#1", "A", "2025-06-10", 2, "bad"), ("R4", "#1", "A", "2025-06-13", 3, "meh"),
        ("R5", "#1", "A", "2025-06-13", "", "hm"), ("R6", "#1", "A", "2025-05-13", 5, "good"),
        ("R7", "#1", "A", "", 1, "when?"),
    )  # fmt: skip
    return shop


def test_due_and_late(full: Shop) -> None:
    body = full.ask("due")
    rows = {row["key"][-2:]: row for row in body["rows"]}
    assert {key: (row["due"], row["late_days"]) for key, row in rows.items()} == {
        "R3": ("2025-06-12", 2), "R2": ("2025-06-14", None), "R1": ("2025-06-15", None), "R5": ("2025-06-15", None),
    }  # fmt: skip
    assert list(rows)[:2] == ["R3", "R2"]
    assert rows["R3"]["why"] == "Late by 2 days: due 2 days after the review."
    assert rows["R2"]["why"] == "0 days left: due 2 days after the review."
    assert rows["R1"]["why"] == "1 day left: due 1 day after the review."
    assert {row["at_stake"] for row in rows.values()} == {None}
    assert body["notes"][0] == "4 replies due by 2025-06-15, 1 of them late"
    zh = full.ask("due", "--lang", "zh")
    assert zh["rows"][0]["why"] == "已超时 2 天：应在评价后 2 天内回复。"
    assert zh["notes"][0] == "2025-06-15 前应回复 4 条评价，其中 1 条已超时"


def test_within(full: Shop) -> None:
    assert full.keys("due", "--within-days", "0") == ["R3", "R2"]
    assert full.keys("due", "--within-days", "2") == ["R3", "R2", "R1", "R5", "R4"]
    assert full.keys("due", "--stars", "1", "--within-days", "2") == ["R2", "R1", "R5"]
    assert full.keys("due", "--days", "3", "--within-days", "2") == ["R2", "R1", "R5", "R4"]


def test_answered_reviews_are_not_due(full: Shop) -> None:
    full.run("reviews", "mark", "own/R3", "review:own/R2", "--state", "replied")
    assert full.keys("due") == ["R1", "R5"]
    full.run("reviews", "mark", "own/R3", "--state", "triaged")
    assert full.keys("due") == ["R3", "R1", "R5"], "in work is not answered"


def test_the_merchants_own_terms(full: Shop) -> None:
    full.rule("review_words", "[reply_days]\n1 = 9\n2 = 9\n3 = 9\n4 = 9\n5 = 9\nnone = 9\n")
    assert full.ask("due")["rows"] == [], "no words, nine days for all"
    full.rule("review_words", "[reply_days]\n1 = 9\n2 = 9\n3 = 9\n4 = 9\n5 = 9\nnone = 0\n")
    assert {k: r["late_days"] for k, r in full.rows("due").items()} == {"R5": 1}


def test_explained_like_the_inbox(full: Shop) -> None:
    said = full.run("explain", "reviews", "due", "--row", "review:own/R1", "--lang", "zh").out
    assert "漏电了！" in said and "merchant reviews mark review:own/R1 --state replied" in said
