"""Hostile text files through the real command line into a real store, and what the store then says."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from merchant_cli.app import main

TAOBAO = ["订单编号", "买家会员名", "买家应付货款", "买家应付邮费", "总金额", "买家实际支付金额", "订单状态",
          "订单创建时间", "订单付款时间"]  # fmt: skip
SHOPIFY = ["Name", "Financial Status", "Created at", "Currency", "Subtotal", "Total", "Lineitem name",
           "Lineitem quantity", "Lineitem price", "Lineitem sku", "Email"]  # fmt: skip
COUNTS = ("inserted", "updated", "unchanged", "quarantined", "ignored")


def taobao(
    order: str, *, money: str = "59.00", status: str = "交易成功", buyer: str = "tb123", at: str = ""
) -> list[str]:
    """One Taobao order, with nothing to add to it."""
    at = at or "2026-11-01 10:00:00"
    return [order, buyer, money, "0.00", money, money, status, at, at]


def shopify(
    order: str, *, money: str = "10.00", title: str = "Mug", code: str = "A-1", units: str = "1", email: str = "",
    at: str = "2026-11-01 10:00:00 +0000",
) -> list[str]:  # fmt: skip
    """One Shopify order of one line."""
    return [order, "paid", at, "USD", money, money, title, units, money, code, email]


def as_csv(rows: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as a program writes them, quoted where it must be."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue()


class Taken(NamedTuple):
    """What an import came to: exit code, the receipts as JSON, and what it printed."""

    code: int
    files: list[dict[str, Any]]
    printed: str

    @property
    def only(self) -> dict[str, Any]:
        (file,) = self.files
        return file


class Hostile:
    """A store of its own; `take` imports, `ask` queries, `waiting` tells the quarantine."""

    def __init__(self, store: Path, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.store, self.folder, self.capfd = store, folder, capfd

    def write(self, content: str | bytes, name: str = "orders_export_20261115.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    def take(self, path: str | Path, *more: str) -> Taken:
        """Imports; whatever came in, nothing ends in a traceback and every receipt adds up."""
        self.capfd.readouterr()
        code = main(["import", str(path), "--json", *more])
        out, err = self.capfd.readouterr()
        assert "Traceback" not in err and "unexpected" not in err, err
        files = json.loads(out)["files"] if out.strip() else []
        for file in files:
            assert file["read"] == sum(file[name] for name in COUNTS), file
            assert sum(file["ignored_by"].values()) == file["ignored"], file
        return Taken(code, files, out + err)

    def given(self, content: str | bytes, *more: str, name: str = "", encoding: str = "utf-8") -> Taken:
        return self.take(self.write(content, name or "orders_export_20261115.csv", encoding), *more)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        if not self.store.exists():
            return []
        with closing(sqlite3.connect(self.store)) as db:
            return db.execute(sql).fetchall()

    def waiting(self) -> list[tuple[int, str]]:
        """Line and fault of each row in quarantine."""
        return [(line, code) for line, code in self.ask("SELECT line, code FROM quarantine ORDER BY line")]

    def orders(self, column: str = "sold") -> dict[str, Any]:
        return dict(self.ask(f"SELECT order_id, {column} FROM fact_orders ORDER BY order_id"))

    def lines(self, column: str = "title") -> dict[str, Any]:
        return dict(self.ask(f"SELECT order_id, {column} FROM fact_order_lines ORDER BY order_id"))
