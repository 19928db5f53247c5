"""Small files of several platforms, taken in by the program itself, and its answers as people get them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main

PRODUCTS = (
    "Handle,Title,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,"
    "Variant Compare At Price,Status,Cost per item"
)
ORDERS = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Refunded Amount"
)
WOO = "ID,Type,SKU,Name,Published,Regular price,Sale price,Stock"
COSTS = "SKU,Title,Unit cost,Currency,Supplier,Valid from"
RATES = "From,To,Valid from,Rate"
TAOBAO = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,"
    "退款状态,退款金额,订单创建时间,订单付款时间,商品ID"
)

TAOBAO_ORDERS = (
    "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,订单创建时间,订单付款时间,退款金额"
)


class Files:
    """Writes files into a folder and takes them in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, head: str, rows: Iterable[str], encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_text("\n".join([head, *rows]) + "\n", encoding=encoding)
        return path

    def take(self, name: str, head: str, *rows: str, shop: str = "", encoding: str = "utf-8", code: int = 0) -> None:
        path = self.write(name, head, rows, encoding)
        assert main(["import", str(path), *(["--shop", shop] if shop else [])]) == code

    def products(self, *rows: str, day: str = "20261114", shop: str = "", code: int = 0) -> None:
        """Shopify products: `handle,title,option,SKU,units,price,struck price,cost[,state]`; option empty for none."""
        self.take(f"products_export_{day}.csv", PRODUCTS, *map(_product, rows), shop=shop, code=code)

    def orders(self, *rows: str, day: str = "20261115") -> None:
        """Shopify orders of one line: `name,day,SKU,units,price[,refunded]`."""
        self.take(f"orders_export_{day}.csv", ORDERS, *map(_order, rows))

    def taobao(self, *rows: str, day: str = "202611150800") -> None:
        """Taobao orders with their lines: `order,day,listing,code,title,options,units,price`."""
        found = [_taobao(n, row) for n, row in enumerate(rows, 1)]
        self.take(f"ExportOrderList{day}.csv", TAOBAO_ORDERS, *(order for order, _ in found), encoding="gb18030")
        self.take(f"ExportOrderDetailList{day}.csv", TAOBAO, *(line for _, line in found), encoding="gb18030")


def _product(row: str) -> str:
    handle, title, option, sku, units, price, struck, cost, *state = row.split(",")
    name, value = ("Size", option) if option else ("Title", "Default Title")
    return f"{handle},{title},true,{name},{value},{sku},{units},{price},{struck},{(state or ['active'])[0]},{cost}"


def _order(row: str) -> str:
    name, day, sku, units, price, *refunded = row.split(",")
    total = f"{int(units) * float(price):.2f}"
    return (
        f"{name},paid,{day} 10:00:00 +0000,USD,{total},{total},{sku},{units},{price},{sku},{(refunded or [''])[0]}"
    )  # fmt: skip


def _taobao(n: int, row: str) -> tuple[str, str]:
    """One order and its only line."""
    order, day, listing, code, title, options, units, price = row.split(",")
    paid, times = f"{int(units) * float(price):.2f}", f"{day} 10:00:00,{day} 10:01:00"
    ends = f"交易成功,{paid},没有申请退款,,{times},{listing}"
    line = f"{order}{n},{order},{title},{price},{units},,{options},,,{code},{ends}"
    return f"{order},{paid},0.00,{paid},{paid},交易成功,SF{n},{times},", line


Asked = Callable[..., dict[str, Any]]


def asker(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Asks `merchant listings QUESTION … --json`; the answer's body."""

    def ask(question: str, *words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["listings", question, "--json", *words]) == 0
        body: dict[str, Any] = json.loads(capsys.readouterr().out)
        return body

    return ask


def by(body: dict[str, Any], *names: str) -> dict[Any, dict[str, Any]]:
    """The answer's rows by the value (or values) of a column."""
    rows: list[dict[str, Any]] = body["rows"]
    return {row[names[0]] if len(names) == 1 else tuple(row[n] for n in names): row for row in rows}


def explained(capsys: pytest.CaptureFixture[str], question: str, key: str, *words: str) -> dict[str, Any]:
    """What `merchant explain` says of a row; its sums are checked to add up."""
    capsys.readouterr()
    assert main(["explain", "listings", question, "--row", key, "--json", *words]) == 0
    body: dict[str, Any] = json.loads(capsys.readouterr().out)
    for total in {row["total"] for row in body["rows"]}:
        terms = [row for row in body["rows"] if row["total"] == total]
        whole = [row["value"] for row in terms if row["is_total"]]
        parts = [row["value"] for row in terms if not row["is_total"]]
        assert whole == [None] or round(sum(parts), 2) == whole[0], total
    assert all(row["file"] and row["line"] for row in body["behind"])
    return body
