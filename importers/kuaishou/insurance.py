"""Kuaishou's freight insurance (运费险): what the shop bears of it, by order. A title stands above the header.

Provisional, from one reader's code: that 商家承担服务费用 is what the shop pays in the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money
from importers.bills import INSURANCE, INSURED
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """What the shop bears is an expense, whatever sign it has; the platform's part is not the shop's."""
    for draft in drafts:
        draft.values["amount"] = -abs(draft.values["amount"])
        yield draft


insurance = Importer(
    platform="kuaishou",
    name="insurance",
    title=Phrase("Kuaishou freight insurance", "快手运费险"),
    menu=Phrase(
        "Kuaishou shop back office › after-sale `售后` › freight insurance `退货补运费` › export",
        "快手小店商家后台 › 售后 › 退货补运费 › 账单明细 › 导出",
    ),
    known_by=frozenset({"订单编号", "商家承担服务费用（元）", "生效时间", "收费编号"}),
    kind="insurance",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(INSURED),
                    "move_id": id_("收费编号", required=True),
                    "kind": constant(INSURANCE),
                    "order_id": id_("订单编号"),
                    "at": moment("生效时间", required=True),
                    "amount": money("商家承担服务费用（元）", required=True),
                }
            }
        ),
    ),
)
