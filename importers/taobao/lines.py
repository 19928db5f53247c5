"""Taobao's 宝贝报表 (ExportOrderDetailList*.csv): a row per line of an order; its money stands in 订单报表."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import (
    Draft,
    Facts,
    Importer,
    Into,
    choice,
    constant,
    count,
    id_,
    moment,
    money,
    present,
    promised,
    text,
)
from importers.taobao._words import REFUND_STATE, STATUS
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Works out each line's code and asked amount; a line for which no refund was asked has no refund state."""
    for draft in drafts:
        for line in draft.lines:
            if line.get("code") is None:
                line["code"] = line.get("_outer")
            price, units = line.get("_price"), line.get("units")
            if price is not None and units is not None:
                line["listed"] = price * units
            if not line.get("refund_state"):
                line["refund_state"] = None
        promised(draft.values, [line for line in draft.lines if line.get("refund_state") != "done"])
        yield draft


lines = Importer(
    platform="taobao",
    name="lines",
    title=Phrase("Taobao order lines", "淘宝宝贝报表"),
    menu=Phrase(
        "Qianniu `千牛` › trade `交易` › sold goods `已卖出的宝贝` › batch export › line report `宝贝报表`",
        "千牛卖家中心 › 交易 › 已卖出的宝贝 › 批量导出 › 下载宝贝报表",
    ),
    known_by=frozenset({"主订单编号|订单编号", "标题|商品标题", "价格|商品价格", "购买数量", "商品属性"}),
    never=frozenset({"买家应付邮费"}),
    kind="lines",
    file_name=r"^ExportOrderDetailList",
    reshape=reshape,
    spare_cell=True,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("主订单编号", "订单编号", required=True),
                    "status": choice("订单状态", STATUS),
                    "status_raw": text("订单状态"),
                    "placed": moment("订单创建时间"),
                    "paid_at": moment("订单付款时间"),
                    "shipped": moment("发货时间"),
                    "tracked": present("物流单号"),
                },
                "order_lines": {
                    "line_key": id_("子订单编号"),
                    "code": id_("商家编码"),
                    "_outer": id_("外部系统编号"),
                    "listing_id": id_("商品ID"),
                    "title": text("标题", "商品标题"),
                    "options": text("商品属性"),
                    "line_kind": constant("goods"),
                    "_ship_by": moment("应发货时间", ahead=True),
                    "units": count("购买数量", least=0),
                    "_price": money("价格", "商品价格", least=0),
                    "own_sold": money("买家应付货款", least=0),
                    "paid": money("买家实际支付金额", "买家实付金额", least=0),
                    "refunded": money("退款金额", least=0),
                    "refund_state": choice("退款状态", REFUND_STATE),
                },
            }
        ),
    ),
)
