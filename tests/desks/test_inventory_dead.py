"""inventory/dead: stock without sales on covered days, or for far too long, and what money lies in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from risk_tools import Files, Sale, asker, codes, explained

from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory.dead import dead


def ask(shop: Any, scope: Scope, **options: int) -> dict[str, dict[str, Any]]:
    answer = dead(shop.db, scope, **options)
    names = [column.name for column in answer.columns]
    return {row[names.index("sku")]: dict(zip(names, row, strict=True)) for row in answer.rows}


def notes(shop: Any, scope: Scope, **options: int) -> dict[str, str]:
    return {note.code: note.show("en") for note in dead(shop.db, scope, **options).notes}


@pytest.fixture
def covered(shop: Any) -> Any:
    """75 full days, 09-01 to 11-14; the newest 60 begin on 09-16. Every SKU costs 4.00."""
    shop.cover("2026-09-01", "2026-11-14")
    for sku in ("DEAD", "SLOW", "EXACT", "FEW", "BACK", "NEW", "CAME"):
        shop.put("costs", sku=sku, from_day="", cost=400, currency="CNY")
    return shop


def test_no_sale_on_covered_days(covered: Any, scope: Scope) -> None:
    covered.count("DEAD", "2026-09-01", 20)
    covered.order("1", "2026-09-15", "DEAD", 5, 5000)  # the day before the sixty
    covered.count("FEW", "2026-09-01", 3)
    covered.order("2", "2026-09-16", "FEW", 1, 1000)  # the first of the sixty; 2 left, 7 would be enough
    covered.count("BACK", "2026-09-01", 10)
    covered.order("3", "2026-10-05", "BACK", 2, 2000)
    covered.refund("3", 2000)
    rows = ask(covered, scope)
    assert set(rows) == {"DEAD", "BACK"}
    row = rows["DEAD"]
    assert (row["available"], row["net_units"], row["last_sold"], row["excess"]) == (15, 0, "2026-09-15", 15)
    assert (row["unit_cost"], row["tied_up"], row["at_stake"], row["due"]) == (400, 6000, 6000, None)
    assert row["why"].show("en") == "15 in stock and no net sale in 60 covered days; last sold 2026-09-15."
    assert (rows["BACK"]["net_units"], rows["BACK"]["at_stake"]) == (0, 3200)  # 8 left
    assert rows["BACK"]["why"].show("zh").startswith("库存 8 件，近 60 个有数据的日子没有净销量")


def test_stock_for_far_too_long(covered: Any, scope: Scope) -> None:
    for sku, units in (("SLOW", 100), ("EXACT", 43)):
        covered.count(sku, "2026-09-01", units)
        for n, day in enumerate(("2026-10-01", "2026-11-01")):
            covered.order(f"{sku}{n}", day, sku, 3, 3000)
    rows = ask(covered, scope)
    # 6 in 60 days: 365 days need 36.5, so 37; EXACT has just 37 left; SLOW 94: 57 too many × 4.00
    assert set(rows) == {"SLOW"}
    row = rows["SLOW"]
    assert (row["cover_days"], row["excess"], row["at_stake"], row["tied_up"]) == (940, 57, 22800, 37600)
    assert row["why"].show("en") == "94 in stock last 940 days; 57 are more than 365 days need."
    assert ask(covered, scope, cover_days=1000) == {}
    assert set(ask(covered, scope, cover_days=360)) == {"SLOW", "EXACT"}  # 36 are enough


def test_new_and_restocked_goods_are_not_dead(covered: Any, scope: Scope) -> None:
    covered.count("NEW", "2026-09-16", 30)  # 59 days ago
    covered.count("DEAD", "2026-09-15", 30)  # 60 days ago
    covered.count("CAME", "2026-09-01", 0)
    covered.put("stock_moves", source="s", move_id="1", code="CAME", units=30, kind="receipt", day="2026-11-01")
    assert set(ask(covered, scope)) == {"DEAD"}
    assert "2 SKUs are not judged: first seen, restocked" in notes(covered, scope)["too-new"]
    covered.order("1", "2026-03-01", "NEW", 1, 1000)  # sold before: it is not new
    assert set(ask(covered, scope)) == {"DEAD", "NEW"}
    assert ask(covered, scope)["NEW"]["last_sold"] == "2026-03-01"
    covered.put("listings", shop=1, listing_id="L", variant_id="", code="OLD", listed_units=9)
    covered.put("prices", shop=1, listing_id="L", variant_id="", seen_day="2026-09-10", price=100)
    assert ask(covered, scope)["OLD"]["stock_source"] == "listed"


def test_days_out_of_stock_are_no_quiet_days(covered: Any, scope: Scope) -> None:
    covered.count("SLOW", "2026-08-20", 60)
    covered.order("1", "2026-08-25", "SLOW", 1, 1000)
    for day in ("2026-09-16", "2026-11-04"):  # out for 50 of the 60 days
        covered.count("SLOW", day, 0)
    covered.count("SLOW", "2026-11-05", 60)
    covered.order("2", "2026-11-06", "SLOW", 1, 1000)
    row = ask(covered, scope)["SLOW"]  # 1 in 10 days: 365 days need 36.5; 59 left
    assert (row["cover_days"], row["excess"]) == (590, 22)


def test_uncovered_days_are_not_quiet(shop: Any, scope: Scope) -> None:
    shop.cover("2026-09-01", "2026-09-30")
    shop.cover("2026-10-16", "2026-11-14")  # 30 and 30 days with a gap between
    shop.count("DEAD", "2026-09-01", 20)
    shop.order("1", "2026-10-10", "DEAD", 5, 5000)  # on a day that is not covered in full: neither dead nor proof
    shop.order("2", "2026-08-10", "DEAD", 5, 5000)
    assert set(ask(shop, scope)) == {"DEAD"}, "60 covered days: 09-01 to 09-30 and 10-16 to 11-14"
    assert ask(shop, scope, quiet_days=61) == {}
    assert (
        "1 SKU is not judged: a shop of theirs has fewer than 61"
        in notes(shop, scope, quiet_days=61)["covered-too-short"]
    )
    shop.cover("2026-11-10", "2026-11-14", shop=2)
    shop.put("listings", shop=2, listing_id="L", variant_id="", code="DEAD", listed_units=1)
    assert ask(shop, scope) == {}, "the other shop that lists it covers five days"


def test_no_cost_is_not_measurable(covered: Any, scope: Scope) -> None:
    covered.db.execute("DELETE FROM fact_costs")
    covered.count("DEAD", "2026-09-01", 20)
    row = ask(covered, scope)["DEAD"]
    assert (row["at_stake"], row["tied_up"], row["unit_cost"], row["excess"]) == (None, None, None, 20)
    assert "The money tied up is not known" in row["why"].show("en")
    assert notes(covered, scope)["no-cost"].startswith("Of 1 SKU 1 has no cost")


def test_one_shop_and_an_earlier_day(covered: Any, scope: Scope) -> None:
    covered.count("DEAD", "2026-09-01", 20)
    covered.put("listings", shop=1, listing_id="L", variant_id="", code="DEAD", listed_units=1)
    assert set(ask(covered, replace(scope, shops=("taobao/main",)))) == {"DEAD"}
    assert ask(covered, replace(scope, shops=("shopify/us",))) == {}
    assert ask(covered, replace(scope, as_of="2026-10-20")) == {}, "fifty days are covered until then"
    assert [n.code for n in dead(covered.db, Scope()).notes] == ["no-orders"]


def test_through_the_program(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = Files(tmp_path)
    files.costs("A,Cup,40.00,CNY")
    at = "2026-{}-01 09:00:00".format
    files.taobao(
        Sale("1", "A", 2, paid=at("08"), shipped=at("08")), Sale("2", "B", 1, paid=at("08"), shipped=at("08")),
        Sale("3", "B", 1, paid="2026-11-14 09:00:00", shipped="2026-11-14 10:00:00"),
    )  # fmt: skip
    files.stock("A,12,2026-11-14", "B,2,2026-11-14")
    body = asker(capsys, "inventory")("dead")
    assert {k: (r["at_stake"], r["last_sold"]) for k, r in body["rows"].items()} == {"sku:A": (480, "2026-08-01")}
    assert explained(capsys, "inventory", "dead", "sku:A") == {
        "excess": 12, "at_stake": 480, "tables": {"stock_counts", "costs", "products"},
    }  # fmt: skip
    assert codes(body).count("not judged") == 0
