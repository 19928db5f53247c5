"""A store whose fact rows are written directly: each test says exactly what is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.basics.days import end_of, start_of
from merchant_cli.desks.base import Scope
from merchant_cli.store import open as store

AS_OF = "2026-11-14"
SHOPS = ("taobao/main", "shopify/us")


class Store:
    """Fact rows by keyword; every row gets import 1 and a line of its own."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db, self.line = db, 0
        for no, platform, name, currency, sale_day in (
            (0, "own", "main", None, "paid"), (1, "taobao", "main", "CNY", "paid"),
            (2, "shopify", "us", "USD", "placed"),
        ):  # fmt: skip
            row = (no, f"{platform}/{name}", platform, name, None, currency, "Asia/Shanghai", sale_day, None)
            db.execute("INSERT INTO shops VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        as_of = start_of(AS_OF, "Asia/Shanghai") + 40_000
        row = (1, "", "f", "x", "1", None, 1, "k", as_of, "row", 0, None, None, "applied", "[]", "{}", "{}")
        db.execute(f"INSERT INTO imports VALUES ({', '.join('?' * 17)})", row)

    def put(self, table: str, **values: Any) -> None:
        self.line += 1
        row = {"shop": 0, "import_no": 1, "line": self.line, "row_hash": 0} | values
        marks = ", ".join(f":{name}" for name in row)
        self.db.execute(f"INSERT INTO fact_{table} ({', '.join(row)}) VALUES ({marks})", row)

    def cover(self, first: str, last: str, *, shop: int = 1, full: int = 1, kind: str = "orders") -> None:
        day, end = date.fromisoformat(first), date.fromisoformat(last)
        while day <= end:
            self.db.execute("INSERT INTO import_days VALUES (1, ?, ?, ?, ?)", (shop, kind, day.isoformat(), full))
            day += timedelta(1)

    def order(self, order_id: str, day: str, sku: str, units: int, sold: int, **more: Any) -> None:
        """One order with one goods line, paid and shipped on its day unless `more` says otherwise."""
        shop, currency = more.pop("shop", 1), more.pop("currency", "CNY")
        values = {"status": "shipped", "shipped_day": day, "open": 0, "counts": 1, "paid": sold} | more
        self.put("orders", shop=shop, order_id=order_id, currency=currency, day=day, sum_sold=sold, **values)
        self.put("order_lines", shop=shop, order_id=order_id, line_key=f"{sku}#1", code=sku, line_kind="goods",
                 units=units, sold=sold, day=day, counts=values["counts"], currency=currency)  # fmt: skip

    def count(self, sku: str, day: str, units: int, location: str = "", at: int | None = None) -> None:
        at = end_of(day, "Asia/Shanghai") if at is None else at
        self.put("stock_counts", location=location, code=sku, counted_at=at, counted_day=day, units=units)

    def refund(self, order_id: str, amount: int, *, units: int | None = None, code: str | None = None,
               day: str = "2026-11-12", shop: int = 1) -> None:  # fmt: skip
        self.put("refunds", shop=shop, refund_id=f"r{self.line}", line_key="", order_id=order_id, code=code,
                 units=units, amount=amount, done_day=day, state="done",
                 detail=int(code is not None), day_known=1)  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Store]:
    with store.write(tmp_path / "s.db", "test") as db:
        yield Store(db)


@pytest.fixture
def scope() -> Scope:
    return Scope(AS_OF, SHOPS, currency="CNY")
