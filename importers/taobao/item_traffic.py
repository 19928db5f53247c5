"""生意参谋's item report (商品效果, 商品排行): visitors, buyers and what was paid, by item and day or range of days.

A binary workbook with four lines above its header; every value is text (`1,234.00`, `-`). `item` is the platform's
商品ID. Of the report of where an item's visitors came from (商品流量来源) the rows tell neither item nor day.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from importers.base import Cell, Draft, Facts, Fault, Importer, Into, constant, count, id_, moment, money, raw
from importers.day_ranges import RANGE, take_range
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

DATE = "统计日期"
SOURCE = "sycm-item"  # as `traffic.source` names it


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A range of days stays one row and is never added to those of its days."""
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    read_day = Moments(facts.zone)
    for draft in drafts:
        if "_range" in draft.values and (fault := take_range(draft, DATE, read_day, limit)) is not None:
            yield fault
            continue
        draft.values["currency"] = facts.currency
        yield draft


ITEM: dict[str, Cell] = {
    "source": constant(SOURCE),
    "item": id_("商品ID", required=True),
    "visitors": count("商品访客数", least=0),
    "page_views": count("商品浏览量", least=0),
    "carts": count("商品加购人数", least=0),
    "buyers": count("支付买家数", least=0),
    "units": count("支付件数", least=0),
    "paid": money("支付金额", least=0),
}

item_traffic = Importer(
    platform="taobao",
    name="item-traffic",
    title=Phrase("Taobao item report (Business Advisor)", "生意参谋商品报表"),
    menu=Phrase(
        "Business Advisor `生意参谋` › goods `品类` › item ranking `商品排行` › download",
        "生意参谋 › 品类 › 商品排行（商品360） › 选择日期 › 下载",
    ),
    known_by=frozenset({DATE, "商品ID", "商品访客数", "支付金额"}),
    kind="item-traffic",
    reshape=reshape,
    into=(
        Into({"traffic": {**ITEM, "_range": raw(DATE)}}, when=(DATE, RANGE)),
        Into({"traffic": {**ITEM, "from": moment(DATE, required=True), "to": moment(DATE, required=True)}}),
    ),
)
