"""Which codes of the shops are only assumed to be the own SKU they look like, and what they could be instead."""

from __future__ import annotations

import shlex
import sqlite3
from typing import TYPE_CHECKING, Any

from merchant_cli.basics import money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._alert import FIRST_STEP, behind, called, columns

if TYPE_CHECKING:  # comparing names loads a library of 50 ms, so it is imported when a question is asked
    from merchant_cli.desks.listings._codes import Code, Known
    from merchant_cli.desks.listings._queue import Doubt

P = Phrase

REASONS = {
    "titles-differ": P("Its title does not resemble “{other}”, which has the same SKU: is it the same good?",
                       "标题与同一 SKU 的“{other}”不像：是同一商品吗？"),
    "no-code": P("It has no code of yours, so cost and stock cannot be joined.",
                 "没有您的商家编码，无法对应成本和库存。"),
    "lookalike": P("It has no cost or product of its own and looks like another one.",
                   "没有自己的成本或货品资料，看起来与另一个相同。"),
    "spelling": P("Its code is that of another one, spelled otherwise.", "编码与另一个相同，只是写法不同。"),
}  # fmt: skip
BY = {
    "code": P("same code", "编码相同"),
    "code-title": P("code and title", "编码与标题相近"),
    "title": P("title", "标题相近"),
    "title-options": P("title and options", "标题与规格相近"),
}
SEVERAL = P(" Several fit as well.", "有多个同样合适。")
SUMMARY = P("{count} {count:code|codes} to map, {suggested} with a suggestion",
            "{count} 个编码待对应，其中 {suggested} 个有建议")  # fmt: skip
COLUMNS = columns(
    None,
    Column("shop", P("Shop", "店铺"), "id"),
    Column("code", P("Code", "编码"), "sku"),
    Column("title", P("Title", "标题"), "text"),
    Column("currency", P("Currency", "币种"), "id"),
    Column("price", P("Price", "售价"), "money"),
    Column("listed", P("Listed", "平台库存"), "count"),
    Column("sold", P("Units sold", "销量"), "count"),
    Column("suggestion", P("Could be SKU", "可能是"), "sku"),
    Column("score", P("Points of 100", "相似度"), "count"),
    Column("by", P("By", "依据"), "id", words=BY),
    Column("other_shop", P("It stands in", "对方店铺"), "id"),
    Column("other_title", P("Its title", "对方标题"), "text"),
    Column("other_price", P("Its price there", "对方售价"), "text"),
    Column("other_listed", P("Listed there", "对方库存"), "count"),
)
HELP = {
    "window_days": P("Days of sales whose codes are looked at", "查看多少天内售出的编码"),
    "least": P("Points of 100 from which a suggestion is made", "相似度达到多少才给出建议（满分 100）"),
}


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 90, least: int = 80) -> Explanation:
    """The rows of the code and of what it could be. Raises Problem no-such-row."""
    from merchant_cli.desks.listings._queue import queue

    span = scope.window(window_days)
    for doubt in queue(db, scope, window_days, least).doubts:
        if doubt.key == key:
            rows = behind(db, doubt.shop, doubt.listing.listing_id if doubt.listing else doubt.code.code, span)
            if doubt.suggestion and doubt.suggestion.target.shop:
                rows += behind(db, doubt.suggestion.target.shop, doubt.suggestion.target.code, span)
            return Explanation([], rows)
    raise Problem("no-such-row", key=key, desk="listings", question="unmapped")


@listings.alert(
    P("To be mapped", "待对应编码"), action="map", at_stake="unknown", explain=explain, help=HELP,
    limits={"least": (50, 100)},
)  # fmt: skip
def unmapped(db: sqlite3.Connection, scope: Scope, *, window_days: int = 90, least: int = 80) -> Answer:
    """Codes on sale or sold in the last `window_days` days whose own SKU is only assumed and doubtful.

    A code that nobody mapped is its own SKU. That is doubtful where (1) its title resembles no other title of that
    SKU: the titles of two shops and of the own sheets are compared if both are Chinese or neither is; (2) it is none
    that the merchant gave: the listing has no code, or its own number for one; (3) it has neither a cost nor a product
    while another SKU, which the merchant keeps or which sold more, has nearly the same name, or while it differs from
    another code in spelling only. `score` is 0–100: 95 and more for codes that differ in spelling only, else the
    likeness of the titles word by word in any order, options counting for three tenths; other numbers, sizes or options
    rule a suggestion out, and none is made below `least`. Two codes of one shop are taken as two goods. `sold` counts
    own units. `merchant map --accept` says which SKU a code is, also that it is its own. Nothing is at stake that could
    be measured.
    """
    from merchant_cli.desks.listings._queue import queue

    found = queue(db, scope, window_days, least)
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, scope.currency)
    if not found.known.codes and not found.known.without:
        answer.notes.append(FIRST_STEP)
        return answer
    answer.rows = [_row(doubt, found.known) for doubt in found.doubts]
    if found.doubts:
        suggested = sum(doubt.suggestion is not None for doubt in found.doubts)
        answer.notes.append(Note("summary", SUMMARY, {"count": len(found.doubts), "suggested": suggested}))
    if found.scripts:
        answer.notes.append(Note("scripts", P(
            "{count} {count:SKU has|SKUs have} titles in Chinese and in another language; these are not compared.",
            "{count} 个 SKU 的标题有中文也有外文，两者不作比较。"), {"count": found.scripts}))  # fmt: skip
    return answer


def _row(doubt: Doubt, known: Known) -> tuple[Any, ...]:
    code, best = doubt.code, doubt.suggestion
    price, currency = code.price
    name = called(code.title, code.options, code.code)
    sku = best.target.sku if best else None
    params: dict[str, Any] = {"shop": doubt.shop, "code": code.code, "sku": sku,
                              "several": bool(best and best.several)}  # fmt: skip
    if best and code.code:
        params["command"] = f"merchant map --accept {shlex.join((doubt.shop, code.code, best.target.sku))}"
    else:
        params["command"] = f"merchant explain listings unmapped --row {shlex.quote(doubt.key)}"
    other = (best.likeness.score, best.likeness.by, *_other(best.target.shop, best.target.code, known)) if best else ()
    return (doubt.key, name, _why(doubt), None, None, "map", params,
            doubt.shop, code.code or None, name, currency, price, code.listed, code.sold,
            sku, *(other or (None,) * 6))  # fmt: skip


def _why(doubt: Doubt) -> Note:
    best = doubt.suggestion
    reason = doubt.reason
    if reason == "lookalike" and best and best.likeness.by == "code":
        reason = "spelling"
    phrase = REASONS[reason]
    if best and best.several:
        phrase = P(phrase.en + SEVERAL.en, phrase.zh + SEVERAL.zh)
    return Note(reason, phrase, {"other": doubt.unlike})


def _other(shop: str, code: str, known: Known) -> tuple[str | None, str | None, str | None, int | None]:
    """Shop, title, price and listed units of what it could be; of an own sheet the title alone."""
    found: Code | None = known.codes.get((shop, code))
    if found is None:
        return None, known.own.get(code), None, None
    price, currency = found.price
    shown = None if price is None else f"{money.shown(price, currency)} {currency or ''}".strip()
    return shop, called(found.title, found.options, code), shown, found.listed
