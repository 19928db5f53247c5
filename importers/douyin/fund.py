"""Douyin's log of the shop's money (动账明细): a row for each movement, of an order's settlement with its parts."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import ADS, COMMISSION, FEE, REFUND, SALE, SUBSIDY
from importers.scenes import SCENES
from importers.settled import moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

PARTS = {
    SALE: ("订单实付应结", "运费实付"),
    SUBSIDY: (
        "实际平台补贴_运费", "实际平台补贴", "其他平台补贴", "以旧换新抵扣", "政府补贴平台垫资", "实际达人补贴",
        "实际抖音支付补贴", "实际抖音月付营销补贴", "银行补贴",
    ),
    REFUND: ("订单退款",),
    FEE: ("平台服务费",),
    COMMISSION: ("佣金", "服务商佣金", "渠道分成", "招商服务费", "其他分成"),
    ADS: ("站外推广费",),
}  # fmt: skip


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The amount has the sign of its direction, however it is written. It comes in the parts that the row states, with
    the signs with which they add up to it; where they do not it is one move, of the kind that its scene says.
    """
    for draft in drafts:
        row = draft.values
        total = abs(row["_total"]) * (-1 if row["_way"] == "out" else 1)
        yield from moves(draft, total, stated(row, PARTS))


fund = Importer(
    platform="douyin",
    name="fund",
    title=Phrase("Douyin money log", "抖音动账明细"),
    menu=Phrase(
        "Doudian back office › funds `资金` › money log `动账明细` › export",
        "抖店后台 › 资金 › 账单中心 › 动账明细 › 导出",
    ),
    known_by=frozenset({"动账时间", "动帐流水号", "动账方向", "动账金额", "动账场景"}),
    kind="money_moves",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "move_id": id_("动帐流水号", required=True),
                    "kind": choice("动账场景", {}, patterns=SCENES),
                    "order_id": id_("订单号"),
                    "at": moment("动账时间", required=True),
                    "note": text("动账场景"),
                    "_total": money("动账金额", required=True),
                    "_way": choice("动账方向", {"入账": "in", "出账": "out"}, strict=True, required=True),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
