"""Douyin's income and expense log (收支流水): the movements of the money log without their parts.

Provisional, from one reader's code: the layout. 动账金额 is said to be signed; the sign is taken from 账户方向.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import LEDGER
from importers.scenes import SCENES
from importers.settled import known
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The amount has the sign of its direction, however it is written."""
    for draft in drafts:
        row = draft.values
        row["amount"] = abs(row["amount"]) * (-1 if row["_way"] == "out" else 1)
        row["kind"] = known(row.get("kind"))
        yield draft


ledger = Importer(
    platform="douyin",
    name="ledger",
    title=Phrase("Douyin income and expense log", "抖音收支流水"),
    menu=Phrase(
        "Doudian back office › funds `资金` › bills `账单中心` › income and expense log `收支流水`",
        "抖店后台 › 资金 › 账单中心 › 收支流水 › 导出",
    ),
    known_by=frozenset({"动账流水号", "关联订单号", "账户方向", "动账金额(元)", "动账场景"}),
    kind="ledger",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(LEDGER),
                    "move_id": id_("动账流水号", required=True),
                    "kind": choice("动账场景", {}, patterns=SCENES),
                    "order_id": id_("关联订单号"),
                    "at": moment("动账时间", required=True),
                    "note": text("动账场景"),
                    "amount": money("动账金额(元)", required=True),
                    "_way": choice("账户方向", {"收入": "in", "支出": "out", "入账": "in", "出账": "out"},
                                   strict=True, required=True),
                }
            }
        ),
    ),
)  # fmt: skip
