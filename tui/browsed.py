"""The big views that can be looked through row by row, and what their columns are called."""

from __future__ import annotations

from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Column
from merchant_cli.desks.words import REVIEW_STATES

P = Phrase


class View(NamedTuple):
    """A view to look through: the alias of its fact table and the columns of that table's key behind `shop`.

    `columns` are shown in this order.
    """

    title: Phrase
    alias: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _money(name: str, label: Phrase) -> Column:
    return Column(name, label, "money")


SHOP = Column("shop", P("Shop", "店铺"), "id")
ORDER = Column("order_id", P("Order", "订单号"), "id")
DAY = Column("day", P("Day", "日期"), "day")
CODE = Column("code", P("Code", "商家编码"), "id")
SKU = Column("sku", P("SKU", "货号"), "sku")
TITLE = Column("title", P("Title", "标题"), "text")
OPTIONS = Column("options", P("Options", "规格"), "text")
UNITS = Column("units", P("Units", "件数"), "count")
CURRENCY = Column("currency", P("Currency", "币种"), "id")
STATUS = Column("status", P("Status", "状态"), "id")
THEIRS = Column("status_raw", P("Status as exported", "平台原状态"), "text")
LISTING = Column("listing_id", P("Listing", "商品编号"), "id")
COUNTS = Column("counts", P("Counts", "计为成交"), "flag")
ORIGIN = (Column("import_no", P("Import", "导入"), "id"), Column("line", P("Line", "行"), "id"))

VIEWS: dict[str, View] = {
    "orders": View(P("Orders", "订单"), "o", ("order_id",), (
        ORDER, SHOP, DAY, STATUS, _money("paid_minor", P("Paid", "实付")), CURRENCY, UNITS,
        _money("sold_minor", P("Goods", "商品金额")), _money("refunded_minor", P("Refunded", "已退款")), COUNTS,
        THEIRS, Column("placed_at", P("Placed", "下单时间"), "moment"),
        Column("paid_at", P("Paid at", "付款时间"), "moment"),
        Column("shipped_at", P("Shipped", "发货时间"), "moment"), Column("coupon", P("Coupon", "优惠券"), "id"),
        Column("channel", P("Channel", "渠道"), "id"), *ORIGIN,
    )),
    "order_lines": View(P("Order lines", "订单明细"), "l", ("order_id", "line_key"), (
        ORDER, SHOP, DAY, SKU, TITLE, UNITS, _money("sold_minor", P("Sold", "成交金额")), CURRENCY,
        _money("listed_minor", P("Asked", "标价金额")), _money("shop_discount_minor", P("Shop's discount", "店铺优惠")),
        OPTIONS, CODE, Column("line_kind", P("Kind", "类型"), "id"), LISTING, COUNTS,
        Column("line_key", P("Line key", "明细编号"), "id"), *ORIGIN,
    )),
    "listings": View(P("Listings", "商品"), "l", ("listing_id", "variant_id"), (
        TITLE, SHOP, SKU, OPTIONS, _money("price_minor", P("Price", "价格")),
        CURRENCY, Column("listed_units", P("Listed units", "在售数量"), "count"),
        Column("state", P("State", "状态"), "id"),
        _money("compare_at_minor", P("Compare-at price", "划线价")), Column("category", P("Category", "类目"), "text"),
        CODE, LISTING, Column("variant_id", P("Variant", "规格编号"), "id"), Column("url", P("Address", "链接"), "id"),
        *ORIGIN,
    )),
    "refunds": View(P("Refunds", "退款"), "r", ("refund_id", "line_key"), (
        Column("refund_id", P("Refund", "退款编号"), "id"), SHOP, ORDER, Column("done_day", P("Done", "完成日"), "day"),
        _money("amount_minor", P("Amount", "金额")), CURRENCY, UNITS, CODE, Column("state", P("State", "状态"), "id"),
        Column("applied_day", P("Applied", "申请日"), "day"),
        Column("state_raw", P("State as exported", "平台原状态"), "text"),
        Column("restocked", P("Restocked", "已入库"), "flag"),
        Column("line_key", P("Line key", "明细编号"), "id"), *ORIGIN,
    )),
    "reviews": View(P("Reviews", "评价"), "r", ("review_id",), (
        Column("review_id", P("Review", "评价编号"), "id"), SHOP, DAY, Column("rating", P("Stars", "星级"), "count"),
        Column("body", P("Text", "内容"), "text"), SKU, Column("state", P("State", "状态"), "id", words=REVIEW_STATES),
        Column("title", P("Headline", "标题"), "text"), Column("follow_up", P("Follow-up", "追评"), "text"),
        Column("reply", P("Reply", "回复"), "text"), ORDER, LISTING, CODE, *ORIGIN,
    )),
}  # fmt: skip
WRITTEN_BY_BUYERS = frozenset({"body", "title", "follow_up", "reply"})  # of reviews: may hold a phone number
