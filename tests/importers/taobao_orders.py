"""Invented Taobao orders in every state, written as 订单报表 and 宝贝报表 of any header version."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from merchant_cli.basics.money import largest_remainder

FATES = (
    "unpaid", "closed unpaid", "paid", "shipped", "completed", "completed",
    "closed before shipping", "closed after shipping", "part refunded", "refunded",
)  # fmt: skip
WORDS = {
    "unpaid": "等待买家付款", "paid": "买家已付款，等待卖家发货", "shipped": "卖家已发货，等待买家确认",
    "completed": "交易成功", "part refunded": "交易成功", "refunded": "交易成功",
}  # fmt: skip
GOODS = [(f"HUO-{n:02d}", f"手作茶器{n}号", 500 + 137 * n) for n in range(30)]


@dataclass
class Line:
    """One line; amounts in fen. `sold` is what the merchant charges for it."""

    number: str
    code: str
    title: str
    price: int
    units: int
    sold: int
    paid: int = 0
    refund: int = 0


@dataclass
class Order:
    """One order and all that an export can say of it; amounts in fen."""

    number: str
    fate: str
    made: datetime
    shipping: int
    card: int
    points: int
    lines: list[Line] = field(default_factory=list)

    @property
    def sold(self) -> int:
        return sum(line.sold for line in self.lines)

    @property
    def was_paid(self) -> bool:
        return self.fate not in ("unpaid", "closed unpaid")

    @property
    def was_shipped(self) -> bool:
        return self.was_paid and self.fate not in ("paid", "closed before shipping")

    @property
    def closed(self) -> bool:
        return self.fate.startswith("closed")

    @property
    def paid(self) -> int:
        return self.sold + self.shipping - self.card - self.points if self.was_paid else 0

    @property
    def refund(self) -> int:
        return sum(line.refund for line in self.lines)


def made_up(number: int, seed: int = 1) -> list[Order]:
    """So many orders, each fate in turn."""
    rng = Random(seed)
    return [_order(rng, n) for n in range(number)]


def _order(rng: Random, n: int) -> Order:
    made = datetime(2024, 9, 1, 8) + timedelta(minutes=47 * n)
    order = Order(str(4_600_000_000_000_000 + n * 10), FATES[n % len(FATES)], made, rng.choice((0, 0, 600, 1000)), 0, 0)
    for i in range(rng.choice((1, 1, 2, 3))):
        code, title, price = rng.choice(GOODS)
        units = rng.choice((1, 1, 2, 3))
        off = rng.choice((0, 0, rng.randrange(1, 300)))
        order.lines.append(Line(str(int(order.number) + i), code, title, price, units, price * units - off))
    order.card, order.points = rng.choice((0, 0, 0, 200)), rng.choice((0, 0, 0, 37))
    for line, part in zip(order.lines, _parts(order, order.paid), strict=True):
        line.paid = part
    if order.fate in ("closed before shipping", "closed after shipping", "refunded"):
        for line in order.lines:
            line.refund = line.paid
    elif order.fate == "part refunded":
        order.lines[-1].refund = max(1, order.lines[-1].paid // 3)
    return order


def _parts(order: Order, amount: int) -> list[int]:
    return largest_remainder(amount, [line.sold for line in order.lines])


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def stamp(moment: datetime, said: bool) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if said else ""


def common(order: Order) -> dict[str, str]:
    """What both reports say of an order."""
    return {
        "订单状态": "交易关闭" if order.closed else WORDS[order.fate],
        "订单创建时间": stamp(order.made, True),
        "订单付款时间": stamp(order.made + timedelta(minutes=3), order.was_paid),
        "发货时间": stamp(order.made + timedelta(hours=20), order.was_shipped),
        "物流单号": f"No:77{order.number[-6:]}" if order.was_shipped else "",
    }


def order_row(order: Order) -> dict[str, str]:
    done = order.was_shipped and not order.closed and order.fate != "shipped"
    received = yuan(max(0, order.paid + order.card + order.points - order.refund)) if done else ""
    return common(order) | {
        "订单编号": f'="{order.number}"', "主订单编号": f'="{order.number}"',
        "买家会员名": f"茶客{int(order.number) % 61}",
        "买家应付货款": yuan(order.sold), "买家应付邮费": yuan(order.shipping),
        "总金额": yuan(order.sold + order.shipping),
        "买家实际支付金额": yuan(order.paid), "买家实付金额": yuan(order.paid),
        "天猫卡券抵扣": yuan(order.card) if order.card else "NULL",
        "集分宝抵扣": yuan(order.points) if order.points else "",
        "退款金额": yuan(order.refund), "确认收货时间": stamp(order.made + timedelta(days=4), done),
        "打款商家金额": received, "确认收货打款金额": received, "店铺名称": "竹里小铺", "联系手机": "'138****0000",
        "买家服务费": "0元", "宝贝种类": str(len(order.lines)),
    }  # fmt: skip


def line_row(order: Order, line: Line) -> dict[str, str]:
    asked = line.refund > 0
    return common(order) | {
        "订单编号": f'="{order.number}"', "主订单编号": f'="{order.number}"',
        "子订单编号": f'="{line.number}"',
        "标题": line.title, "商品标题": line.title, "价格": yuan(line.price), "商品价格": yuan(line.price),
        "购买数量": str(line.units), "商家编码": line.code, "商品属性": "颜色分类：素",
        "商品ID": "7" + line.code[-2:] * 5,
        "买家应付货款": yuan(line.sold), "买家实际支付金额": yuan(line.paid), "买家实付金额": yuan(line.paid),
        "退款状态": "退款成功" if asked else "没有申请退款",
        "退款金额": f"￥{yuan(line.refund)}" if asked else "无退款申请",
    }  # fmt: skip


def write(path: Path, header: list[str], rows: Iterable[dict[str, str]], tail: str = "") -> Path:
    """As 千牛 writes it: GB18030, CRLF, every cell quoted; 宝贝报表 has a trailing comma."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(header)
    for row in rows:
        cells = [row.get(name.replace(" ", ""), "") for name in header]
        csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator=f"{tail}\r\n").writerow(cells)
    path.write_bytes(text.getvalue().encode("gb18030"))
    return path
