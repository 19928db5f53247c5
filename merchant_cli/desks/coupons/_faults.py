"""What is odd about a coupon of the book: named beside it, and in a note under the answer."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.coupons._book import ALL_OF_IT, Book, Coupon
from merchant_cli.desks.coupons._codes import fold
from merchant_cli.desks.coupons._uses import Uses

P = Phrase

KNOWN_GOODS = """
SELECT sku, code, category FROM listings
UNION SELECT sku, sku, category FROM products
"""
SOLD_GOODS = """
SELECT DISTINCT sku, code FROM sold_units
"""
# What a sheet says for: it holds for all goods.
EVERYTHING = frozenset({
    "", "全店", "全店通用", "全场", "全场通用", "全部", "全部商品", "所有商品",
    "all", "everything", "all goods", "all products", "whole shop", "entire order",
})  # fmt: skip
_BETWEEN = re.compile(r"[;；,，、\r\n]+")
SHOWN = 8  # codes that a note names

FAULTS: dict[str, Phrase] = {
    "all-off": P("takes off everything", "全额减免"),
    "ends-first": P("ends before it starts", "结束早于开始"),
    "scope-unknown": P("scope names no known goods", "适用范围不明"),
    "no-budget": P("no budget", "未设预算"),
    "several-shops": P("the code stands in several shops", "多店同码"),
    "twice": P("the code stands twice", "优惠码重复"),
    "differs": P("the sheet and the shop differ", "与店铺记录不一致"),
}
_SAID: dict[str, Phrase] = {
    "all-off": P(
        "{count} {count:coupon takes|coupons take} off everything: {codes}", "{count} 张优惠券全额减免：{codes}"
    ),
    "ends-first": P(
        "{count} {count:coupon ends|coupons end} before the start; the dates are left aside: {codes}",
        "{count} 张优惠券的结束日期早于开始日期，日期未采用：{codes}",
    ),
    "scope-unknown": P(
        "{count} {count:coupon holds|coupons hold} for goods that nobody knows: {codes}",
        "{count} 张优惠券的适用范围无法识别：{codes}",
    ),
    "no-budget": P(
        "{count} {count:coupon has|coupons have} no budget, so it cannot be exceeded: {codes}",
        "{count} 张优惠券未设预算，无法判断是否超支：{codes}",
    ),
    "several-shops": P(
        "{count} {count:code stands|codes stand} in several shops; a budget in your sheet is for all of them: {codes}",
        "{count} 个优惠码在多家店铺使用，您表格中的预算按合计计算：{codes}",
    ),
    "twice": P(
        "{count} {count:code is|codes are} written twice, the first holds: {codes}",
        "{count} 个优惠码重复填写，以第一行为准：{codes}",
    ),
    "differs": P(
        "{count} {count:coupon is|coupons are} another in your sheet than in the shop; your sheet holds: {codes}",
        "{count} 张优惠券在您的表格与店铺中不一致，以您的表格为准：{codes}",
    ),
}  # fmt: skip


def faults(coupon: Coupon, book: Book, uses: Uses, goods: Goods, as_of: str) -> list[str]:
    """The faults of one coupon, words of FAULTS."""
    found = []
    if coupon.said("kind") == "percent" and (coupon.said("percent") or 0) >= ALL_OF_IT:
        found.append("all-off")
    if coupon.reversed:
        found.append("ends-first")
    if coupon.own and not goods.know(coupon.own.scope):
        found.append("scope-unknown")
    if coupon.said("budget") is None and coupon.state(as_of) in ("planned", "running", "unclear"):
        found.append("no-budget")
    if len(_shops(coupon, book, uses)) > 1:
        found.append("several-shops")
    if coupon.twice:
        found.append("twice")
    if coupon.differs:
        found.append("differs")
    return found


def _shops(coupon: Coupon, book: Book, uses: Uses) -> set[str]:
    """The shops that export the code or whose orders name it."""
    found = book.exported_by(coupon.folded)
    return found | ({used.shop for used in uses.of(book.shops, coupon.folded)} if coupon.own else set())


class Goods:
    """What a coupon's scope may name: own SKUs, codes and categories. The sold ones are read only if need be."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known = {fold(word) for row in db.execute(KNOWN_GOODS) for word in row if word}
        self._sold: set[str] | None = None

    def know(self, scope: str | None) -> bool:
        """Whether each part of a scope stands for everything or for goods that are known."""
        parts = [fold(part) for part in _BETWEEN.split(scope or "")]
        return all(part in EVERYTHING or part in self._known or part in self._were_sold() for part in parts)

    def _were_sold(self) -> set[str]:
        if self._sold is None:
            self._sold = {fold(word) for row in self._db.execute(SOLD_GOODS) for word in row if word}
        return self._sold


def notes(found: Iterable[tuple[Coupon, list[str]]]) -> list[Note]:
    """A note for each fault, naming the coupons that have it."""
    by: dict[str, list[str]] = {}
    for coupon, names in found:
        for name in names:
            by.setdefault(name, []).append(f"`{coupon.code}`")
    made = []
    for name in FAULTS:
        if codes := list(dict.fromkeys(by.get(name, []))):
            more = ["…"] if len(codes) > SHOWN else []
            made.append(Note(f"coupon-{name}", _SAID[name], {
                "count": len(codes), "codes": ", ".join(codes[:SHOWN] + more),
            }))  # fmt: skip
    return made
