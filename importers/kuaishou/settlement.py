"""Kuaishou's settlement bill (结算账单): a row for each order, its amount in parts.

Provisional: that 合计收入 holds the subsidies, and that 商家补贴, which the shop bears itself, is not in it. The parts
of a row are taken only where they add up to 实际结算金额.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money
from importers.bills import COMMISSION, FEE, REFUND, SALE, SETTLEMENT, SUBSIDY
from importers.settled import moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

PARTS = {
    SUBSIDY: ("政府补贴", "支付营销补贴", "平台补贴", "达人补贴"),
    REFUND: ("订单退款(元)", "支付营销回退(元)"),
    FEE: ("技术服务费(元)", "预售增收技术服务费(元)", "其他收费"),
    COMMISSION: ("达人佣金(元)", "团长佣金(元)", "快赚客佣金(元)", "服务商佣金(元)"),
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """实际结算金额 in parts that add up to it, the sale being what is left of 合计收入 beside the subsidies; a row
    whose parts do not add up is one move: a sale, or below zero a refund.
    """
    for draft in drafts:
        row = draft.values
        row["kind"] = REFUND if row["_total"] < 0 else SALE
        said = stated(row, PARTS)
        if row.get("_income") is not None:
            said.append((SALE, row["_income"] - sum(amount or 0 for kind, amount in said if kind == SUBSIDY)))
        yield from moves(draft, row["_total"], said)


settlement = Importer(
    platform="kuaishou",
    name="settlement",
    title=Phrase("Kuaishou settlement", "快手结算账单"),
    menu=Phrase(
        "Kuaishou shop back office › funds `资金` › settlement `结算账单` › export",
        "快手小店商家后台 › 资金 › 账单中心 › 结算账单 › 导出",
    ),
    known_by=frozenset({"订单号", "订单实付(元)", "合计收入(元)", "合计支出(元)", "实际结算金额(元)", "实际结算时间"}),
    kind="settlements",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "order_id": id_("订单号"),
                    "at": moment("实际结算时间", required=True),
                    "_total": money("实际结算金额(元)", required=True),
                    "_income": money("合计收入(元)"),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
