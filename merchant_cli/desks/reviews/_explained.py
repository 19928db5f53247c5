"""Why a review ranks where it does: the terms of its harm, its money, its words, and a draft of the reply."""

from __future__ import annotations

import shlex
import sqlite3

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Behind, Explanation, Scope, Term
from merchant_cli.desks.reviews import _drafts, _read
from merchant_cli.desks.reviews._notes import burst_note
from merchant_cli.desks.reviews._read import OWN, Orders, Which
from merchant_cli.desks.reviews._text import folded, shown
from merchant_cli.desks.reviews._triage import Asked, Case, Facts, facts, judged
from merchant_cli.desks.reviews._wording import facts_of, language_of
from merchant_cli.desks.sales import in_base

P = Phrase

TEXT_CELLS = 600

SAYS = P("The review: {text}", "评价内容：{text}")
DRAFT = P("Draft of a reply: {text}", "回复草稿：{text}")
NO_DRAFT = P(
    "The rule file reply_templates has no reply for “{reason}”.", "规则文件 `reply_templates` 中没有“{reason}”的回复。"
)
MARK = P("When it is answered: `{command}`", "回复后请运行：`{command}`")


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, days: int = 90, burst_days: int = 14, shop_name: str = ""
) -> Explanation:
    """The terms of the harm of any review, what could be refunded, its text, a draft, and the rows behind it."""
    review = _read.review(db, key) if scope.as_of else None
    if review is None:
        raise Problem("no-such-row", key=key, desk="reviews", question="inbox")
    known = facts(db, scope, Asked(days=days, burst_days=burst_days))
    this_day = Which(review.day or "", review.day or "", undated=review.day is None)
    if known.goods.title_of(review.item) is None:
        known.goods.titles = _read.line_titles(db, this_day) | known.goods.titles
    order = Orders(db, this_day).of(review)
    case = judged(review, order, known.words.found(folded(review.words)), known)
    what = f"{review.day or ''} {review.state}".strip()
    behind = [Behind("reviews", f"{review.shop or OWN} {review.review_id}", what, review.import_no, review.line)]
    if order:
        behind.append(Behind("orders", f"{order.shop} {order.order_id}", order.day or "", order.import_no, order.line))
    return Explanation(_harm(case) + _money(case, known), behind, [*_notes(case, known, shop_name), *known.notes])


def _harm(case: Case) -> list[Term]:
    """The harm as a sum: what each factor adds to the ones before it."""
    harm = case.harm
    factors = (harm.stars, harm.words, 1 + harm.share, harm.age)
    words = " ".join(f"`{word}`" for said in case.said.values() for word in said)
    names = (
        P(f"Stars: 6 − {6 - harm.stars}", f"星级：6 − {6 - harm.stars}"),
        P(f"Words, × {harm.words:g}: {words or '—'}", f"用词，× {harm.words:g}：{words or '—'}"),
        P(f"Share of sales, × {1 + harm.share:.4f}", f"占销售额，× {1 + harm.share:.4f}"),
        P(f"Days waited: {case.age or 0}, × {harm.age:.2f}", f"等待 {case.age or 0} 天，× {harm.age:.2f}"),
    )
    terms, product, shown_so_far = [], 1.0, 0.0
    for name, factor in zip(names, factors, strict=True):
        product *= factor
        terms.append(Term("harm", name, round(round(product, 2) - shown_so_far, 2)))
        shown_so_far = round(product, 2)
    return [*terms, Term("harm", P("Harm", "危害"), harm.value, is_total=True)]


def _money(case: Case, known: Facts) -> list[Term]:
    order = case.order
    if case.stake is None or order is None or order.paid is None:
        return []
    currency = known.currency or order.currency
    paid = in_base({order.currency: order.paid}, currency, known.rates) or 0
    return [
        Term("at_stake", P("Paid for the order", "订单实付"), paid, "money", currency),
        Term("at_stake", P("Given back", "已退"), case.stake - paid, "money", currency),
        Term("at_stake", P("Could be refunded", "可能退款"), case.stake, "money", currency, is_total=True),
    ]


def _notes(case: Case, known: Facts, shop_name: str) -> list[Note]:
    one = case.review
    notes = [Note("text", SAYS, {"text": shown(one.words, TEXT_CELLS) or "—"})]
    templates, faulty = _drafts.load()
    lang = language_of(case)
    text = _drafts.draft(templates, case.reason, lang, facts_of(case, lang, shop_name))
    notes.append(Note("draft", DRAFT, {"text": text}) if text else Note("no-draft", NO_DRAFT, {"reason": case.reason}))
    notes.append(Note("mark", MARK, {"command": f"merchant reviews mark {shlex.quote(one.key)} --state replied"}))
    if case.burst is not None and one.item is not None:
        notes.append(burst_note(one.item, case.burst, known.goods))
    return notes + faulty
