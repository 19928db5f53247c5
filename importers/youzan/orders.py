"""Youzan's order export (有赞): one row per order. It names its items but says no quantities, prices or codes of them.

Provisional: that 支付优惠合计 is borne by others than the shop, and that 订单实收金额 is what the shop gets. Whether an
order that was closed had been shipped the export does not say: it then does not count, and the receipt says how many.
The receipt names each order that was paid less than 应收订单金额 − 支付优惠合计 (a deposit, a price changed later).
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, buyer, choice, id_, moment, money, text
from merchant_cli.basics.phrases import Phrase

# Provisional but for 交易完成 and 交易成功: from memory.
STATUS = {
    "待付款": "unpaid",
    "等待买家付款": "unpaid",
    "待接单": "paid",
    "待发货": "paid",
    "等待商家发货": "paid",
    "部分发货": "part_shipped",
    "已发货": "shipped",
    "商家已发货": "shipped",
    "交易完成": "completed",
    "交易成功": "completed",
    "交易关闭": "cancelled",
}
NOTHING = ("-", "--", "—", "——", "/")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """sold = 应收订单金额 − 运费; an order that was never paid was paid nothing for."""
    for draft in drafts:
        order = draft.values
        due = order.get("_due")
        order["sold"] = None if due is None else due - (order.get("shipping") or 0)
        if not order.get("paid_day"):
            order["paid"], order["received"] = 0, None
        for name in ("channel", "payment"):
            if order.get(name) in NOTHING:
                order[name] = None
        yield draft


orders = Importer(
    platform="youzan",
    name="orders",
    title=Phrase("Youzan orders", "有赞订单"),
    menu=Phrase(
        "Youzan back office › orders `订单` › all orders `所有订单` › batch export `批量导出`",
        "有赞商家后台 › 订单 › 所有订单 › 批量导出",
    ),
    known_by=frozenset({"订单号", "订单创建时间", "买家付款时间", "商品金额合计", "应收订单金额", "订单实付金额"}),
    kind="orders",
    shop_label="归属店铺",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "buyer": buyer("买家手机号"),
                    "channel": text("销售渠道"),
                    "payment": text("付款方式"),
                    "placed": moment("订单创建时间"),
                    "paid_at": moment("买家付款时间"),
                    "done": moment("交易成功时间"),
                    "listed": money("商品金额合计", least=0),
                    "platform_discount": money("支付优惠合计", least=0),
                    "shipping": money("运费", least=0),
                    "_due": money("应收订单金额", least=0),
                    "paid": money("订单实付金额", least=0),
                    "received": money("订单实收金额"),
                    "refunded": money("订单已退款金额", least=0),
                }
            }
        ),
    ),
)
