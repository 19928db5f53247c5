"""Shopify's files agree with each other, whatever a spreadsheet did to them."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest

from tests.importers.taking import HERE, digest, rows, taken

ORDERS = HERE / "shopify" / "orders" / "orders_export_20240908.csv"
PRODUCTS = HERE / "shopify" / "products" / "products_export_20240908.csv"
INVENTORY = HERE / "shopify" / "inventory" / "inventory_export_20240908.csv"


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def written(path: Path, cells: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(cells)
    return path


def test_a_variant_without_sku_has_one_code_in_all_files(tmp_path: Path) -> None:
    header, *body = table(ORDERS)
    line = dict(zip(header, body[0], strict=True))
    line |= {"Lineitem name": 'Stone Cup - Blue / 9" wide', "Lineitem sku": ""}
    order = written(tmp_path / "orders_export_20240907.csv", [header, [line[name] for name in header]])
    store, _ = taken(tmp_path / "s", [order, PRODUCTS, INVENTORY])
    code = '~stone cup - blue / 9" wide'
    assert rows(store, "SELECT code FROM fact_order_lines") == [(code,)]
    assert rows(store, "SELECT variant_id FROM fact_listings WHERE code = ?", code) == [('Blue / 9" wide',)]


def test_rows_in_any_order_and_columns_in_any_order_give_the_same_store(tmp_path: Path) -> None:
    header, *body = table(ORDERS)
    store, _ = taken(tmp_path / "as is", [ORDERS])
    rng = Random(7)
    for n, column in enumerate(("Lineitem price", "Lineitem name", "Total", "Paid at")):
        mixed = sorted(body, key=lambda row: row[header.index(column)])
        at = rng.sample(range(len(header)), len(header))
        folder = tmp_path / str(n)
        folder.mkdir()
        path = written(folder / ORDERS.name, [[row[i] for i in at] for row in [header, *mixed]])
        again, _ = taken(folder, [path])
        assert digest(again) == digest(store)


@pytest.mark.parametrize("columns", [79, 75])
def test_the_older_width_tells_the_same(tmp_path: Path, columns: int) -> None:
    path = written(tmp_path / ORDERS.name, [row[:columns] for row in table(ORDERS)])
    store, _ = taken(tmp_path / "a", [path])
    whole, _ = taken(tmp_path / "b", [ORDERS])
    assert digest(store) == digest(whole)


def test_a_cost_is_in_the_currency_of_the_shop(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [PRODUCTS, ORDERS])
    assert rows(store, "SELECT sku, from_day, cost, currency FROM fact_costs") == [("CUP-W", "", 620, "USD")]
    assert rows(store, "SELECT DISTINCT currency FROM fact_prices") == [("USD",)]


def test_an_order_without_its_main_row_is_kept_and_does_not_count(tmp_path: Path) -> None:
    header, *body = table(ORDERS)
    path = written(tmp_path / ORDERS.name, [header, body[1], body[3]])
    store, _ = taken(tmp_path / "s", [path])
    found = rows(store, "SELECT order_id, status, counts FROM fact_orders ORDER BY order_id")
    assert found == [("#1001", "unknown", 0), ("#1003", "cancelled", 0)]
