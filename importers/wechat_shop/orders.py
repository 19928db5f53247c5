"""The WeChat shop's order export (视频号小店, 微信小店): a row for each item, the order's amounts repeated on each.

Provisional: that 订单实际收款金额 is what the shop gets, freight and all that others paid for the buyer included. The
older layout, which has no such column, says nothing of discounts: sold is there what was paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
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
    id_,
    moment,
    money,
    present,
    text,
)
from importers.wechat_shop._words import AFTER_SALE, STATUS, code_of
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]
ONCE = ("_paid", "_received", "_shipping")  # an order's amounts, that its rows repeat or leave empty


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Takes an order's amounts once; rows of an order that differ in them wait. An order that was never paid was paid
    nothing for. What came back is the sum of 商品已退款金额. A row that stands twice counts once.
    """
    for draft in drafts:
        order, found = draft.values, draft.lines
        if any(len({line.get(name) for line in found} - {None}) > 1 for name in ONCE):
            for number in draft.at:
                yield number, "duplicate-key", "订单实际支付金额", {"value": order["order_id"]}, []
            continue
        kept = [n for n, line in enumerate(found) if line not in found[:n]]
        draft.lines, draft.at = [found[n] for n in kept], [draft.at[n] for n in kept]
        for line in draft.lines:
            _line(line)
        if order.get("paid_day"):
            _money(order, draft.lines)
        else:
            order["paid"], order["received"] = 0, None
        refunds = [line["refunded"] for line in draft.lines if line.get("refunded") is not None]
        order["refunded"] = sum(refunds) if refunds else None
        if order.get("status") == "cancelled" and not order["refunded"]:
            order["refunded"] = order["paid"]
        yield draft


def _line(line: Row) -> None:
    price, units = line.get("_price"), line.get("units")
    line["code"] = code_of(line)
    line["listed"] = None if price is None or units is None else price * units
    line["refund_state"] = "done" if line.get("refunded") else line.get("refund_state") or None


def _money(order: Row, lines: Sequence[Row]) -> None:
    """sold = 订单实际收款金额 − 订单运费. What is missing in 订单实际支付金额 was paid by others, where 商品平台券优惠,
    跨店优惠, 积分抵扣 or 商品优惠, alone or together, say as much.
    """
    paid, received = order["paid"] or 0, order.get("received")
    goods = (paid if received is None else received) - (order.get("shipping") or 0)
    order["sold"] = goods if goods >= 0 else None
    if received is None:
        return
    coupons = sum(line.get("_coupon") or 0 for line in lines)
    parts = [part for part in (coupons, *(order.get(name) for name in ("_across", "_points", "_offers"))) if part]
    missing = received - paid
    if missing == 0 or missing in _sums(parts):
        order["platform_discount"] = missing
    for bare in (0, 1):  # 商品实际价格(总共) is after the platform's coupons or before, as the order's amount shows
        actual = [_plus(line.get("_actual"), line.get("_coupon") if bare else 0) for line in lines]
        if None not in actual and sum(part or 0 for part in actual) == order["sold"]:
            for line, own in zip(lines, actual, strict=True):
                line["own_sold"] = own
            return


def _plus(amount: int | None, more: int | None) -> int | None:
    return None if amount is None else amount + (more or 0)


def _sums(parts: Iterable[int]) -> set[int]:
    """What any of the parts come to together."""
    found = list(parts)
    return {sum(some) for number in range(1, len(found) + 1) for some in combinations(found, number)}


orders = Importer(
    platform="wechat_shop",
    name="orders",
    title=Phrase("WeChat shop orders", "微信小店订单"),
    menu=Phrase(
        "WeChat shop back office › orders and shipping `订单与发货` › order management `订单管理` › export",
        "微信小店后台 › 订单与发货 › 订单管理 › 导出订单",
    ),
    known_by=frozenset({"订单号", "订单实际支付金额", "订单运费", "商品数量", "商品编码(平台)", "支付时间"}),
    kind="orders",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "channel": text("带货方式"),
                    "payment": text("支付方式"),
                    "placed": moment("订单下单时间", "下单时间"),
                    "paid_at": moment("支付时间"),
                    "shipped": moment("订单发货时间"),
                    "done": moment("订单确认收货时间"),
                    "tracked": present("快递单号"),
                    "paid": money("订单实际支付金额", least=0),
                    "received": money("订单实际收款金额", least=0),
                    "shipping": money("订单运费", least=0),
                    "_across": money("跨店优惠"),
                    "_points": money("积分抵扣"),
                    "_offers": money("商品优惠"),
                },
                "order_lines": {
                    "code": id_("SKU编码(自定义)"),
                    "_item_code": id_("商品编码(自定义)"),
                    "listing_id": id_("商品编码(平台)"),
                    "title": text("商品名称"),
                    "options": text("商品属性"),
                    "line_kind": constant("goods"),
                    "units": count("商品数量", least=0),
                    "refund_state": choice("商品售后", AFTER_SALE),
                    "refunded": money("商品已退款金额", least=0),
                    "_price": money("商品价格(单件)", "商品价格", least=0),
                    "_actual": money("商品实际价格(总共)", least=0),
                    "_coupon": money("商品平台券优惠"),
                    "_paid": money("订单实际支付金额", least=0),
                    "_received": money("订单实际收款金额", least=0),
                    "_shipping": money("订单运费", least=0),
                },
            }
        ),
    ),
)
