"""A small Shopify shop with more listed than there is, and what the tests of proposals ask of it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main

ORDERS = (
    "Name,Email,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Fulfillment Status,Fulfilled at\n"
)
PRODUCTS = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Inventory Qty,Status\n"  # noqa: E501
NEW_PRODUCTS = "Title,URL handle,Option1 name,Option1 value,SKU,Price,Compare-at price,Inventory quantity,Status\n"
INVENTORY = (
    "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Committed (not editable),On hand (current),On hand (new)\n"
)


class Shop:
    """The folder of files beside the store, and the command line."""

    def __init__(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.store, self.capsys = store, capsys
        self.files = store.parent / "files"
        self.files.mkdir(exist_ok=True)
        self.up = store.parent / "up"

    def run(self, *args: str, exit: int = 0) -> str:
        """What a command prints; its exit code is checked."""
        code = main(list(args))
        out, err = self.capsys.readouterr()
        assert code == exit, f"{args} ended with {code}:\n{out}{err}"
        self.said = err
        return out

    def json(self, *args: str, exit: int = 0) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(*args, "--json", exit=exit))
        return found

    def take(self, name: str, text: str, *more: str, exit: int = 0) -> dict[str, Any]:
        path = self.files / name
        path.write_text(text, encoding="utf-8")
        found: dict[str, Any] = self.json("import", str(path), *more, exit=exit)["files"][0]
        return found

    def proposals(self) -> dict[int, dict[str, Any]]:
        return {row["number"]: row for row in self.json("proposals")["rows"]}

    def states(self) -> list[str]:
        return [one["state"] for _, one in sorted(self.proposals().items())]

    def send(self, *more: str, exit: int = 0) -> dict[str, Any]:
        return self.json("send", "-o", str(self.up), *more, exit=exit)

    def sent_rows(self, name: str) -> list[dict[str, str]]:
        """The rows of the file whose name holds `name`."""
        path = next(p for p in self.up.iterdir() if name in p.name and p.suffix == ".csv")
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def order(number: int, day: str, sku: str, units: int, price: str = "20.00") -> str:
    total = f"{float(price) * units:.2f}"
    at = f"{day} 10:00:00 +0000"
    return f"#{number},a{number}@example.com,paid,{at},USD,{total},{total},Mug,{units},{price},{sku},fulfilled,{at}\n"


def begin(shop: Shop, *, listed: int = 12, price: str = "20.00", compare_at: str = "") -> None:
    """Ten mugs counted, `listed` offered at 20.00, a cost of 25.00: oversold by `listed` - 10 and below cost.

    Data end on 2025-03-20; a product without options beside it has nothing wrong.
    """
    shop.take(
        "orders_export_20250320.csv", ORDERS + "".join(order(n, f"2025-03-{n:02}", "M-1", 1) for n in range(1, 21))
    )
    shop.take("products_export_20250320.csv", products(listed, price, compare_at))
    shop.take("stock.csv", "SKU,Counted units,Counted on\nM-1,10,2025-03-20\nP-1,50,2025-03-20\n")
    shop.take(
        "costs.csv",
        "SKU,Unit cost,Currency,Valid from,Supplier,Lead days\nM-1,25.00,USD,2025-01-01,Kiln,5\nP-1,1.00,USD,2025-01-01,Kiln,5\n",  # noqa: E501
    )


def products(listed: int, price: str, compare_at: str = "", head: str = PRODUCTS) -> str:
    rows = [("mug", "Mug", "Color", "Blue", "M-1", price, compare_at, listed),
            ("plate", "Plate, round", "Title", "Default Title", "P-1", "30.00", "", 5)]  # fmt: skip
    if head == NEW_PRODUCTS:
        rows = [(title, handle, *rest) for handle, title, *rest in rows]  # type: ignore[misc]
    return head + "".join(",".join(f'"{v}"' if "," in str(v) else str(v) for v in row) + ",active\n" for row in rows)
