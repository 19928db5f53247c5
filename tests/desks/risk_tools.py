"""Small files of Taobao, Shopify and the merchant's own, for the orders and inventory desks, and their answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from merchant_cli.app import main

STATUS = {
    "unpaid": "等待买家付款", "paid": "买家已付款，等待卖家发货", "part": "卖家部分发货",
    "shipped": "卖家已发货，等待买家确认", "done": "交易成功", "closed": "交易关闭",
}  # fmt: skip
TAOBAO_ORDERS = (
    "订单编号,买家会员名,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,收货人姓名,联系手机,"
    "订单创建时间,订单付款时间,发货时间,退款金额"
)
TAOBAO_LINES = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,"
    "买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间,发货时间"
)
SHOPIFY = (
    "Name,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Created at,Currency,Subtotal,Shipping,Taxes,Total,"
    "Lineitem name,Lineitem quantity,Lineitem price,Lineitem sku,Refunded Amount,Email"
)
PRODUCTS = (
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,"
    "Variant Compare At Price,Status"
)


class Sale(NamedTuple):
    """A Taobao order of one line; `price` is a unit's; times as the file writes them."""

    order: str
    sku: str
    units: int = 1
    price: str = "100.00"
    state: str = "done"
    placed: str = ""
    paid: str = ""
    shipped: str = ""
    refund: str = ""
    refund_state: str = "没有申请退款"


class Files:
    """Writes files into a folder and takes them in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, name: str, text: str, *words: str, encoding: str = "utf-8") -> None:
        path = self.folder / name
        path.write_text(text, encoding=encoding)
        assert main(["import", str(path), "--quiet", *words]) == 0

    def taobao(self, *sales: Sale, at: str = "20261115080000", lines: bool = True, shop: str = "") -> None:
        """Taobao's two order files, exported at `at`."""
        orders, rows = [TAOBAO_ORDERS], [TAOBAO_LINES]
        for sale in sales:
            total = f"{sale.units * float(sale.price):.2f}"
            paid = "0.00" if sale.state == "unpaid" else total
            placed = sale.placed or sale.paid
            tracked = "SF100" if sale.shipped else ""
            orders.append(
                f"{sale.order},林小满,{total},0.00,{total},{paid},{STATUS[sale.state]},{tracked},林小满,13800001234,"
                f"{placed},{sale.paid},{sale.shipped},{sale.refund if sale.refund_state == '退款成功' else ''}"
            )
            rows.append(
                f"{sale.order}1,{sale.order},杯子{sale.sku},{sale.price},{sale.units},,,,,{sale.sku},{STATUS[sale.state]},"
                f"{total},{paid},{sale.refund_state},{sale.refund},{placed},{sale.paid},{sale.shipped}"
            )
        words = ["--shop", shop] if shop else []
        self.take(f"ExportOrderList{at}.csv", "\n".join(orders) + "\n", *words, encoding="gb18030")
        if lines:
            self.take(f"ExportOrderDetailList{at}.csv", "\n".join(rows) + "\n", *words, encoding="gb18030")

    def shopify(self, *rows: str, exported: str = "2026-11-15 08:00:00", shop: str = "shopify/main") -> None:
        """Shopify orders of one line: `name,financial,created,paid,fulfilled,SKU,units,price[,refunded]`, UTC;
        `partial` as time of fulfilment is one in part."""
        found = [SHOPIFY]
        for row in rows:
            name, money, created, paid, sent, sku, units, price, *back = row.split(",")
            total = f"{int(units) * float(price):.2f}"
            fulfilment = "partial" if sent == "partial" else "fulfilled" if sent else "unfulfilled"
            times = [f"{t} +0000" if t and t != "partial" else "" for t in (paid, sent, created)]
            found.append(
                f"{name},{money},{times[0]},{fulfilment},{times[1]},{times[2]},USD,{total},0.00,0.00,{total},Mug,{units},"
                f"{price},{sku},{(back or [''])[0]},ada@example.com"
            )
        self.take("orders_export.csv", "\n".join(found) + "\n", "--exported", exported, "--shop", shop)

    def stock(self, *rows: str, name: str = "stock.csv") -> None:
        """The merchant's own count: `SKU,units,day[,location]`."""
        found = ["SKU,Location,Counted units,Counted on"]
        for row in rows:
            sku, units, day, *place = row.split(",")
            found.append(f"{sku},{(place or [''])[0]},{units},{day}")
        self.take(name, "\n".join(found) + "\n")

    def costs(self, *rows: str) -> None:
        """Costs: `SKU,title,cost,currency`."""
        head = "SKU,Title,Unit cost,Currency,Supplier,Valid from"
        self.take("costs.csv", "\n".join([head, *(f"{row},," for row in rows)]) + "\n")

    def products(self, *rows: str, day: str = "20261114", shop: str = "shopify/main") -> None:
        """Shopify products of one variant: `handle,SKU,units,price[,status]`."""
        found = [PRODUCTS]
        for row in rows:
            handle, sku, units, price, *state = row.split(",")
            found.append(
                f"{handle},Cup {sku},true,Title,Default Title,{sku},{units},{price},,{(state or ['active'])[0]}"
            )
        self.take(f"products_export_{day}.csv", "\n".join(found) + "\n", "--shop", shop)


Asked = Callable[..., dict[str, Any]]


def asker(capsys: pytest.CaptureFixture[str], desk: str) -> Asked:
    """Asks `merchant DESK QUESTION … --json`; the answer's body, its rows by key."""

    def ask(question: str, *words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main([desk, question, "--json", *words]) == 0
        body: dict[str, Any] = json.loads(capsys.readouterr().out)
        body["rows"] = {row["key"]: row for row in body["rows"]}
        return body

    return ask


def codes(body: dict[str, Any]) -> str:
    """The answer's notes as one text."""
    return "\n".join(str(note) for note in body["notes"])


def explained(capsys: pytest.CaptureFixture[str], desk: str, question: str, key: str, *words: str) -> dict[str, Any]:
    """Total → value of what `merchant explain` says of a row, its sums checked; `tables` are those behind it."""
    capsys.readouterr()
    assert main(["explain", desk, question, "--row", key, "--json", *words]) == 0
    body: dict[str, Any] = json.loads(capsys.readouterr().out)
    found: dict[str, Any] = {}
    for total in {row["total"] for row in body["rows"]}:
        terms = [row for row in body["rows"] if row["total"] == total]
        (whole,) = [row["value"] for row in terms if row["is_total"]]
        parts = [row["value"] for row in terms if not row["is_total"]]
        assert whole is None or round(sum(parts), 2) == whole, total
        found[total] = whole
    assert all(row["file"] and row["line"] for row in body["behind"])
    return found | {"tables": {row["table"] for row in body["behind"]}}
