"""JD's order export (京麦): a row for each SKU of an order, on which the order's amounts are repeated.

Provisional: no source says which discounts 订单金额 is before. It is taken for what the merchant charges for the goods,
and 应付金额 for what the buyer pays; where the two and 运费金额 do not add up the receipt says so. What was refunded
this export does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Fault,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    count,
    id_,
    moment,
    money,
    norm,
    text,
)
from merchant_cli.basics.phrases import Phrase

# Provisional but for 等待出库 and 完成: from memory.
STATUS = {
    "等待付款": "unpaid",
    "等待出库": "paid",
    "锁定": "paid",  # the buyer wants it back, and it is not decided
    "等待确认收货": "shipped",
    "完成": "completed",
    "已完成": "completed",
    "已取消": "cancelled",
}
# Provisional: an order that was taken out of the list is cancelled, unless it was complete.
STATUS_PATTERNS = {r"^[(（]删除[)）]\s*(已?完成)$": "completed", r"^[(（]删除[)）]": "cancelled"}
NOT_SHIPPED = re.compile(r"^[(（]删除[)）]\s*(等待付款|等待出库|锁定)$")
CASH_ON_DELIVERY = "货到付款"
AMOUNTS = ("_amount", "_due", "_shipping")  # an order's, that every row must repeat


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Takes an order's amounts once. Rows of an order that differ in them wait; a row that stands twice counts once."""
    tells = norm("付款确认时间") in facts.columns
    for draft in drafts:
        lines = draft.lines
        if len({tuple(line.get(name) for name in AMOUNTS) for line in lines}) > 1:
            for number in draft.at:
                yield number, "duplicate-key", "订单金额", {"value": draft.values["order_id"]}, []
            continue
        kept = [n for n, line in enumerate(lines) if line not in lines[:n]]
        draft.lines, draft.at = [lines[n] for n in kept], [draft.at[n] for n in kept]
        for line in draft.lines:
            price, units = line.get("_price"), line.get("units")
            line["code"] = line.get("code") or line.get("listing_id")
            line["listed"] = None if price is None or units is None else price * units
        _status(draft.values)
        _money(draft.values, draft.lines, tells)
        yield draft


def _status(order: dict[str, Any]) -> None:
    order["cod"] = 1 if order.get("payment") == CASH_ON_DELIVERY else None
    if NOT_SHIPPED.search(order.get("status_raw") or ""):
        order["counts_said"] = 0


def _money(order: dict[str, Any], lines: Sequence[dict[str, Any]], tells: bool) -> None:
    """sold = 订单金额, less 运费金额 where the prices show that it is inside; paid = 应付金额, and what was paid from
    the buyer's balance where only that makes up the difference.
    """
    sold, due, shipping = order.get("_amount"), order.get("_due"), order.get("shipping") or 0
    listed = [line["listed"] for line in lines]
    if sold is not None and shipping and None not in listed and sum(listed) + shipping == sold:
        sold -= shipping
    order["sold"] = sold
    balance = order.get("_balance") or 0
    if sold is not None and due is not None and due + balance == sold + shipping:
        due += balance
    order["paid"] = _paid(order, due, tells)


def _paid(order: dict[str, Any], due: int | None, tells: bool) -> int | None:
    """`due` of an order that was paid: by its time of payment, else by how far it went. `tells`: the file has such
    times; without them nobody knows of an order that was closed. Cash on delivery is paid at the end.
    """
    went = ("completed",) if order["cod"] else ("shipped", "completed") if tells else ("paid", "shipped", "completed")
    if order.get("paid_day") or order.get("status") in went:
        return due
    return 0 if tells or order.get("status") in ("unpaid", "paid", "shipped") else None


orders = Importer(
    platform="jd",
    name="orders",
    title=Phrase("JD orders", "京东订单"),
    menu=Phrase(
        "JD seller's back office `京麦` › orders `订单管理` › order query `订单查询` › export",
        "京麦商家中心 › 订单管理 › 订单查询与跟踪 › 导出订单",
    ),
    known_by=frozenset({"订单号", "订购数量", "京东价", "订单金额", "应付金额"}),
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
                    "buyer": buyer("下单帐号"),
                    "channel": text("订单来源"),
                    "payment": text("支付方式"),
                    "placed": moment("下单时间"),
                    "paid_at": moment("付款确认时间"),
                    "done": moment("订单完成时间"),
                    "_amount": money("订单金额", least=0),
                    "_due": money("应付金额", least=0),
                    "_balance": money("余额支付", least=0),
                    "shipping": money("运费金额", least=0),
                    # Provisional: 商家应收 is what JD reckons before it settles.
                    "received": money("商家应收", "结算金额"),
                },
                "order_lines": {
                    "code": id_("货号"),
                    "listing_id": id_("商品ID"),
                    "title": text("商品名称"),
                    "line_kind": constant("goods"),
                    "units": count("订购数量", least=0),
                    "_price": money("京东价", least=0),
                    "_amount": money("订单金额", least=0),
                    "_due": money("应付金额", least=0),
                    "_shipping": money("运费金额", least=0),
                },
            }
        ),
    ),
)
