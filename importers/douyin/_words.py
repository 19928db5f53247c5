"""The words of Douyin's order export (抖店), in the order in which an order or an after-sale goes on."""

STATUS = {
    "待支付": "unpaid",  # provisional: from memory, as are the words marked so below
    "待发货": "paid",
    "备货中": "paid",  # provisional
    "部分发货": "part_shipped",  # provisional
    "已发货": "shipped",
    "已完成": "completed",
    "已关闭": "cancelled",
}

# "" stands for: no money goes back.
AFTER_SALE = {
    "-": "",
    "换货成功": "",
    "换货待收货": "",
    "补寄成功": "",
    "待商家处理": "asked",
    "待买家退货": "agreed",
    "待商家收货": "goods_back",
    "售后关闭": "withdrawn",
    "退款成功": "done",
    "同意退款，退款成功": "done",
    "已全额退款": "done",
}

CASH_ON_DELIVERY = "货到付款"  # provisional
