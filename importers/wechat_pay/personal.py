"""WeChat Pay's personal bill (微信支付账单.csv): what one person received and paid, for merchants who sell through it.

Neither 收入 nor 支出 (`/`): money put in and taken out is signed by 交易类型, of other moves between the person's own
accounts the bill says no direction and they have no amount. A fee for taking money out stands in 备注 and is inside the
amount (provisional: ¥100.10 with 服务费¥0.10). What money was for the bill does not say, so it is `other` unless its
type tells. Kept of the texts is 交易类型 only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from importers import bills
from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import told_apart
from importers.stated_sums import counted_by_way
from merchant_cli.basics.phrases import Phrase

PERSONAL = "wechat-personal"
KINDS = (
    ("提现", bills.WITHDRAWAL),
    ("充值", bills.DEPOSIT),
    ("零钱通|理财|还款|转账", bills.TRANSFER),
)
SIGNS = {bills.WITHDRAWAL: -1, bills.DEPOSIT: 1}
FEE = re.compile(r"服务费[¥￥](\d+\.\d{2})")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Signs the amount by 收/支, names the kind, and puts the fee beside it."""
    yield from told_apart(_moves(counted_by_way(drafts, facts)))


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        move = draft.values
        # 转入零钱通-来自工商银行(9876): which account it was is the person's own.
        move["note"] = (move.get("note") or "").partition("-")[0] or None
        move["kind"] = bills.first_kind(move["note"] or "", KINDS)
        way = move.get("_way")
        if way == "支出":
            move["amount"] = -move["amount"]
        elif way != "收入":
            sign = SIGNS.get(move["kind"])
            move["kind"] = bills.TRANSFER if move["kind"] == bills.OTHER else move["kind"]
            move["amount"] = sign * move["amount"] if sign else None
        fee = FEE.search(move.get("_remark") or "") if move["kind"] == bills.WITHDRAWAL else None
        if fee is None:
            yield draft
            continue
        cost = int(Decimal(fee[1]) * 100)
        own = {"kind": bills.FEE, "amount": -cost, "move_id": f"{move['move_id']}/fee"}
        beside = Draft("money_moves", move | own, draft.line)
        move["amount"] += cost
        yield draft
        yield beside


personal = Importer(
    platform="wechat_pay",
    name="personal",
    title=Phrase("WeChat Pay personal bill", "微信支付个人账单"),
    menu=Phrase(
        "WeChat › Me › Services › Wallet › bills `账单` › questions › download bill `下载账单`",
        "微信 › 我 › 服务 › 钱包 › 账单 › 常见问题 › 下载账单 › 用于个人对账",
    ),
    tried_on="deb-sig/double-entry-generator: example/wechat/example-wechat-records.csv",
    known_by=frozenset({"交易时间", "交易类型", "收/支", "金额(元)", "当前状态", "交易单号"}),
    kind="money_moves",
    file_name=r"^微信支付账单",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(PERSONAL),
                    "move_id": id_("交易单号", required=True),
                    "at": moment("交易时间", required=True),
                    "amount": money("金额(元)", required=True, least=0),
                    "note": text("交易类型"),
                    "_way": text("收/支"),
                    "_remark": text("备注"),
                }
            }
        ),
    ),
)
