"""What Chinese platforms call the movements of a shop's money, as patterns for a `choice` of kinds, tried in order.

Most words of the logs are evidenced, what they stand for is not: provisional where a platform's own file does not say.
"""

from __future__ import annotations

from importers.bills import (
    ADS,
    COMMISSION,
    COMPENSATION,
    DEPOSIT,
    FEE,
    INSURANCE,
    OTHER,
    PENALTY,
    PROMOTION,
    REFUND,
    SALE,
    SHIPPING,
    SUBSIDY,
    TAX,
    TRANSFER,
    WITHDRAWAL,
)

SCENES: dict[str, str] = {
    "提现": WITHDRAWAL,
    "评价有礼|贴息|返现|返券": PROMOTION,  # before the security that some of them take
    "保证金|充值|冻结|解冻": DEPOSIT,
    "转账|划转|调拨": TRANSFER,
    "运费险|保险|投保": INSURANCE,
    "平台赔付": COMPENSATION,
    "赔付|赔偿|罚|违规|小额打款": PENALTY,
    "取件|运费|配送|物流": SHIPPING,
    "补贴": SUBSIDY,
    "分账": OTHER,  # what others get of an order, or give back: the row's own columns say of what kind
    "退款|退货|退用户|极速退|退转付": REFUND,
    "佣金|达人|分销|团长|多多进宝": COMMISSION,
    "千川|推广|广告": ADS,
    "服务费|技术费|手续费|渠道费|质检|QIC": FEE,
    "税": TAX,
    "营销": PROMOTION,
    "货款|订单支付|订单收入|交易收入|结算入账": SALE,
    "^其[他它]": OTHER,
}
