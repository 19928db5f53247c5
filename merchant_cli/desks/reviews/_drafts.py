"""The rule file `reply_templates`: drafts of replies, filled with the facts of the order; some words are refused."""

from __future__ import annotations

import re
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules
from merchant_cli.desks.reviews._text import folded, shown

P = Phrase

FACTS = ("order_day", "product", "shop")
_PLACE = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"\d[\d\s-]{5,}\d")

# What no reply may say, whoever wrote the template. The first two are forbidden by law (see reply_templates.toml).
PAID = P("no reply may offer money or gifts for a good review", "回复不得以返现、红包、礼品换取好评")
TAKEN_BACK = P("no reply may ask to change or delete a review", "回复不得要求修改或删除评价")
BLAME = P("no reply may blame the buyer", "回复不得指责买家")
PERSONAL = P("no reply may hold personal data or lead off the platform", "回复不得包含个人信息，也不得引导至平台之外")
REFUSED: tuple[tuple[Phrase, tuple[str, ...]], ...] = (
    (PAID, (
        "好评返", "返现", "返红包", "红包", "好评有礼", "好评送", "五星好评", "5星好评", "好评奖励", "晒图返",
        "给个好评", "给好评", "全五星", "cash back", "cashback", "five-star review", "5-star review", "5 star review",
        "five star review", "gift card", "reward for your review", "in exchange for a review", "for a good review",
        "for a positive review", "refund for your review", "leave a positive", "leave us a positive",
    )),
    (TAKEN_BACK, (
        "改评", "改成好评", "修改评价", "修改评论", "删评", "删除评价", "删除评论", "删差评", "删掉评价", "撤回评价",
        "change your review", "update your review", "edit your review", "delete your review", "remove your review",
        "take down your review", "change your rating",
    )),
    (BLAME, (
        "您自己", "你自己", "操作不当", "使用不当", "您弄坏", "你弄坏", "人为损坏", "无理取闹", "恶意",
        "职业打假", "不会用", "没看清", "没看说明", "your fault", "your own fault", "you should have",
        "you failed to", "you misused", "user error",
        "you broke", "you didn't read", "you did not read", "malicious", "being unreasonable",
    )),
    (PERSONAL, (
        "微信", "加v", "vx", "qq", "支付宝账号", "手机号", "电话号码", "身份证", "收货地址", "您的姓名",
        "wechat", "whatsapp", "telegram", "your phone", "your address", "your full name", "bank account", "@",
    )),
)  # fmt: skip


Templates = dict[str, dict[str, tuple[str, ...]]]  # reason → language → sentences


def load() -> tuple[Templates, list[Note]]:
    """The templates, and a note if the merchant's own file is faulty or says what is refused."""
    return rules.load("reply_templates", _parse)


def draft(templates: Templates, reason: str, lang: str, facts: dict[str, str | None]) -> str | None:
    """The reply for a reason in a language; a sentence whose fact is not known is left out. None: no template."""
    said = []
    for sentence in templates.get(reason, {}).get(lang, ()):
        names = _PLACE.findall(sentence)
        if all(facts.get(name) for name in names):
            said.append(_PLACE.sub(lambda found: shown(facts[found[1]], 60) or "", sentence))
    return ("" if lang == "zh" else " ").join(said) or None


def _parse(table: dict[str, Any]) -> Templates:
    rows = table.get("template")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise rules.BadRule("[[template]]", P("is no list of tables", "应为表的列表"))
    found: Templates = {}
    for n, row in enumerate(rows, 1):
        reason = row.get("reason")
        if not isinstance(reason, str) or not reason.strip():
            raise rules.BadRule(
                f"[[template]] {n}", P("reason is missing or not in quotes", "缺少 `reason`，或未加引号")
            )
        found[reason] = {lang: _sentences(row.get(lang), f"“{reason}” {lang}") for lang in ("zh", "en")}
    return found


def _sentences(value: Any, entry: str) -> tuple[str, ...]:
    """The sentences of a template. Raises BadRule for what is no sentence and for what no reply may say."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise rules.BadRule(entry, P("is no list of sentences in quotes", "应为加引号的句子的列表"))
    for sentence in value:
        for name in _PLACE.findall(sentence):
            if name not in FACTS:
                raise rules.BadRule(entry, _named(P("has an unknown placeholder", "有未知的占位符"), "{" + name + "}"))
        if {"{", "}"} & set(_PLACE.sub("", sentence)):
            raise rules.BadRule(entry, P("has a brace too many", "多了一个花括号"))
    whole = folded(" ".join(value))
    for why, words in REFUSED:
        if said := [word for word in words if _says(whole, word)]:
            raise rules.BadRule(entry, _named(why, max(said, key=len)))
    if number := _NUMBER.search(whole):
        raise rules.BadRule(entry, _named(PERSONAL, number[0]))
    return tuple(value)


def _says(text: str, word: str) -> bool:
    """Whether the text says the word, a Chinese one with blanks in it too; a Latin word stands alone."""
    if not word.isascii() or not word[0].isalpha():
        return word in text or word in "".join(text.split())
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None


def _named(why: Phrase, word: str) -> Phrase:
    """The reason with the word that it is about."""
    return P(f"says “{word}”: {why.en}", f"含有“{word}”：{why.zh}")
