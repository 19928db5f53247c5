"""Taobao's refunds, item and ad reports and listings: what the files say, worked out by hand."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

from tests.importers.taking import HERE, digest, quarantined, rows, taken

TAOBAO = HERE / "taobao"
ORDERS = TAOBAO / "orders" / "ExportOrderList202411050900.csv"
LINES = TAOBAO / "lines" / "ExportOrderDetailList202411050901.csv"
REFUNDS = TAOBAO / "refunds" / "退款报表202411051000.csv"


def written(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# --- refunds ---


def test_refunds_of_the_sample(tmp_path: Path) -> None:
    """Done: 10.00 (order 1), 60.00 + 38.00 (order 2) = 108.00; 12.00 was withdrawn, 45.50 is asked for."""
    store, _ = taken(tmp_path, [REFUNDS])
    assert rows(store, "SELECT state, count(*), sum(amount) FROM fact_refunds GROUP BY state ORDER BY state") == [
        ("asked", 1, 4550), ("done", 3, 10800), ("unknown", 1, 100), ("withdrawn", 1, 1200),
    ]  # fmt: skip
    assert quarantined(store) == [[8, "missing-value", "退款编号"], [9, "negative-amount", "买家退款金额"]]


def test_money_that_went_back_counts_once_whatever_files_say_it(tmp_path: Path) -> None:
    """98.00 of order 2 stand in 订单报表, in 宝贝报表 and as 60.00 + 38.00 in 退款报表; 10.00 of order 1 only in the
    last. All 108.00 are booked on 4 November, when they went back, and belong to the orders of 1 and 2 November.
    """
    stores = [
        taken(tmp_path / str(n), *([file] for file in files))[0]
        for n, files in enumerate(permutations((ORDERS, LINES, REFUNDS)))
    ]
    assert len({digest(store) for store in stores}) == 1
    store = stores[0]
    booked = "SELECT day, sum(amount_minor) FROM refunds_booked WHERE amount_minor > 0 GROUP BY day"
    assert rows(store, booked) == [("2024-11-04", 10800)]
    assert rows(
        store, "SELECT day, sum(refunds_minor) FROM daily_money GROUP BY day HAVING sum(refunds_minor) > 0"
    ) == [("2024-11-04", 10800)]
    by_order = "SELECT day, sum(amount_minor) FROM refunds_by_order GROUP BY day HAVING sum(amount_minor) > 0"
    assert rows(store, by_order) == [("2024-11-01", 1000), ("2024-11-02", 9800)]
    # What nets units: the whole line of order 2 by its own row, 10.00 of order 1 by the report; each sum once.
    netted = (
        "SELECT substr(order_id, -1), detail, sum(refund_minor), max(refund_units) FROM refunded_lines GROUP BY 1, 2"
    )
    assert rows(store, netted) == [("1", 1, 1000, None), ("2", 0, 9800, None), ("2", 1, 9800, 2)]


LINE_HEAD = (
    "子订单编号,主订单编号,商品标题,商品价格,购买数量,商品属性,订单状态,商家编码,订单创建时间,订单付款时间,发货时间,"
    "买家应付货款,买家实付金额,退款状态,退款金额"
)
TIMES = "2024-11-01 15:00:00,2024-11-01 16:00:00,2024-11-02 16:00:00"
REFUND_HEAD = "订单编号,退款编号,退款完结时间,买家退款金额,退款的申请时间,退款状态"


def test_a_report_that_knows_less_than_the_lines_leaves_the_rest_to_them(tmp_path: Path) -> None:
    """Lines of one order went back with 30.00 and 20.00 = 50.00; the report has 35.00 of it, done the next day."""
    lines = written(
        tmp_path / "f" / "ExportOrderDetailList202411050900.csv", LINE_HEAD,
        f"11,1,茶盘,30.00,1,,交易成功,P-1,{TIMES},30.00,30.00,退款成功,30.00",
        f"12,1,茶巾,40.00,1,,交易成功,P-2,{TIMES},40.00,40.00,退款成功,20.00",
    )  # fmt: skip
    report = written(
        tmp_path / "f" / "退款报表.csv", REFUND_HEAD, "1,900,2024-11-03 10:00:00,35.00,2024-11-02 18:00:00,退款成功"
    )
    store, _ = taken(tmp_path / "s", [lines, report])
    assert rows(store, "SELECT refund_id, line_key, amount_minor FROM refunds_booked ORDER BY 1, 2") == [
        ("900", "", 3500), ("order:1", "11", 0), ("order:1", "12", 1500),
    ]  # fmt: skip


def test_what_went_back_of_an_order_that_is_no_sale_is_no_refund_of_sales(tmp_path: Path) -> None:
    orders = written(
        tmp_path / "f" / "ExportOrderList202411050900.csv",
        "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,订单创建时间,订单付款时间,物流单号,退款金额",
        "1,50.00,0.00,50.00,50.00,交易关闭,2024-11-01 15:00:00,2024-11-01 16:00:00,,50.00",
    )
    report = written(
        tmp_path / "f" / "退款报表.csv", REFUND_HEAD, "1,900,2024-11-03 10:00:00,50.00,2024-11-02 18:00:00,退款成功"
    )
    store, _ = taken(tmp_path / "s", [orders, report])
    assert rows(store, "SELECT counts FROM fact_orders") == [(0,)]
    assert rows(store, "SELECT sum(net_minor) FROM daily_money") == [(None,)]
    assert rows(store, "SELECT count(*) FROM refunds_by_order") == [(0,)]
    assert rows(store, "SELECT amount_minor, state FROM refunds") == [(5000, "done")]  # it is kept


def test_a_workbook_of_the_old_kind_is_read(tmp_path: Path) -> None:
    """退款报表.xls is a binary workbook: 66.00 + 5.50 done, 66.00 agreed."""
    store, (receipt,) = taken(tmp_path, [TAOBAO / "refunds" / "退款报表.xls"])
    assert receipt.importer == "taobao refunds"
    assert rows(store, "SELECT state, sum(amount) FROM fact_refunds GROUP BY state") == [
        ("agreed", 6600),
        ("done", 7150),
    ]


# --- 生意参谋 商品 ---

ITEM_DAYS = TAOBAO / "item_traffic" / "商品效果_2024-10-05_2024-10-05.xls"
ITEM_RANGE = TAOBAO / "item_traffic" / "商品效果_2024-10-01_2024-10-07.xls"
SHOP_DAYS = TAOBAO / "shop_traffic" / "店铺取数_20241009.xlsx"


def test_items_of_a_day_and_of_a_range_stand_apart(tmp_path: Path) -> None:
    """Day: 1012.00 + 0.00 + 24.50 = 1036.50; week: 4840.00 + 120.00 = 4960.00. A name with two days is of the later."""
    store, _ = taken(tmp_path, [ITEM_DAYS, ITEM_RANGE])
    asked = "SELECT from_day, to_day, sum(paid_minor), sum(units) FROM traffic WHERE source = 'sycm-item' GROUP BY 1, 2"
    assert rows(store, asked) == [("2024-10-01", "2024-10-07", 496000, 113), ("2024-10-05", "2024-10-05", 103650, 25)]
    assert sorted(quarantined(store)) == [
        [8, "future-date", "统计日期"], [9, "duplicate-key", ""], [9, "missing-value", "商品ID"],
    ]  # fmt: skip


def test_items_are_not_the_shop(tmp_path: Path) -> None:
    """The shop's visitors of a day are those of its own report; the item report covers no day of it."""
    store, _ = taken(tmp_path, [ITEM_DAYS])
    assert rows(store, "SELECT count(*) FROM coverage WHERE kind = 'traffic'") == [(0,)]
    assert rows(store, "SELECT day FROM coverage WHERE kind = 'item-traffic'") == [("2024-10-05",)]
    taken(tmp_path, [SHOP_DAYS])
    shop = "SELECT visitors, paid_minor FROM traffic WHERE item = '' AND from_day = '2024-10-05'"
    assert rows(store, shop) == [(1234, 105600)]


# --- 万相台 ---


def test_ad_spend_of_the_samples(tmp_path: Path) -> None:
    """25.60 + 8.05 + 4.00 + 30.00 = 67.65 on 5 October, as 总计 says, 0.00 on the 6th; 160.00 of a week stand apart.
    Attributed sales: 176.00 + 0 + 88.00 + 264.50 = 528.50, orders 2 + 0 + 1 + 3 = 6.
    """
    files = sorted((TAOBAO / "ads").glob("*[0-9].[cx]*"))
    store, receipts = taken(tmp_path, files)
    assert [receipt.importer for receipt in receipts] == ["taobao ads"] * 2
    asked = (
        "SELECT from_day, to_day, sum(spend_minor), sum(sales_minor), sum(orders), sum(clicks) FROM ads GROUP BY 1, 2"
    )
    assert rows(store, asked) == [
        ("2024-10-01", "2024-10-07", 16000, 120000, 14, 200),
        ("2024-10-05", "2024-10-05", 6765, 52850, 6, 88),
        ("2024-10-06", "2024-10-06", 0, None, None, 0),
    ]
    # Two rows of one plan and item are one record; what was spent on the shop has no item.
    assert receipts[0].ignored_by == {"added": 1, "total": 1}
    by_plan = "SELECT campaign, item, spend_minor FROM ads WHERE from_day = '2024-10-05' ORDER BY 1, 2"
    assert rows(store, by_plan) == [
        ("秋季主推", "700000000001", 3365), ("老客", "", 3000), ("老客", "700000000001", 400),
    ]  # fmt: skip


# --- 发布模板 ---


def test_listings_of_the_item_master(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [TAOBAO / "products" / "商品导出_20241008.xlsx"])
    assert rows(store, "SELECT code, price_minor, listed_units FROM listings ORDER BY listing_id, variant_id") == [
        ("BEI-M", 4400, 12), ("BEI", 4650, 0), ("700000000002", 16800, 3), ("JIN", 1200, 1200),
    ]  # fmt: skip
    assert rows(store, "SELECT count(*) FROM prices WHERE seen_day = '2024-10-08'") == [(4,)]
