"""Pinduoduo's money, worked out by hand, whatever fields and order the merchant chose for the export."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import pytest
import xlsxwriter

from tests.importers.taking import HERE, digest, reference, rows, taken

SAMPLE = HERE / "pinduoduo" / "orders" / "orders_export_20241105.csv"


def sample() -> tuple[list[str], list[list[str]]]:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        header, *body = csv.reader(stream)
    return header, body


def written(path: Path, header: list[str], encoding: str = "utf-8") -> Path:
    """The sample's orders under another header row; a version's own name for a column holds what ours holds."""
    ours, body = sample()
    cells = [dict(zip(ours, row, strict=True)) for row in body]
    for row in cells:
        row["商家编码-SKU维度"] = row["商家编码-规格维度"]
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([header, *([row.get(name, "") for name in header] for row in cells)])
    return path


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Six orders count: 1 and 6 received, 2 to be shipped, 3 and 8 on the way, 5 refunded after shipping.

    listed    118.00 + 39.90 + 1299.90 + 80.00 + 45.00 + 25.00 = 1607.80
    discount   10.00 + 0 + 100.00 + 5.00 + 0 + 0              =  115.00   sold 1492.80
    platform    5.00 + 1.50 + 0 + 30.00 + 10.00 + 0 + 2.00    =   48.50
    shipping    6.00 (2) + 3.00 (8)                           =    9.00
    paid      101.50 + 45.90 + 1169.90 + 65.00 + 45.00 + 26.00 = 1453.30 = 1492.80 − 48.50 + 9.00
    received  108.00 + 45.90 + 1199.90 + 75.00 + 45.00 + 28.00 = 1501.80
    """
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(
        store,
        "SELECT sum(sum_listed), sum(shop_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
        " sum(received), sum(units), count(*) FROM fact_orders WHERE counts = 1",
    ) == [(160780, 11500, 149280, 4850, 900, 145330, 150180, 10, 6)]
    # Gross and discounts by day; the refund of order 5 is all that was paid, 65.00, on the day of the order.
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 15790, 1000, 0, 14790),  # 118.00 + 39.90
        ("2024-10-02", 2, 137990, 10500, 6500, 120990),  # 1299.90 + 80.00; 100.00 + 5.00
        ("2024-10-03", 2, 7000, 0, 0, 7000),  # 45.00 + 25.00; what of 45.00 went back no file says
    ]


def test_who_counts_and_what_came_back(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT substr(order_id, 22), status, counts, open, placed_day FROM fact_orders")
    assert found == [
        ("1", "completed", 1, 0, "2024-10-01"),
        ("2", "paid", 1, 1, "2024-10-01"),
        ("3", "shipped", 1, 0, "2024-10-02"),
        ("4", "cancelled", 0, 0, "2024-10-02"),  # refunded before it was shipped
        ("5", "cancelled", 1, 0, "2024-10-02"),  # refunded after it was shipped
        ("6", "completed", 1, 0, "2024-10-03"),
        ("7", "cancelled", 0, 0, "2024-10-03"),  # never paid
        ("8", "shipped", 1, 0, "2024-10-03"),
        ("9", "unknown", 0, 0, "2024-10-04"),
    ]
    assert rows(store, "SELECT substr(order_id, 22), amount_minor, state FROM refunds") == [("5", 6500, "done")]
    asked = "SELECT substr(order_id, 22), refund_state FROM fact_order_lines WHERE refund_state IS NOT NULL"
    assert rows(store, asked) == [("4", "done"), ("5", "done"), ("6", "done"), ("8", "asked")]


def test_a_line_without_a_merchants_code_has_the_platforms(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT code, listing_id, units FROM fact_order_lines WHERE title IN ('杯垫', '点心盘')")
    assert found == [("8005", "700005x", 2), ("PAN", "700006", 1)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("version", ["2020", "2023", "2026"])
def test_every_version_tells_the_same_money(tmp_path: Path, version: str, encoding: str) -> None:
    header = reference("cn")[f"pdd_order_{version}"]
    stores = []
    for n, names in enumerate((header, Random(version).sample(header, len(header)))):
        (tmp_path / str(n)).mkdir()
        store, (receipt,) = taken(tmp_path / str(n) / "s", [written(tmp_path / str(n) / SAMPLE.name, names, encoding)])
        assert receipt.importer == "pinduoduo orders"
        assert (receipt.read, receipt.outcome["quarantined"], receipt.ignored_by["duplicate"]) == (13, 3, 1)
        stores.append(store)
    assert digest(stores[0]) == digest(stores[1])
    # 2020 knows nothing of 多多支付立减: 1.50 less.
    platform = 4700 if version == "2020" else 4850
    assert rows(
        stores[0],
        "SELECT sum(sold), sum(shop_discount), sum(platform_discount), sum(shipping), sum(paid) FROM fact_orders"
        " WHERE counts = 1",
    ) == [(149280, 11500, platform, 900, 145330)]


def test_an_order_newer_in_another_export_goes_on(tmp_path: Path) -> None:
    """Order 2 is shipped and refunded in the December export; the January one, exported earlier, changes nothing."""
    header, body = sample()
    at = {name: header.index(name) for name in ("订单号", "订单状态", "发货时间", "售后状态")}
    later = [row for row in body if row[at["订单号"]].strip().endswith("2") and "0000" in row[at["订单号"]]][:1]
    later[0][at["订单状态"]], later[0][at["发货时间"]], later[0][at["售后状态"]] = (
        "已发货，退款成功", "2024-10-02 09:00:00\t", "退款成功",
    )  # fmt: skip
    path = tmp_path / "orders_export_20241205.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *later])
    stores = [taken(tmp_path / str(n), *groups)[0] for n, groups in enumerate(([[SAMPLE], [path]], [[path], [SAMPLE]]))]
    assert digest(stores[0]) == digest(stores[1])
    assert rows(stores[0], "SELECT amount_minor, done_day FROM refunds WHERE order_id LIKE '241001%2'") == [
        (4590, "2024-12-05")
    ]


def test_a_workbook_says_the_same_as_the_text(tmp_path: Path) -> None:
    header, body = sample()
    book = xlsxwriter.Workbook(str(tmp_path / "orders_export_20241105.xlsx"))
    sheet = book.add_worksheet("订单")
    for n, row in enumerate([header, *body]):
        sheet.write_row(n, 0, row)
    book.close()
    one, _ = taken(tmp_path / "1", [tmp_path / "orders_export_20241105.xlsx"])
    other, _ = taken(tmp_path / "2", [SAMPLE])
    assert digest(one) == digest(other)
