"""The WeChat shop's money, worked out by hand: orders in both layouts, after-sale cases, and both together."""

from __future__ import annotations

from pathlib import Path

from tests.importers.taking import HERE, digest, quarantined, rows, taken

FOLDER = HERE / "wechat_shop"
SAMPLE, OLD = FOLDER / "orders" / "订单_20241105.xlsx", FOLDER / "orders" / "订单_旧版_20241105.csv"
CASES = FOLDER / "refunds" / "售后单_20241105.xlsx"
SUMS = (
    "SELECT sum(sum_listed), sum(sum_discount), sum(sold), sum(platform_discount), sum(shipping), sum(paid),"
    " sum(refunded), sum(units), count(*) FROM fact_orders WHERE counts = 1"
)
BOOKED = "SELECT substr(order_id, 18), day, amount_minor FROM refunds_booked WHERE amount_minor > 0 ORDER BY 1, 2, 3"


def test_money_of_the_sample(tmp_path: Path) -> None:
    """Five orders count: 1 (two items), 2, 4 (closed after it was shipped), 6, 9 (two items).

    listed    (59 + 3 × 20) + 1299.90 + 45 + 200 + 60                     = 1723.90
    实际收款   115 + 1199.90 + 45 + 200 + 60                              = 1619.90
    运费       5.00 of order 1                                            sold 1614.90, so 109.00 off:
              9.00 商品优惠 of order 1 and 100.00 改价 of order 2
    实际支付   109 + 1179.90 + 45 + 150 + 60                              = 1543.90
    others    (4 + 2) 平台券 of order 1 + 20 积分 of order 2              =   26.00
              = 1614.90 − 1543.90 + 5.00 − 50.00 of order 6, which no column explains
    已退款     18 + 45                                                    =   63.00
    """
    store, (receipt,) = taken(tmp_path, [SAMPLE])
    assert rows(store, SUMS) == [(172390, 10900, 161490, 2600, 500, 154390, 6300, 9, 5)]
    notes = {note.code: note.params for note in receipt.notes}
    assert notes["identity"] == {"gaps": 1, "checked": 5, "orders": "3710000000000000006"}
    assert rows(
        store, "SELECT day, orders, gross_minor, discount_minor, refunds_minor, net_minor FROM daily_money"
    ) == [
        ("2024-10-01", 2, 141890, 10900, 1800, 129190),
        ("2024-10-02", 1, 4500, 0, 4500, 0),
        ("2024-10-03", 1, 20000, 0, 0, 20000),
        ("2024-10-04", 1, 6000, 0, 0, 6000),
    ]


def test_who_counts_and_what_came_back(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SAMPLE])
    assert rows(store, "SELECT substr(order_id, 18), status, counts, open, paid, refunded FROM fact_orders") == [
        ("01", "completed", 1, 0, 10900, 1800),
        ("02", "shipped", 1, 0, 117990, 0),
        ("03", "cancelled", 0, 0, 0, 0),  # never paid
        ("04", "cancelled", 1, 0, 4500, 4500),
        ("05", "cancelled", 0, 0, 4500, 4500),  # paid back before it was shipped
        ("06", "paid", 1, 1, 15000, 0),
        ("07", "unknown", 0, 0, 4500, 0),
        ("09", "shipped", 1, 0, 6000, 0),
    ]
    assert quarantined(store) == [[line, "duplicate-key", "订单实际支付金额"] for line in (10, 11)]


def test_what_an_item_sold_for_has_the_platforms_part_in_it(tmp_path: Path) -> None:
    """50.00 + 4.00 and 54.00 + 2.00 of the platform's coupons are 110.00, what the order sold for."""
    store, _ = taken(tmp_path, [SAMPLE])
    found = rows(store, "SELECT code, sold, shop_discount, allocated FROM fact_order_lines WHERE order_id LIKE '%001'")
    assert found == [("HU-200", 5400, 500, 0), ("JIN-1", 5600, 400, 0)]


def test_the_older_layout_knows_nothing_of_discounts(tmp_path: Path) -> None:
    """Orders 1, 2 and 4: sold is what was paid, 109 − 5 + 1179.90 + 45."""
    store, _ = taken(tmp_path, [OLD])
    assert rows(store, SUMS) == [(146390, 13500, 132890, None, 500, 133390, 6300, 6, 3)]


def test_after_sale_cases_say_when_and_are_not_counted_twice(tmp_path: Path) -> None:
    """18.00 of order 1 and 45.00 of order 4 stand in both files, 5.00 of order 9 only in the cases; order 5 is no
    sale, and the others were not done.
    """
    one, _ = taken(tmp_path / "1", [SAMPLE], [CASES])
    other, _ = taken(tmp_path / "2", [CASES], [SAMPLE])
    assert digest(one) == digest(other)
    assert rows(one, BOOKED) == [("01", "2024-10-09", 1800), ("04", "2024-10-04", 4500), ("09", "2024-10-06", 500)]


def test_units_come_back_with_the_goods_or_with_all_the_money(tmp_path: Path) -> None:
    store, (receipt,) = taken(tmp_path, [CASES])
    found = rows(store, "SELECT refund_id, code, units, amount, state, day_known FROM fact_refunds")
    assert [(int(number), *rest) for number, *rest in found] == [
        (2000000000000001, "JIN-1", 1, 1800, "done", 1),  # 退货退款
        (2000000000000002, "PAN-1", 1, 4500, "done", 1),  # 仅退款, all of it; its end stands for the day
        (2000000000000003, "PAN-1", 1, 4500, "done", 1),
        (2000000000000004, "DIAN-1", None, 500, "done", 1),  # 仅退款, a part
        (2000000000000005, "DIAN-2", 1, 3000, "withdrawn", 0),
        (2000000000000006, "ZHAN", 1, 117990, "agreed", 0),
        (2000000000000008, "1000000015", 1, 15000, "unknown", 0),
    ]
    assert receipt.ignored_by == {"other": 1}  # the exchange
