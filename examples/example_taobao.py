"""Taobao's 订单报表 and 宝贝报表: GB18030, CRLF, every cell quoted, numbers of orders as ="..."."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from example_catalogue import SHOP_NAME, TAOBAO
from example_headers import TAOBAO_LINES, TAOBAO_ORDERS
from example_life import is_faulty
from example_orders import Line, Order, counts, is_paid, past, refund_seen
from example_plan import NEW_EXPORT, NEW_EXPORT_FROM, OLD_EXPORT, Fault
from example_plants import TYPED_OTHERWISE

COURIERS = ("中通快递", "圆通速递", "韵达快递", "顺丰速运")
REFUNDED = "买家申请退款，卖家同意退款"
CLOSED = {"unpaid": "买家未及时付款", "cancelled": REFUNDED, "sale": REFUNDED}
MESSAGES = {0: "麻烦包装严实一点，谢谢", 37: "送人的，请不要放价格单", 71: "周末再送，工作日家里没人"}
# The fixed answers of cells that this shop never uses.
ZERO = ("买家支付积分", "返点积分", "买家实际支付积分", "店铺Id", "卖家服务费")
NO = ("是否上传合同照片", "是否上传小票", "是否代付", "是否是O2O交易", "是否信用购")
CONSTANT = dict.fromkeys(ZERO, "0") | dict.fromkeys(NO, "否")
CONSTANT |= {"运送方式": "快递", "店铺名称": SHOP_NAME, "买家服务费": "0元", "是否手机订单": "手机订单"}


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def stamp(when: datetime | None, at: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}" if when is not None and when <= at else ""


def wrapped(number: str) -> str:
    return f'="{number}"'


def status(order: Order, at: datetime) -> str:
    """The platform's word for the order, as read at that instant."""
    if past(order.closed_at, at):
        return "交易关闭"
    if past(order.completed_at, at):
        return "交易成功"
    if past(order.shipped_at, at):
        return "卖家已发货，等待买家确认"
    return "买家已付款，等待卖家发货" if is_paid(order, at) else "等待买家付款"


def covered(orders: Iterable[Order], since: datetime, at: datetime) -> list[Order]:
    """What an export of that range shows, newest first."""
    return sorted((o for o in orders if since <= o.created <= at), key=lambda o: o.created, reverse=True)


def payment_number(order: Order) -> str:
    return f"{order.paid_at:%Y%m%d}22001{order.order_id[4:]}" if order.paid_at else ""


def order_money(order: Order, at: datetime) -> dict[str, str]:
    paid = is_paid(order, at)
    cells = {
        "买家应付货款": money(order.sold),
        "买家应付邮费": money(order.shipping),
        "总金额": money(order.total),
        "买家实际支付金额": money(order.paid if paid else 0),
        "退款金额": money(refund_seen(order, at)),
        "支付单号": payment_number(order) if paid else "",
        "支付详情": f"(支付宝:{money(order.paid)})" if paid else "",
        "天猫卡券抵扣": money(order.card) if order.card else "",
        "集分宝抵扣": money(order.points) if order.points else "",
    }
    if past(order.completed_at, at):
        cells["打款商家金额"] = money(order.total - refund_seen(order, at))
    return cells


def order_dispatch(order: Order, at: datetime) -> dict[str, str]:
    """Parcel, times and the merchant's memo, as far as they had come."""
    cells = {
        "订单创建时间": stamp(order.created, at),
        "订单付款时间": stamp(order.paid_at, at),
        "发货时间": stamp(order.shipped_at, at),
        "确认收货时间": stamp(order.completed_at, at),
    }
    if past(order.shipped_at, at):
        tail = int(order.order_id[3:13])
        cells["物流公司"] = COURIERS[tail % len(COURIERS)]
        cells["物流单号"] = f"No:7{tail * 7919 % 10**13:013d}"
    if past(order.refunded_at, at) and any(is_faulty(order, line) for line in order.lines):
        cells["商家备忘"] = f"盖子不严，批次{Fault.lot}"
    return cells


def order_row(order: Order, at: datetime) -> list[str]:
    buyer = order.buyer
    cells = CONSTANT | order_money(order, at) | order_dispatch(order, at)
    cells |= {
        "订单编号": wrapped(order.order_id),
        "主订单编号": wrapped(order.order_id),
        "买家会员名": buyer.account,
        "买家会员昵称": buyer.account,
        "收货人姓名": buyer.name,
        "收货地址": buyer.address,
        "联系手机": f"'{buyer.phone}",
        "订单状态": status(order, at),
        "订单关闭原因": CLOSED[order.fate] if past(order.closed_at, at) else "订单未关闭",
        "宝贝标题": "，".join(line.sku.product.zh for line in order.lines),
        "宝贝种类": str(len(order.lines)),
        "宝贝总数量": str(sum(line.units for line in order.lines)),
        "买家留言": MESSAGES.get(int(order.order_id) % 97, ""),
    }
    return [cells.get(name, "") for name in TAOBAO_ORDERS]


def line_row(order: Order, index: int, line: Line, at: datetime) -> list[str]:
    paid, refund = is_paid(order, at), line.refund if past(order.refunded_at, at) else 0
    cells = {
        "子订单编号": wrapped(order.numbers[index]),
        "主订单编号": wrapped(order.order_id),
        "标题": line.sku.product.zh,
        "价格": money(line.price),
        "购买数量": str(line.units),
        "外部系统编号": line.sku.product.code,
        "商品属性": f"颜色分类：{line.sku.zh}",
        "订单状态": status(order, at),
        "商家编码": TYPED_OTHERWISE.get(line.sku.code, line.sku.code),
        "支付单号": payment_number(order) if paid else "",
        "买家应付货款": money(line.sold),
        "买家实际支付金额": money(order.line_paid()[index] if paid else 0),
        "退款状态": "退款成功" if refund else "没有申请退款",
        "退款金额": f"￥{money(refund)}" if refund else "无退款申请",
        "订单创建时间": stamp(order.created, at),
        "订单付款时间": stamp(order.paid_at, at),
    }
    return [cells.get(name, "") for name in TAOBAO_LINES]


def write(path: Path, header: list[str], rows: list[list[str]], *, tail: str = "") -> int:
    """Write one file; `tail` ends each data row (宝贝报表 has a trailing comma there)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=f"{tail}\r\n").writerow(row)
    path.write_bytes(text.getvalue().encode("gb18030"))
    return len(rows)


def write_taobao(folder: Path, orders: list[Order]) -> dict[str, int]:
    """The older and the newer pair of exports: file name -> data rows."""
    rows = {}
    for name, lines_name, since, at in (
        ("202609300900", "202609300901", datetime.min, OLD_EXPORT),
        ("202611150805", "202611150806", NEW_EXPORT_FROM, NEW_EXPORT),
    ):
        seen = covered(orders, since, at)
        heads = [order_row(order, at) for order in seen]
        lines = [line_row(order, n, line, at) for order in seen for n, line in enumerate(order.lines)]
        for file, header, body, tail in (
            (f"ExportOrderList{name}.csv", TAOBAO_ORDERS, heads, ""),
            (f"ExportOrderDetailList{lines_name}.csv", TAOBAO_LINES, lines, ","),
        ):
            rows[file] = write(folder / file, header, body, tail=tail)
    return rows


def snapshot(order: Order, at: datetime) -> dict[str, str | int | bool]:
    """What a later export may tell differently."""
    return {
        "status": status(order, at),
        "paid": is_paid(order, at),
        "shipped": past(order.shipped_at, at),
        "refund_minor": refund_seen(order, at),
        "counts": counts(order, at),
    }


def changes(orders: list[Order]) -> list[dict[str, object]]:
    """Orders in both exports that the newer one tells differently."""
    found: list[dict[str, object]] = []
    for order in covered(orders, NEW_EXPORT_FROM, OLD_EXPORT):
        before, after = snapshot(order, OLD_EXPORT), snapshot(order, NEW_EXPORT)
        if before != after:
            found.append({"order_id": order.order_id, "shop": TAOBAO, "before": before, "after": after})
    return found
