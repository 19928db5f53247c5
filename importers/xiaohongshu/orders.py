"""Xiaohongshu's order export (小红书, sheet 包裹详情): a row for each SKU of a parcel, amounts by row.

Those who read this export add up 用户应付金额 and 商家应收金额 over the rows of an order. Provisional: that 商品总价,
店铺优惠, 平台优惠 and 支付渠道优惠 are those of the row as well, that SKU商家改价 is added to the price (a lower one is
below zero), and that 包裹总运费, which each row of a parcel repeats, is charged to the buyer unless 用户应付金额 shows
that it was not. 商家应收金额 is stored as received. What a refund came to the export does not say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    count,
    flag,
    id_,
    moment,
    money,
    norm,
    present,
    promised,
    raw,
    text,
)
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]

# Provisional: from memory, but for 待配货, 配货中 and 已完成.
STATUS = {
    "已下单待付款": "unpaid",
    "待付款": "unpaid",
    "已支付处理中": "paid",
    "待发货": "paid",
    "待配货": "paid",
    "配货中": "paid",
    "部分发货": "part_shipped",
    "待收货": "shipped",
    "已发货": "shipped",
    "已完成": "completed",
    "已关闭": "cancelled",
    "已取消": "cancelled",
}
# "" stands for: no money goes back. Provisional: from memory; 售后完成 may be an exchange as well.
AFTER_SALE = {
    **dict.fromkeys(("-", "无", "无售后", "售后取消", "售后关闭"), ""),
    "售后处理中": "asked",
    "售后待审核": "asked",
    "售后拒绝": "refused",
    "售后完成": "done",
    "退款成功": "done",
}
SOLD = ("paid", "part_shipped", "shipped", "completed")
AMOUNTS = ("_due", "_platform", "_channel", "_receivable")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """sold = 商品总价 − 店铺优惠 + SKU商家改价, platform discount = 平台优惠 + 支付渠道优惠, paid = 用户应付金额, each
    the sum of the order's rows; an order that was never paid was paid nothing for. A row that stands twice counts once.
    """
    tells, tells_payment = (norm(name) in facts.columns for name in ("售后状态", "支付时间"))
    for draft in drafts:
        order, found = draft.values, draft.lines
        kept = [n for n, line in enumerate(found) if line not in found[:n]]
        draft.lines, draft.at = [found[n] for n in kept], [draft.at[n] for n in kept]
        for line in draft.lines:
            _line(line)
        _money(order, draft.lines)
        if not order.get("paid_day"):
            order["paid"] = 0 if tells_payment else _paid(order)
        order["tracked"] = max((line["_tracked"] for line in draft.lines if "_tracked" in line), default=None)
        promised(order, draft.lines)
        if order.get("status") == "cancelled":
            order["refunded"] = order["paid"]
        elif tells and all(line["refund_state"] != "done" for line in draft.lines):
            order["refunded"] = 0
        yield draft


def _line(line: Row) -> None:
    line["code"] = line.get("code") or line.get("_sku_id") or line.get("listing_id")
    line["line_kind"] = "gift" if line.get("_gift") else "goods"
    line["refund_state"] = line.get("refund_state") or None
    line["title"] = line.get("title") or line.get("_sku_title")
    if (listed := line.get("listed")) is not None:
        line["own_discount"] = (line.get("own_discount") or 0) - (line.get("_change") or 0)
        line["own_sold"] = listed - line["own_discount"]


def _money(order: Row, lines: Sequence[Row]) -> None:
    sold = [line.get("own_sold") for line in lines]
    order["sold"] = None if None in sold else _sum(sold)
    order["shop_discount"] = _sum(line.get("own_discount") for line in lines)
    due, platform, channel, order["received"] = (_sum(line.get(name) for line in lines) for name in AMOUNTS)
    order["platform_discount"] = _sum((platform, channel))
    order["paid"] = due
    order["shipping"] = _sum({line.get("_parcel"): line.get("_freight") for line in lines}.values())
    if None not in (order["sold"], due) and due == order["sold"] - (order["platform_discount"] or 0):
        order["shipping"] = 0  # the parcel's cost something, and the buyer paid none of it


def _paid(order: Row) -> int | None:
    """What was paid by how far the order went, where the file has no time of payment; None: it cannot tell."""
    status, due = order.get("status"), order["paid"]
    if status in SOLD or (status == "cancelled" and order.get("shipped_day")):
        return None if due is None else int(due)
    return 0 if status == "unpaid" else None


def _sum(parts: Iterable[int | None]) -> int | None:
    """The stated parts together; None if none is stated."""
    stated = [part for part in parts if part is not None]
    return sum(stated) if stated else None


orders = Importer(
    platform="xiaohongshu",
    name="orders",
    title=Phrase("Xiaohongshu orders", "小红书订单"),
    menu=Phrase(
        "Qianfan back office `千帆` › orders `订单` › order query `订单查询` › export",
        "小红书千帆商家后台 › 订单 › 订单查询 › 批量导出",
    ),
    known_by=frozenset({"订单号", "SKU件数", "商品总价(元)", "用户应付金额(元)", "店铺优惠(元)"}),
    kind="orders",
    grade="B",
    shop_label="店铺名称",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "buyer": buyer("用户编号"),
                    "channel": text("订单类型"),
                    "payment": text("支付方式"),
                    "placed": moment("订单创建时间"),
                    "paid_at": moment("支付时间"),
                    "shipped": moment("订单发货时间"),
                    "done": moment("订单完成时间"),
                    "refunded": constant(None),
                },
                "order_lines": {
                    "code": id_("商家编码"),
                    "_sku_id": id_("规格ID"),
                    "listing_id": id_("商品ID"),
                    "title": text("商品名称"),
                    "_sku_title": text("SKU名称"),
                    "options": text("SKU规格"),
                    "units": count("SKU件数", least=0),
                    "listed": money("商品总价(元)", least=0),
                    "own_discount": money("店铺优惠(元)", least=0),
                    "refund_state": choice("售后状态", AFTER_SALE),
                    "_gift": flag("是否为赠品"),
                    "_change": money("SKU商家改价(元)"),
                    "_platform": money("平台优惠(元)", least=0),
                    "_channel": money("支付渠道优惠(元)", least=0),
                    "_due": money("用户应付金额(元)", least=0),
                    "_receivable": money("商家应收金额(元)（支付金额）"),
                    "_freight": money("包裹总运费(元)", least=0),
                    "_parcel": raw("快递单号"),
                    "_tracked": present("快递单号"),
                    "_ship_by": moment("承诺发货时间", ahead=True),
                },
            }
        ),
    ),
)
