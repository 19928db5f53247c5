"""JD's promotion report (京准通): what each SKU cost, its period in one cell (`20260601~20260630`).

Provisional, from one shop's files. What was sold the report does not say in the columns that are known.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Cell, Draft, Facts, Fault, Importer, Into, constant, count, id_, moment, money, raw
from importers.day_ranges import RANGE, take_range
from importers.moments import Moments
from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase

DATE = "日期"
ACCOUNT = "jingzhuntong"  # as `ads.account` names it


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A range of days stays one row; rows of one SKU and period are added, one that stands twice counts once."""
    limit = facts.as_of_day or day_of(int(time.time()) + 86400, facts.zone)
    read_day, kept = Moments(facts.zone), []
    for draft in drafts:
        if "_range" in draft.values and (fault := take_range(draft, DATE, read_day, limit)) is not None:
            yield fault
            continue
        draft.values["currency"] = facts.currency
        kept.append(draft)
    yield from added(kept)


ROW: dict[str, Cell] = {
    "account": constant(ACCOUNT),
    "campaign": constant(""),
    "item": id_("跟单SKU ID", required=True),
    "spend": money("花费", required=True, least=0),
    "impressions": count("展现数", least=0),
    "clicks": count("点击数", least=0),
}

ads = Importer(
    platform="jd",
    name="ads",
    title=Phrase("JD ads", "京东推广报表"),
    menu=Phrase(
        "Jingzhuntong `京准通` › reports `效果报表` › by item › by day › download",
        "京准通 › 报表 › 商品推广 › 分日明细 › 下载",
    ),
    known_by=frozenset({DATE, "跟单SKU ID", "展现数", "点击数", "花费"}),
    kind="ads",
    grade="C",
    reshape=reshape,
    into=(
        Into({"ads": {**ROW, "_range": raw(DATE)}}, when=(DATE, RANGE)),
        Into({"ads": {**ROW, "from": moment(DATE, required=True), "to": moment(DATE, required=True)}}),
    ),
)
