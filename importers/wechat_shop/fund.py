"""The log of a WeChat shop's money (视频号小店 资金流水): a row for each movement, income or expense."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import COMMISSION, FEE, REFUND, SALE, WITHDRAWAL
from importers.scenes import SCENES
from importers.settled import known
from merchant_cli.basics.phrases import Phrase

KINDS = {
    "订单支付": SALE,
    "订单退款": REFUND,
    "技术服务费": FEE,
    "达人佣金": COMMISSION,
    "提现": WITHDRAWAL,
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The amount has the sign of its direction, however it is written. 详情 is not stored."""
    for draft in drafts:
        row = draft.values
        row["amount"] = abs(row["amount"]) * (-1 if row["_way"] == "out" else 1)
        row["kind"] = known(row.get("kind"))
        yield draft


fund = Importer(
    platform="wechat_shop",
    name="fund",
    title=Phrase("WeChat shop money log", "视频号小店资金流水"),
    menu=Phrase(
        "WeChat shop back office › funds `资金` › money log `资金流水` › download",
        "微信小店后台 › 资金 › 资金流水 › 下载",
    ),
    known_by=frozenset({"流水单号", "记账时间", "动帐类型", "收支类型", "收支金额", "关联订单号"}),
    kind="money_moves",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "move_id": id_("流水单号", required=True),
                    # Provisional: words that the evidence does not have, by their pattern.
                    "kind": choice("动帐类型", KINDS, patterns=SCENES),
                    "order_id": id_("关联订单号"),
                    "at": moment("记账时间", required=True),
                    "note": text("动帐类型"),
                    "amount": money("收支金额", required=True),
                    "_way": choice("收支类型", {"收入": "in", "支出": "out"}, strict=True, required=True),
                }
            }
        ),
    ),
)
