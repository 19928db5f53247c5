"""WeChat Pay's merchant bill (交易账单): a row per payment and per refund, every cell behind a backtick.

A payment brings 应结订单金额 (older bills: 总金额), a refund takes 退款金额; 手续费 is a movement of its own and comes
back with a refund, where the bill writes it below zero (provisional, as are REVOKED, and that vouchers of older bills
are inside 总金额). 商户订单号 is the number that the merchant's own system gave the order. The summary at the end is no
record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from importers import bills
from importers.base import Draft, Facts, Fault, Importer, Into, choice, id_, moment, money, text
from importers.stated_sums import checked
from merchant_cli.basics.phrases import Phrase

# The summary's names of both layouts.
SUMS = {
    bills.SALE: ("应结订单总金额", "总交易额"),
    bills.REFUND: ("退款总金额", "总退款金额"),
    bills.FEE: ("手续费总金额",),
}
STATES = {"SUCCESS": bills.SALE, "REFUND": bills.REFUND, "REVOKED": bills.REFUND}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """The movement of the goods, and that of the fee; the summary below must come to them."""
    yield from checked(_moves(drafts), facts, _counted, _stated)


def _counted(move: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    yield from ((name, move["amount"]) for name in SUMS[move["kind"]])


def _stated(above: tuple[str, ...], footers: list[list[str]]) -> dict[str, str]:
    known = {name for names in SUMS.values() for name in names}
    return {
        name: cell
        for header, row in pairwise(footers) if header[0].strip() == "总交易单数"
        for name, cell in zip(header, row, strict=False) if name.strip() in known
    }  # fmt: skip


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft | Fault]:
    for draft in drafts:
        move = draft.values
        move["account"] = f"wechat-pay:{move['_account']}"
        move["rule"] = bills.MERCHANT_NUMBER if move.get("order_id") else None
        back = move["kind"] == bills.REFUND
        column, number = ("_refund", "_refund_id") if back else ("_sale", "_trade_id")
        amount = move.get(column)
        if amount is None or not move.get(number):
            missing = "退款金额" if back else "应结订单金额"
            yield draft.line, "missing-value", missing, {"column": missing}, []
            continue
        move["move_id"], move["amount"] = move[number], -amount if back else amount
        yield draft
        if fee := move.get("_fee"):
            own = {"kind": bills.FEE, "move_id": f"{move[number]}/fee", "amount": abs(fee) if back else -abs(fee)}
            yield Draft("money_moves", move | own, draft.line)


merchant_bill = Importer(
    platform="wechat_pay",
    name="merchant-bill",
    title=Phrase("WeChat Pay merchant bill", "微信支付商户账单"),
    menu=Phrase(
        "WeChat Pay merchant platform (pay.weixin.qq.com) › trade `交易中心` › bills `交易账单` › download",
        "微信支付商户平台 › 交易中心 › 交易账单 › 下载",
    ),
    known_by=frozenset(
        {"交易时间", "商户号", "微信订单号", "商户订单号", "交易状态", "应结订单金额|总金额", "手续费", "费率"}
    ),
    kind="money_moves",
    # The summary's first cell is a name, and below it a number alone.
    footers=r"^(总交易单数|`?\d{1,8}$|合计|总计)",
    footer_starts="总合`0123456789",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "_account": id_("商户号", required=True),
                    "_trade_id": id_("微信订单号", required=True),
                    "_refund_id": id_("微信退款单号"),
                    "order_id": id_("商户订单号"),
                    "at": moment("交易时间", required=True),
                    "kind": choice("交易状态", STATES, strict=True, required=True),
                    "note": text("交易状态"),
                    "_sale": money("应结订单金额", "总金额", least=0),
                    "_refund": money("退款金额", least=0),
                    "_fee": money("手续费"),
                }
            }
        ),
    ),
)
