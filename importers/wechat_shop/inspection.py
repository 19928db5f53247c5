"""A WeChat shop's fees of quality inspection (BIC): a row for each order, with what was held back and what was taken.

Provisional, from one reader's code: that 实扣合计 is what the shop pays, 已退回 what of the amount held back came back
and so no income, and that an order has one row. The file has no dates: its moves have no day.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, money, text
from importers.bills import FEE, INSPECTED
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """What was taken is an expense, whatever sign it has; an order of which nothing was taken yet is left out."""
    for draft in drafts:
        row = draft.values
        if row.get("amount") is None:
            draft.ignored = "unsettled"
        else:
            row["amount"], row["move_id"] = -abs(row["amount"]), row["order_id"]
        yield draft


inspection = Importer(
    platform="wechat_shop",
    name="inspection-fees",
    title=Phrase("WeChat shop quality inspection fees", "视频号小店质检费用"),
    menu=Phrase(
        "WeChat shop back office › funds `资金` › bills `账单` › inspection fees `质检费用`",
        "微信小店后台 › 资金 › 账单 › 质检费用 › 下载",
    ),
    known_by=frozenset({"订单编号", "质检仓", "结算状态", "预扣合计", "实扣合计"}),
    kind="inspection",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(INSPECTED),
                    "kind": constant(FEE),
                    "order_id": id_("订单编号", required=True),
                    "note": text("结算状态"),
                    "amount": money("实扣合计"),
                }
            }
        ),
    ),
)
