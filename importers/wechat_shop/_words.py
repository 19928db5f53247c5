"""The words and codes of the WeChat shop (视频号小店, 微信小店)."""

from collections.abc import Mapping
from typing import Any

from importers.base import described

STATUS = {
    "待付款": "unpaid",  # provisional: from memory, as are the words marked so below
    "已付款": "paid",  # provisional
    "待发货": "paid",  # provisional
    "部分发货": "part_shipped",  # provisional
    "待收货": "shipped",  # provisional
    "已发货": "shipped",
    "已完成": "completed",
    "已取消": "cancelled",  # provisional
    "已关闭": "cancelled",  # provisional
}

# "" stands for: no money goes back.
AFTER_SALE = {
    "无": "",
    "用户取消申请": "withdrawn",
    "待商家处理": "asked",  # provisional, as are all below
    "待商家受理": "asked",
    "售后处理中": "asked",
    "待用户退货": "agreed",
    "待买家退货": "agreed",
    "待商家收货": "goods_back",
    "商家拒绝退款": "refused",
    "商家拒绝退货退款": "refused",
    "售后关闭": "withdrawn",
    "退款关闭": "withdrawn",
    "退款完成": "done",
    "退款成功": "done",
    "退货退款完成": "done",
    "已退款": "done",
    "换货完成": "",
}


def code_of(row: Mapping[str, Any]) -> str:
    """The merchant's code of the SKU, else of the item, else the platform's item, else its title and options."""
    code: str | None = row.get("code") or row.get("_item_code") or row.get("listing_id") or row.get("_listing_id")
    return code or described(row.get("title") or row.get("_title"), row.get("options") or row.get("_options"))
