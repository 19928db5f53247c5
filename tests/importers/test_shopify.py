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


def test_an_amount_that_cannot_be_negative_waits(tmp_path: Path) -> None:
    header, *body = table(ORDERS)
    first = body[:2]
    for number, column in enumerate(("Total", "Subtotal", "Shipping", "Discount Amount", "Refunded Amount",
                                     "Lineitem price", "Lineitem discount")):  # fmt: skip
        wrong = [list(row) for row in first]
        wrong[0][header.index(column)] = "-1.00"
        folder = tmp_path / str(number)
        folder.mkdir()
        store, (receipt,) = taken(folder, [written(folder / ORDERS.name, [header, *wrong, *body[2:3]])])
        assert receipt.outcome["quarantined"] == 2 and receipt.outcome["inserted"] == 1
        assert rows(store, "SELECT code, column_name FROM quarantine ORDER BY line") == [
            ("negative-amount", column), ("order-incomplete", ""),
        ]  # fmt: skip


def test_money_owed_to_the_buyer_is_a_negative_balance(tmp_path: Path) -> None:
    header, *body = table(ORDERS)
    body[0][header.index("Outstanding Balance")] = "-5.00"
    store, (receipt,) = taken(tmp_path / "s", [written(tmp_path / ORDERS.name, [header, *body[:2]])])
    assert not receipt.outcome["quarantined"]
    assert rows(store, "SELECT paid FROM fact_orders") == [(6008,)]


STOCK = "SELECT counted, reserved, on_hand, available FROM stock_now WHERE sku = 'CUP-W'"


def cups(name: str, units: int, day: str, state: str, amount: str = "", sent: str = "") -> list[str]:
    """An order of cups at 10.00 and 5.00 for sending them; `amount` is what went back to the buyer."""
    goods = units * 10
    row = f"{name},{state},{sent},2024-09-{day} 10:00:00 +0000,USD,{goods}.00,5.00,{goods + 5}.00,{amount}"
    return [*row.split(","), str(units), "Cup", "10.00", "CUP-W"]


CUPS = [
    "Name", "Financial Status", "Fulfillment Status", "Created at", "Currency", "Subtotal", "Shipping", "Total",
    "Refunded Amount", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem sku",
]  # fmt: skip


@pytest.mark.parametrize("counted", [True, False])
def test_an_order_that_was_refunded_before_it_was_sent_takes_no_stock(tmp_path: Path, counted: bool) -> None:
    orders = [
        cups("#1", 2, "06", "paid"),  # reserved
        cups("#2", 3, "06", "refunded", "35.00"),  # all of it, since the count
        cups("#3", 4, "02", "refunded", "40.00"),  # its goods, before the count
        cups("#4", 5, "06", "partially_refunded", "20.00"),  # the rest will be sent: reserved
        cups("#5", 6, "06", "refunded", "65.00", "fulfilled"),  # sent, and nobody says that it came back
        cups("#6", 7, "06", "refunded", "75.00", "partial"),  # nobody knows how much was sent: reserved
    ]
    files = [written(tmp_path / "orders_export_20240908.csv", [CUPS, *orders])]
    if counted:
        cells = [["SKU", "Counted units", "Counted on"], ["CUP-W", "100", "2024-09-04"]]
        files.append(written(tmp_path / "stock.csv", cells))
    else:
        header, *body = table(PRODUCTS)
        for row in body:
            row[header.index("Variant Inventory Qty")] = "100" if "CUP-W" in row else ""
        files.append(written(tmp_path / "products_export_20240904.csv", [header, *body]))
    store, receipts = taken(tmp_path / "s", files)
    assert [receipt.problem for receipt in receipts] == [None, None]
    assert rows(store, STOCK) == [(100, 14, 94, 80)]  # 6 were sent; 2 + 5 + 7 are reserved


def test_the_word_refunded_without_an_amount_is_all_of_it(tmp_path: Path) -> None:
    at = CUPS.index("Refunded Amount")
    orders = [
        [*row[:at], *row[at + 1 :]] for row in (CUPS, cups("#1", 2, "06", "refunded"), cups("#2", 1, "06", "paid"))
    ]
    store, _ = taken(tmp_path / "s", [written(tmp_path / "orders_export_20240908.csv", orders)])
    assert rows(store, "SELECT order_id, refunded FROM fact_orders ORDER BY 1") == [("#1", 2500), ("#2", None)]


def test_duties_are_tax_on_top(tmp_path: Path) -> None:
    """40.00 of goods, 10.00 shipping, 8.00 tax and 3.00 duties come to 61.00."""
    header, *body = table(ORDERS)
    line = dict(zip(header, body[0], strict=True)) | {
        "Subtotal": "40.00", "Shipping": "10.00", "Taxes": "8.00", "Total": "61.00", "Lineitem quantity": "1",
        "Lineitem price": "40.00", "Lineitem discount": "0.00", "Discount Amount": "0.00", "Discount Code": "",
    }  # fmt: skip
    line["Duties"] = "3.00"
    order = written(tmp_path / "orders_export_20240907.csv", [[*line], [*line.values()]])
    store, _ = taken(tmp_path / "s", [order])
    assert rows(store, "SELECT tax_added, tax_inside FROM fact_orders") == [(1100, None)]
