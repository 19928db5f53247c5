"""Kuaishou's log of the shop's money (资金流水): a row for each movement with its direction.

Provisional, from one reader's code: the words of 业务类型, and that 关联业务单号 is an order's number where money is
neither moved nor laid down.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import NEITHER
from importers.scenes import SCENES
from importers.settled import known
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The amount has the sign of its direction, however it is written. Money that is frozen or released stays where it
    is: such rows are left out.
    """
    for draft in drafts:
        row = draft.values
        if "冻" in (row.get("note") or ""):
            draft.ignored = "frozen"
            yield draft
            continue
        row["amount"] = abs(row["amount"]) * (-1 if row["_way"] == "out" else 1)
        row["kind"] = known(row.get("kind"))
        row["order_id"] = None if row["kind"] in NEITHER else row.get("_number")
        yield draft


fund = Importer(
    platform="kuaishou",
    name="fund",
    title=Phrase("Kuaishou money log", "快手资金流水"),
    menu=Phrase(
        "Kuaishou shop back office › funds `资金` › money log `资金流水` › export",
        "快手小店商家后台 › 资金 › 资金流水 › 导出",
    ),
    known_by=frozenset({"账务流水号", "关联业务单号", "入账时间", "账务方向|财务方式", "发生额(元)"}),
    kind="money_moves",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "move_id": id_("账务流水号", required=True),
                    "kind": choice("业务类型", {}, patterns=SCENES),
                    "at": moment("入账时间", required=True),
                    "note": text("业务类型"),
                    "amount": money("发生额(元)", required=True),
                    "_way": choice(("账务方向", "财务方式"), {"收": "in", "支": "out", "收入": "in", "支出": "out"},
                                   strict=True, required=True),
                    "_number": id_("关联业务单号"),
                }
            }
        ),
    ),
)  # fmt: skip
