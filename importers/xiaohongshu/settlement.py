"""Xiaohongshu's settlement (sheet 商品结算明细): a row for each order or refund, its amount in parts."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import COMMISSION, FEE, OTHER, REFUND, SALE, SETTLEMENT, SUBSIDY, TAX
from importers.settled import moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

PARTS = {
    SALE: ("商品实付/实退", "运费实付/实退"),
    SUBSIDY: ("平台优惠补贴", "平台运费补贴"),
    TAX: ("跨境税代缴", "商品税金", "运费税金"),
    FEE: ("佣金", "支付渠道费", "花呗分期手续费"),
    COMMISSION: ("分销佣金", "代运营服务商佣金", "代开发服务商佣金"),
    OTHER: ("国补订单毛保金额",),  # provisional: what it is, and whether it is in 动账金额
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """动账金额 in parts that add up to it, whatever signs they are written with; that of a refund goes out, and its
    商品实退 and 运费实退 are the refund. A row whose parts do not add up is one move.
    """
    for draft in drafts:
        row = draft.values
        back = "退" in (row.get("note") or "")
        row["kind"], total = (REFUND, -abs(row["_total"])) if back else (SALE, row["_total"])
        said = [(row["kind"] if kind == SALE else kind, amount) for kind, amount in stated(row, PARTS)]
        yield from moves(draft, total, said)


settlement = Importer(
    platform="xiaohongshu",
    name="settlement",
    title=Phrase("Xiaohongshu settlement", "小红书商品结算明细"),
    menu=Phrase(
        "Qianfan back office `千帆` › funds `资金` › settlement bills `结算账单` › export",
        "小红书千帆商家后台 › 资金 › 结算账单 › 导出",
    ),
    known_by=frozenset({"订单号", "结算时间", "交易类型", "动账金额", "商品实付/实退"}),
    sheet_name="^商品结算明细",
    kind="settlements",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "order_id": id_("订单号"),
                    "at": moment("结算时间", required=True),
                    "note": text("交易类型"),
                    "_total": money("动账金额", required=True),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
