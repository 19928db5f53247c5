"""Douyin's money, worked out by hand, in both shapes of the export."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.importers.taking import HERE, digest, quarantined, reference, rows, taken

SAMPLE = HERE / "douyin" / "orders" / "订单_商品维度_20241105.csv"
SUMS = (
    "SELECT sum(sold), sum(shop_discount), sum(platform_discount), sum(shipping), sum(paid), sum(refunded), sum(units),"
    " count(*) FROM fact_orders WHERE counts = 1"
)


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Seven orders count: 101, 201 (two sub-orders), 401 (refunded), 601 (one of two refunded), 701, 801, 1001.

    应付           100 + 40 + 50 + 40 + 30 + 15 + 10 + 12 + 33 + 50     = 380.00, which is what was paid
    平台 + 达人     (5 + 3) + 2 + (6 + 4) + 5                             =  25.00
    运费 inside     6.00 of 201: 39.90 × 1 = 40 + 2 + 3.90 − 6            so it is taken off
    运费 outside    8.00 of 1001: 50.00 × 1 = 50                          so it is not
    sold            380.00 + 25.00 − 6.00                               = 399.00
    商家            10.00 + 3.90                                         =  13.90
    refunded        40.00 (401) + 15.00 (602)                           =  55.00
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(store, SUMS) == [(39900, 1390, 2500, 1400, 38000, 5500, 13, 7)]
    # 1001 says that its shipping is not inside, and that the buyer pays none: named, not mended.
    notes = {note.code: note.params for note in receipt.notes}
    assert notes["identity"] == {"gaps": 1, "checked": 7, "orders": "6920000000000001001"}
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 21790, 1390, 0, 20400),  # listed 118.00 + 39.90 + 3 × 20.00
        ("2024-10-02", 2, 9000, 0, 5500, 3500),  # 45.00 + 30.00 + 15.00
        ("2024-10-03", 2, 5500, 0, 0, 5500),  # 10.00 + 12.00 + 33.00
        ("2024-10-04", 1, 5000, 0, 0, 5000),
    ]


def test_who_counts_and_what_came_back(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT CAST(substr(order_id, 14) AS INTEGER), status, counts, open, paid FROM fact_orders")
    assert found == [
        (101, "completed", 1, 0, 10000),
        (201, "shipped", 1, 0, 9000),
        (301, "cancelled", 0, 0, 0),  # never paid
        (401, "cancelled", 1, 0, 4000),  # closed after it was shipped
        (501, "cancelled", 0, 0, 2500),  # closed before
        (601, "completed", 1, 0, 4500),
        (701, "part_shipped", 1, 1, 2200),
        (801, "completed", 1, 0, 3300),
        (901, "unpaid", 0, 0, 0),
        (1001, "paid", 1, 1, 5000),
        (1101, "unknown", 0, 0, 5000),
    ]
    back = "SELECT CAST(substr(order_id, 14) AS INTEGER), line_key, units, amount_minor FROM refunds ORDER BY 1, 2"
    assert rows(store, back) == [
        (401, "", None, 4000),
        (601, "", None, 1500),
        (601, "6920000000000000602", 1, 1500),
    ]
    # The order's total says the same as its line, and is not counted a second time.
    assert rows(store, "SELECT sum(amount_minor) FROM refunds_booked") == [(5500,)]


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        header, *body = csv.reader(stream)
    return [dict(zip(header, row, strict=True)) for row in body if len(row) == len(header)]


def written(path: Path, header: list[str], body: list[dict[str, str]], encoding: str = "utf-8-sig") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([header, *([row.get(name, "") for name in header] for row in body)])
    return path


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("version", ["a", "b", "custom"])
def test_every_version_tells_the_same_money(tmp_path: Path, version: str, encoding: str) -> None:
    header, body = reference("cn")[f"dy_order_{version}"], cells(SAMPLE)
    for row in body:
        row["商品单价"] = row["商品金额"]
    stores = []
    for n, names in enumerate((header, Random(version).sample(header, len(header)))):
        store, (receipt,) = taken(tmp_path / f"s{n}", [written(tmp_path / str(n) / SAMPLE.name, names, body, encoding)])
        assert receipt.importer == "douyin orders"
        assert (receipt.read, receipt.outcome["quarantined"], receipt.ignored_by["duplicate"]) == (15, 0, 1)
        stores.append(store)
    assert digest(stores[0]) == digest(stores[1])
    # Without a price nobody can say that 运费 is inside: 6.00 more.
    sold = 40500 if version == "custom" else 39900
    assert rows(stores[0], SUMS) == [(sold, 1390, 2500, 1400, 38000, 5500, 13, 7)]


def joined(body: list[dict[str, str]], columns: list[str]) -> dict[str, str]:
    """The sub-orders of one order as one row; columns that are not joined are those of the first."""
    return body[0] | {name: ";".join(row[name].strip() for row in body) for name in columns}


OF_LINES = ["子订单编号", "选购商品", "商品数量", "商品ID", "商家编码", "商品金额", "售后状态", "发货时间"]
AMOUNTS = ["订单应付金额", "运费", "平台实际承担优惠金额", "商家实际承担优惠金额", "达人实际承担优惠金额"]


def of_order(number: str) -> list[dict[str, str]]:
    return [row for row in cells(SAMPLE) if row["主订单编号"].endswith(f"0{number}")]


def stated(store: Path) -> list[Any]:
    found = rows(
        store, "SELECT order_id, status, sold, shop_discount, platform_discount, shipping, paid FROM fact_orders"
    )
    lines = rows(store, "SELECT line_key, code, units, listed, sold, paid, allocated FROM fact_order_lines")
    return [*found, *lines]


def test_a_joined_row_says_what_its_sub_orders_say(tmp_path: Path) -> None:
    header = reference("cn")["dy_order_b"]
    apart = written(tmp_path / "apart.csv", header, [*of_order("101"), *of_order("201")])
    whole = [*of_order("101"), joined(of_order("201"), [*OF_LINES, *AMOUNTS])]
    one, _ = taken(tmp_path / "1", [apart])
    other, (receipt,) = taken(tmp_path / "2", [written(tmp_path / "whole.csv", header, whole)])
    assert stated(one) == stated(other) and receipt.outcome["quarantined"] == 0
    # 36.00 = 40.00 + 2.00 − 6.00 and 60.00 = 50.00 + 6.00 + 4.00
    assert rows(other, "SELECT sold FROM fact_order_lines WHERE order_id LIKE '%0201'") == [(3600,), (6000,)]


def test_a_joined_row_is_one_row_of_the_receipt(tmp_path: Path) -> None:
    path = written(tmp_path / "whole.csv", list(of_order("201")[0]), [joined(of_order("201"), [*OF_LINES, *AMOUNTS])])
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert (receipt.read, receipt.outcome["inserted"]) == (1, 1)


def test_amounts_that_stand_once_are_those_of_the_order(tmp_path: Path) -> None:
    """30.00 and 2 × 20.00 for 58.00: the 12.00 off are shared out as 30 to 40, 5.14 and 6.86."""
    body = joined(of_order("201"), OF_LINES) | {
        "商品单价": "30.00;20.00", "商品数量": "1;2", "订单应付金额": "58.00", "运费": "0.00",
        "平台实际承担优惠金额": "-", "商家实际承担优惠金额": "12.00", "达人实际承担优惠金额": "-",
    }  # fmt: skip
    del body["商品金额"]
    store, _ = taken(tmp_path / "s", [written(tmp_path / "whole.csv", list(body), [body])])
    found = rows(store, "SELECT sold, shop_discount, platform_discount, shipping, paid, sum_listed FROM fact_orders")
    assert found == [(5800, 1200, None, 0, 5800, 7000)]
    assert rows(store, "SELECT sold, shop_discount, allocated FROM fact_order_lines") == [
        (2486, 514, 1), (3314, 686, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("商家编码", "HU-L", "joined-cells"),
        ("选购商品", "提梁壶;茶巾;杯垫", "joined-cells"),
        ("订单应付金额", "40.00;50.00;1.00", "joined-cells"),
        ("商品数量", "1;viele", "bad-number"),
        ("商品数量", "1;-3", "negative-units"),
        ("运费", "6.00;frei", "bad-money"),
        ("平台实际承担优惠金额", "2.00;-6.00", "negative-amount"),
        ("发货时间", "2024-10-02 09:00:00;gestern", "bad-date"),
    ],
)
def test_a_joined_row_that_is_not_certain_waits(tmp_path: Path, column: str, cell: str, code: str) -> None:
    body = joined(of_order("201"), [*OF_LINES, *AMOUNTS]) | {column: cell}
    sound = joined(of_order("601"), [*OF_LINES, *AMOUNTS, "订单状态", "订单完成时间"])
    path = written(tmp_path / "whole.csv", list(body), [body, sound])
    store, _ = taken(tmp_path / "s", [path])
    assert quarantined(store) == [[2, code, column]]
    assert rows(store, "SELECT status, sold, refunded FROM fact_orders") == [("completed", 4500, 1500)]


def test_a_row_with_a_cell_too_many_never_shifts(tmp_path: Path) -> None:
    """快递信息 holds a comma that nobody quoted, and the last cell of the row is empty: 应付 would read 0.00."""
    header = ["主订单编号", "子订单编号", "订单提交时间", "订单状态", "快递信息", "商家备注", "运费", *AMOUNTS[:1]]
    header += ["平台实际承担优惠金额", "达人实际承担优惠金额", "取消原因"]
    line = "6920000000000000101,6920000000000000101,2024-10-01 09:00:00,已发货,中通快递,7900101,,0.00,20.00,0.00,0.00,"
    path = tmp_path / "orders.csv"
    path.write_text(",".join(header) + "\n" + line + "\n", encoding="utf-8")
    _, (receipt,) = taken(tmp_path / "s", [path])
    assert receipt.problem is not None and receipt.problem.code == "ragged-row"
