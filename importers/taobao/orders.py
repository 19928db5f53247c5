"""Taobao's 订单报表 (ExportOrderList*.csv): one row per order, its money and times; the lines stand in 宝贝报表.

Where an order has two rows the newer holds (merchant_cli/intake/statements.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from importers.base import Draft, Facts, Importer, Into, buyer, choice, id_, moment, money, present, raw, text
from importers.taobao._words import STATUS
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Works out which part of the total the platform paid: 总金额 − 实付, where the file explains it. An order of which
    money was paid out at 确认收货 is complete, if the file says no state.
    """
    for draft in drafts:
        order = draft.values
        order["platform_discount"] = _platform_discount(order)
        if not order.get("status") and (order.get("received") or 0) > 0:
            order["status"] = "completed"
        yield draft


def _platform_discount(order: dict[str, Any]) -> int | None:
    """None where nothing was paid, or where the difference is not what coupons and points took off."""
    total, paid = order.get("_total"), order.get("paid")
    if total is None or not paid:
        return None
    missing: int = total - paid
    if missing == 0:
        return 0
    explained = _added(order.get("_card"), 100) + _added(order.get("_jifenbao"), 100) + _added(order.get("_points"), 1)
    return missing if missing == explained else None


def _added(cell: str | None, fen: int) -> int:
    """The sum of the numbers in a cell of free form (`10.00`, `天猫购物券:10.00`), in fen; a point is worth one."""
    return sum(int(Decimal(found) * fen) for found in re.findall(r"\d+(?:\.\d{1,2})?", cell or ""))


orders = Importer(
    platform="taobao",
    name="orders",
    title=Phrase("Taobao orders", "淘宝订单报表"),
    menu=Phrase(
        "Qianniu `千牛` › trade `交易` › sold goods `已卖出的宝贝` › batch export › order report `订单报表`",
        "千牛卖家中心 › 交易 › 已卖出的宝贝 › 批量导出 › 下载订单报表",
    ),
    known_by=frozenset({"订单编号", "买家应付货款", "买家应付邮费", "订单创建时间"}),
    never=frozenset({"子订单编号"}),
    kind="orders",
    file_name=r"^ExportOrderList",
    shop_label="店铺名称",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("订单编号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "buyer": buyer("买家会员名"),
                    "placed": moment("订单创建时间"),
                    "paid_at": moment("订单付款时间"),
                    "shipped": moment("发货时间"),
                    "done": moment("确认收货时间"),
                    "tracked": present("物流单号"),
                    "sold": money("买家应付货款", least=0),
                    "shipping": money("买家应付邮费", least=0),
                    "paid": money("买家实际支付金额", "买家实付金额", least=0),
                    "_total": money("总金额", least=0),
                    "_card": raw("天猫卡券抵扣"),
                    "_jifenbao": raw("集分宝抵扣"),
                    "_points": raw("买家实际支付积分", "买家支付积分"),
                    "received": money("打款商家金额", "确认收货打款金额"),
                    "refunded": money("退款金额", least=0),
                }
            }
        ),
    ),
)
