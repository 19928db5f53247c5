"""stock_now against figures worked out by hand."""

from __future__ import annotations

from typing import Any

from merchant_cli.basics.days import start_of


def stock(shop: Any, sku: str = "A") -> list[tuple[Any, ...]]:
    sql = "SELECT location, counted, reserved, on_hand, available, estimated, source FROM stock_now WHERE sku = ?"
    return shop.db.execute(sql + " ORDER BY location", (sku,)).fetchall()


def test_shipped_since_moves_and_reserved(shop: Any) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    shop.count("A", "2026-11-10", 100)
    shop.order("1", "2026-11-10", "A", 3, 300)  # shipped on the day of the count: inside it
    shop.order("2", "2026-11-09", "A", 5, 500, shipped_day="2026-11-11")  # sold before, shipped after: off
    shop.order("3", "2026-11-12", "A", 7, 700)  # off
    shop.order("4", "2026-11-13", "A", 2, 200, status="paid", shipped_day=None, open=1)  # reserved
    shop.order("5", "2026-11-08", "A", 1, 100, status="paid", shipped_day=None, open=1)  # reserved
    shop.order("6", "2026-11-13", "A", 9, 900, counts=0)  # no sale
    shop.order("7", "2026-11-12", "A", 4, 400, shipped_day=None)  # shipped, nobody says when: on its day
    shop.order("8", "2026-11-10", "A", 6, 600, shipped_day=None)  # the same, at the count's own moment: inside it
    shop.put("stock_moves", source="s", move_id="1", code="A", units=20, kind="receipt", day="2026-11-11")
    shop.put("stock_moves", source="s", move_id="2", code="A", units=50, kind="receipt", day="2026-11-09")
    # on hand 100 + 20 − 5 − 7 − 4 = 104; reserved 2 + 1 = 3; available 101
    assert stock(shop) == [("", 100, 3, 104, 101, 1, "counted")]


def test_a_count_within_a_day_compares_instants(shop: Any) -> None:
    noon = start_of("2026-11-14", "Asia/Shanghai") + 12 * 3600 + 5
    shop.cover("2026-11-01", "2026-11-14")
    shop.count("A", "2026-11-14", 50, at=noon)
    shop.order("1", "2026-11-14", "A", 1, 100, shipped_at=noon - 60)
    shop.order("2", "2026-11-14", "A", 2, 200, shipped_at=noon + 60)  # off
    shop.order("3", "2026-11-14", "A", 4, 400)  # a day only: at its end: off
    shop.order("4", "2026-11-14", "A", 8, 800, shipped_day=None)  # nobody says when: at the day's end: off
    assert stock(shop) == [("", 50, 0, 36, 36, 0, "counted")]  # counted on the as-of day: not estimated


def test_locations(shop: Any) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    shop.count("A", "2026-11-14", 10, "Main")
    assert stock(shop)[0][0] == "Main"
    shop.count("A", "2026-11-13", 5)  # blank is Main, and older
    assert stock(shop) == [("Main", 10, 0, 10, 10, 0, "counted")]
    shop.count("A", "2026-11-14", 7, "East")
    shop.order("1", "2026-11-13", "A", 2, 200, status="paid", shipped_day=None, open=1)
    assert stock(shop)[0][0] == "*"  # several, and the shop does not say from where it sends
    assert stock(shop)[0][1:5] == (22, 2, 22, 20)
    shop.db.execute("UPDATE shops SET ships_from = 'East' WHERE no = 1")
    assert [(row[0], row[4]) for row in stock(shop)] == [("", 5), ("East", 5), ("Main", 10)]


def test_listed_units_stand_in_and_are_not_added(shop: Any) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    for no, units in ((1, 30), (2, 40)):
        shop.put("listings", shop=no, listing_id="L", variant_id="", code="A", listed_units=units)
    shop.order("1", "2026-11-13", "A", 2, 200, status="paid", shipped_day=None, open=1)
    # the platform has taken the open order off: 40 available, 2 reserved, so 42 on the shelf
    assert stock(shop) == [("", 40, 2, 42, 40, 1, "listed")]
