"""What ERPs say: costs of SKUs; orders that are those of other platforms are refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importers.taking import HERE, quarantined, rows, taken

COSTS = HERE / "jushuitan" / "costs" / "订单成本_20241105.xlsx"
REFUSED = [
    HERE / "jushuitan" / "refused" / "订单_20241105.xlsx",
    HERE / "wangdian" / "refused" / "出库明细_20241105.xlsx",
]


def test_a_cost_holds_from_the_day_on_which_it_is_first_seen(tmp_path: Path) -> None:
    """HU-200: 18.50 on the 1st and 2nd, on the 3rd 18.90 in the morning and 19.25 in the afternoon, 19.25 on the 4th.
    JIN-1: 3.20 on the 1st, 3.00 on the 5th. A cost of 0 and an empty one are none; below zero is a fault.
    """
    store, (receipt,) = taken(tmp_path, [COSTS])
    assert rows(store, "SELECT sku, from_day, cost_minor, currency FROM costs") == [
        ("HU-200", "2024-10-01", 1850, "CNY"),
        ("HU-200", "2024-10-03", 1925, "CNY"),
        ("JIN-1", "2024-10-01", 320, "CNY"),
        ("JIN-1", "2024-10-05", 300, "CNY"),
    ]
    assert quarantined(store) == [[10, "missing-value", "商品编码"], [11, "negative-amount", "成本价"]]
    assert receipt.ignored_by == {"blank": 2, "duplicate": 3}


def test_its_orders_are_not_taken(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [COSTS])
    for table in ("orders", "order_lines", "refunds", "money_moves"):
        assert rows(store, f"SELECT count(*) FROM fact_{table}") == [(0,)]


@pytest.mark.parametrize("sample", REFUSED, ids=lambda path: path.parts[-3])
def test_orders_of_other_platforms_are_refused_by_name(sample: Path, tmp_path: Path) -> None:
    _, (receipt,) = taken(tmp_path, [sample])
    assert receipt.problem is not None and receipt.problem.code == "refused-by-name"
