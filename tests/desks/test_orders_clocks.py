"""The rule file `ship_by`: what is shipped, what a merchant may write, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from merchant_cli.desks import rules
from merchant_cli.desks.orders import _clocks as clocks

CLOCK = '[[clock]]\nplatform = "jd"\nfrom = "2026-01-01"\n'


@pytest.fixture(autouse=True)
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MERCHANT_RULES", str(tmp_path))
    return tmp_path


def test_the_shipped_clocks() -> None:
    found, notes = clocks.load()
    assert notes == [] and found.checked
    for shop in ("taobao/main", "pinduoduo/main", "douyin/main", "jd/main", "kuaishou/a", "xiaohongshu/a"):
        clock = found.on(shop, "2026-11-14")
        assert clock is not None and clock.hours == 48 and not clock.sure
    pinduoduo, shopify = found.on("pinduoduo/a", "2026-11-14"), found.on("shopify/us", "2026-11-14")
    assert pinduoduo is not None and pinduoduo.fined(None, None) == 300
    assert shopify is not None and (shopify.hours, shopify.cancel_hours) == (None, 168)
    assert found.on("own/main", "2026-11-14") is None
    assert found.on("douyin/main", "2020-12-31") is None, "before its first day"
    table = rules._read(rules.SHIPPED / "ship_by.toml")
    assert all(row["source"] for row in table["clock"]), "each says where it is from"


def test_a_share_of_what_was_paid(own_rules: Path) -> None:
    text = CLOCK + 'currency = "CNY"\nfine_rate = "0.05"\nfine_least = "1.00"\nfine_most = "10"\n'
    (own_rules / "ship_by.toml").write_text(text, encoding="utf-8")
    clock = clocks.load()[0].on("jd/a", "2026-01-01")
    assert clock is not None
    assert [clock.fined(paid, "CNY") for paid in (1000, 2000, 4010, 30_000, None)] == [100, 100, 201, 1000, None]
    assert clock.fined(4010, "USD") is None, "the share of another currency"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("clock = 3\n", "[[clock]] is no list"),
        ('[[clock]]\nplatform = "jd"\n', "[[clock]] 1 from is missing"),
        (CLOCK.replace("01-01", "02-30"), "from is no day"),
        (CLOCK + "hours = 0\n", "hours is no whole number"),
        (CLOCK + "hours = true\n", "hours is no whole number"),
        (CLOCK + "cancel_hours = 1.5\n", "cancel_hours is no whole number"),
        (CLOCK + 'fine = "3"\n', "fine has no currency"),
        (CLOCK + 'fine = 3\ncurrency = "CNY"\n', "fine is no number in quotes"),
        (CLOCK + 'fine = "NaN"\ncurrency = "CNY"\n', "fine is no number in quotes"),
        (CLOCK + 'fine_rate = "5"\n', "fine_rate lies outside"),
        (CLOCK + 'fine_rate = "-0.1"\n', "fine_rate is no number"),
    ],
)
def test_a_faulty_own_file_is_named_and_left_aside(own_rules: Path, text: str, said: str) -> None:
    (own_rules / "ship_by.toml").write_text(text, encoding="utf-8")
    found, notes = clocks.load()
    assert found.on("taobao/main", "2026-11-14") is not None
    assert [note.code for note in notes] == ["rule-file"] and said in notes[0].show("en")
    assert "规则文件" in notes[0].show("zh")
