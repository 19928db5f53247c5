"""Small files with reviews and the orders that they speak of, taken in by the program, and its answers."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from merchant_cli.app import main

ORDERS = (
    "Name,Financial Status,Created at,Currency,Subtotal,Total,Lineitem name,Lineitem quantity,Lineitem price,"
    "Lineitem sku,Refunded Amount"
)
REVIEWS = "Review id,Shop,Order id,SKU,Reviewed on,Stars,Review text,Follow-up,Shop reply"
PRODUCTS = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Status"
JUDGEME = (
    "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,product_id,product_handle,reply,"
    "reply_date,picture_urls,ip_address,location,metaobject_handle"
)


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


class Shop:
    """Writes files into a folder, takes them in and asks. Orders end on 2025-06-14, so that is the as-of day."""

    def __init__(self, folder: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.store, self.capsys = folder, store, capsys

    def run(self, *words: str, code: int | None = 0) -> Ran:
        got = main(list(words))
        out, err = self.capsys.readouterr()
        assert code is None or got == code, err
        return Ran(got, out, err)

    def take(self, name: str, head: str, rows: Iterable[Iterable[Any]], *words: str, code: int = 0) -> Ran:
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([head.split(","), *rows])
        return self.run("import", str(path), "--quiet", *words, code=code)

    def orders(self, *rows: str, day: str = "20250615", shop: str = "") -> None:
        """`number,day,SKU,units,price[,refunded]`: a paid Shopify order in USD of one line each."""
        made = []
        for row in rows:
            name, on, sku, units, price, back = [*row.split(","), ""][:6]
            total = f"{int(units) * float(price):.2f}"
            status = "partially_refunded" if back else "paid"
            made.append(
                [name, status, f"{on} 10:00:00 +0000", "USD", total, total, f"Mug {sku}", units, price, sku, back]
            )
        self.take(f"orders_export_{day}.csv", ORDERS, made, *(["--shop", shop] if shop else []))

    def reviews(self, *rows: tuple[Any, ...], name: str = "reviews.csv", code: int = 0, shop: str = "") -> Ran:
        """The own sheet: (id, order, SKU, day, stars, text[, follow-up[, reply]])."""
        made = [[row[0], "", *row[1:], *[""] * (8 - len(row))] for row in rows]
        return self.take(name, REVIEWS, made, *(["--shop", shop] if shop else []), code=code)

    def paste(self, text: str, *words: str, code: int | None = 0) -> Ran:
        return self.typed(text.encode(), *words, code=code)

    def typed(self, raw: bytes, *words: str, code: int | None = 0) -> Ran:
        was, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(raw))
        try:
            return self.run("reviews", "paste", *words, code=code)
        finally:
            sys.stdin = was

    def ask(self, question: str, *words: str) -> dict[str, Any]:
        return self.run("reviews", question, "--json", *words).json

    def rows(self, question: str, *words: str) -> dict[str, dict[str, Any]]:
        """The rows by their keys, without what every key begins with."""
        found = self.ask(question, *words)["rows"]
        return {row["key"].removeprefix("review:own/"): row for row in found}

    def keys(self, question: str, *words: str) -> list[str]:
        return list(self.rows(question, *words))

    def rule(self, name: str, text: str) -> None:
        """Puts a rule file of the merchant's own beside the store."""
        folder = self.store.with_name("rules")
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


Made = Callable[..., Shop]


@pytest.fixture
def shop(tmp_path: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> Shop:
    return Shop(tmp_path, store, capsys)
