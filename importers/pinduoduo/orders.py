"""Pinduoduo's order export (orders_export*.csv or .xlsx): one row per order with one SKU; the fields are chosen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Fault,
    Importer,
    Into,
    choice,
    constant,
    count,
    described,
    id_,
    moment,
    money,
    norm,
    present,
    text,
)
from merchant_cli.basics.phrases import Phrase

STATUS = {
    "待付款": "unpaid",  # provisional: from memory
    "待发货": "paid",
    "已发货，待收货": "shipped",
    "已发货，待签收": "shipped",
    "已发货": "shipped",  # provisional
    "已签收": "delivered",
    "已收货": "completed",
    "未发货，退款成功": "cancelled",
    "已发货，退款成功": "cancelled",  # provisional: by the pattern of the one before
    "交易关闭": "cancelled",  # provisional
    "已取消": "cancelled",  # provisional
}
# Some files leave the comma out.
STATUS_PATTERNS = {r"^已发货.?待(收货|签收)$": "shipped", "退款成功$": "cancelled"}

AFTER_SALE = {"无售后或售后取消": "", "无售后": "", "售后处理中": "asked", "退款成功": "done"}

REFUNDED = re.compile("退款成功$")
NUMBER = re.compile(r"(\d{2})(\d{2})(\d{2})-\d{8,}")  # an order number begins with its day


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """An order has one row. sold = 商品总价 − 店铺优惠折扣, platform discount = 平台优惠折扣 + 多多支付立减.

    The day it was placed is read off its number. An order that was closed by a refund was shipped or not as its
    status says. What a refund of another order came to no file says.
    """
    tells = norm("售后状态") in facts.columns
    for draft in drafts:
        order, lines = draft.values, draft.lines
        for line in lines:
            _line(line)
        if any(line != lines[0] for line in lines[1:]):
            for number in draft.at:
                yield number, "duplicate-key", "", {"value": order["order_id"]}, []
            continue
        order["sold"], order["shop_discount"] = lines[0]["own_sold"], lines[0].get("own_discount")
        order["platform_discount"] = _sum(order.get("_platform"), order.get("_pay"))
        order["placed_day"] = _placed(order["order_id"])
        _refunded(order, tells and not any(line["refund_state"] == "done" for line in lines))
        yield draft


def _refunded(order: dict[str, Any], nothing: bool) -> None:
    """What came back of an order that a refund closed, and whether it had been shipped. `nothing`: it is sure that
    of another order nothing did.
    """
    raw = order.get("status_raw") or ""
    if not REFUNDED.search(raw):
        order["refunded"] = 0 if nothing else None
        return
    order["refunded"] = _was_paid(order) if order.get("paid") is None else order["paid"]
    if raw.startswith("未发货"):
        order["counts_said"] = 0
    else:
        order["tracked"] = 1


def _was_paid(order: dict[str, Any]) -> int | None:
    """What the other amounts say was paid, where 用户实付金额 is not among the chosen fields."""
    sold: int | None = order["sold"]
    return None if sold is None else sold - (order["platform_discount"] or 0) + (order.get("shipping") or 0)


def _line(line: dict[str, Any]) -> None:
    """The line's code, key and money. The key is the same for a row that stands twice, which then is taken once.

    The platform's SKU id comes before the merchant's code of the whole item, which variants may share.
    """
    code = line.get("code") or line.get("_sku_id") or line.get("_item_code") or line.get("listing_id")
    line["code"] = code = code or described(line.get("title"), line.get("options"))
    line["line_key"] = f"{code}#1"
    listed = line.get("listed")
    line["own_sold"] = None if listed is None else listed - (line.get("own_discount") or 0)
    line["refund_state"] = line.get("refund_state") or None


def _sum(*parts: int | None) -> int | None:
    """The stated parts together; None if none is stated."""
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


def _placed(number: str) -> str | None:
    found = NUMBER.match(number)
    try:
        return date(2000 + int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None


orders = Importer(
    platform="pinduoduo",
    name="orders",
    title=Phrase("Pinduoduo orders", "拼多多订单"),
    menu=Phrase(
        "Pinduoduo back office › shipping `发货管理` › order query `订单查询` › batch export `批量导出`",
        "拼多多商家后台 › 发货管理 › 订单查询 › 批量导出",
    ),
    known_by=frozenset({"订单号", "订单状态", "商品数量(件)", "商品总价(元)", "店铺优惠折扣(元)"}),
    kind="orders",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单号", required=True),
                    "status": choice("订单状态", STATUS, patterns=STATUS_PATTERNS),
                    "status_raw": text("订单状态"),
                    "channel": text("订单来源"),
                    "payment": text("支付方式"),
                    # Provisional: the deal is closed when it is paid and its group is complete.
                    "paid_at": moment("支付时间", "订单成交时间"),
                    "ship_by": moment("承诺发货时间", ahead=True),
                    "shipped": moment("发货时间"),
                    "done": moment("确认收货时间"),
                    "tracked": present("快递单号"),
                    "shipping": money("邮费(元)", least=0),
                    "_platform": money("平台优惠折扣(元)", least=0),
                    "_pay": money("多多支付立减金额(元)", "多多支付立减(元)", least=0),
                    "paid": money("用户实付金额(元)", least=0),
                    "received": money("商家实收金额(元)"),
                    "refunded": constant(None),
                },
                "order_lines": {
                    "code": id_("商家编码-规格维度", "商家编码-SKU维度"),
                    "_item_code": id_("商家编码-商品维度"),
                    "_sku_id": id_("样式ID"),
                    "listing_id": id_("商品id"),
                    "title": text("商品"),
                    "options": text("商品规格"),
                    "line_kind": constant("goods"),
                    "units": count("商品数量(件)", least=0),
                    "listed": money("商品总价(元)", least=0),
                    "own_discount": money("店铺优惠折扣(元)", least=0),
                    "refund_state": choice("售后状态", AFTER_SALE),
                    # Only to tell two rows of one order that differ from one that stands twice.
                    "_status": text("订单状态"),
                    "_paid": money("用户实付金额(元)", least=0),
                },
            }
        ),
    ),
)
