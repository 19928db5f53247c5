"""Visits by day: a day that stands twice with other figures is named, and a range of days covers none of them."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import quarantined, rows, taken

MAPPING = """kind = "traffic"
shop = "taobao/main"
zone = "Asia/Shanghai"
currency = "CNY"
known_by = ["从", "到", "访客"]

[[into]]
[into.traffic]
source = { constant = "old sheet" }
item = { constant = "" }
from = { kind = "moment", names = ["从"], required = true }
to = { kind = "moment", names = ["到"], required = true }
visitors = { kind = "count", names = ["访客"] }
"""


def test_only_rows_of_one_day_cover_it(tmp_path: Path) -> None:
    mapping, sheet = tmp_path / "visits.toml", tmp_path / "visits.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    lines = (
        "从,到,访客", "2024-11-01,2024-11-01,50", "2024-11-03,2024-11-03,60", "2024-11-03,2024-11-03,61",
        "2024-11-01,2024-11-01,50", "2024-11-04,2024-11-10,400",
    )  # fmt: skip
    sheet.write_text("\n".join(lines) + "\n", encoding="utf-8")
    store, (receipt,) = taken(tmp_path / "s", [sheet], mapping=mapping, exported="2024-11-30")
    assert receipt.outcome == {"inserted": 3, "quarantined": 1} and receipt.ignored_by == {"duplicate": 1}
    assert quarantined(store) == [[4, "duplicate-key", ""]]
    assert rows(store, "SELECT day, \"full\" FROM coverage WHERE kind = 'traffic' ORDER BY day") == [
        ("2024-11-01", 1), ("2024-11-03", 1),
    ]  # fmt: skip
