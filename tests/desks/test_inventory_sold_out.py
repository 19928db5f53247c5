"""inventory/sold-out: since when, what it sold before, what a day costs; and that reorder tells of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from risk_tools import Asked, Files, Sale, asker, codes, explained

from merchant_cli.app import main
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory.sold_out import sold_out
from merchant_cli.methods.stockout import went_out


@pytest.fixture
def files(store: Path, tmp_path: Path) -> Files:
    return Files(tmp_path)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Asked:
    return asker(capsys, "inventory")


def sale(order: str, sku: str, day: str, units: int, state: str = "done", **more: str) -> Sale:
    at = f"2026-11-{day} 09:00:00"
    return Sale(order, sku, units, "100.00", state, paid=at, shipped="" if state == "paid" else at, **more)


def example(files: Files) -> None:
    files.costs("A,Cup,40.00,CNY", "B,Bowl,40.00,CNY")
    files.taobao(  # full days 11-05 to 11-14, exported on 11-15
        *(sale(f"{sku}{n}", sku, day, units) for sku in "AB" for n, (day, units) in
          enumerate((("06", 4), ("08", 6), ("11", 5), ("12", 5)))),
        sale("d1", "D", "06", 3, refund="300.00", refund_state="退款成功"),
        sale("e1", "E", "11", 5, "paid"), sale("x", "X", "05", 1), sale("y", "X", "14", 1),
    )  # fmt: skip
    files.stock("A,10,2026-11-10", "B,11,2026-11-10", "C,0,2026-11-10", "D,0,2026-11-10", "E,2,2026-11-10",
                "X,90,2026-11-10")  # fmt: skip


def test_what_is_sold_out(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    # A: 10 counted, 5 and 5 sold since: nothing left from 11-12 on. Before, in the 8 days 11-05 to 11-12, it sold
    # 20: 2.5 a day × (100 − 40) = 150 a day; × (7 + 7) days = 2,100; to order 2.5 × (7 + 7 + 30) = 110.
    # B has one left; C never sold; D came back. E: 2 counted, 5 ordered on 11-11: 5 in 7 days, 3 are missing.
    example(files)
    body = ask("sold-out")
    assert list(body["rows"]) == ["sku:A", "sku:E"]
    row = body["rows"]["sku:A"]
    assert (row["since"], row["days_out"], row["demand_per_day"], row["available"]) == ("2026-11-12", 2, 2.5, 0)
    assert (row["lost_per_day"], row["at_stake"], row["quantity"], row["due"]) == (150, 2100, 110, "2026-11-14")
    assert row["why"].startswith(
        "Sold out since 2026-11-12; before that 2.5 a day were sold. It loses 150.00 CNY a day."
    )
    row = body["rows"]["sku:E"]
    assert (row["since"], row["available"], row["at_stake"], row["lost_per_day"]) == ("2026-11-11", -3, None, None)
    assert (row["demand_per_day"], row["quantity"]) == (0.71, 35)  # 5 / 7 × 44 + 3 = 34.4
    assert "3 ordered units are missing." in row["why"] and "its cost is missing" in row["why"]
    assert "Of 2 sold-out SKUs 1 has no cost" in codes(body)
    assert explained(capsys, "inventory", "sold-out", "sku:A") == {
        "net_units": 20, "covered_days taobao/main": 8, "demand_per_day": 2.5, "available": 0, "quantity": 110,
        "at_stake": 2100, "lost_per_day": 150, "tables": {"order_lines", "stock_counts", "costs", "products"},
    }  # fmt: skip
    assert main(["explain", "inventory", "sold-out", "--row", "sku:B"]) == 2


def test_a_sku_stands_in_one_of_both(files: Files, ask: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    example(files)
    assert list(ask("reorder")["rows"]) == ["sku:B"] and "2 SKUs that sell are sold out" in codes(ask("reorder"))
    capsys.readouterr()
    assert main(["today", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    found = [(r["question"], r["key"], r["at_stake"]) for r in rows if r["key"] in ("sku:A", "sku:B", "sku:E")]
    # B: 20 in 10 days, 2 × 14 − 1 = 27 missing × 60
    assert sorted(found) == [("reorder", "sku:B", 1620), ("sold-out", "sku:A", 2100), ("sold-out", "sku:E", None)]


def test_words_of_both_languages(files: Files, ask: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    example(files)
    monkeypatch.setenv("MERCHANT_LANG", "zh")
    rows = ask("sold-out")["rows"]
    said = "自 2026-11-12 售罄，此前日均销量 2.5。每天损失毛利 150.00 CNY。到货天数为默认值。"
    assert rows["sku:A"]["why"] == said
    assert "已下单的 3 件无货可发" in rows["sku:E"]["why"]


def test_costs_taken_away_invent_no_margin(files: Files, ask: Asked) -> None:
    example(files)
    assert main(["undo", "1"]) == 0  # the costs
    rows = ask("sold-out")["rows"]
    assert [(r["at_stake"], r["lost_per_day"], r["demand_per_day"]) for r in rows.values()] == [
        (None, None, 2.5), (None, None, 0.71),
    ]  # fmt: skip


def rows_of(shop: Any, scope: Scope, **options: int) -> dict[str, dict[str, Any]]:
    answer = sold_out(shop.db, scope, **options)
    names = [column.name for column in answer.columns]
    return {row[names.index("sku")]: dict(zip(names, row, strict=True)) for row in answer.rows}


def test_moves_and_earlier_stockouts(shop: Any, scope: Scope) -> None:
    shop.cover("2026-10-26", "2026-11-14")
    shop.order("1", "2026-10-26", "A", 5, 50000)
    shop.count("A", "2026-10-28", 0)
    shop.count("A", "2026-10-31", 0)  # out on 10-28 to 10-31
    shop.put("stock_moves", source="s", move_id="1", code="A", units=20, kind="receipt", day="2026-11-01")
    shop.order("2", "2026-11-03", "A", 15, 150000)
    shop.put("stock_moves", source="s", move_id="2", code="A", units=-5, kind="adjust", day="2026-11-06")
    row = rows_of(shop, scope)["A"]
    # 0 + 20 − 15 − 5: gone by the adjustment of 11-06; 12 days from 10-26 to 11-06 less 4 out: 20 in 8 days
    assert (row["available"], row["since"], row["demand_per_day"]) == (0, "2026-11-06", 2.5)


def test_days_that_no_file_covers_are_unknown(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-01", "2026-11-04")
    shop.cover("2026-11-10", "2026-11-14")
    shop.order("1", "2026-11-02", "A", 8, 80000)
    shop.order("2", "2026-11-07", "A", 1, 10000)  # a day that is not covered in full
    shop.count("A", "2026-11-01", 9)
    assert rows_of(shop, scope)["A"]["demand_per_day"] == 2  # 8 in the 4 covered days up to 11-07
    shop.count("B", "2026-11-01", 1)
    shop.order("3", "2026-11-07", "B", 1, 10000)
    assert set(rows_of(shop, scope, demand_days=2)) == set()
    notes = {n.code: n.show("en") for n in sold_out(shop.db, scope, demand_days=2).notes}
    assert "2 SKUs went out on days that no orders file covers" in notes["demand-unknown"]


def test_still_ordered_after_two_months(shop: Any, scope: Scope) -> None:
    shop.cover("2026-08-01", "2026-11-14")
    shop.count("A", "2026-08-15", 0)
    shop.order("1", "2026-11-10", "A", 7, 70000, status="paid", shipped_day=None, open=1)
    row = rows_of(shop, scope)["A"]
    # ordered though there was none: since 2026-08 nothing was there; 7 in the newest 28 days
    assert (row["since"], row["available"], row["demand_per_day"], row["days_out"]) == (None, -7, 0.25, None)
    assert row["why"].show("en").startswith("Sold out for over 60 days; 0.25 a day are still ordered.")
    shop.count("B", "2026-08-15", 0)
    shop.order("2", "2026-08-10", "B", 7, 70000)
    assert "B" not in rows_of(shop, scope), "out for long and not asked for"


def test_an_earlier_day(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-01", "2026-11-14")
    shop.count("A", "2026-11-01", 6)
    shop.order("1", "2026-11-04", "A", 6, 60000)
    shop.count("A", "2026-11-12", 50)
    assert rows_of(shop, scope) == {}
    assert rows_of(shop, replace(scope, as_of="2026-11-08"))["A"]["since"] == "2026-11-04"


def test_nothing_known(shop: Any, scope: Scope) -> None:
    assert [n.code for n in sold_out(shop.db, Scope()).notes] == ["no-orders"]
    shop.cover("2026-11-01", "2026-11-14")
    shop.order("1", "2026-11-04", "A", 6, 60000)
    assert [n.code for n in sold_out(shop.db, scope).notes] == ["no-stock"]


def test_went_out() -> None:
    days = ["d1", "d2", "d3", "d4"]
    assert went_out(0, {"d2": -3}, days) == "d2"
    assert went_out(-2, {"d2": -3, "d4": -2}, days) == "d2"  # ordered on although there was none
    assert went_out(0, {"d1": -3, "d2": 5, "d3": -5}, days) == "d3"  # restocked between
    assert went_out(0, {}, days) is None
