"""The words of Taobao's reports (千牛), in the order in which an order or a refund goes on."""

STATUS = {
    "等待买家付款": "unpaid",  # provisional: from memory, as are the words marked so below
    "买家已付款，等待卖家发货": "paid",
    "卖家部分发货": "part_shipped",  # provisional
    "卖家已发货，等待买家确认": "shipped",  # provisional
    "买家已签收": "delivered",  # provisional
    "交易成功": "completed",
    "交易关闭": "cancelled",
    "交易被淘宝关闭": "cancelled",  # provisional
    "付款以后用户退款成功，交易自动关闭": "cancelled",  # provisional
    "付款以前，卖家或买家主动关闭交易": "cancelled",  # provisional
}

# "" stands for: no refund was asked for.
REFUND_STATE = {
    "没有申请退款": "",
    "无退款申请": "",
    "退款待处理": "asked",  # provisional
    "买家已经申请退款，等待卖家同意": "asked",  # provisional
    "卖家已经同意退款，等待买家退货": "agreed",  # provisional
    "买家已经退货，等待卖家确认收货": "goods_back",  # provisional
    "卖家拒绝退款": "refused",  # provisional
    "退款关闭": "withdrawn",  # provisional
    "退款成功": "done",
}
