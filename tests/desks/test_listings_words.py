"""Forbidden words and title limits, on titles of real files."""

from __future__ import annotations

from pathlib import Path

import pytest
from listings_tools import Asked, Files, asker, by, explained

from merchant_cli.desks.listings import _limit_rules as limit_rules
from merchant_cli.desks.listings._word_rules import Sieve, load, rewritten


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys)


def sieved(title: str, platform: str = "taobao", day: str | None = None) -> tuple[str, str]:
    """The words that are hit, and the title without them."""
    hits = Sieve(load()[0], platform, day).hits(title)
    return " ".join(hit.word for hit in hits), rewritten(title, hits)


@pytest.mark.parametrize(
    ("title", "words", "better"),
    [
        ("最佳手工茶壶", "最佳", "精选手工茶壶"),
        ("全网销量第一的茶壶", "销量第一", "全网热销的茶壶"),  # the longest word, not 第一 alone
        ("顶级紫砂 国家级大师", "顶级 国家级", "精选紫砂 大师"),
        ("ＮＯ.１ 茶壶", "ＮＯ.１", "茶壶"),  # full-width letters
        ("最\u200b好的茶", "最\u200b好", "优选的茶"),  # an invisible character between
        ("最近上新 最后一件 第一步学泡茶", "", "最近上新 最后一件 第一步学泡茶"),
        ("唯一性编码贴纸 最大承重5kg", "", "唯一性编码贴纸 最大承重5kg"),
        ("国家级非遗 德化白瓷", "", "国家级非遗 德化白瓷"),
        ("高仿真绢花", "", "高仿真绢花"),
        ("颈椎治疗仪", "", "颈椎治疗仪"),
        ("艾草足贴治疗失眠", "治疗", "艾草足贴失眠"),
        ("Model NO.12 tea pot", "", "Model NO.12 tea pot"),  # NO.1 is no whole word here
        ("Lock secures and cures wood", "cures", "Lock secures and wood"),
        ("Tea Pot - Clinically Proven", "Clinically Proven", "Tea Pot -"),
        ("手工粗陶茶壶", "", "手工粗陶茶壶"),
    ],
)
def test_what_is_found_in_a_title(store: Path, title: str, words: str, better: str) -> None:
    assert sieved(title) == (words, better)


def test_rules_hold_on_their_platform_and_from_their_day(store: Path) -> None:
    assert sieved("Tea Pot Best Seller", "amazon")[0] == "Best Seller"
    assert sieved("Tea Pot Best Seller", "shopify")[0] == ""
    assert sieved("跳楼价茶壶", day="2022-06-30")[0] == "" and sieved("跳楼价茶壶", day="2022-07-01")[0] == "跳楼价"


def test_words_in_listings_and_in_what_was_sold(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(
        "pot,Miracle Cure Tea Pot,S,A-1,3,10.00,,4", "pot,Miracle Cure Tea Pot,L,A-2,3,12.00,,4",
        "cup,Miracle Cup,,B-1,3,8.00,,2", "old,FDA Approved Cup,,B-2,0,8.00,,2,draft",
    )  # fmt: skip
    files.taobao(
        "101,2026-11-02,900,T-1,国家级手工茶壶,颜色:红,1,50.00", "102,2026-11-10,900,T-2,顶级手工茶壶,颜色:蓝,1,50.00",
        "103,2026-11-10,901,T-3,最近上新的茶壶,,1,50.00",
    )  # fmt: skip
    body = ask("words")
    rows = by(body, "key")
    # one row per listing, of its newest title; the draft, 最近 and a mere miracle are none
    assert set(rows) == {"listing:shopify/main/pot", "listing:taobao/main/900"}
    pot = rows["listing:taobao/main/900"]
    assert (pot["words"], pot["rewritten"], pot["sold_on"]) == ("顶级", "精选手工茶壶", "2026-11-10")
    assert pot["at_stake"] is None and "art. 9 (3)" in pot["law"] and "200,000" in pot["fine"]
    assert "“顶级”" in pot["why"] and pot["why_code"] == "forbidden-word"
    assert rows["listing:shopify/main/pot"]["rewritten"] == "Tea Pot"
    assert body["notes"][0].startswith("2 titles with words") and "2026-11-22" in body["notes"][1]
    said = by(ask("words", "--lang", "zh"), "key")["listing:taobao/main/900"]
    assert "《广告法》第九条第（三）项" in said["why"] and "二十万元以上" in said["fine"]
    behind = explained(capsys, "words", "listing:taobao/main/900")["behind"]
    assert {row["table"] for row in behind} == {"order_lines"} and len(behind) == 2
    assert len(explained(capsys, "words", "listing:shopify/main/pot")["behind"]) == 2  # both variants
    assert set(by(ask("words", "--shop", "shopify/main"), "key")) == {"listing:shopify/main/pot"}


def test_the_merchants_own_words(files: Files, ask: Asked, store: Path) -> None:
    files.products("cup,Cosy Cup,,B-1,3,8.00,,2")
    assert ask("words")["rows"] == []
    own = store.with_name("rules") / "words.toml"
    own.parent.mkdir()
    rule = 'checked = "2026-01-01"\n[[rule]]\nlaw = "House style"\nfine = "none"\nfrom = "2020-01-01"\n'
    own.write_text(rule + '[rule.words]\n"cosy" = "soft"\n', encoding="utf-8")
    (row,) = ask("words")["rows"]
    assert (row["rewritten"], row["law"]) == ("soft Cup", "House style")
    own.write_text(rule, encoding="utf-8")  # no words
    body = ask("words")
    assert body["rows"] == [] and any("words.toml" in note and "[[rule]] 1" in note for note in body["notes"])


def test_nothing_to_read(store: Path, ask: Asked) -> None:
    for question in ("words", "limits", "unmapped", "below-floor", "prices", "side-by-side"):
        body = ask(question)
        assert body["rows"] == [] and "import" in body["notes"][0], question


@pytest.mark.parametrize(
    ("title", "platform", "length"),
    [
        ("茶" * 30, "taobao", None),  # 60 half-widths fit
        ("茶" * 30 + "a", "taobao", 61),
        ("a" * 60, "taobao", None),
        ("x" * 75, "amazon", None),  # since 2026-07-27
        ("x" * 76, "amazon", 76),
        ("茶" * 76, "amazon", 76),  # characters, not bytes
        ("x" * 81, "ebay", 81),
        ("x" * 141, "etsy", 141),
        ("x" * 24, "tiktok", 24),  # too short
    ],
)
def test_limits_of_platforms(files: Files, ask: Asked, title: str, platform: str, length: int | None) -> None:
    files.products(f"a,{title},,A-1,3,10.00,,4")
    rows = ask("limits", "--platform", platform)["rows"]
    assert [row["length"] for row in rows] == ([] if length is None else [length])


def test_limits_on_the_shops_own_platform(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    files.products(f"long,{'x' * 256},,A-1,3,10.00,,4", f"fits,{'x' * 255},,A-2,3,10.00,,4")
    body = ask("limits")
    (row,) = body["rows"]
    assert (row["key"], row["most"], row["fits"], row["unit"]) == (
        "listing:shopify/main/long", 255, "x" * 255, "characters")  # fmt: skip
    assert row["why"] == "The title has 256 characters; shopify takes 255 at most."
    assert "1 title does not fit the platform's limit" in body["notes"]
    assert "标题有 256 个字，`shopify` 最多 255。" in ask("limits", "--lang", "zh")["rows"][0]["why"]
    assert explained(capsys, "limits", row["key"])["behind"][0]["line"] == 2
    assert "No title limit is known for nowhere" in ask("limits", "--platform", "nowhere")["notes"][0]


def test_limits_by_day(store: Path) -> None:
    amazon = [limit_rules.load()[0].on("amazon", day) for day in ("2026-07-26", "2026-07-27")]
    assert [limit and limit.most for limit in amazon] == [200, 75]


def test_a_title_not_confirmed_says_so(files: Files, ask: Asked) -> None:
    files.products(f"a,{'茶' * 31},,A-1,3,10.00,,4")
    assert "not confirmed" in ask("limits", "--platform", "douyin")["rows"][0]["why"]
    assert "not confirmed" not in ask("limits", "--platform", "taobao")["rows"][0]["why"]
