"""What Alipay's bills call their movements, and where they hide the order's number."""

from __future__ import annotations

import re

from importers import bills

ACCOUNT = "alipay"  # the balance: what 账务明细 and 商家账单 tell
PERSONAL = "alipay-personal"

# By regular expression over 业务类型 and 业务描述, the first that fits. Only 交易收款, 技术&服务费, 淘宝客佣金,
# 在线支付 and 退款（交易退款） are proven by real files; the other words are provisional.
KINDS = (
    ("天猫佣金|技术.?服务费", bills.FEE),
    ("佣金|淘宝客", bills.COMMISSION),
    ("服务费|手续费|收费", bills.FEE),
    ("保险|运费险", bills.INSURANCE),
    ("运费|物流", bills.SHIPPING),
    ("万相台|直通车|推广", bills.ADS),
    ("营销", bills.PROMOTION),
    ("赔付|赔偿|违约|罚", bills.PENALTY),
    ("提现", bills.WITHDRAWAL),
    ("保证金|充值|冻结|解冻", bills.DEPOSIT),
    ("转账|余额宝|转入|转出", bills.TRANSFER),
    ("退款", bills.REFUND),
    ("交易收款|在线支付|交易付款|收款", bills.SALE),
)

_NUMBER = re.compile(r"^(\d{10,})$")  # FP301_… is no order
_TAOBAO = re.compile(r"^T200P(\d{10,})$")
_TRADE = re.compile(r"tradeid[:：]\s*(\d{10,})", re.IGNORECASE)
_CHARGED = re.compile(r"[(（](\d{10,})[)）]\s*扣款")


def order_id(base: str | None, merchant: str | None, remark: str | None) -> tuple[str | None, str | None]:
    """The order's number from 业务基础订单号, else `T200P…` in 商户订单号, else `tradeid:…` or `(…)扣款` in 备注; and
    the rule that found it."""
    return bills.order_in([
        (base, _NUMBER, bills.BASE_ORDER), (merchant, _TAOBAO, bills.TAOBAO_NUMBER),
        (remark, _TRADE, bills.TRADE_ID), (remark, _CHARGED, bills.CHARGED),
    ])  # fmt: skip


def kind_of(words: str, amount: int) -> str:
    """The kind of a movement; a sale that goes out, a refund that comes in, is one of the merchant's own purchases."""
    kind = bills.first_kind(words, KINDS)
    if (kind == bills.SALE and amount < 0) or (kind == bills.REFUND and amount > 0):
        return bills.OTHER
    if kind == bills.PENALTY and amount > 0:
        return bills.COMPENSATION
    return kind
