"""What is said of a review: why it is listed, in which language it is answered, and with which facts."""

from __future__ import annotations

import re

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.reviews._triage import Case

P = Phrase

STARS: dict[int | None, Phrase] = {
    None: P("No stars", "无星级"),
    **{n: P(f"{n} {'star' if n == 1 else 'stars'}", f"{n} 星") for n in range(1, 6)},
}
SAFETY = P("; words of safety: {words}", "；涉及安全：{words}")
THREAT = P("; words of threat: {words}", "；有威胁性的话：{words}")
WEIGHTY = P("; words: {words}", "；含有：{words}")
WAITS = P("; waiting {days} {days:day|days}.", "；已等待 {days} 天。")
UNDATED = P("; not dated.", "；没有日期。")
IN_BURST = P(" One of {count} bad reviews of this SKU from {first} to {last}, usually {usual}.",
             "该 SKU 在 {first} 至 {last} 有 {count} 条差评，平时约 {usual} 条。")  # fmt: skip
NOTHING = P("", "")

_CJK = re.compile("[\u3400-\u9fff]")


def why(case: Case) -> Note:
    """The reason as one sentence, the burst behind it; its code is the severity, with `-burst`."""
    weighty = [word for name in case.said if name == case.severity for word in case.said[name]][:3]
    words = {"safety": SAFETY, "threat": THREAT}.get(case.severity, WEIGHTY) if weighty else NOTHING
    parts = [STARS[case.review.stars], words, WAITS if case.age is not None else UNDATED]
    params = {"words": ", ".join(f"`{word}`" for word in weighty), "days": case.age}
    code = case.severity
    if case.burst is not None:
        parts.append(IN_BURST)
        code += "-burst"
        params |= {"count": case.burst.events, "first": case.burst.first, "last": case.burst.last,
                   "usual": f"{case.burst.usual:.1f}"}  # fmt: skip
    return Note(code, P("".join(part.en for part in parts), "".join(part.zh for part in parts)), params)


def language_of(case: Case) -> str:
    """The language of the review's words; of one without words that of the order's currency."""
    words = case.review.words
    if _CJK.search(words):
        return "zh"
    if any(c.isalpha() for c in words):
        return "en"
    return "zh" if case.order is None or case.order.currency == "CNY" else "en"


def facts_of(case: Case, lang: str, shop_name: str) -> dict[str, str | None]:
    """What fills the placeholders of a draft; None: not known."""
    day = case.order.day if case.order else None
    if day is not None and lang == "zh":
        year, month, number = day.split("-")
        day = f"{year}年{int(month)}月{int(number)}日"
    return {"order_day": day, "product": case.title, "shop": shop_name.strip() or _called(case.shop)}


def _called(shop: str | None) -> str | None:
    """The shop's own name; `main` is ours for a shop that has none."""
    name = (shop or "").partition("/")[2]
    return None if name in ("", "main") else name
