"""The words of reviews and the drafts of replies: rule files that the merchant can replace, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_tools import Shop, shop

import merchant_cli.desks.rules as rules
from merchant_cli.desks.reviews import _drafts, _words
from merchant_cli.desks.reviews._text import folded

__all__ = ["shop"]


@pytest.fixture(autouse=True)
def _shipped_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MERCHANT_RULES", str(tmp_path / "rules"))


SAFETY = {
    "漏电": "插上就漏电", "着火": "用了一次就着火了", "过敏": "孩子用了过敏", "烫伤": "倒水烫伤了手",
    "受伤": "不小心受伤了",
    "冒烟": "没有说明书，冒烟", "触电": "没想到会触电", "短路": "短\u200b路", "爆炸": "爆\x1b[0m炸", "漏電": "難免漏電",
    "caught fire": "It caught FIRE", "fire": "ｆｉｒｅ！", "electric shock": "electric shock twice",
    "hurt": "my son got hurt", "burnt": "I am not happy, it burnt", "smoke": "Not good. Smoke!",
    "rash": "not only did I get a bad rash",
}  # fmt: skip
THREAT = {
    "12315": "再不处理就打12315", "举报": "我要举报你们", "起诉": "不赔偿就起诉", "法院": "不得不去法院",
    "假货": "这是假货",
    "sue": "I'll sue", "chargeback": "filed a chargeback", "report you": "I will report you", "fake": "totally FAKE",
}  # fmt: skip
HARMLESS = """
不过敏，放心用 / 没有漏电 / 不会着火 / 从未过敏 / 无漏电 / 没有任何漏电 / 没被电到 / 防漏电插头 / 不烫手
不是假货，正品 / 没有异味 / 以免受伤，带了手套 / 照片曝光有点过 / No smell, no shock / not a fire hazard
didn't hurt at all / It doesn’t hurt / perfect by the fire / issue solved / happy to report it works / wildfires
never caught fire / without any burns / shockproof / fake leather strap / order 451231599
"""


@pytest.mark.parametrize(("word", "text"), SAFETY.items())
def test_words_of_safety(word: str, text: str) -> None:
    assert _words.load()[0].found(folded(text)).get("safety") == [word]


@pytest.mark.parametrize(("word", "text"), THREAT.items())
def test_words_of_threat(word: str, text: str) -> None:
    assert _words.load()[0].found(folded(text)).get("threat") == [word]


@pytest.mark.parametrize("text", [text.strip() for line in HARMLESS.strip().splitlines() for text in line.split("/")])
def test_denied_and_harmless_words(text: str) -> None:
    said = _words.load()[0].found(folded(text))
    assert not {"safety", "threat"} & said.keys(), said


def test_a_long_text_is_no_burden() -> None:
    words, _ = _words.load()
    for text in ("不" * 20_000, "not " * 5_000, "着" * 20_000):
        assert words.found(folded(text)) == {}
    assert words.found(folded("fine " * 3_000 + "fire"))


def test_the_merchants_own_words(shop: Shop) -> None:
    shop.rule("review_words", (rules.SHIPPED / "review_words.toml").read_text("utf-8").replace('"漏电", ', "") + """
[[group]]
name = "smell"
weight = 2
reply_days = 0
zh = ["农药味"]
""")  # fmt: skip
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(("R1", "", "A", "2025-06-14", 5, "有农药味"), ("R2", "", "A", "2025-06-14", 5, "漏电"))
    (row,) = shop.ask("inbox")["rows"]
    assert (row["severity"], row["due"], row["why"]) == (
        "smell",
        "2025-06-14",
        "5 stars; words: `农药味`; waiting 0 days.",
    )
    # (6 − 5) × 2 × (1 + 1) × 1
    assert row["harm"] == 4


HEAD = "[reply_days]\n1 = 1\n2 = 1\n3 = 1\n4 = 1\n5 = 1\nnone = 1\n"


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("checked = ", "Invalid value"), ("", "[reply_days] 1"), (HEAD.replace("3 = 1", "3 = -1"), "[reply_days] 3"),
        (HEAD + "[[group]]\nweight = 2\n", "[[group]] 1"),
        (HEAD + '[[group]]\nname = "x"\nweight = 0\n', "[[group]] 1 weight"),
        (HEAD + '[[group]]\nname = "x"\nzh = "词"\n', "[[group]] 1 zh"),
        (HEAD + '[denied]\nen = [""]\n', "[denied] en"),
        (HEAD + '[[group]]\nname = "x"\n[[group]]\nname = "x"\n', "two groups"), ("group = 3\n" + HEAD, "[[group]]"),
    ],
)  # fmt: skip
def test_a_faulty_rule_file_is_named_and_left_aside(shop: Shop, text: str, entry: str) -> None:
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(("R1", "", "A", "2025-06-14", 5, "漏电"))
    shop.rule("review_words", text)
    body = shop.ask("inbox")
    assert [row["severity"] for row in body["rows"]] == ["safety"], "the shipped rules hold"
    assert "review_words.toml" in body["notes"][0] and entry in body["notes"][0]


GOOD = '[[template]]\nreason = "other"\nzh = ["{zh}"]\nen = ["{en}"]\n'


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("给五星好评返现5元", "五星好评"), ("好 评 返 现", "好评返"), ("送您红包", "红包"), ("请修改评价", "修改评价"),
        ("麻烦删除评价", "删除评价"), ("是您自己弄坏的", "您自己"), ("属于使用不当", "使用不当"), ("加微信聊", "微信"),
        ("请打13800138000", "13800138000"), ("Change your review, please", "change your review"),
        ("A gift card for you", "gift card"), ("That is your fault", "your fault"), ("Mail me: a@b.c", "@"),
        ("5-star review gets cash", "5-star review"), ("Call 415-555-0132", "415-555-0132"),
        ("Dear {buyer}", "{buyer}"), ("Dear {product", "brace"),
    ],
)  # fmt: skip
def test_what_no_reply_may_say(tmp_path: Path, sentence: str, word: str) -> None:
    """A template that says it is refused by name, in either language's list; the shipped ones are used instead."""
    own = tmp_path / "rules" / "reply_templates.toml"
    own.parent.mkdir()
    for zh, en in ((sentence, "Sorry."), ("抱歉。", sentence)):
        own.write_text(GOOD.replace("{zh}", zh).replace("{en}", en), encoding="utf-8")
        templates, (note,) = _drafts.load()
        assert len(templates) > 1 and word in note.show("en") and "reply_templates.toml" in note.show("zh")
        assert note.params["entry"] == ("“other” zh" if zh == sentence else "“other” en")


def test_a_refused_template_is_named_in_the_answer(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(("R1", "", "A", "2025-06-14", 1, "hm"))
    shop.rule("reply_templates", GOOD.replace("{zh}", "好评返现五元").replace("{en}", "Sorry."))
    body = shop.ask("inbox", "--drafts")
    (note,) = body["notes"]
    assert "“other” zh says “好评返”: no reply may offer money or gifts for a good review" in note
    assert body["rows"][0]["draft"].startswith("We are sorry that we did not meet")
    said = shop.ask("inbox", "--drafts", "--lang", "zh")["notes"][0]
    assert said.startswith("规则文件") and "含有“好评返”：回复不得以返现、红包、礼品换取好评" in said


def test_ones_own_replies(shop: Shop) -> None:
    shop.orders("#1,2025-06-01,A,4,10.00", "#2,2025-06-14,A,1,5.00")
    shop.reviews(("R1", "#1", "A", "2025-06-14", 1, "hm"), ("R2", "#1", "A", "2025-06-14", 1, "broken"))
    shop.rule("reply_templates", GOOD.replace("{zh}", "抱歉。").replace("{en}", "Sorry for {product} of {order_day}."))
    rows = shop.rows("inbox", "--drafts")
    assert (rows["R1"]["draft"], rows["R2"]["draft"]) == ("Sorry for Mug A of 2025-06-01.", None)
    explained = shop.run("explain", "reviews", "inbox", "--row", "review:own/R2").out
    assert "reply_templates has no reply for “broken”" in explained


def test_the_shipped_templates_cover_every_reason() -> None:
    words, faulty = _words.load()
    templates, wrong = _drafts.load()
    assert faulty == wrong == []
    assert set(templates) == {*words.groups, "thanks", "other"} - {"threat"}
    facts = {"order_day": "2025-06-01", "product": "Mug", "shop": "Valley"}
    for reason in templates:
        for lang in ("zh", "en"):
            whole = _drafts.draft(templates, reason, lang, facts) or ""
            assert "Valley" in whole and "{" not in whole
            assert "{" not in (_drafts.draft(templates, reason, lang, {}) or "")
