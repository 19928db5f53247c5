"""Which titles hold words that a law or the platform forbids, and how the title reads without them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.listings import _word_rules as word_rules
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._alert import FIRST_STEP, behind, columns
from merchant_cli.desks.listings._titles import Titled, titles

P = Phrase

WHY = P("The title says “{words}”: {law}. Fine: {fine}.", "标题含有“{words}”：{law}。处罚：{fine}。")
SUMMARY = P("{count} {count:title|titles} with words that laws or platforms forbid",
            "{count} 个标题含有法律或平台禁用的词")  # fmt: skip
COLUMNS = columns(
    None,
    Column("shop", P("Shop", "店铺"), "id"),
    Column("listing", P("Listing", "商品编号"), "id"),
    Column("title", P("Title", "标题"), "text"),
    Column("words", P("Words", "违禁词"), "text"),
    Column("rewritten", P("Without them", "改写建议"), "text"),
    Column("law", P("Law", "依据"), "text"),
    Column("fine", P("Fine", "处罚"), "text"),
    Column("sold_on", P("Title seen on", "标题所见日期"), "day"),
)
HELP = {"window_days": P("Days of sales whose titles are read where no file lists the shop's goods",
                         "店铺没有商品文件时，从多少天内的订单读取标题")}  # fmt: skip


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 90) -> Explanation:
    """The rows whose title it is. Raises Problem no-such-row."""
    for one, _ in _found(db, scope, window_days, word_rules.load()[0]):
        if one.key == key:
            return Explanation([], behind(db, one.shop, one.name, scope.window(window_days)))
    raise Problem("no-such-row", key=key, desk="listings", question="words")


@listings.alert(P("Forbidden words", "违禁词"), action="retitle", at_stake="fine", explain=explain, help=HELP)
def words(db: sqlite3.Connection, scope: Scope, *, window_days: int = 90) -> Answer:
    """Titles of live listings with words that the rule file `words` forbids on the as-of day, and the title without.

    At each place of a title the longest word counts; a longer word that the file declares harmless is no hit. Capitals,
    full-width letters and invisible characters make no difference, and Latin words count only as whole words. Rules of
    a platform hold in its shops only. Titles are those of listings; a shop without a products file has those of its
    newest order lines of the last `window_days` days. The fine is what the law names; whether and how much is at stake
    nobody can measure, so `at_stake` stays empty.
    """
    rules, notes = word_rules.load()
    known = titles(db, scope, window_days)
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, scope.currency, notes)
    if not known:
        answer.notes.append(FIRST_STEP)
        return answer
    rows = [_row(one, hits, rules.rules) for one, hits in _sieved(known, rules, scope.as_of)]
    if rows:
        notes.append(Note("summary", SUMMARY, {"count": len(rows)}))
    notes.append(Note("rules", P(
        "{count} {count:title|titles} read by the rules of {day}. They are a first sieve and no legal advice.",
        "已按 {day} 的规则检查 {count} 个标题。规则仅供初步筛查，不构成法律意见。"),
        {"count": len(known), "day": rules.checked}))  # fmt: skip
    answer.rows = rows
    return answer


Found = list[tuple[Titled, list[word_rules.Hit]]]


def _found(db: sqlite3.Connection, scope: Scope, window_days: int, rules: word_rules.Words) -> Found:
    return _sieved(titles(db, scope, window_days), rules, scope.as_of)


def _sieved(known: list[Titled], rules: word_rules.Words, day: str | None) -> Found:
    """The titles that hold a forbidden word, with what was found; equal titles of a platform are read once."""
    sieves = {platform: word_rules.Sieve(rules, platform, day) for platform in {one.platform for one in known}}
    read: dict[tuple[str, str], list[word_rules.Hit]] = {}
    found = []
    for one in known:
        at = (one.platform, one.title)
        if at not in read:
            read[at] = sieves[one.platform].hits(one.title)
        if read[at]:
            found.append((one, read[at]))
    return found


def _row(one: Titled, hits: list[word_rules.Hit], order: Sequence[word_rules.Rule]) -> tuple[Any, ...]:
    """The reason names the rule that stands first in the file, `law` and `fine` all of them."""
    words_ = list(dict.fromkeys(hit.word for hit in hits))
    laws = list(dict.fromkeys(hit.rule.law for hit in hits))
    fines = list(dict.fromkeys(hit.rule.fine for hit in hits))
    law, fine, better = _joined(laws), _joined(fines), word_rules.rewritten(one.title, hits)
    first = min((hit.rule for hit in hits), key=order.index)
    why = Note("forbidden-word", WHY, {"words": " ".join(words_), "law": first.law, "fine": first.fine})
    params = {"shop": one.shop, "listing": one.name, "words": words_, "title": one.title, "rewritten": better}
    return (one.key, one.title, why, None, None, "retitle", params,
            one.shop, one.name, one.title, " ".join(words_), better, law, fine, one.sold_on)  # fmt: skip


def _joined(phrases: list[Phrase]) -> Phrase:
    return P("; ".join(p.en for p in phrases), "；".join(p.zh for p in phrases))
