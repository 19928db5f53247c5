"""The store's own words in both languages; a column that shows one names its vocabulary: `Column(…, words=TABLES)`.

JSON and CSV keep the store's word.
"""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase

P = Phrase

TABLES: dict[str, Phrase] = {
    "orders": P("orders", "订单"),
    "order_lines": P("order lines", "订单明细"),
    "refunds": P("refunds", "退款"),
    "money_moves": P("money moves", "资金流水"),
    "listings": P("listings", "商品"),
    "prices": P("prices", "价格"),
    "products": P("products", "货品"),
    "costs": P("costs", "成本"),
    "suppliers": P("suppliers", "供应商"),
    "stock_counts": P("stock counts", "库存盘点"),
    "stock_moves": P("stock moves", "出入库"),
    "coupons": P("coupons", "优惠券"),
    "coupon_uses": P("coupon uses", "优惠券使用"),
    "campaigns": P("campaigns", "活动"),
    "reviews": P("reviews", "评价"),
    "traffic": P("traffic", "流量"),
    "ads": P("ad spend", "推广花费"),
    "fees": P("fees", "费率"),
    "rates": P("currency rates", "汇率"),
}
STOCK_SOURCES: dict[str, Phrase] = {  # where a stock figure comes from
    "counted": P("counted", "盘点"),
    "listed": P("listed on the platform", "平台在售数量"),
}
ORIGINS: dict[str, Phrase] = {  # where the value of a setting comes from
    "store": P("yours", "您的设定"),
    "default": P("the program's default", "程序默认"),
    "shops": P("your shops", "店铺币种"),
}
REVIEW_STATES: dict[str, Phrase] = {
    "new": P("new", "新"),
    "triaged": P("triaged", "处理中"),
    "replied": P("replied", "已回复"),
    "resolved": P("resolved", "已解决"),
}
REVIEW_SEVERITIES: dict[str, Phrase] = {  # what is worst about a review
    "safety": P("safety", "安全"),
    "threat": P("threat", "威胁"),
    "bad": P("bad", "差评"),
    "middling": P("middling", "中评"),
    "good": P("good", "好评"),
    "unrated": P("no stars", "无星级"),
}
