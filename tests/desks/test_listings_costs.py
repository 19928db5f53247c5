"""listings/costs: what SKUs are called, and which days are asked about."""

from __future__ import annotations

from pathlib import Path

import pytest
from listings_tools import COSTS, Asked, Files, asker, by, explained


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys)


def test_a_sku_is_called_as_it_was_last_sold(files: Files, ask: Asked) -> None:
    files.taobao("101,2026-11-02,900,A-1,胡桃木碗,,1,99.00", "102,2026-11-10,900,A-1,胡桃木沙拉碗,,2,88.00",
                 "103,2026-11-12,901,A-2,亚麻围裙,,1,50.00", "104,2026-11-12,902,A-3,陶瓷杯,,1,50.00")  # fmt: skip
    files.take("costs.csv", COSTS, "A-2,围裙（自己的名字）,,CNY,织造厂,", "A-3,,5.00,CNY,,")
    rows = by(ask("costs"), "sku")
    assert {sku: row["title"] for sku, row in rows.items()} == {"A-1": "胡桃木沙拉碗", "A-2": "围裙（自己的名字）"}
    # 99.00 + 2 × 88.00 = 275.00 of 375.00
    assert (rows["A-1"]["units"], rows["A-1"]["sold"], rows["A-1"]["share"]) == (3, 275, 0.7333)


def test_only_the_days_asked_about(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.taobao("101,2026-11-02,900,A-1,胡桃木碗,,1,99.00", "102,2026-11-10,900,A-1,胡桃木碗,,2,88.00")
    days = ("--since", "2026-11-05", "--until", "2026-11-12")
    (row,) = ask("costs", *days)["rows"]
    assert (row["units"], row["sold"]) == (2, 176) and "2026-11-05 to 2026-11-1" in row["why"]
    found = explained(capsys, "costs", "sku:A-1", *days)
    assert [b["key"] for b in found["behind"]] == ["taobao/main 102 1022"]
    assert ask("costs", "--until", "2026-11-01", "--since", "2026-10-01")["rows"] == []
