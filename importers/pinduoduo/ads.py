"""Pinduoduo's promotion report (推广报表): what each item cost in each campaign, by day or by range of days.

`spend` is 总花费, `sales` 交易额 as the platform counts it. The total below the rows is no record: of campaigns that
Pinduoduo runs itself it may be more than the rows. Provisional: the layout since 2026-06, which splits 成交花费.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Cell, Draft, Facts, Fault, Importer, Into, count, id_, moment, money, raw, text
from importers.day_ranges import RANGE, take_range
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

DATE = "日期"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Adds the rows of one campaign, item and period; a range of days stays one row. A campaign is known by 推广名称
    within its 推广场景.
    """
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    read_day, kept = Moments(facts.zone), []
    for draft in drafts:
        row = draft.values
        if "_range" in row and (fault := take_range(draft, DATE, read_day, limit)) is not None:
            yield fault
            continue
        row["account"] = row.get("account") or "pinduoduo"
        row["currency"] = facts.currency
        kept.append(draft)
    yield from added(kept)


ROW: dict[str, Cell] = {
    "account": text("推广场景"),
    "campaign": text("推广名称"),
    "item": id_("商品ID"),
    "spend": money("总花费(元)", required=True, least=0),
    "sales": money("交易额(元)", least=0),
    "impressions": count("曝光量", least=0),
    "clicks": count("点击量", least=0),
    # Only to tell two rows of one campaign from one that stands twice.
    "_group": text("分组"),
    "_bid": text("出价方式"),
}

ads = Importer(
    platform="pinduoduo",
    name="ads",
    title=Phrase("Pinduoduo ads", "拼多多推广报表"),
    menu=Phrase(
        "Pinduoduo back office › promotion `推广中心` › reports `推广报表` › by item › by day › download",
        "拼多多商家后台 › 推广中心 › 推广报表 › 商品推广 › 分日 › 下载",
    ),
    known_by=frozenset({DATE, "商品ID", "推广名称", "总花费(元)", "曝光量"}),
    kind="ads",
    grade="B",
    reshape=reshape,
    into=(
        Into({"ads": {**ROW, "_range": raw(DATE)}}, when=(DATE, RANGE)),
        Into({"ads": {**ROW, "from": moment(DATE, required=True), "to": moment(DATE, required=True)}}),
    ),
)
