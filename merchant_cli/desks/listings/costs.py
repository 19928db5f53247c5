"""Which SKUs were sold without a known cost: as long as it is missing, no margin of them can be measured."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.listings import listings
from merchant_cli.desks.sales import Net, Rates, base_currency, by_sku, in_base, net_sales

P = Phrase

COSTED = """
SELECT sku FROM costs WHERE from_day <= :as_of AND cost_minor IS NOT NULL
"""
TITLES = """
SELECT sku, max(title) FROM listings WHERE sku IS NOT NULL AND title IS NOT NULL GROUP BY sku
UNION ALL
SELECT sku, title FROM products WHERE title IS NOT NULL
"""
# The title of the newest line of each SKU that has none there.
SOLD_TITLES = """
SELECT sku, max(title), day FROM (
  SELECT sku, title, day, rank() OVER (PARTITION BY shop, code ORDER BY day DESC) AS age
  FROM sold_units
  WHERE day BETWEEN :since AND :until AND title IS NOT NULL
    AND sku NOT IN (SELECT sku FROM listings WHERE sku IS NOT NULL AND title IS NOT NULL)
    AND sku NOT IN (SELECT sku FROM products WHERE title IS NOT NULL)
) AS seen
WHERE age = 1 GROUP BY sku, day ORDER BY day
"""
LINES_BEHIND = """
SELECT 'order_lines', shop || ' ' || order_id || ' ' || line_key, day, units, import_no, line
FROM sold_units WHERE sku = :sku AND day BETWEEN :since AND :until ORDER BY 3, 2
"""
REFUNDS_BEHIND = """
SELECT DISTINCT 'refunds', shop || ' ' || refund_id || ' ' || refund_line, day, refund_units, import_no, line
FROM refunded_lines
WHERE sku = :sku AND day BETWEEN :since AND :until AND (booked_day IS NULL OR booked_day BETWEEN :since AND :as_of)
ORDER BY 3, 2
"""
HELP = {"window_days": P("Days of sales that are looked at", "统计销售的天数")}
WHY = P("Sold from {since} to {until}, but its cost is missing: its margin is unknown.",
        "{since} 至 {until} 有销售但缺少成本，毛利未知。")  # fmt: skip
SUMMARY = P("{count} SKUs without a cost, {percent} % of sales", "{count} 个 SKU 缺少成本，占销售额 {percent}%")


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 90) -> Explanation:
    """Net sales of the SKU per shop and currency, and the order lines and refunds behind them."""
    span, sku = scope.window(window_days), key.removeprefix("sku:")
    found = {k: n for k, n in (net_sales(db, scope, *span) if span else {}).items() if k[1] == sku}
    costed = db.execute(COSTED + "AND sku = :sku", {"as_of": scope.as_of, "sku": sku}).fetchone()
    if not found or costed or not key.startswith("sku:"):
        raise Problem("no-such-row", key=key, desk="listings", question="costs")
    terms = []
    for currency in sorted({k[2] or "" for k in found}):
        total = f"sold {currency}".strip()
        kind: dict[str, Any] = {"kind": "money", "unit": currency or None}
        mine = {k: n for k, n in found.items() if (k[2] or "") == currency}
        for (shop, _, _), net in mine.items():
            terms += [Term(total, P(f"Sold: {shop}", f"售出：{shop}"), net.sold, **kind),
                      Term(total, P(f"Refunded: {shop}", f"退款：{shop}"), -net.back_money, **kind)]  # fmt: skip
        net_money = sum(n.sold - n.back_money for n in mine.values())
        terms.append(Term(total, P("Net sales", "净销售额"), net_money, is_total=True, **kind))
    for (shop, _, _), net in found.items():
        terms += [Term("units", P(f"Units sold: {shop}", f"售出件数：{shop}"), net.units),
                  Term("units", P(f"Units returned: {shop}", f"退回件数：{shop}"), -net.back_units)]  # fmt: skip
    left = sum(net.units - net.back_units for net in found.values())
    terms.append(Term("units", P("Net units", "净销量"), left, is_total=True))
    behind = []
    params = {"sku": sku, "since": span[0] if span else "", "until": span[1] if span else "", "as_of": scope.as_of}
    for sql in (LINES_BEHIND, REFUNDS_BEHIND):
        for table, where, day, units, import_no, line in db.execute(sql, params):
            behind.append(Behind(table, where, f"{day} {units if units is not None else ''}".strip(), import_no, line))
    return Explanation(terms, behind)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("units", P("Net units", "净销量"), "count"),
        Column("sold", P("Net sales", "净销售额"), "money", currency),
        Column("share", P("Share of sales", "占销售额"), "rate"),
        Column("shops", P("Shops", "店铺"), "text"),
    )


@listings.alert(P("Costs missing", "缺少成本"), action="fill-costs", at_stake="unknown", explain=explain, help=HELP)
def costs(db: sqlite3.Connection, scope: Scope, *, window_days: int = 90) -> Answer:
    """SKUs sold in the last `window_days` days without a unit cost, by their share of net sales.

    Net sales = sold of goods of orders that count, less refunds, by order day, in minor units of the base currency.
    A SKU sold in a currency without a rate has no sum: `sold` is empty and `share` is that within its largest
    currency. Nothing is at stake that could be measured: that is what is missing.
    """
    first = Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        first.notes.append(Note("no-orders", P(
            "No orders yet. Import an orders export first: `merchant import FILE`",
            "还没有订单。请先导入订单文件：`merchant import 文件`")))  # fmt: skip
        return first
    span = scope.window(window_days)
    if span is None:
        return first
    sales = net_sales(db, scope, *span)
    base, rates = base_currency(scope, sales), Rates(db, scope.as_of)
    costed = {sku for (sku,) in db.execute(COSTED, {"as_of": scope.as_of})}
    shops: dict[str, set[str]] = {}
    for shop, sku, _ in sales:
        shops.setdefault(sku, set()).add(shop)
    summed = by_sku(sales)
    totals: dict[str | None, int] = {}
    for nets in summed.values():
        for currency, net in nets.items():
            totals[currency] = totals.get(currency, 0) + net.sold - net.back_money
    titles = _titles(db, {sku for sku in summed if sku not in costed}, span)
    rows: list[tuple[Any, ...]] = []
    whole, without = in_base(totals, base, rates), 0
    for sku, nets in summed.items():
        if sku in costed:
            continue
        sold, share = _sold(nets, totals, whole, base, rates)
        without += sold or 0
        title, units = titles.get(sku) or sku, sum(n.units - n.back_units for n in nets.values())
        why = Note("cost-missing", WHY, {"since": span[0], "until": span[1]})
        rows.append((f"sku:{sku}", title, why, None, None, "fill-costs",
                     {"sku": sku, "command": "merchant template costs -o costs.xlsx"}, sku, title, units, sold, share,
                     ", ".join(sorted(shops[sku]))))  # fmt: skip
    rows.sort(key=lambda row: (row[11] is None, -(row[11] or 0), row[0]))
    answer = Answer(_columns(base), rows, ("key",), scope.as_of, scope.shops, base)
    if rows:
        answer.notes.append(_summary(len(rows), without, whole))
    return answer


def _titles(db: sqlite3.Connection, wanted: set[str], span: tuple[str, str]) -> dict[str, str]:
    """SKU → its title in the own sheets, else in a shop, else of its newest order line."""
    found = dict(db.execute(TITLES).fetchall()) if wanted else {}
    if wanted - found.keys():
        sold = db.execute(SOLD_TITLES, {"since": span[0], "until": span[1]})
        found = {sku: title for sku, title, _ in sold} | found
    return found


def _sold(
    nets: dict[str | None, Net], totals: dict[str | None, int], whole: int | None, base: str | None, rates: Rates
) -> tuple[int | None, float | None]:
    """Net sales in the base currency and their share; without a rate None and the largest share of a currency."""
    money = {currency: net.sold - net.back_money for currency, net in nets.items()}
    sold = in_base(money, base, rates)
    if sold is not None and whole:
        return sold, round(sold / whole, 4)
    shares = [money[c] / totals[c] for c in money if totals[c] > 0]
    return sold, round(max(shares), 4) if shares else None


def _summary(count: int, without: int, whole: int | None) -> Note:
    """One line for all rows: what the worklist shows instead of them."""
    if not whole:
        return Note("summary", P("{count} SKUs without a cost", "{count} 个 SKU 缺少成本"), {"count": count})
    return Note("summary", SUMMARY, {"count": count, "percent": f"{without * 100 / whole:.1f}"})
