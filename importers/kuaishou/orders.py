"""Kuaishou's order export (快手小店): one row per order with one SKU, often many sheets in one workbook.

Provisional: that 商品单价 is the price before all discounts, 实付款 includes 快递费, and that no part of 混资活动优惠
is the shop's own. The identity check of each import says where that does not hold; 国补/类国补/消费券 is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    "部分发货": "part_shipped",  # provisional
    "已发货": "shipped",
    "已收货": "delivered",
    "交易成功": "completed",
    "交易关闭": "cancelled",
}

# "" stands for: no money goes back. Provisional but for 售后处理中 and 退款成功.
NOTHING = ("-", "--", "—", "——", "/")
AFTER_SALE = {
    **dict.fromkeys((*NOTHING, "无售后"), ""),
    "售后处理中": "asked",
    "售后关闭": "withdrawn",
    "退款成功": "done",
}
FUNDED = ("_platform", "_streamer", "_mixed", "_payment")  # what others than the shop took off the price


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """sold = 商品单价 × 成交数量 − 店铺优惠, platform discount = 平台补贴 + 主播补贴 + 混资活动优惠 + 支付优惠.

    An order that was never paid was paid nothing for. Of one that is closed all that was paid came back; what a refund
    of another order came to the export does not say.
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
        stated = [amount for name in FUNDED if (amount := order.get(name)) is not None]
        order["platform_discount"] = sum(stated) if stated else None
        order["shop_discount"] = lines[0].get("own_discount")
        order["sold"] = lines[0]["own_sold"]
        if not order.get("paid_day"):
            order["paid"] = 0
        for name in ("channel", "payment"):
            if order.get(name) in NOTHING:
                order[name] = None
        if order.get("status") == "cancelled":
            order["refunded"] = order.get("paid")
        elif tells and lines[0]["refund_state"] != "done":
            order["refunded"] = 0
        yield draft


def _line(line: dict[str, Any]) -> None:
    """The line's code, key and money. The key is the same for a row that stands twice, which then is taken once."""
    price, units = line.get("_price"), line.get("units")
    code = line.get("code") or line.get("listing_id") or described(line.get("title"), line.get("options"))
    line["code"] = code
    line["line_key"] = f"{code}#1"
    line["listed"] = None if price is None or units is None else price * units
    line["own_sold"] = None if line["listed"] is None else line["listed"] - (line.get("own_discount") or 0)
    line["refund_state"] = line.get("refund_state") or None
    if line.get("options") in NOTHING:
        line["options"] = None


orders = Importer(
    platform="kuaishou",
    name="orders",
    title=Phrase("Kuaishou orders", "快手小店订单"),
    menu=Phrase(
        "Kuaishou shop back office › orders `订单` › order query `订单查询` › export",
        "快手小店商家后台 › 订单 › 订单查询 › 导出订单",
    ),
    known_by=frozenset({"订单号", "订单支付时间", "实付款", "成交数量", "商品单价", "主播补贴"}),
    kind="orders",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "channel": text("渠道"),
                    "payment": text("支付方式"),
                    "placed": moment("订单创建时间"),
                    "paid_at": moment("订单支付时间"),
                    "ship_by": moment("预售/承诺发货时间", ahead=True),
                    "shipped": moment("发货时间"),
                    "tracked": present("快递单号"),
                    "shipping": money("快递费", least=0),
                    "_platform": money("平台补贴", least=0),
                    "_streamer": money("主播补贴", least=0),
                    "_mixed": money("混资活动优惠", least=0),
                    "_payment": money("支付优惠", least=0),
                    "paid": money("实付款", least=0),
                    "refunded": constant(None),
                },
                "order_lines": {
                    "code": id_("SKU编码"),
                    "listing_id": id_("商品ID"),
                    "title": text("商品名称"),
                    "options": text("商品规格"),
                    "line_kind": constant("goods"),
                    "units": count("成交数量", least=0),
                    "own_discount": money("店铺优惠", least=0),
                    "refund_state": choice("售后状态", AFTER_SALE),
                    "_price": money("商品单价", least=0),
                    # Only to tell two rows of one order that differ from one that stands twice.
                    "_status": text("订单状态"),
                    "_paid": money("实付款", least=0),
                },
            }
        ),
    ),
)
