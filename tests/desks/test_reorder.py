"""inventory/reorder against figures worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import ALERT_KEYS, Scope
from merchant_cli.desks.inventory.reorder import explain, reorder


def ask(shop: Any, scope: Scope, **options: int) -> dict[str, dict[str, Any]]:
    answer = reorder(shop.db, scope, **options)
    names = [column.name for column in answer.columns]
    assert set(ALERT_KEYS) <= set(names)
    return {row[names.index("sku")]: dict(zip(names, row, strict=True)) for row in answer.rows}


@pytest.fixture
def ten(shop: Any) -> Any:
    """Ten full days; A sells 30 and 10 come back; 16 are available; cost 4.00, price 10.00."""
    shop.cover("2026-11-05", "2026-11-14")
    shop.order("1", "2026-11-06", "A", 20, 20000)
    shop.order("2", "2026-11-08", "A", 10, 10000)
    shop.refund("2", 10000)
    shop.count("A", "2026-11-14", 16)
    shop.put("costs", sku="A", from_day="", cost=400, currency="CNY")
    shop.put("costs", sku="A", from_day="2026-11-20", cost=900, currency="CNY")  # not yet
    return shop


def test_the_figures(ten: Any, scope: Scope) -> None:
    # demand (30 − 10) / 10 = 2 a day; cover 16 / 2 = 8 days → out on 11-22, order by 11-15;
    # quantity 2 × (7 + 7 + 30) − 16 = 72; lost 2 × 14 − 16 = 12 units × (10.00 − 4.00) = 72.00
    row = ask(ten, scope)["A"]
    assert (row["demand_per_day"], row["cover_days"], row["available"]) == (2, 8, 16)
    assert (row["stockout_day"], row["order_by_day"], row["due"]) == ("2026-11-22", "2026-11-15", "2026-11-15")
    assert (row["quantity"], row["at_stake"], row["unit_margin"]) == (72, 7200, 600)
    for lang in ("en", "zh"):
        assert "{" not in row["why"].show(lang)


def test_supplier_pack_and_moq(ten: Any, scope: Scope) -> None:
    ten.put("products", sku="A", title="Cup", supplier="S", pack=10)
    ten.put("suppliers", supplier="S", lead_days=14, review_days=28, moq=155)
    row = ask(ten, scope)["A"]
    # needed 2 × (14 + 28 + 30) − 16 = 128, MOQ 155, whole packs 160; lost (84 − 16) × 6.00 = 408.00
    assert (row["quantity"], row["at_stake"], row["lead_days"], row["subject"]) == (160, 40800, 14, "Cup")
    assert (row["order_by_day"], row["due"]) == ("2026-11-08", "2026-11-14")


def test_an_uncovered_day_is_unknown_not_zero(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-05", "2026-11-08")
    shop.cover("2026-11-13", "2026-11-13")
    shop.cover("2026-11-14", "2026-11-14", full=0)
    shop.order("1", "2026-11-06", "A", 10, 1000)
    shop.order("2", "2026-11-14", "A", 99, 9900)  # the day is not over
    shop.count("A", "2026-11-14", 5)
    assert ask(shop, scope)["A"]["demand_per_day"] == 2  # 10 units in 5 full days


def test_stockout_days_are_left_out(shop: Any, scope: Scope) -> None:
    shop.cover("2026-11-05", "2026-11-14")
    shop.order("1", "2026-11-06", "A", 10, 1000)
    shop.count("A", "2026-11-10", 0)
    shop.count("A", "2026-11-12", 0)  # 10, 11 and 12 are out: 7 days remain
    shop.put("stock_moves", source="s", move_id="1", code="A", units=2, kind="receipt", day="2026-11-13")
    row = ask(shop, scope)["A"]
    assert (row["demand_per_day"], row["available"]) == (1.43, 2)
    assert row["quantity"] == 61  # ceil(10 / 7 × 44 − 2) = ceil(60.86)


def test_two_shops_add_their_rates(ten: Any, scope: Scope) -> None:
    ten.cover("2026-11-10", "2026-11-14", shop=2)
    ten.order("u1", "2026-11-11", "A", 5, 5000, shop=2, currency="USD")
    row = ask(ten, scope)["A"]
    assert row["demand_per_day"] == 3  # 20 / 10 + 5 / 5
    assert row["at_stake"] is None and row["why"].code == "runs-out-no-rate"
    ten.put("rates", from_currency="USD", to_currency="CNY", from_day="", rate_micro=7_000_000)
    # price (200.00 + 50.00 × 7) / 25 = 22.00; lost 3 × 14 − 16 = 26 × (22.00 − 4.00) = 468.00
    assert ask(ten, scope)["A"]["at_stake"] == 46800
    # one shop only: its own demand 2 a day, the stock is that of all
    assert ask(ten, replace(scope, shops=("taobao/main",)))["A"]["demand_per_day"] == 2


def test_no_cost_is_not_measurable(ten: Any, scope: Scope) -> None:
    ten.db.execute("DELETE FROM fact_costs")
    row = ask(ten, scope)["A"]
    assert row["at_stake"] is None and row["unit_margin"] is None and "cost is missing" in row["why"].show("en")


def test_partial_refunds(ten: Any, scope: Scope) -> None:
    ten.refund("1", 2000)  # no units named: none come back, money does
    # price (200.00 − 20.00) / 20 = 9.00 → 12 × 5.00
    assert ask(ten, scope)["A"]["at_stake"] == 6000
    ten.refund("1", 2000, units=2, code="A")  # explains the total: 18 net units
    assert ask(ten, scope)["A"]["demand_per_day"] == 1.8


def test_as_of_in_the_past(ten: Any, scope: Scope) -> None:
    ten.count("A", "2026-11-07", 12)
    row = ask(ten, replace(scope, as_of="2026-11-08"))["A"]
    # 30 units in 4 days (the refund is booked later); 12 counted, 10 sold since → 2; what was counted later is ignored
    assert (row["demand_per_day"], row["available"], row["why"].code) == (7.5, 2, "runs-out")


def test_what_is_sold_out_stands_elsewhere(ten: Any, scope: Scope) -> None:
    ten.count("A", "2026-11-07", 10)  # and 10 are sold the day after
    answer = reorder(ten.db, replace(scope, as_of="2026-11-08"))
    assert list(answer.rows) == []
    assert "1 SKU that sells is sold out" in next(n for n in answer.notes if n.code == "sold-out").show("en")


def test_terms_add_up_and_rows_stand_behind(ten: Any, scope: Scope) -> None:
    ten.put("products", sku="A", title="Cup", supplier="S", pack=7)
    for as_of in ("2026-11-14", "2026-11-13"):
        past = replace(scope, as_of=as_of)
        if as_of != "2026-11-14":
            ten.count("A", as_of, 3)
        explained = explain(ten.db, past, "sku:A", cover_days=31)
        row = ask(ten, past, cover_days=31)["A"]
        for total in {term.total for term in explained.terms}:
            terms = [t for t in explained.terms if t.total == total]
            assert sum(t.value for t in terms if not t.is_total) == next(t.value for t in terms if t.is_total), total
        said = {t.total: t.value for t in explained.terms if t.is_total}
        assert [said[n] for n in ("available", "quantity", "at_stake")] == [
            row[n] for n in ("available", "quantity", "at_stake")
        ]
        tables = {behind.table for behind in explained.behind}
        assert tables == {"order_lines", "refunds", "stock_counts", "costs", "products"}
    with pytest.raises(Problem):
        explain(ten.db, scope, "sku:nobody")


def test_nothing_known(shop: Any, scope: Scope) -> None:
    assert [n.code for n in reorder(shop.db, Scope()).notes] == ["no-orders"]
    shop.cover("2026-11-05", "2026-11-14")
    shop.order("1", "2026-11-06", "A", 10, 1000)
    answer = reorder(shop.db, scope)
    assert list(answer.rows) == [] and "no-stock" in [n.code for n in answer.notes]
