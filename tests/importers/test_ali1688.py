"""What a merchant bought on 1688, worked out by hand: a workbook with merged cells."""

from __future__ import annotations

from pathlib import Path

from importers.bills import NEITHER
from tests.importers.taking import HERE, quarantined, rows, taken

SAMPLE = HERE / "ali1688" / "purchases" / "订单_20241106.xlsx"


def test_each_order_is_one_payment(tmp_path: Path) -> None:
    """490 (two lines, merged) + 1200 + 0 (04, closed after it was paid) + 60 (07, its amount on both rows) + 88 + 40.

    Nobody paid for 03 and 05; of 09 the second row says another amount and waits.
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT substr(move_id, 18), kind, amount_minor, day, order_id FROM money_moves ORDER BY 1")
    assert found == [
        ("01", "purchase", -49000, "2024-10-01", None),
        ("02", "purchase", -120000, "2024-10-02", None),
        ("04", "purchase", 0, "2024-10-03", None),
        ("07", "purchase", -6000, "2024-10-04", None),
        ("08", "purchase", -8800, "2024-10-04", None),
        ("09", "purchase", -4000, "2024-10-05", None),
    ]
    assert quarantined(store) == [[8, "id-ruined", "订单编号"], [13, "duplicate-key", "实付款(元)"]]
    assert receipt.ignored_by == {"other": 4}


def test_a_purchase_is_no_sale_and_no_cost(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT count(*) FROM daily_money") == [(0,)]
    assert {kind for (kind,) in rows(store, "SELECT kind FROM money_moves")} <= NEITHER
