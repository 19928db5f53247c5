"""Xiaohongshu's other settled amounts (其他款项): what was settled beside the goods of orders.

Provisional, from one reader's code: that 动账金额 is signed, and all of 业务款项 but 小额打款.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import SETTLEMENT
from importers.scenes import SCENES
from importers.settled import known
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A kind of amount that is not known is `other`."""
    for draft in drafts:
        draft.values["kind"] = known(draft.values.get("kind"))
        yield draft


other_settlement = Importer(
    platform="xiaohongshu",
    name="other-settlement",
    title=Phrase("Xiaohongshu other settled amounts", "小红书其他款项"),
    menu=Phrase(
        "Qianfan back office `千帆` › funds `资金` › settlement bills `结算账单` › export, sheet of other amounts",
        "小红书千帆商家后台 › 资金 › 结算账单 › 导出（其他款项）",
    ),
    known_by=frozenset({"业务款项", "业务单据号", "结算时间", "动账金额"}),
    kind="other-settlements",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "kind": choice("业务款项", {}, patterns=SCENES),
                    "order_id": id_("订单号"),
                    "at": moment("结算时间", required=True),
                    "note": text("业务款项"),
                    "amount": money("动账金额", required=True),
                }
            }
        ),
    ),
)
