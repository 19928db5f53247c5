"""Douyin's fees of quality inspection (BIC, QIC): a row for each fee of each parcel.

Provisional, from one reader's code: that every settled row is an expense, whatever its sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import FEE, INSPECTED
from merchant_cli.basics.phrases import Phrase

UNSETTLED = re.compile("[未待]|失败|取消")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A fee is below zero; one that is not settled is left out."""
    for draft in drafts:
        row = draft.values
        row["amount"] = -abs(row["amount"])
        row["move_id"] = "/".join(part for part in (row["_bill"], row.get("_code"), row.get("note")) if part)
        if UNSETTLED.search(row.get("_state") or ""):
            draft.ignored = "unsettled"
        yield draft


inspection = Importer(
    platform="douyin",
    name="inspection-fees",
    title=Phrase("Douyin quality inspection fees", "抖音质检费用"),
    menu=Phrase(
        "Doudian back office › funds `资金` › bills `账单中心` › inspection fees `质检费用`",
        "抖店后台 › 资金 › 账单中心 › 质检费用 › 导出",
    ),
    known_by=frozenset({"结算单号", "订单码", "关联订单号", "费用项", "结算金额"}),
    kind="inspection",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(INSPECTED),
                    "_bill": id_("结算单号", required=True),
                    "_code": id_("订单码"),
                    "kind": constant(FEE),
                    "order_id": id_("关联订单号"),
                    "at": moment("结算时间", required=True),
                    "note": text("费用项"),
                    "amount": money("结算金额", required=True),
                    "_state": text("状态"),
                }
            }
        ),
    ),
)
