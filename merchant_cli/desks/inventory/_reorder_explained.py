"""Why a row of reorder says what it says: the terms of its numbers and the rows of the store behind them."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Behind, Explanation, Scope, Term
from merchant_cli.desks.inventory._plans import Facts, Options, Plan, plans, read

P = Phrase

LINES_BEHIND = """
SELECT 'order_lines', shop || ' ' || order_id || ' ' || line_key, day, units, import_no, line
FROM sold_units WHERE sku = :sku AND day BETWEEN :first AND :as_of
UNION
SELECT 'order_lines', shop || ' ' || order_id || ' ' || line_key, day, units, import_no, line
FROM order_units WHERE sku = :sku AND open = 1 AND day <= :as_of
UNION
SELECT 'order_lines', shop || ' ' || order_id || ' ' || line_key, day, units, import_no, line
FROM order_units WHERE sku = :sku AND shipped_day >= :counted_day AND day <= :as_of
ORDER BY 3, 2
"""
REFUNDS_BEHIND = """
SELECT DISTINCT 'refunds', shop || ' ' || refund_id || ' ' || refund_line, day, refund_units, import_no, line
FROM refunded_lines
WHERE sku = :sku AND day BETWEEN :since AND :until AND (booked_day IS NULL OR booked_day BETWEEN :since AND :as_of)
ORDER BY 3, 2
"""
COUNTS_BEHIND = """
SELECT 'stock_counts', coalesce(shop, '') || ' ' || location || ' ' || code, counted_day, units, import_no, line
FROM stock_counts c
WHERE sku = :sku AND counted_day <= :as_of AND (counted_day >= :since OR counted_at = (
  SELECT max(n.counted_at) FROM stock_counts n
  WHERE n.sku = :sku AND n.location = c.location AND n.counted_day <= :as_of))
ORDER BY 3, 2
"""
LISTINGS_BEHIND = """
SELECT 'listings', shop || ' ' || listing_id || ' ' || variant_id, '', listed_units, import_no, line
FROM listings WHERE sku = :sku AND listed_units IS NOT NULL ORDER BY 2
"""
MOVES_BEHIND = """
SELECT 'stock_moves', source || ' ' || move_id, day, units, import_no, line
FROM stock_moves WHERE sku = :sku AND day BETWEEN :counted_day AND :as_of ORDER BY 3, 2
"""
KEPT_BEHIND = """
SELECT 'costs', sku || ' ' || from_day, from_day, NULL, import_no, line FROM costs
WHERE sku = :sku AND from_day = (SELECT max(c.from_day) FROM costs c
  WHERE c.sku = :sku AND c.from_day <= :as_of AND c.cost_minor IS NOT NULL)
UNION ALL
SELECT 'products', sku, '', NULL, import_no, line FROM products WHERE sku = :sku
UNION ALL
SELECT 'suppliers', supplier, '', NULL, import_no, line FROM suppliers
WHERE supplier = (SELECT p.supplier FROM products p WHERE p.sku = :sku)
"""
LAST_COUNT = """
SELECT max(counted_day) FROM stock_counts WHERE sku = :sku AND counted_day <= :as_of AND units IS NOT NULL
"""


def explain(db: sqlite3.Connection, scope: Scope, key: str, **options: Any) -> Explanation:
    """The terms and rows behind the row `key` (`sku:CODE`). Raises Problem no-such-row."""
    asked = Options(**options)
    facts = read(db, scope, asked) if scope.as_of else None
    for plan in plans(facts, asked) if facts else ():
        if facts and f"sku:{plan.sku}" == key:
            return Explanation(terms_of(plan, facts, asked), behind(db, scope, plan, facts))
    raise Problem("no-such-row", key=key, desk="inventory", question="reorder")


def summed(total: str, label: Phrase, terms: list[tuple[Phrase, int]], **kind: Any) -> list[Term]:
    """Terms and their total, which is their sum by construction."""
    made = [Term(total, phrase, value, **kind) for phrase, value in terms]
    return [*made, Term(total, label, sum(value for _, value in terms), is_total=True, **kind)]


def terms_of(plan: Plan, facts: Facts, options: Options) -> list[Term]:
    """What a plan calculates: demand, stock, quantity and the margin at stake."""
    held, nets = plan.stock, plan.sales.values()
    until = plan.lead + plan.review + options.cover_days
    terms = summed("net_units", P("Net units sold in the window", "期间净销量"), [
        (P("Sold", "售出"), sum(n.units for n in nets)),
        (P("Returned", "退回"), -sum(n.back_units for n in nets)),
    ])  # fmt: skip
    for shop in sorted({shop for shop, _ in plan.sales}):
        label = P(f"Full covered days with stock: {shop}", f"完整覆盖且有货的天数：{shop}")
        terms += summed(f"covered_days {shop}", label, [(label, plan.days[shop])])
    per_day = round(plan.demand.units / plan.demand.days, 2)
    label = P("Demand per day: net units ÷ days, shops added", "日均销量：净销量 ÷ 天数，各店相加")
    terms += [Term("demand_per_day", label, per_day, estimated=True)]
    terms += [Term("demand_per_day", label, per_day, is_total=True, estimated=True)]
    started = P("Counted", "盘点数") if held.source == "counted" else P("Listed", "平台在售数量")
    terms += summed("available", P("Available", "可用库存"), [
        (started, held.counted), (P("Moves since", "此后出入库"), held.moved),
        (P("Shipped since", "此后已发货"), -held.shipped), (P("Reserved", "待发货占用"), -held.reserved),
    ], estimated=bool(held.estimated))  # fmt: skip
    wanted = plan.needed + held.available
    terms += summed("quantity", P("Order quantity", "采购数量"), [
        (P(f"Needed for {until} days", f"{until} 天所需"), wanted), (P("Available", "可用库存"), -held.available),
        (P("Up to packs and MOQ", "按箱规与起订量补足"), plan.quantity - plan.needed),
    ], estimated=True)  # fmt: skip
    return terms + _stake(plan, facts)


def _stake(plan: Plan, facts: Facts) -> list[Term]:
    label = P("Margin at stake", "涉及毛利")
    kind: dict[str, Any] = {"kind": "money", "unit": facts.base, "estimated": True}
    if plan.sales_lost is None or plan.cost_lost is None:
        return [Term("at_stake", label, None, is_total=True, **kind)]
    terms = [(P("Sales of the missing units", "缺货件数的销售额"), plan.sales_lost),
             (P("Their cost", "对应成本"), -plan.cost_lost)]  # fmt: skip
    if plan.cost_lost > plan.sales_lost:
        label_none = P("No margin to lose: cost exceeds price", "成本高于售价，无毛利损失")
        terms.append((label_none, plan.cost_lost - plan.sales_lost))
    return summed("at_stake", label, terms, **kind)


def behind(db: sqlite3.Connection, scope: Scope, plan: Plan, facts: Facts) -> list[Behind]:
    """The rows of the store behind a plan: of the window of `facts`, and what its stock stands on."""
    params: dict[str, Any] = {
        "sku": plan.sku, "as_of": scope.as_of, "since": facts.window[0], "until": facts.window[-1],
    }  # fmt: skip
    params["counted_day"] = db.execute(LAST_COUNT, params).fetchone()[0] or scope.as_of
    params["first"] = min(params["counted_day"], params["since"])
    reads = [LINES_BEHIND, REFUNDS_BEHIND, COUNTS_BEHIND, MOVES_BEHIND, KEPT_BEHIND]
    if plan.stock.source == "listed":
        reads[2] = LISTINGS_BEHIND
    found = []
    for sql in reads:
        for table, key, day, units, import_no, line in db.execute(sql, params):
            what = " ".join(str(part) for part in (day, units) if part not in (None, ""))
            found.append(Behind(table, key, what, import_no, line))
    return found
