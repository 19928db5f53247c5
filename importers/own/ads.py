"""The merchant's own sheet of advertising costs by account, campaign and SKU; ranges of days stay ranges."""

from importers.base import Importer, Into, count, id_, moment, money, text
from merchant_cli.basics.phrases import Phrase

ads = Importer(
    platform="own",
    name="ads",
    title=Phrase("Ad spend", "推广花费"),
    known_by=frozenset({"推广账户|Ad account", "推广计划|Ad campaign", "花费|Spend"}),
    kind="ads",
    own=True,
    into=(
        Into(
            {
                "ads": {
                    # Moments, because spending cannot lie in the future as a plan can.
                    "from": moment("开始日期", "Starts on", required=True),
                    "to": moment("结束日期", "Ends on", required=True),
                    "account": text("推广账户", "Ad account"),
                    "campaign": text("推广计划", "Ad campaign"),
                    "item": id_("商家编码", "SKU"),
                    "spend": money("花费", "Spend", required=True),
                    "currency": text("币种", "Currency"),
                    "impressions": count("展现量", "Impressions", least=0),
                    "clicks": count("点击量", "Clicks", least=0),
                }
            }
        ),
    ),
)
