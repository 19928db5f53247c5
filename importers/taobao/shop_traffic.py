"""生意参谋's shop report (店铺 自助取数): visitors, buyers and what was paid, by day or by range of days."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from importers.base import Cell, Draft, Facts, Fault, Importer, Into, constant, count, moment, money, raw, text
from importers.day_ranges import RANGE, take_range
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

DATE = "统计日期"
SOURCE = "sycm-shop"  # as `traffic.source` names it; `item` is empty: the whole shop


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A range of days stays one row and is never added to those of its days; a day that stands twice is named."""
    seen: dict[tuple[str, str], dict[str, Any]] = {}
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    read_day, shop = Moments(facts.zone), None
    for draft in drafts:
        row = draft.values
        if "_range" in row and (fault := take_range(draft, DATE, read_day, limit)) is not None:
            yield fault
            continue
        shop = shop or row.get("_shop")
        if row.get("_shop") not in (None, shop):
            yield draft.line, "unknown-word", "店铺名称", {"value": row["_shop"], "choices": shop}, []
            continue
        row["currency"] = facts.currency
        days = (row["from_day"], row["to_day"])
        if seen.setdefault(days, row) != row:
            yield draft.line, "duplicate-key", DATE, {"value": " ~ ".join(dict.fromkeys(days))}, []
            continue
        yield draft


SHOP: dict[str, Cell] = {
    "source": constant(SOURCE),
    "item": constant(""),
    "_shop": text("店铺名称"),
    "visitors": count("访客数", least=0),
    "page_views": count("浏览量", least=0),
    "carts": count("加购人数", least=0),
    "buyers": count("支付买家数", least=0),
    "units": count("支付件数", least=0),
    "paid": money("支付金额", least=0),
}

shop_traffic = Importer(
    platform="taobao",
    name="shop-traffic",
    title=Phrase("Taobao shop report (Business Advisor)", "生意参谋店铺报表"),
    menu=Phrase(
        "Business Advisor `生意参谋` › self-service data `取数` or overview `首页` › shop › by day › download",
        "生意参谋 › 取数（自助分析） › 店铺 › 按天 › 下载",
    ),
    known_by=frozenset({DATE, "访客数", "支付金额", "支付买家数"}),
    never=frozenset({"商品ID", "流量来源"}),
    kind="traffic",
    grade="B",
    shop_label="店铺名称",
    reshape=reshape,
    into=(
        Into({"traffic": {**SHOP, "_range": raw(DATE)}}, when=(DATE, RANGE)),
        Into({"traffic": {**SHOP, "from": moment(DATE, required=True), "to": moment(DATE, required=True)}}),
    ),
)
