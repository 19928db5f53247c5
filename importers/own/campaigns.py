"""The merchant's own list of campaigns, with their goals and budgets."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, count, day, money, text
from importers.own._days import ENDS, STARTS, ends_early
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A campaign that ends before it starts is named. Goals and budget without a currency are in the base currency."""
    for draft in drafts:
        draft.values["currency"] = draft.values.get("currency") or facts.currency
        yield ends_early(draft, facts) or draft


campaigns = Importer(
    platform="own",
    name="campaigns",
    title=Phrase("Campaigns", "活动"),
    menu=Phrase("`merchant template campaigns -o FILE`", "`merchant template campaigns -o 文件`"),
    known_by=frozenset({"活动名称|Campaign", "开始日期|Starts on", "结束日期|Ends on", "活动商品|SKUs"}),
    kind="campaigns",
    own=True,
    reshape=reshape,
    into=(
        Into(
            {
                "campaigns": {
                    "campaign": text("活动名称", "Campaign", required=True),
                    "from_day": day(*STARTS),
                    "to_day": day(*ENDS),
                    "shops": text("店铺", "Shops", "Shop"),
                    "skus": text("活动商品", "SKUs"),
                    "goal_sales": money("目标销售额", "Sales goal", least=0),
                    "goal_orders": count("目标订单数", "Orders goal", least=0),
                    "budget": money("预算", "Budget", least=0),
                    "currency": text("币种", "Currency"),
                }
            }
        ),
    ),
)
