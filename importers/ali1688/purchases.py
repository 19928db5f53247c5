"""1688's order export as the buyer gets it (已买到的货品): what the merchant bought, one money move for each order.

The merchant is the buyer: the file names who of his company placed the order (发起人登录名, 下单公司主体), which a
seller's does not, and those who read it book it as procurement. So nothing of it is a sale. Its codes are the
supplier's, and what a return came to it does not say: it states neither costs of own SKUs, nor stock, nor refunds.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import PURCHASE
from merchant_cli.basics.phrases import Phrase

PAID = "实付款(元)"
# Provisional: from memory.
CLOSED = {"关闭|取消": "cancelled", "": "live"}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """An order of several lines has its number and amounts on its first row only, or the same on each: one move.

    An order that nobody paid for is none. Provisional: of one that was closed after it was paid all came back.
    """
    seen: dict[str, int | None] = {}
    current = None
    for draft in drafts:
        row = draft.values
        number, amount = row["move_id"] or current, row["amount"]
        if number is None:
            yield draft.line, "missing-value", "订单编号", {"column": "订单编号"}, []
            continue
        current = number
        if number in seen:
            if amount is not None and amount != seen[number]:
                yield draft.line, "duplicate-key", PAID, {"value": number}, []
                continue
            draft.ignored = "other"
        elif row.get("day") is None:
            draft.ignored = "other"
        elif amount is None:
            yield draft.line, "missing-value", PAID, {"column": PAID}, []
            continue
        seen.setdefault(number, amount)
        if row.get("_state") == "cancelled":
            row["amount"] = 0
        yield draft


purchases = Importer(
    platform="1688",
    name="purchases",
    title=Phrase("1688 purchases", "1688 采购订单"),
    menu=Phrase(
        "1688.com, buyer's centre › purchased goods `已买到的货品` › export orders `导出订单`",
        "1688 买家工作台 › 交易 › 已买到的货品 › 导出订单",
    ),
    known_by=frozenset({"订单编号", "卖家公司名", "货品总价(元)", PAID, "订单付款时间", "发起人登录名|下单公司主体"}),
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("1688"),
                    "move_id": id_("订单编号"),
                    "kind": constant(PURCHASE),
                    "amount": money(PAID, least=0, sign=-1),
                    "at": moment("订单付款时间"),
                    "note": text("货品标题"),
                    "_state": choice("订单状态", {}, patterns=CLOSED),
                }
            }
        ),
    ),
)
