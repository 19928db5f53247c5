"""JD's settlement (订单结算明细): a row for each fee of each order, signed.

Provisional, from one shop's files: what the fees are beside 货款 and 佣金, and when a row is settled.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import FEE, INSURANCE, PENALTY, REFUND, SALE, SETTLEMENT, SHIPPING
from importers.scenes import SCENES
from importers.settled import first_time, known
from merchant_cli.basics.phrases import Phrase

FEES = {
    "货款": SALE,
    "佣金": FEE,
    "代收配送费": SHIPPING,
    "运费保险服务费": INSURANCE,
    "售后卖家赔付费": PENALTY,
    "返利框架费": FEE,
}
UNSETTLED = re.compile("[未待不]")
TIMES = ("_arrived", "_billed", "_expected")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """An expense is below zero however it is written; money of a sale that goes out is a refund. A row's day is that
    on which the money arrived, else that of its bill, else the expected one; a row that is not settled is left out.

    A row has no number: order, service order, item, fee and amount are its key, with how often that stands there.
    """
    seen: Counter[str] = Counter()
    for draft in drafts:
        row = draft.values
        if UNSETTLED.search(row.get("_state") or ""):
            draft.ignored = "unsettled"
            yield draft
            continue
        if row.get("_way") == "out":
            row["amount"] = -abs(row["amount"])
        row["kind"] = known(row.get("kind"))
        if row["kind"] == SALE and row["amount"] < 0:
            row["kind"] = REFUND
        row["at"], row["day"] = first_time(row, TIMES)
        if row["day"] is None:
            yield draft.line, "missing-value", "到账时间", {"column": "到账时间"}, []
            continue
        key = "/".join(str(row.get(name) or "") for name in ("order_id", "_service", "_item", "note", "amount"))
        seen[key] += 1
        row["move_id"] = f"{key}#{seen[key]}"
        yield draft


settlement = Importer(
    platform="jd",
    name="settlement",
    title=Phrase("JD settlement", "京东结算单"),
    menu=Phrase(
        "JD seller's back office `京麦` › settlement `结算管理` › settled bills `妥投账单` › export details",
        "京麦商家中心 › 财务 › 结算管理 › 结算单明细 › 导出",
    ),
    known_by=frozenset(
        {"订单编号", "费用名称", "应结金额", "收支方向", "结算状态", "到账时间|账单生成时间|预计结算时间"}
    ),
    kind="settlements",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "kind": choice("费用名称", FEES, patterns=SCENES),
                    "order_id": id_("订单编号"),
                    "note": text("费用名称"),
                    "amount": money("应结金额", required=True),
                    "_way": choice("收支方向", {"收入": "in", "支出": "out"}, strict=True),
                    "_state": text("结算状态"),
                    "_service": id_("售后服务单号"),
                    "_item": id_("商品编号"),
                    "_arrived": moment("到账时间"),
                    "_billed": moment("账单生成时间"),
                    "_expected": moment("预计结算时间", ahead=True),
                }
            }
        ),
    ),
)
