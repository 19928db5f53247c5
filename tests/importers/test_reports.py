"""Discounts, reviews and the shop report of 生意参谋: what the files say, worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from merchant_cli.intake.import_one import undo_in
from merchant_cli.store import open as opening
from tests.importers.taking import HERE, digest, quarantined, rows, taken

DISCOUNTS = HERE / "shopify" / "discounts" / "discounts_export_20240908.csv"
SHOPIFY_ORDERS = HERE / "shopify" / "orders" / "orders_export_20240908.csv"
REVIEWS = HERE / "judgeme" / "reviews" / "judgeme_export_2024-09-08.csv"
TO_IMPORT = HERE / "judgeme" / "reviews" / "judgeme_import_2024-09-08.csv"
DAYS = HERE / "taobao" / "shop_traffic" / "店铺取数_20241009.xlsx"
RANGES = HERE / "taobao" / "shop_traffic" / "店铺取数_范围_20241009.csv"


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def written(path: Path, cells: list[list[str]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(cells)
    return path


# --- Shopify discounts ---


def test_discounts_are_in_the_coupon_book_of_their_shop(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SHOPIFY_ORDERS, DISCOUNTS])
    found = rows(store, "SELECT coupon_id, kind, percent, face_minor, threshold_minor, from_day, to_day FROM coupons")
    assert found == [
        ("HALF", "percent", 1250, None, 102000, "2023-11-24", "2023-11-27"),
        ("SHIPFREE", "shipping", None, None, None, "2024-07-01", "2024-07-31"),
        ("STAFF", "percent", 10000, None, None, "2024-06-01", None),  # all of it
        ("TEA15", "amount", None, 1500, 6000, "2024-08-20", "2024-09-20"),
        ("Volume discount", None, None, None, None, "2024-08-01", None),
        ("WELCOME10", "percent", 1000, None, None, "2024-01-01", None),
    ]
    assert rows(store, "SELECT DISTINCT shop, bearer, currency FROM coupons") == [("shopify/main", None, "USD")]
    assert quarantined(store)[-2:] == [[8, "bad-percent", "Value"], [9, "bad-money", "Value"]]


def test_an_amount_off_has_the_decimals_of_the_shops_currency(tmp_path: Path) -> None:
    header, *body = table(SHOPIFY_ORDERS)
    body[0][header.index("Currency")] = "JPY"
    orders = written(tmp_path / "f" / SHOPIFY_ORDERS.name, [header, body[0]])
    store, _ = taken(tmp_path / "s", [orders, DISCOUNTS])
    assert rows(store, "SELECT face, threshold, currency FROM fact_coupons WHERE coupon_id = 'TEA15'") == [
        (15, 60, "JPY")
    ]


# --- Judge.me ---


def test_export_and_import_layout_of_one_review_are_one_review(tmp_path: Path) -> None:
    stores = [
        taken(tmp_path / str(n), *groups)[0]
        for n, groups in enumerate(([[REVIEWS], [TO_IMPORT]], [[TO_IMPORT], [REVIEWS]]))
    ]
    assert digest(stores[0]) == digest(stores[1])
    found = rows(stores[0], "SELECT shop, listing_id, day, rating, photos, body FROM reviews ORDER BY day, rating")
    assert found == [
        ("shopify/main", "stone-cup", None, 3, 0, "Twice the same"),
        ("shopify/main", "stone-cup", "2024-08-10", 5, 2, "Warm in the hand.\nWell packed."),
        ("shopify/main", "stone-cup", "2024-08-31", 1, 0, "The rim was chipped, and it cut my finger."),
        ("shopify/main", "7002", "2024-09-01", 4, 1, "碗很好看，就是小了点。"),
    ]


def test_a_review_that_was_answered_or_reworded_stays_one(tmp_path: Path) -> None:
    header, *body = table(REVIEWS)
    body[1][header.index("reply")], body[1][header.index("body")] = "We are sorry.", "The rim was chipped."
    later = written(tmp_path / "f" / "judgeme_export_2024-09-30.csv", [header, body[1]])
    store, _ = taken(tmp_path / "s", [REVIEWS], [later])
    assert rows(store, "SELECT body, reply FROM reviews WHERE rating = 1") == [
        ("The rim was chipped.", "We are sorry.")
    ]


def test_a_reviewer_has_the_key_of_the_buyer_and_nothing_else_of_him_is_kept(tmp_path: Path) -> None:
    header, *body = table(SHOPIFY_ORDERS)
    body[0][header.index("Email")] = "Bo.Reed@example.com"
    orders = written(tmp_path / "f" / SHOPIFY_ORDERS.name, [header, body[0]])
    reviews = written(tmp_path / "f" / REVIEWS.name, table(REVIEWS)[:3])
    store, _ = taken(tmp_path / "s", [orders], [reviews])
    same = "SELECT r.rating FROM fact_reviews r JOIN fact_orders o ON o.shop = r.shop AND o.buyer = r.reviewer"
    assert rows(store, same) == [(1,)]
    kept = store.read_bytes()
    assert not [word for word in (b"bo.reed", b"Bo Reed", b"203.0.113.7") if word in kept]


def test_a_day_is_that_of_the_shops_zone(tmp_path: Path) -> None:
    store, _ = taken(tmp_path, [SHOPIFY_ORDERS])
    with opening.write(store, "test") as db:
        db.execute("UPDATE shops SET zone = 'Asia/Shanghai'")
    taken(tmp_path, [REVIEWS])
    assert rows(store, "SELECT day FROM reviews WHERE rating = 1") == [("2024-09-01",)]  # 23:50 UTC the day before


# --- 生意参谋 ---


def test_days_can_be_added_and_ranges_stand_apart(tmp_path: Path) -> None:
    """1056.00 + 703.20 + 2010.35 = 3769.55 in the workbook, and 800.00 for 7 October in the other file."""
    store, receipts = taken(tmp_path, [DAYS], [RANGES])
    assert [receipt.importer for receipt in receipts] == ["taobao shop-traffic"] * 2
    by_day = (
        "SELECT from_day, visitors, page_views, buyers, paid_minor FROM traffic"
        " WHERE source = 'sycm-shop' AND item = '' AND from_day = to_day ORDER BY from_day"
    )
    assert rows(store, by_day) == [
        ("2024-10-05", 1234, 4321, 12, 105600),
        ("2024-10-06", 987, 3000, 8, 70320),
        ("2024-10-07", 900, None, 9, 80000),  # the workbook has a hyphen there: it says nothing
        ("2024-10-08", 1500, 5100, 20, 201035),
    ]
    apart = "SELECT from_day, to_day, paid_minor FROM traffic WHERE from_day <> to_day ORDER BY from_day"
    assert rows(store, apart) == [("2024-09-01", "2024-09-30", 3300000), ("2024-09-30", "2024-10-06", 812345)]
    assert rows(store, "SELECT DISTINCT shop, currency FROM traffic") == [("taobao/main", "CNY")]


def test_what_cannot_be_a_day_of_this_shop_waits(tmp_path: Path) -> None:
    store, (receipt,) = taken(tmp_path, [RANGES])
    assert quarantined(store) == [
        [5, "ends-before-start", "统计日期"],
        [6, "future-date", "统计日期"],
        [7, "bad-date", "统计日期"],
        [8, "duplicate-key", "统计日期"],
        [9, "unknown-word", "店铺名称"],
    ]
    assert receipt.ignored_by == {"total": 1}


@pytest.mark.parametrize("preamble", [0, 4])
def test_a_preamble_above_the_header_does_not_matter(tmp_path: Path, preamble: int) -> None:
    head = [["生意参谋", "", "", ""]] * preamble
    body = [["统计日期", "访客数", "支付买家数", "支付金额"], ["2024/10/5", "1,234", "12", "￥1,056.00"]]
    store, _ = taken(tmp_path / "s", [written(tmp_path / "f" / "report.csv", head + body)])
    assert rows(store, "SELECT from_day, to_day, visitors, paid_minor FROM traffic") == [
        ("2024-10-05", "2024-10-05", 1234, 105600)
    ]


def test_a_report_taken_back_leaves_nothing(tmp_path: Path) -> None:
    store, receipts = taken(tmp_path, [DAYS], [RANGES])
    with opening.write(store, "undo") as db:
        undo_in(db, receipts[1].number or 0)
    alone, _ = taken(tmp_path / "alone", [DAYS])
    assert digest(store) == digest(alone)
