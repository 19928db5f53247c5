"""Which SKUs are sold out while demand goes on, since when, and what that costs a day."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.money import shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.inventory import inventory
from merchant_cli.desks.inventory._out import LOOK_BACK, Gone, facts_of, gone
from merchant_cli.desks.inventory._plans import Facts, Options
from merchant_cli.desks.inventory._reorder_explained import behind, summed, terms_of
from merchant_cli.desks.inventory._said import ASSUMED, FIRST_STEP, NO_STOCK, UNKNOWN, joined
from merchant_cli.desks.words import STOCK_SOURCES
from merchant_cli.methods.reorder_point import half_up

P = Phrase

NONE = P("", "")
SINCE = P("Sold out since {since}; before that {per_day} a day were sold.", "自 {since} 售罄，此前日均销量 {per_day}。")
LONG = P("Sold out for over {back} days; {per_day} a day are still ordered.",
         "售罄已超过 {back} 天，仍有订单，日均 {per_day} 件。")  # fmt: skip
LOSES = P(" It loses {lost} {currency} a day.", "每天损失毛利 {lost} {currency}。")
SHORT = P(" {units} ordered {units:unit is|units are} missing.", "已下单的 {units} 件无货可发。")
HELP = {
    "demand_days": P("Days before it went out over which demand is averaged", "售罄前计算日均销量的天数"),
    "cover_days": P("Days that an order lasts beyond lead time and review", "到货与下单周期之外，还应够卖的天数"),
    "lead_days": P("Days from order to arrival where no supplier says", "供应商未注明时的到货天数"),
    "review_days": P("Days between two orders where no supplier says", "供应商未注明时的下单间隔天数"),
}
ESTIMATES = frozenset({"at_stake", "available", "demand_per_day", "since", "days_out", "lost_per_day", "quantity"})


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *,
    demand_days: int = 28, cover_days: int = 30, lead_days: int = 7, review_days: int = 7,
) -> Explanation:  # fmt: skip
    """Demand before it went out, stock, order quantity and lost margin, and the rows behind. Raises no-such-row."""
    options = Options(cover_days, demand_days, lead_days, review_days)
    found = gone(db, scope, options) if scope.as_of else None
    for one in found[0] if found else ():
        if found and f"sku:{one.plan.sku}" == key:
            facts = facts_of(one, found[2])
            terms = terms_of(one.plan, facts, options) + _per_day(one, facts)
            return Explanation(terms, behind(db, scope, one.plan, facts))
    raise Problem("no-such-row", key=key, desk="inventory", question="sold-out")


def _per_day(one: Gone, facts: Facts) -> list[Term]:
    label, margin, demand = P("Margin lost a day", "每天损失的毛利"), one.plan.margin, one.plan.demand
    if margin is None or one.lost_per_day is None:
        return [Term("lost_per_day", label, None, "money", facts.base, is_total=True)]
    cost = half_up(demand.units * margin.cost, demand.days * margin.over)
    terms = [(P("Sales a day", "每天的销售额"), one.lost_per_day + cost), (P("Their cost", "对应成本"), -cost)]
    return summed("lost_per_day", label, terms, kind="money", unit=facts.base, estimated=True)


@inventory.alert(P("Sold out", "已售罄"), action="purchase-order", at_stake="lost_margin", explain=explain, help=HELP)
def sold_out(
    db: sqlite3.Connection, scope: Scope, *,
    demand_days: int = 28, cover_days: int = 30, lead_days: int = 7, review_days: int = 7,
) -> Answer:  # fmt: skip
    """SKUs of which nothing is available although they are in demand: since when, and the margin lost a day.

    since = the first day from whose end on nothing was available, counted back from today's available units by what
    was sold and moved each day. demand = net units (goods of orders that count, less what came back, by order day) ÷
    full covered days among the `demand_days` days that end with that day, without stock-out days; per shop, then
    added; if nothing was sold then, the newest full days. lost_per_day = demand × (net price − unit cost) in the base
    currency, before fees, never below 0. at_stake = the same × (lead + review) days: what is lost until an order
    arrives that is placed one review later, the measure of `inventory/reorder`. quantity as there.

    A SKU stands here or in `inventory/reorder`, never in both: here if nothing is available, there if something is.
    Units that are ordered and not there are no lost margin; their money stands in `inventory/oversold`. Stock is that
    of all shops, whatever is asked.
    """
    options = Options(cover_days, demand_days, lead_days, review_days)
    found = gone(db, scope, options) if scope.as_of else None
    if found is None or scope.as_of is None:
        return Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency, [FIRST_STEP])
    outs, unknown, facts = found
    rows = [_row(one, scope.as_of, facts) for one in outs]
    rows.sort(key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    notes = _notes(outs, unknown, facts)
    return Answer(_columns(facts.base), rows, ("key",), scope.as_of, scope.shops, facts.base, notes, ESTIMATES)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency, P("Margin at stake", "涉及毛利")),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("available", P("Available", "可用库存"), "count"),
        Column("since", P("Sold out since", "售罄日"), "day"),
        Column("days_out", P("Days out", "售罄天数"), "count"),
        Column("demand_per_day", P("Demand per day", "日均销量"), "count"),
        Column("lost_per_day", P("Margin lost a day", "每天损失的毛利"), "money", currency),
        Column("quantity", P("Order quantity", "采购数量"), "count"),
        Column("lead_days", P("Lead days", "到货天数"), "count"),
        Column("supplier", P("Supplier", "供应商"), "text"),
        Column("stock_source", P("Stock from", "库存来源"), "id", words=STOCK_SOURCES),
    )


def _row(one: Gone, as_of: str, facts: Facts) -> tuple[Any, ...]:
    plan, stake = one.plan, None
    if plan.sales_lost is not None and plan.cost_lost is not None:
        stake = max(0, plan.sales_lost - plan.cost_lost)
    per_day = round(plan.demand.units / plan.demand.days, 2)
    params = {
        "sku": plan.sku, "quantity": plan.quantity, "supplier": plan.terms.supplier,
        "location": plan.stock.location, "order_by": as_of, "lead_days": plan.lead,
    }  # fmt: skip
    return (
        f"sku:{plan.sku}", plan.title, _why(one, per_day, facts), stake, as_of, "purchase-order", params, plan.sku,
        plan.title, plan.stock.available, one.since, days.between(one.since, as_of) if one.since else None, per_day,
        one.lost_per_day, plan.quantity, plan.lead, plan.terms.supplier, plan.stock.source,
    )  # fmt: skip


def _why(one: Gone, per_day: float, facts: Facts) -> Note:
    plan, lost = one.plan, one.lost_per_day
    short = -plan.stock.available
    phrase = joined(
        SINCE if one.since else LONG, LOSES if lost else NONE, SHORT if short > 0 else NONE,
        ASSUMED if plan.terms.lead_days is None else NONE, UNKNOWN[plan.unknown],
    )  # fmt: skip
    return Note("sold-out" + ("-" + plan.unknown if plan.unknown else ""), phrase, {
        "since": one.since or "", "back": LOOK_BACK, "per_day": f"{per_day:g}", "units": short,
        "lost": shown(lost or 0, facts.base), "currency": facts.base or "",
    })  # fmt: skip


def _notes(outs: list[Gone], unknown: int, facts: Facts) -> list[Note]:
    notes = [] if facts.stock else [NO_STOCK]
    if costless := sum(one.plan.unknown == "no-cost" for one in outs):
        notes.append(Note("no-cost", P(
            "Of {of} sold-out {of:SKU|SKUs} {count} {count:has|have} no cost: what is lost there is not measurable.",
            "{of} 个售罄 SKU 中有 {count} 个缺少成本，其损失无法衡量。"),
            {"of": len(outs), "count": costless}))  # fmt: skip
    if unknown:
        notes.append(Note("demand-unknown", P(
            "{count} {count:SKU|SKUs} went out on days that no orders file covers: the demand is unknown.",
            "{count} 个 SKU 售罄前的日期没有订单文件覆盖，无法得知销量。"), {"count": unknown}))  # fmt: skip
    return notes
