"""Douyin's freight insurance: by policy (运费险), and what was spent on it by movement (保险支出).

Provisional, from one reader's code: that 支付保费 is what the shop pays, that 保费状态 with 退, 未 or 失败 in it means
that in the end nothing was paid, and that every row of 保险支出 is an expense. Its 关联子订单号 is no order's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import INSURANCE, INSURED, INSURED_SPENT
from importers.settled import first_time
from merchant_cli.basics.phrases import Phrase

UNPAID = re.compile("[退未]|失败")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """What was paid is an expense, whatever sign it has; a policy that cost nothing in the end is left out."""
    for draft in drafts:
        row = draft.values
        row["amount"] = -abs(row["amount"])
        if "_moved_day" in row:
            row["at"], row["day"] = first_time(row, ("_moved", "_insured"))
        if UNPAID.search(row.get("_state") or ""):
            draft.ignored = "other"
        yield draft


insurance = Importer(
    platform="douyin",
    name="insurance",
    title=Phrase("Douyin freight insurance", "抖音运费险"),
    menu=Phrase(
        "Doudian back office › services `服务市场` › freight insurance `运费险` › policies › export",
        "抖店后台 › 店铺 › 保险保障 › 运费险 › 保单明细 › 导出",
    ),
    known_by=frozenset({"投保单号", "订单编号", "支付保费", "保费状态"}),
    kind="insurance",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(INSURED),
                    "move_id": id_("投保单号", required=True),
                    "kind": constant(INSURANCE),
                    "order_id": id_("订单编号"),
                    "_moved": moment("动账时间"),
                    "_insured": moment("承保时间"),
                    "note": text("保险名称"),
                    "amount": money("支付保费", required=True),
                    "_state": text("保费状态"),
                }
            }
        ),
    ),
)

insurance_spend = Importer(
    platform="douyin",
    name="insurance-spend",
    title=Phrase("Douyin insurance spend", "抖音保险支出"),
    menu=Phrase(
        "Doudian back office › funds `资金` › bills `账单中心` › insurance spend `保险支出`",
        "抖店后台 › 资金 › 账单中心 › 保险支出 › 导出",
    ),
    known_by=frozenset({"保险单号", "动账流水号", "关联子订单号", "动账时间", "金额(元)"}),
    kind="insurance",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(INSURED_SPENT),
                    "kind": constant(INSURANCE),
                    "at": moment("动账时间", required=True),
                    "note": text("保险单号"),  # tells two premiums of one moment apart
                    "amount": money("金额(元)", required=True),
                }
            }
        ),
    ),
)
