"""Alipay's personal bill (alipay_record_*.csv): what one person received and paid, for merchants who sell through it.

A closed deal for which nothing was paid is no movement. 不计收支 without a refund (funds, transfers between own
accounts) says no direction: the movement has no amount. What money was for the bill does not say, so it is `other`
unless its words tell. Kept of the texts is 交易分类 only, never the counterpart, the goods or the remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers import bills
from importers.alipay._words import PERSONAL, order_id
from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import told_apart
from importers.stated_sums import counted_by_way
from merchant_cli.basics.phrases import Phrase

NEITHER = "不计收支"
KINDS = (("提现", bills.WITHDRAWAL), ("充值", bills.DEPOSIT), ("转账", bills.TRANSFER))


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Signs the amount by 收/支 and 交易状态 and names the kind."""
    yield from told_apart(_moves(counted_by_way(drafts, facts)))


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        move = draft.values
        way, state = move.get("_way") or "", move.get("_state") or ""
        words = f"{move.get('note') or ''} {state}"
        if state == "交易关闭" and not move.get("_means"):
            draft.ignored = "other"
        elif way == "收入":
            move["kind"] = bills.OTHER
            move["order_id"], move["rule"] = order_id(None, move.get("_merchant"), None)
        elif way == "支出":
            move["kind"], move["amount"] = bills.OTHER, -move["amount"]
        elif re.search("退款", words):  # what was bought and came back
            move["kind"] = bills.OTHER
        else:
            move["kind"], move["amount"] = bills.TRANSFER, None
        if way in ("收入", "支出") and (kind := bills.first_kind(words, KINDS)) != bills.OTHER:
            move["kind"] = kind
        yield draft


personal = Importer(
    platform="alipay",
    name="personal",
    title=Phrase("Alipay personal bill", "支付宝个人账单"),
    menu=Phrase(
        "Alipay app › Me › bills `账单` › ⋯ › transaction record `开具交易流水证明` › for personal use",
        "支付宝 › 我的 › 账单 › 右上角“⋯” › 开具交易流水证明 › 用于个人对账",
    ),
    tried_on="deb-sig/double-entry-generator: example/alipay/example-alipay-records.csv",
    known_by=frozenset({"交易时间", "交易分类", "收/支", "金额", "交易状态", "交易订单号"}),
    kind="money_moves",
    file_name=r"^alipay_record",
    footers=r"^(#|-{6}|合计|总计)",
    footer_starts="#-合总",
    spare_cell=True,
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(PERSONAL),
                    "move_id": id_("交易订单号", required=True),
                    "at": moment("交易时间", required=True),
                    "amount": money("金额", required=True, least=0),
                    "note": text("交易分类"),
                    "_way": text("收/支"),
                    "_state": text("交易状态"),
                    "_means": text("收/付款方式"),
                    "_merchant": id_("商家订单号"),
                }
            }
        ),
    ),
)
