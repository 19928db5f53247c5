"""The merchant's own list of campaigns, with their goals and budgets."""

from importers.base import Importer, Into, count, day, money, text
from merchant_cli.basics.phrases import Phrase

campaigns = Importer(
    platform="own",
    name="campaigns",
    title=Phrase("Campaigns", "活动"),
    known_by=frozenset({"活动名称|Campaign", "开始日期|Starts on", "结束日期|Ends on", "活动商品|SKUs"}),
    kind="campaigns",
    own=True,
    into=(
        Into(
            {
                "campaigns": {
                    "campaign": text("活动名称", "Campaign", required=True),
                    "from_day": day("开始日期", "Starts on"),
                    "to_day": day("结束日期", "Ends on"),
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
