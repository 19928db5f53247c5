"""The same good in all shops, side by side: title, price, stock, and how far its prices are apart."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._alert import FIRST_STEP, called
from merchant_cli.desks.listings._codes import Code, known
from merchant_cli.desks.listings._listed import price_day
from merchant_cli.desks.sales import Rates
from merchant_cli.methods.reorder_point import half_up

P = Phrase

STATES = {
    "live": P("on sale", "在售"),
    "off": P("off", "下架"),
    "draft": P("draft", "草稿"),
    "blocked": P("blocked", "被屏蔽"),
    "unknown": P("not known", "未知"),
    "sold": P("sold; not listed in any file", "有成交，无商品文件"),
}
HELP = {
    "sku": P("Only this own SKU, also if one shop alone has it", "只看这个自有 SKU，即使只有一个店铺有"),
    "apart_percent": P("Only goods whose prices are at least so many per cent apart",
                       "只看价差至少达到这个百分比的商品"),
    "window_days": P("Days of sales that tell what a shop without a products file sells",
                     "店铺没有商品文件时，查看多少天内的销售"),
}  # fmt: skip


class Offer(NamedTuple):
    """What one shop offers: a variant, or what it last sold of a code without listings (`seen`: the day)."""

    sku: str
    shop: str
    listing: str
    variant: str
    code: str
    title: str
    state: str
    currency: str | None
    price: int | None
    times: int
    listed: int | None
    seen: str | None

    @property
    def compares(self) -> bool:
        return self.state in ("live", "unknown", "sold")


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("listing", P("Listing", "商品编号"), "id"),
        Column("variant", P("Variant", "规格编号"), "id"),
        Column("code", P("Code", "编码"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("state", P("State", "状态"), "id", words=STATES),
        Column("currency", P("Currency", "币种"), "id"),
        Column("price", P("Price", "售价"), "money"),
        Column("times", P("Own units", "含自有件数"), "count"),
        Column("unit_price", P("Price of one own unit", "每件折合"), "money", currency),
        Column("apart", P("Above the lowest", "高出最低价"), "rate"),
        Column("listed", P("Listed", "平台库存"), "count"),
        Column("sold_on", P("Last sold", "最近成交"), "day"),
    )


@listings.question(P("Side by side", "同款对比"), help=HELP, limits={"apart_percent": (0, 10_000)})
def side_by_side(
    db: sqlite3.Connection, scope: Scope, *, sku: str | None = None, apart_percent: float = 0, window_days: int = 90
) -> Answer:
    """Every own SKU that two or more shops sell: what each shop calls it, asks for it and shows as stock.

    `price` is in minor units of its own currency: that of the listing; where no file lists the code, what one own unit
    was sold for on the newest day of the last `window_days` days, after the shop's discounts (state `sold`).
    `unit_price` = price ÷ own units in it, in minor units of the base currency by the merchant's rates; `apart` =
    unit_price ÷ the lowest unit_price of the SKU − 1. Both are empty where a price or a rate is not known. What is off
    or a draft is shown and not compared.
    """
    day, _ = price_day(db, scope)
    base = scope.currency
    answer = Answer(
        _columns(base), [], ("sku", "shop", "code", "listing", "variant"), day or scope.as_of, scope.shops, base
    )
    together: dict[str, list[Offer]] = defaultdict(list)
    for (shop, _), code in sorted(known(db, scope, window_days).codes.items()):
        if sku in (None, code.sku) and (not scope.shops or shop in scope.shops):
            together[code.sku] += _offers(code)
    if not together:
        answer.notes.append(FIRST_STEP)
        return answer
    rates = Rates(db, day)
    rows: list[tuple[Any, ...]] = []
    for _, same in sorted(together.items()):
        if sku is None and len({one.shop for one in same}) < 2:
            continue
        prices = [_unit_price(one, rates, base) for one in same]
        lowest = min((p for p, one in zip(prices, same, strict=True) if p and one.compares), default=None)
        aparts = [round(p / lowest - 1, 4) if p and lowest and one.compares else None
                  for p, one in zip(prices, same, strict=True)]  # fmt: skip
        if max((apart or 0 for apart in aparts), default=0) * 100 >= apart_percent:
            rows += [_row(*row) for row in zip(same, prices, aparts, strict=True)]
    answer.rows = rows
    if not rows and sku is None and not apart_percent:
        answer.notes.append(Note("one-shop", P(
            "No SKU stands in two shops. Codes that are one good are mapped by `merchant listings unmapped`.",
            "没有 SKU 同时出现在两个店铺。同一商品的不同编码可用 `merchant listings unmapped` 对应。")))  # fmt: skip
    return answer


def _offers(code: Code) -> Iterator[Offer]:
    for one in code.variants:
        yield Offer(code.sku, *one.place, code.code, called(one.title, one.options, code.code), one.state,
                    one.currency, one.price, one.times, one.units, None)  # fmt: skip
    if code.last is not None and not code.variants:
        title, last = called(code.title, code.options, code.code), code.last
        yield Offer(code.sku, code.shop, "", "", code.code, title, "sold", last.currency, last.price, 1, None, last.day)


def _unit_price(one: Offer, rates: Rates, base: str | None) -> int | None:
    """Price of one own unit in minor units of the base currency; None if the price or a rate is not known."""
    worth = rates(one.currency, base)
    if one.price is None or worth is None:
        return None
    return half_up(one.price * worth.times, worth.over * one.times)


def _row(one: Offer, unit_price: int | None, apart: float | None) -> tuple[Any, ...]:
    return (*one[:10], unit_price, apart, one.listed, one.seen)
