"""Xiaohongshu's log of small payments (小额收款): an account of its own beside the settlement.

Provisional, from one reader's code: the words of 交易类型描述, and that 业务单号 is an order's number where it
looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import LOOKS_LIKE, SALE, order_in, signed
from importers.scenes import SCENES
from importers.settled import known
from merchant_cli.basics.phrases import Phrase

ORDER = re.compile(r"^(P\d{6,})$")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Income less expense, whatever sign the expense has; a row with neither waits. Only 业务单号 that begins with P,
    as an order's number does, names an order.
    """
    for draft in drafts:
        row = draft.values
        row["amount"] = signed(row.get("_in"), row.get("_out"))
        if row["amount"] is None:
            yield draft.line, "missing-value", "收入（元）", {"column": "收入（元）"}, []
            continue
        row["order_id"], row["rule"] = order_in([(row.get("_number"), ORDER, LOOKS_LIKE)])
        row["kind"] = known(row.get("kind"))
        yield draft


small_payments = Importer(
    platform="xiaohongshu",
    name="small-payments",
    title=Phrase("Xiaohongshu small payments", "小红书小额收款"),
    menu=Phrase(
        "Qianfan back office `千帆` › funds `资金` › small payments `小额打款` › export",
        "小红书千帆商家后台 › 资金 › 小额打款 › 导出",
    ),
    known_by=frozenset({"创建时间", "交易类型描述", "收入（元）", "支出（元）", "业务单号"}),
    kind="money_moves",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("small-payments"),
                    "kind": choice("交易类型描述", {"小额收款": SALE}, patterns=SCENES),
                    "at": moment("创建时间", required=True),
                    "note": text("交易类型描述"),
                    "_number": id_("业务单号"),
                    "_in": money("收入（元）"),
                    "_out": money("支出（元）"),
                }
            }
        ),
    ),
)
