"""万相台无界's report by subject (主体报表): ad spend by item, plan and day. Money is in yuan.

The same item stands on several rows, one for each scene or plan: rows of one plan, item and day are added. What was
spent on a shop or a live room has no item. `sales` is 总成交金额, as the platform counts it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Cell, Draft, Facts, Fault, Importer, Into, constant, count, id_, moment, money, raw, text
from importers.day_ranges import RANGE, take_range
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

DATE = "日期"
ACCOUNT = "wanxiangtai"  # as `ads.account` names it
GOODS = (None, "商品", "宝贝")  # 主体类型 whose 主体ID is an item; provisional


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Adds the rows of one plan, item and day; a row that repeats another in all that is read counts once."""
    faults: list[Fault] = []
    yield from added(_rows(drafts, facts, faults))
    yield from faults


def _rows(drafts: Iterator[Draft], facts: Facts, faults: list[Fault]) -> Iterator[Draft]:
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    read_day = Moments(facts.zone)
    for draft in drafts:
        row = draft.values
        if "_range" in row and (fault := take_range(draft, DATE, read_day, limit)) is not None:
            faults.append(fault)
            continue
        row["campaign"] = row.get("_plan") or row.get("_scene") or ""
        row["item"] = row["_subject"] if row.get("_type") in GOODS else ""
        row["currency"] = facts.currency
        yield draft


ROW: dict[str, Cell] = {
    "account": constant(ACCOUNT),
    "_plan_id": id_("计划ID"),
    "_crowd": text("人群名字", "人群名称"),
    "_plan": text("计划名字", "计划名称"),
    "_scene": text("场景名字", "场景名称"),
    "_subject": id_("主体ID", required=True),
    "_type": text("主体类型"),
    "spend": money("花费", required=True, least=0),
    "impressions": count("展现量", least=0),
    "clicks": count("点击量", least=0),
    "orders": count("总成交笔数", least=0),
    "sales": money("总成交金额", least=0),
}

ads = Importer(
    platform="taobao",
    name="ads",
    title=Phrase("Taobao ads by item (Wanxiangtai)", "万相台商品报表"),
    menu=Phrase(
        "Wanxiangtai `万相台无界` › reports `报表` › by item `商品` › by day `分天` › download",
        "万相台无界版 › 报表 › 商品报表 › 分天 › 下载",
    ),
    known_by=frozenset({DATE, "主体ID", "展现量", "点击量", "花费"}),
    kind="ads",
    reshape=reshape,
    into=(
        Into({"ads": {**ROW, "_range": raw(DATE)}}, when=(DATE, RANGE)),
        Into({"ads": {**ROW, "from": moment(DATE, required=True), "to": moment(DATE, required=True)}}),
    ),
)
