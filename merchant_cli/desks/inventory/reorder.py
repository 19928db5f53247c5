"""Which SKUs run out before a new order could arrive, and how much to order."""

from __future__ import annotations

import sqlite3
from functools import cache
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope, alert_columns
from merchant_cli.desks.inventory import inventory
from merchant_cli.desks.inventory._plans import Facts, Options, Plan, plans, rate, read, selling_days
from merchant_cli.desks.inventory._reorder_explained import explain
from merchant_cli.desks.inventory._said import ASSUMED, FIRST_STEP, NO_STOCK, UNKNOWN, joined
from merchant_cli.desks.words import STOCK_SOURCES
from merchant_cli.methods.reorder_point import whole_days

P = Phrase

LASTS = P("Lasts {days} {days:day|days}; a new order takes {lead}, the next chance is {review} later.",
          "可售 {days} 天；新采购需 {lead} 天到货，下次下单机会在 {review} 天后。")  # fmt: skip
HELP = {
    "cover_days": P("Days that an order lasts beyond lead time and review", "到货与下单周期之外，还应够卖的天数"),
    "window_days": P("Days over which demand is averaged", "计算日均销量的天数"),
    "lead_days": P("Days from order to arrival where no supplier says", "供应商未注明时的到货天数"),
    "review_days": P("Days between two orders where no supplier says", "供应商未注明时的下单间隔天数"),
}
ESTIMATES = frozenset({
    "at_stake", "due", "available", "demand_per_day", "cover_days", "stockout_day", "order_by_day", "quantity",
})  # fmt: skip


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency, P("Margin at stake", "涉及毛利")),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("available", P("Available", "可用库存"), "count"),
        Column("demand_per_day", P("Demand per day", "日均销量"), "count"),
        Column("cover_days", P("Days of cover", "可售天数"), "count"),
        Column("stockout_day", P("Runs out on", "断货日"), "day"),
        Column("order_by_day", P("Order by", "最晚下单日"), "day"),
        Column("quantity", P("Order quantity", "采购数量"), "count"),
        Column("unit_margin", P("Margin per unit", "单件毛利"), "money", currency),
        Column("lead_days", P("Lead days", "到货天数"), "count"),
        Column("supplier", P("Supplier", "供应商"), "text"),
        Column("stock_source", P("Stock from", "库存来源"), "id", words=STOCK_SOURCES),
    )


KEY, STAKE, ORDER_BY = 0, 3, 13


@inventory.alert(
    P("Running out", "即将断货"), action="purchase-order", at_stake="lost_margin", explain=explain, help=HELP
)
def reorder(
    db: sqlite3.Connection, scope: Scope, *,
    cover_days: int = 30, window_days: int = 28, lead_days: int = 7, review_days: int = 7,
) -> Answer:  # fmt: skip
    """SKUs that run out before a new order could arrive, and how much to order.

    demand = net units (goods of orders that count, less what came back, by order day) ÷ full covered days of the
    window that ends with the newest full day, without stock-out days; per shop, then added. cover = available ÷
    demand, in days. A SKU is listed if available < demand × (lead + review). quantity = demand × (lead + review +
    cover_days) − available, rounded up to packs, at least the MOQ. at_stake = (demand × (lead + review) −
    available) × (net price − unit cost) in the base currency: the margin lost if the order is placed one review
    later. Lead, review and MOQ are the supplier's, else the options. Stock is that of all shops, whatever is asked.
    A SKU of which nothing is available stands in `inventory/sold-out` and not here, so its money counts once.
    """
    options = Options(cover_days, max(1, window_days), lead_days, review_days)
    facts = read(db, scope, options) if scope.as_of else None
    if facts is None or scope.as_of is None:
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, [FIRST_STEP])
    found = list(plans(facts, options))
    rows = sorted(
        (_row(plan, scope.as_of, facts) for plan in found),
        key=lambda row: (row[STAKE] is None, -(row[STAKE] or 0), row[ORDER_BY], row[KEY]),
    )
    notes = _notes(facts, scope, options, found)
    return Answer(_columns(facts.base), rows, ("key",), scope.as_of, scope.shops, facts.base, notes, ESTIMATES)


@cache
def _after(day: str, count: int) -> str:
    """The day `count` days after `day`, at most a thousand years away; kept, many SKUs share it."""
    return days.add(day, max(-365_000, min(count, 365_000)))


def _row(plan: Plan, as_of: str, facts: Facts) -> tuple[Any, ...]:
    available, demand = plan.stock.available, plan.demand
    whole = whole_days(available, demand)
    stockout = _after(as_of, whole)
    order_by = _after(as_of, whole - plan.lead)
    per_day = round(demand.units / demand.days, 2)
    cover = round(available * demand.days / demand.units, 1)
    margin, stake = plan.margin, None
    if margin is not None and plan.sales_lost is not None and plan.cost_lost is not None:
        stake = max(0, plan.sales_lost - plan.cost_lost)
    unit_margin = None if margin is None else (2 * (margin.price - margin.cost) + margin.over) // (2 * margin.over)
    params = {
        "sku": plan.sku, "quantity": plan.quantity, "supplier": plan.terms.supplier,
        "location": plan.stock.location, "order_by": order_by, "lead_days": plan.lead,
    }  # fmt: skip
    return (
        f"sku:{plan.sku}", plan.title, _why(plan, whole), stake, max(order_by, as_of), "purchase-order", params,
        plan.sku, plan.title, available, per_day, cover, stockout, order_by, plan.quantity, unit_margin,
        plan.lead, plan.terms.supplier, plan.stock.source,
    )  # fmt: skip


def _why(plan: Plan, whole: int) -> Note:
    """The reason as one sentence; what is assumed or not measurable follows it."""
    assumed = ASSUMED if plan.terms.lead_days is None else UNKNOWN[""]
    code = "runs-out" + ("-" + plan.unknown if plan.unknown else "")
    return Note(code, joined(LASTS, assumed, UNKNOWN[plan.unknown]), {
        "days": whole, "lead": plan.lead, "review": plan.review,
    })  # fmt: skip


def _notes(facts: Facts, scope: Scope, options: Options, found: list[Plan]) -> list[Note]:
    notes = [Note("demand-window", P(
        "Demand is the average of the full covered days from {first} to {last}.",
        "日均销量按 {first} 至 {last} 中完整覆盖的日期计算。"),
        {"first": facts.window[0], "last": facts.window[-1]})]  # fmt: skip
    if not facts.stock:
        notes.append(NO_STOCK)
    elif missing := sum(sku not in facts.stock for sku in facts.sales):
        notes.append(Note("stock-missing", P(
            "{count} {count:SKU was|SKUs were} sold but {count:has|have} no stock figure and {count:is|are} not in this"
            " list.",
            "{count} 个 SKU 有销售但没有库存数据，未列入。"), {"count": missing}))  # fmt: skip
    if assumed := sum(plan.terms.lead_days is None for plan in found):
        notes.append(Note("lead-assumed", P(
            "For {count} {count:SKU|SKUs} no supplier's lead time is stored: {days} {days:day is|days are} assumed.",
            "{count} 个 SKU 没有供应商到货天数，按 {days} 天计算。"),
            {"count": assumed, "days": options.lead_days}))  # fmt: skip
    unknown = gone = 0
    for sku, sales in facts.sales.items():
        held, sold_on = facts.stock.get(sku), selling_days(facts, sku, sales)
        gone += held is not None and held.available <= 0 and rate(sales, sold_on) is not None
        unknown += held is not None and held.available > 0 and not any(n > 0 for n in sold_on.values())
    if gone:
        notes.append(Note("sold-out", P(
            "{count} {count:SKU that sells is|SKUs that sell are} sold out: `merchant inventory sold-out`",
            "另有 {count} 个在售 SKU 已售罄：`merchant inventory sold-out`"), {"count": gone}))  # fmt: skip
    if unknown:
        notes.append(Note("always-out", P(
            "{count} {count:SKU was|SKUs were} out of stock on every day of the window: {count:its|their} demand is"
            " unknown.",
            "{count} 个 SKU 在整个期间都断货，无法得知销量。"), {"count": unknown}))  # fmt: skip
    if currencies := _without_rate(facts, found):
        notes.append(Note("no-rate", P(
            "No rate from {currencies} to {base}: margins there are not measurable."
            " `merchant rates set {first} {base} RATE`",
            "缺少 {currencies} 兑 {base} 的汇率，相关毛利无法衡量。`merchant rates set {first} {base} 汇率`"),
            {"currencies": ", ".join(currencies), "first": currencies[0], "base": facts.base or "?"}))  # fmt: skip
    return notes


def _without_rate(facts: Facts, found: list[Plan]) -> list[str]:
    assert facts.rates is not None
    used = set()
    for plan in found:
        if plan.unknown == "no-rate":
            used |= {currency for _, currency in plan.sales} | {facts.costs[plan.sku][1]}
    return sorted(c for c in used if c and facts.rates(c, facts.base) is None)
