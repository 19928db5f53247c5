"""What Taobao's promoters got (淘宝客): the settlement by sub-order, and what came back of it after refunds.

Provisional, from one shop's files: that 佣金 and 服务费金额 are both taken from the shop, and that 应退回佣金 and
应退回服务费 came back where 维权状态 says that it succeeded. Alipay's account log tells the same money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, constant, id_, moment, money, text
from importers.bills import COMMISSION, PROMOTED
from importers.settled import first_time
from merchant_cli.basics.phrases import Phrase

DONE = re.compile("成功|完成")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Commission and the agent's fee together are one expense of the sub-order, or come back. A case that is not done
    is left out.
    """
    for draft in drafts:
        row = draft.values
        back = "_state" in row
        if back and not DONE.search(row["_state"] or ""):
            draft.ignored = "unsettled"
            yield draft
            continue
        row["amount"] = (abs(row["_commission"]) + abs(row.get("_fee") or 0)) * (1 if back else -1)
        row["at"], row["day"] = first_time(row, ("_paid", "_settled"))
        if row["day"] is None:
            yield draft.line, "missing-value", "", {"column": "维权完成时间" if back else "账户支出时间"}, []
            continue
        yield draft


settlement = Importer(
    platform="taobao",
    name="promoters",
    title=Phrase("Taobao promoters' commission", "淘宝客结算明细"),
    menu=Phrase(
        "Taobao Alliance `阿里妈妈` › promoters `淘宝客` › settlement details `结算明细` › download",
        "阿里妈妈淘宝客商家后台 › 效果报表 › 结算明细 › 下载",
    ),
    known_by=frozenset({"账户支出时间|淘客结算时间", "佣金比例", "佣金", "淘宝父订单编号", "淘宝子订单编号"}),
    kind="promoters",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(PROMOTED),
                    "kind": constant(COMMISSION),
                    "order_id": id_("淘宝父订单编号", required=True),
                    "note": id_("淘宝子订单编号"),
                    "_paid": moment("账户支出时间"),
                    "_settled": moment("淘客结算时间"),
                    "_commission": money("佣金", required=True),
                    "_fee": money("服务费金额"),
                }
            }
        ),
    ),
)

refunds = Importer(
    platform="taobao",
    name="promoters-refunds",
    title=Phrase("Taobao promoters' commission that came back", "淘宝客维权退款明细"),
    menu=Phrase(
        "Taobao Alliance `阿里妈妈` › promoters `淘宝客` › returned commission `维权退款明细` › download",
        "阿里妈妈淘宝客商家后台 › 效果报表 › 维权退款明细 › 下载",
    ),
    known_by=frozenset({"淘宝订单编号", "应退回佣金", "维权状态", "维权完成时间"}),
    kind="promoters",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(PROMOTED),
                    "kind": constant(COMMISSION),
                    "order_id": id_("淘宝订单编号", required=True),
                    "note": id_("淘宝子订单编号"),
                    "_paid": moment("维权完成时间"),
                    "_settled": moment("维权创建时间"),
                    "_commission": money("应退回佣金", required=True),
                    "_fee": money("应退回服务费"),
                    "_state": text("维权状态", required=True),
                }
            }
        ),
    ),
)
