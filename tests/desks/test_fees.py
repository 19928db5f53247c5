"""What a platform keeps of a sale, and rule files that the merchant edits."""

from __future__ import annotations

from pathlib import Path

import pytest

from merchant_cli.desks import fees, rules


@pytest.fixture(autouse=True)
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MERCHANT_RULES", str(tmp_path))
    return tmp_path


def test_the_shipped_schedules() -> None:
    found, notes = fees.load()
    assert notes == [] and found.checked
    assert found.of("taobao/main", "2026-11-01", 10_000, "CNY") == 60  # 0.6 % of 100.00
    assert found.of("shopify/main", "2026-11-01", 10_000, "USD") == 320  # 2.9 % of 100.00, and 0.30
    assert found.of("shopify/main", "2026-11-01", 10_000, "USD", orders=3) == 380
    assert found.of("shopify/main", "2026-11-01", 10_000, "EUR") == 290, "the fixed part is in another currency"
    assert found.of("taobao/main", "2020-01-01", 10_000, "CNY") is None, "before its first schedule"
    assert found.of("own/main", "2026-11-01", 10_000, "CNY") is None


def test_the_merchants_own_terms_hold_and_the_newest_that_began(own_rules: Path) -> None:
    rows = '[[fee]]\nplatform = "taobao"\nrate = "{}"\nfrom = "{}"\n'
    text = rows.format("0.05", "2026-01-01") + rows.format("0.02", "2026-06-01")
    (own_rules / "fees.toml").write_text(text, encoding="utf-8")
    found, notes = fees.load()
    assert notes == []
    assert found.of("taobao/a", "2026-05-31", 10_001, "CNY") == 500  # 500.05
    assert found.of("taobao/a", "2026-06-01", 10_025, "CNY") == 201  # 200.5, halves up
    assert found.of("shopify/a", "2026-06-01", 10_000, "USD") is None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("[[fee", ""),
        ('[[fee]]\nplatform = "jd"\nrate = "0.1"\nfrom = "2026-13-01"\n', "[[fee]] 1"),
        ('[[fee]]\nplatform = "jd"\nrate = "ten"\nfrom = "2026-01-01"\n', "[[fee]] 1"),
        ('[[fee]]\nplatform = "jd"\nrate = "8"\nfrom = "2026-01-01"\n', "[[fee]] 1"),
        ('[[fee]]\nplatform = "jd"\nfrom = "2026-01-01"\n', "[[fee]] 1"),
    ],
)
def test_a_faulty_own_file_is_named_and_left_aside(own_rules: Path, text: str, entry: str) -> None:
    path = own_rules / "fees.toml"
    path.write_text(text, encoding="utf-8")
    before = rules.stamp()
    found, notes = fees.load()
    assert found.of("taobao/main", "2026-11-01", 10_000, "CNY") == 60
    assert [note.code for note in notes] == ["rule-file"]
    assert str(path) in notes[0].show("en") and entry in notes[0].show("zh")
    path.unlink()
    assert rules.stamp() != before
