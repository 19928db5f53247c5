"""千牛's bill of orders that were paid by WeChat: what came in and went out, with the order's number in a column.

What Alipay's account log tells of the other orders. The amount is 收入 − 支出, both above zero. One payment
(支付流水号) has a row for each sub-order and kind, which together tell a movement from others. The narrow layout is
grade C.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers import bills
from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, raw, text
from importers.bills import signed, told_apart
from importers.cells import Bad
from importers.moments import Moments
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "wechat-pay"
# 交易收款, 交易退款(售后), 服务费 and 其他 are proven; the other words are provisional.
KINDS = (
    ("佣金|淘宝客", bills.COMMISSION),
    ("服务费|手续费", bills.FEE),
    ("保险", bills.INSURANCE),
    ("提现", bills.WITHDRAWAL),
    ("保证金|充值", bills.DEPOSIT),
    ("赔付", bills.PENALTY),
    ("退款", bills.REFUND),
    ("收款", bills.SALE),
)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Signs the amount and names the kind; a line that moves nothing is no record."""
    yield from told_apart(_moves(drafts, facts))


def _moves(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    read_moment = Moments(facts.zone)
    for draft in drafts:
        move = draft.values
        move["amount"] = signed(move.get("_in"), move.get("_out"))
        if move["amount"] is None:
            draft.ignored = "empty"
            yield draft
            continue
        if clock := move.get("_clock"):  # date and time stand in two columns
            found = read_moment(clock if len(clock) > 10 else f"{move['day']} {clock}")
            if found is not None and not isinstance(found, Bad):
                move["at"], move["day"] = found
        parts = (move["_number"], move.get("_line") or move.get("order_id"), move.get("note"))
        move["move_id"] = "/".join(part for part in parts if part)
        told = f"{move.get('note') or ''} {move.get('_told') or ''}"
        move["kind"] = bills.first_kind(move.get("note") or "", KINDS)
        if move["kind"] == bills.OTHER:
            move["kind"] = bills.first_kind(told, KINDS)
        yield draft


wechat_bill = Importer(
    platform="taobao",
    name="wechat-bill",
    title=Phrase("Taobao WeChat Pay bill", "千牛微信支付账单"),
    menu=Phrase(
        "Qianniu back office `千牛` › finance `财务` › WeChat Pay bill `微信支付账单` › download",
        "千牛卖家中心 › 财务 › 微信支付账单 › 下载",
    ),
    known_by=frozenset(
        {
            "支付流水号",
            "主订单id|淘宝订单编号",
            "入账类型",
            "收入金额(元)|收入金额",
            "支出金额(元)|支出金额",
            "业务描述",
        }
    ),
    kind="money_moves",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(ACCOUNT),
                    "_number": id_("支付流水号", required=True),
                    "order_id": id_("主订单id", "淘宝订单编号"),
                    "at": moment("入账日期", "入账时间", required=True),
                    "_clock": raw("入账时间"),
                    "_line": id_("子订单id"),
                    "_in": money("收入金额(元)", "收入金额"),
                    "_out": money("支出金额(元)", "支出金额"),
                    "note": text("入账类型"),
                    "_told": text("业务描述"),
                }
            }
        ),
    ),
)
