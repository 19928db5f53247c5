"""Small files with coupons and the orders that used them, taken in by the program, and its answers."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from merchant_cli.app import main

ORDERS = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Discount Code,Discount Amount,Lineitem name,"
    "Lineitem quantity,Lineitem price,Lineitem sku,Refunded Amount"
)
COUPONS = (
    "Coupon id,Coupon name,Shop,Borne by,Discount type,Face value,Threshold,Scope,Budget,Currency,Starts on,Ends on"
)
DISCOUNTS = "Name,Value,Value Type,Type,Times Used In Total,Usage Limit Per Code,Status,Start,End"
COSTS = "SKU,Unit cost,Currency,Supplier,Valid from"
RATES = "From,To,Valid from,Rate"
TAOBAO_ORDERS = (
    "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,订单创建时间,订单付款时间,退款金额,"
    "天猫卡券抵扣"
)
TAOBAO_LINES = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,"
    "退款状态,退款金额,订单创建时间,订单付款时间"
)


class Order(NamedTuple):
    """A Shopify order: lines as (SKU, units, price); `off` is taken off the whole of it."""

    name: str
    day: str
    lines: tuple[tuple[str, int, str], ...]
    code: str = ""
    off: str = "0.00"
    refunded: str = ""
    status: str = "paid"
    currency: str = "USD"


def order(
    name: str, day: str, sku: str, units: int, price: str, code: str = "", off: str = "0.00", **more: str
) -> Order:
    """An order of one line."""
    return Order(name, day, ((sku, units, price),), code, off, **more)


class Files:
    """Writes files into a folder and takes them in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(
        self, name: str, head: str, rows: Iterable[Iterable[Any]], *, shop: str = "", encoding: str = "utf-8",
        code: int = 0,
    ) -> None:  # fmt: skip
        """Takes a table in; `code` is the exit code that is expected."""
        path = self.folder / name
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head.split(","), *rows])
        assert main(["import", str(path), *(["--shop", shop] if shop else []), "--quiet"]) == code

    def orders(self, *orders: Order, day: str = "20261115", shop: str = "") -> None:
        """Shopify orders, exported at the beginning of `day`."""
        self.take(f"orders_export_{day}.csv", ORDERS, (row for one in orders for row in _rows(one)), shop=shop)

    def costs(self, *rows: str) -> None:
        """`SKU,cost,currency[,from day]`."""
        cells = [row.split(",") for row in rows]
        self.take("costs.csv", COSTS, ([c[0], c[1], c[2], "", *(c[3:] or [""])] for c in cells))

    def coupons(self, *rows: str, code: int = 0) -> None:
        """The own sheet: `code,borne by,type,face,threshold,scope,budget,currency,first day,last day`."""
        cells = [row.split(",") for row in rows]
        self.take("coupons.csv", COUPONS, ([c[0], f"Coupon {c[0]}", "", *c[1:]] for c in cells), code=code)

    def discounts(self, *rows: str, shop: str = "") -> None:
        """Shopify's export: `name,value,value type,start,end`."""
        cells = [row.split(",") for row in rows]
        made = ([c[0], c[1], c[2], "Amount Off", "1", "", "Active", c[3], c[4]] for c in cells)
        self.take("discounts_export.csv", DISCOUNTS, made, shop=shop)

    def rates(self, *rows: str) -> None:
        self.take("rates.csv", RATES, (row.split(",") for row in rows))

    def taobao(self, *rows: str, lines: bool = True) -> None:
        """Taobao orders of one line: `order,day,code,price,sold,platform discount[,refunded]`."""
        cells = [[*row.split(","), ""][:7] for row in rows]
        made = [
            [c[0], c[4], "0.00", c[4], f"{Decimal(c[4]) - Decimal(c[5]):.2f}", "交易成功", "SF1", f"{c[1]} 10:00:00",
             f"{c[1]} 10:01:00", c[6], c[5]] for c in cells
        ]  # fmt: skip
        self.take("ExportOrderList202611150800.csv", TAOBAO_ORDERS, made, encoding="gb18030")
        if lines:
            made = [
                [f"{c[0]}1", c[0], c[2], c[3], 1, "", "", "", "", c[2], "交易成功", c[4], "没有申请退款", "",
                 f"{c[1]} 10:00:00", f"{c[1]} 10:01:00"] for c in cells
            ]  # fmt: skip
            self.take("ExportOrderDetailList202611150800.csv", TAOBAO_LINES, made, encoding="gb18030")


def _rows(one: Order) -> Iterable[list[Any]]:
    sold = sum(units * Decimal(price) for _, units, price in one.lines) - Decimal(one.off)
    for n, (sku, units, price) in enumerate(one.lines):
        first = [one.status, f"{one.day} 10:00:00 +0000", one.currency, sold, sold, one.code, one.off]
        yield [one.name, *(first if n == 0 else ["", first[1], *[""] * 5]), sku, units, price, sku,
               one.refunded if n == 0 else ""]  # fmt: skip


Asked = Callable[..., dict[str, Any]]


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Asks `merchant coupons QUESTION … --json`; the answer's body."""

    def go(question: str, *words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["coupons", question, "--json", *words]) == 0
        body: dict[str, Any] = json.loads(capsys.readouterr().out)
        return body

    return go


@pytest.fixture
def explained(capsys: pytest.CaptureFixture[str]) -> Asked:
    """What `merchant explain` says of a row; its sums are checked to add up."""

    def go(question: str, key: str, *words: str) -> dict[str, Any]:
        capsys.readouterr()
        assert main(["explain", "coupons", question, "--row", key, "--json", *words]) == 0
        body: dict[str, Any] = json.loads(capsys.readouterr().out)
        for total in {row["total"] for row in body["rows"]}:
            terms = [row for row in body["rows"] if row["total"] == total]
            (whole,) = [row["value"] for row in terms if row["is_total"]]
            parts = [row["value"] for row in terms if not row["is_total"]]
            assert whole is None or round(sum(parts), 2) == whole, total
        assert all(row["file"] and row["line"] for row in body["behind"])
        return body

    return go


def rows(body: dict[str, Any], name: str = "key") -> dict[str, dict[str, Any]]:
    """The answer's rows by the value of a column."""
    return {row[name]: row for row in body["rows"]}


def totals(body: dict[str, Any]) -> dict[str, Any]:
    """The totals of an explanation by name."""
    return {row["total"]: row["value"] for row in body["rows"] if row["is_total"]}


def has_words(body: dict[str, Any], words: str) -> bool:
    return any(words in note for note in body["notes"])
