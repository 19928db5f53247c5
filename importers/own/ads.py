"""The merchant's own sheet of advertising costs by account, campaign and SKU; ranges of days stay ranges."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, count, id_, moment, money, shop, text
from importers.own._days import ENDS, STARTS, ends_early
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A range that ends before it starts is named."""
    for draft in drafts:
        draft.values["currency"] = facts.currency_of(draft.values)
        yield ends_early(draft, facts) or draft


ads = Importer(
    platform="own",
    name="ads",
    title=Phrase("Ad spend", "推广花费"),
    menu=Phrase("`merchant template ads -o FILE`", "`merchant template ads -o 文件`"),
    known_by=frozenset({"推广账户|Ad account", "推广计划|Ad campaign", "花费|Spend"}),
    kind="ads",
    own=True,
    reshape=reshape,
    into=(
        Into(
            {
                "ads": {
                    # Moments, because spending cannot lie in the future as a plan can.
                    "from": moment(*STARTS, required=True),
                    "to": moment(*ENDS, required=True),
                    "_in_shop": shop("店铺", "Shop"),
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
