"""What the movements of bills and settlements are called: one vocabulary for all platforms, in `money_moves.kind`.

`WORDS` says of each kind what it is called and its side: income, cost, neither (the money stays the merchant's) or
open (the bill does not say). A refund belongs to income, below zero; a cost that comes back stays a cost, above zero.
A platform's money log (account `wallet`, `alipay` …) tells every movement; the accounts `AGAIN` tell the same money
once more, by order or by fee. Of the two only one may be added up.
"""

from __future__ import annotations

from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase

SETTLEMENT = "settlement"  # what each order came to, in parts
LEDGER = "ledger"  # the movements without their parts
INSURED, INSURED_SPENT = "insurance", "insurance-spend"  # by policy; by movement
INSPECTED = "inspection"  # what quality inspection cost, by order
PROMOTED = "promoters"  # what promoters got, by sub-order
TRANSACTIONS = "alipay-business"  # Alipay's 业务明细, beside its account log
AGAIN = frozenset({SETTLEMENT, LEDGER, INSURED, INSURED_SPENT, INSPECTED, PROMOTED, TRANSACTIONS})

# Of the shop's income and cost.
SALE = "sale"  # the price of an order comes in
REFUND = "refund"  # it goes back to the buyer
FEE = "fee"  # what the platform or the payment service takes for its service
COMMISSION = "commission"  # of those who brought the buyer
ADS = "ads"  # clicks and views that were bought
PROMOTION = "promotion"  # what the shop gives for a campaign: vouchers, rewards, interest that it bears
SHIPPING = "shipping"  # freight
INSURANCE = "insurance"  # freight insurance and the like
PENALTY = "penalty"  # fines, and compensation that the shop pays
COMPENSATION = "compensation"  # that the shop gets
SUBSIDY = "subsidy"  # paid by the platform for its own discounts
TAX = "tax"  # withheld and paid for the shop
ADJUSTMENT = "adjustment"  # corrections
OTHER = "other"  # the bill does not say, or in a word that we do not know
# Neither income nor cost: the money stays the merchant's.
TRANSFER = "transfer"  # between his own accounts
WITHDRAWAL = "withdrawal"  # to his bank
DEPOSIT = "deposit"  # put in, laid down as security, frozen
PURCHASE = "purchase"  # goods bought to be sold: they are stock now, and cost when they are sold


class Kind(NamedTuple):
    """A kind's name for people, and its side: income, cost, neither or open."""

    title: Phrase
    side: str


INCOME, COST, STAYS, OPEN = "income", "cost", "neither", "open"
WORDS: dict[str, Kind] = {
    SALE: Kind(Phrase("sales", "货款收入"), INCOME),
    SUBSIDY: Kind(Phrase("platform subsidies", "平台补贴"), INCOME),
    REFUND: Kind(Phrase("refunds", "退款"), INCOME),
    COMPENSATION: Kind(Phrase("compensation received", "获得的赔付"), INCOME),
    FEE: Kind(Phrase("platform and payment fees", "平台与支付服务费"), COST),
    COMMISSION: Kind(Phrase("commission of promoters", "推广佣金"), COST),
    ADS: Kind(Phrase("advertising", "广告推广费"), COST),
    PROMOTION: Kind(Phrase("campaign costs", "营销活动费用"), COST),
    SHIPPING: Kind(Phrase("freight", "运费"), COST),
    INSURANCE: Kind(Phrase("freight insurance", "运费险等保险"), COST),
    PENALTY: Kind(Phrase("fines and compensation paid", "罚款与赔付"), COST),
    TAX: Kind(Phrase("taxes", "税费"), COST),
    TRANSFER: Kind(Phrase("transfers", "账户间转账"), STAYS),
    WITHDRAWAL: Kind(Phrase("withdrawals", "提现"), STAYS),
    DEPOSIT: Kind(Phrase("deposits", "保证金与充值"), STAYS),
    PURCHASE: Kind(Phrase("purchases of goods", "采购付款"), STAYS),
    ADJUSTMENT: Kind(Phrase("corrections", "调账"), OPEN),
    OTHER: Kind(Phrase("other", "其他"), OPEN),
}
KINDS = frozenset(WORDS)
NEITHER = frozenset(kind for kind, one in WORDS.items() if one.side == STAYS)
COSTS = frozenset(kind for kind, one in WORDS.items() if one.side == COST)

# How a movement's order was found, in `money_moves.rule`; an importer states all but OWN_COLUMN, the first.
OWN_COLUMN = "own-column"
BASE_ORDER, TAOBAO_NUMBER, TRADE_ID, CHARGED = "base-order", "t200p", "trade-id", "charged"
MERCHANT_NUMBER, LOOKS_LIKE, TITLE, INFO, DESCRIPTION = "merchant-number", "looks-like", "title", "info", "description"
RULES: dict[str, Phrase] = {
    OWN_COLUMN: Phrase("its own column", "订单号列"),
    BASE_ORDER: Phrase("business base order", "业务基础订单号"),
    TAOBAO_NUMBER: Phrase("T200P… in the merchant's number", "商户订单号 T200P…"),
    TRADE_ID: Phrase("tradeid:… in the remark", "备注中的交易号"),
    CHARGED: Phrase("(…) charged in the remark", "备注（…）扣款"),
    MERCHANT_NUMBER: Phrase("merchant's order number", "商户订单号"),
    LOOKS_LIKE: Phrase("business number that looks like an order", "形似订单号的业务单号"),
    TITLE: Phrase("title", "标题"),
    INFO: Phrase("info", "附加信息"),
    DESCRIPTION: Phrase("description", "描述"),
}
