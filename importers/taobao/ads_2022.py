"""Taobao's ad reports of 2022: 引力魔方 by plan and item, 万相台 by account.

Provisional, from one shop's files. `sales` of 引力魔方 is 成交订单金额, as the platform counts it. The account's report
tells of one day in several ways of counting effects (效果模型, 统计口径, 转化周期), so only what it cost is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Draft, Facts, Importer, Into, constant, count, id_, moment, money, text
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Rows of one plan, item and day are added; a row that repeats another in all that is read counts once."""
    yield from added(_in_currency(drafts, facts.currency))


def _in_currency(drafts: Iterator[Draft], currency: str | None) -> Iterator[Draft]:
    for draft in drafts:
        draft.values["currency"] = currency
        yield draft


display_ads = Importer(
    platform="taobao",
    name="display-ads",
    title=Phrase("Taobao display ads of 2022 (Yinlimofang)", "引力魔方报表"),
    menu=Phrase("Yinlimofang of 2022 `引力魔方` › reports `报表` › download", "引力魔方（2022 年） › 报表 › 下载"),
    known_by=frozenset({"日期", "计划组", "计划", "创意id", "消耗", "展现量"}),
    kind="ads",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "ads": {
                    "account": constant("yinlimofang"),
                    "campaign": text("计划"),
                    "item": id_("商品id"),
                    "from": moment("日期", required=True),
                    "to": moment("日期", required=True),
                    "spend": money("消耗", required=True, least=0),
                    "impressions": count("展现量", least=0),
                    "clicks": count("点击量", least=0),
                    "orders": count("成交订单量", least=0),
                    "sales": money("成交订单金额", least=0),
                    "_group": text("计划组"),
                    "_creative": id_("创意id"),
                }
            }
        ),
    ),
)

account_ads = Importer(
    platform="taobao",
    name="ads-of-account",
    title=Phrase("Taobao ads of the account in 2022 (Wanxiangtai)", "万相台账户报表"),
    menu=Phrase(
        "Wanxiangtai of 2022 › reports `报表` › account `账户` › download",
        "万相台（2022 年） › 报表 › 账户 › 下载",
    ),
    known_by=frozenset({"日期", "优化目标", "效果模型", "消耗", "曝光量"}),
    kind="ads",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "ads": {
                    "account": constant("wanxiangtai-account"),
                    "campaign": text("优化目标"),
                    "item": constant(""),
                    "from": moment("日期", required=True),
                    "to": moment("日期", required=True),
                    "spend": money("消耗", required=True, least=0),
                    "impressions": count("曝光量", least=0),
                    "clicks": count("点击量", least=0),
                }
            }
        ),
    ),
)
