"""listings/costs and the worklist."""

from __future__ import annotations

from typing import Any

from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings.costs import costs, explain
from merchant_cli.desks.today import worklist
from merchant_cli.methods.ranking import ranks, urgency


def fill(shop: Any) -> None:
    shop.cover("2026-11-05", "2026-11-14")
    shop.order("1", "2026-11-06", "A", 20, 20000)
    shop.order("2", "2026-11-07", "B", 5, 6000)
    shop.refund("2", 1000)
    shop.count("A", "2026-11-14", 1)
    shop.put("costs", sku="A", from_day="", cost=400, currency="CNY")


def test_costs_missing(shop: Any, scope: Scope) -> None:
    fill(shop)
    answer = costs(shop.db, scope)
    (row,) = answer.rows
    assert row[0] == "sku:B" and row[3] is None and row[9:12] == (5, 5000, 0.2)  # 50.00 of 250.00
    assert answer.notes[0].show("en") == "1 SKUs without a cost, 20.0 % of sales"
    terms = {t.total: t.value for t in explain(shop.db, scope, "sku:B").terms if t.is_total}
    assert terms == {"sold CNY": 5000, "units": 5}


def test_two_currencies_without_a_rate_are_never_added(shop: Any, scope: Scope) -> None:
    fill(shop)
    shop.order("u", "2026-11-07", "C", 1, 500, shop=2, currency="USD")
    rows = {row[0]: row for row in costs(shop.db, scope).rows}
    assert rows["sku:C"][10:12] == (None, 1.0)


def test_the_worklist(shop: Any, scope: Scope) -> None:
    fill(shop)
    answer = worklist(shop.db, scope)
    rows = list(answer.rows)
    assert [(r[0], r[1], r[2]) for r in rows] == [("inventory", "reorder", "sku:A"), ("listings", "costs", "all")]
    assert rows[1][8]["command"] == "merchant listings costs"
    (note,) = answer.notes
    assert note.code == "unlocks" and "“成本”" in note.show("zh")
    assert "for 1 SKU: sales of 50.00 CNY in the last 90 days" in note.show("en")
    shop.db.execute("INSERT INTO decisions VALUES ('inventory/reorder/sku:A', 'snoozed', '2026-11-15', NULL, 0)")
    shop.db.execute("INSERT INTO decisions VALUES ('listings/costs/sku:B', 'snoozed', '2026-11-14', NULL, 0)")
    assert [r[1] for r in worklist(shop.db, scope).rows] == ["costs"]


def test_ranking() -> None:
    days = ("2026-11-13", "2026-11-14", "2026-11-17", "2026-11-21", "2026-11-22", None)
    assert [urgency(day, "2026-11-14") / 2 for day in days] == [4, 3, 2, 1.5, 1, 1]
    assert ranks([100, None, 10, 50], [2, 2, 2, 2]) == [200, 100, 20, 100]
