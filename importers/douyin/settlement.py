"""Douyin's settlement bill (结算账单): what each sub-order came to, in parts; its second row explains the columns."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import ADS, COMMISSION, FEE, REFUND, SALE, SETTLEMENT, SUBSIDY
from importers.settled import moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

PARTS = {
    SUBSIDY: ("平台补贴", "达人补贴", "抖音支付补贴", "抖音月付营销补贴"),
    FEE: ("平台服务费",),
    COMMISSION: ("佣金", "渠道分成", "招商服务费", "其他分成"),
    ADS: ("站外推广费",),
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """结算金额 in parts that add up to it: subsidies and costs as stated, the sale what is left of 收入合计 beside the
    subsidies (of a return: the refund). A row whose parts do not add up to 结算金额 is one move.
    """
    for draft in drafts:
        if draft.ignored:
            draft.ignored = "description"
            yield draft
            continue
        row = draft.values
        row["kind"] = REFUND if "退款" in (row.get("note") or "") or row["_total"] < 0 else SALE
        said = stated(row, PARTS)
        if row.get("_income") is not None:
            given = sum(amount or 0 for kind, amount in said if kind == SUBSIDY)
            said.append((row["kind"], row["_income"] - given))
        yield from moves(draft, row["_total"], said)


settlement = Importer(
    platform="douyin",
    name="settlement",
    title=Phrase("Douyin settlement", "抖音结算账单"),
    menu=Phrase(
        "Doudian back office › funds `资金` › settlement bills `结算账单` › export",
        "抖店后台 › 资金 › 账单中心 › 结算账单 › 导出",
    ),
    known_by=frozenset({"结算时间", "订单号", "子订单号", "结算金额", "收入合计", "支出合计"}),
    never=frozenset({"动账金额"}),
    kind="settlements",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "order_id": id_("订单号"),
                    "at": moment("结算时间", required=True),
                    "note": text("结算单类型"),
                    "_total": money("结算金额", required=True),
                    "_income": money("收入合计"),
                    **part_cells(PARTS),
                }
            },
            # The row below the header says 收入+支出 there.
            when=("结算金额", "^[^收支]*$"),
        ),
    ),
)
