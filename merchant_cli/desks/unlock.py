"""The one column of the merchant's own sheets whose filling makes the most sales measurable."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from merchant_cli.basics import days, money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.sales import Rates, base_currency, by_sku, in_base, net_sales

P = Phrase

WINDOW = 90  # days of sales that are weighed

HAVE_COST = """
SELECT sku FROM costs WHERE from_day <= :as_of AND cost_minor IS NOT NULL
"""
HAVE_STOCK = """
SELECT sku FROM stock_counts WHERE counted_day <= :as_of AND units IS NOT NULL
UNION
SELECT sku FROM listings WHERE listed_units IS NOT NULL
"""
HAVE_LEAD = """
SELECT p.sku FROM products p JOIN suppliers s ON s.supplier = p.supplier WHERE s.lead_days IS NOT NULL
"""
MEASURABLE = P(
    "Fill “{column}” for {count} {count:SKU|SKUs}: sales of {amount} {currency} in the last {days} days become"
    " measurable.",
    "为 {count} 个 SKU 填写“{column}”：近 {days} 天 {amount} {currency} 的销售即可衡量。",
)
ASSUMED = P(
    "Fill “{column}” for {count} {count:SKU|SKUs}: with sales of {amount} {currency} in the last {days} days"
    " {count:it is|they are} ordered by an assumed lead time.",
    "为 {count} 个 SKU 填写“{column}”：近 {days} 天销售 {amount} {currency}，目前按默认到货天数计算。",
)
# Column, SKUs that have it, sentence. Without cost or stock nothing is measured; an assumed lead time only moves
# the figures, so it is named when the first two are filled.
CANDIDATES = (
    (P("Unit cost", "成本"), HAVE_COST, MEASURABLE),
    (P("Counted units", "实盘数量"), HAVE_STOCK, MEASURABLE),
    (P("Lead days", "交货天数"), HAVE_LEAD, ASSUMED),
)


class Gain(NamedTuple):
    """What filling a column concerns: SKUs and their net sales, minor units of the base currency."""

    column: Phrase
    sentence: Phrase
    skus: int
    sales: int


def unlocks(db: sqlite3.Connection, scope: Scope) -> Note | None:
    """The note that names the column, None if nothing is missing or nothing was sold."""
    if scope.as_of is None:
        return None
    sales = net_sales(db, scope, days.add(scope.as_of, 1 - WINDOW), scope.as_of)
    base, rates = base_currency(scope, sales), Rates(db, scope.as_of)
    worth = {}
    for sku, nets in by_sku(sales).items():
        worth[sku] = in_base({c: n.sold - n.back_money for c, n in nets.items()}, base, rates) or 0
    gains = []
    for column, sql, sentence in CANDIDATES:
        have = {sku for (sku,) in db.execute(sql, {"as_of": scope.as_of})}
        missing = [value for sku, value in worth.items() if sku not in have]
        gains.append(Gain(column, sentence, len(missing), sum(missing)))
    best = max(gains, key=lambda gain: (gain.sales > 0, gain.sentence is MEASURABLE, gain.sales))
    if best.sales <= 0:
        return None
    return Note("unlocks", best.sentence, {
        "column": best.column, "count": best.skus, "amount": money.shown(best.sales, base), "currency": base or "",
        "days": WINDOW,
    })  # fmt: skip
