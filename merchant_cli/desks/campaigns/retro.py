"""What came of the campaigns that are over: goal against actual, and against the same weekdays before."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.campaigns import campaigns
from merchant_cli.desks.campaigns._plan import Campaign, Plan, read
from merchant_cli.desks.campaigns._results import WEEKS, Result, first_days, result
from merchant_cli.desks.contribution import terms

P = Phrase

MOST = 200  # lines listed behind a row
HELP = {"ended_days": P("Campaigns that ended within so many days", "多少天内结束的活动")}
ESTIMATES = frozenset({"contribution", "after_ads", "usual_sales", "usual_orders", "sales_change", "orders_change"})
NOT_PROOF = Note("not-proof", P(
    "“Usual” is the average of the same weekdays of the {weeks} weeks before. It is a comparison, not yet a proof of"
    " what the campaign brought: season, stock-outs and other campaigns are not taken out.",
    "“平时”是活动前 {weeks} 周相同星期的平均值。这只是对比，还不能证明活动带来的增量："
    "季节、断货和其他活动的影响未剔除。"),
    {"weeks": WEEKS})  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", P("Key", "编号"), "id"),
        Column("campaign", P("Campaign", "活动"), "text"),
        Column("from_day", P("From", "开始"), "day"),
        Column("to_day", P("To", "结束"), "day"),
        Column("sales", P("Sales", "销售额"), "money"),
        Column("goal_sales", P("Sales goal", "目标销售额"), "money"),
        Column("goal_share", P("Goal reached", "销售目标达成"), "rate"),
        Column("orders", P("Orders", "订单数"), "count"),
        Column("goal_orders", P("Orders goal", "目标订单数"), "count"),
        Column("buyers", P("Buyers", "买家数"), "count"),
        Column("new_buyers", P("New buyers", "新客"), "count"),
        Column("old_buyers", P("Old buyers", "老客"), "count"),
        Column("per_buyer", P("Sales per buyer", "客单价"), "money"),
        Column("units", P("Units", "件数"), "count"),
        Column("refunds", P("Refunded", "退款"), "money"),
        Column("later_refunds", P("Of it after the end", "其中活动后退款"), "money"),
        Column("discount", P("Shop's discounts", "店铺优惠"), "money"),
        Column("ad_spend", P("Ad spend", "推广花费"), "money"),
        Column("budget", P("Budget", "预算"), "money"),
        Column("contribution", P("Contribution", "贡献毛利"), "money"),
        Column("after_ads", P("After ads", "扣推广后"), "money"),
        Column("unknown_share", P("Sales without a known cost", "成本未知的销售占比"), "rate"),
        Column("usual_sales", P("Usual sales", "平时销售额"), "money"),
        Column("sales_change", P("Against usual", "销售额对比平时"), "rate"),
        Column("usual_orders", P("Usual orders", "平时订单数"), "count"),
        Column("orders_change", P("Orders against usual", "订单数对比平时"), "rate"),
        Column("currency", P("Currency", "币种"), "id"),
    )


def explain(db: sqlite3.Connection, scope: Scope, key: str) -> Explanation:
    """The terms of the contribution by SKU and over all, and the lines sold. Raises Problem no-such-row."""
    plan = read(db, scope)
    one = next((c for c in plan.campaigns if c.key == key and scope.as_of and c.last < scope.as_of), None)
    if one is None:
        raise Problem("no-such-row", key=key, desk="campaigns", question="retro")
    done = result(db, scope, one, {})
    found = terms(done.found)
    if done.ads is not None and done.found.left is not None:
        money: dict[str, Any] = {"kind": "money", "unit": done.found.currency}
        found += [
            Term("after_ads", P("Contribution", "贡献毛利"), done.found.left, estimated=True, **money),
            Term("after_ads", P("Ad spend", "推广花费"), -done.ads, **money),
            Term("after_ads", P("After ads", "扣推广后"), done.found.left - done.ads, is_total=True, estimated=True,
                 **money),
        ]  # fmt: skip
    return Explanation(found, _behind(db, one), [NOT_PROOF, *done.notes])


def _lines(where: str) -> str:
    return f"""
SELECT shop, order_id, line_key, sku, units, import_no, line FROM sold_units
WHERE day BETWEEN :since AND :until AND {where} ORDER BY shop, day, order_id, line_key LIMIT :most
"""


def _behind(db: sqlite3.Connection, one: Campaign) -> list[Behind]:
    where, params = one.where()
    span = {"since": one.first, "until": one.last, "most": MOST, **params}
    found = [
        Behind("order_lines", f"{shop} {order} {key}", f"{sku} × {units}", import_no, line)
        for shop, order, key, sku, units, import_no, line in db.execute(_lines(where), span)
    ]
    return [Behind("campaigns", one.name, f"{one.first} – {one.last}", one.import_no, one.line), *found]


@campaigns.question(P("Campaign retro", "活动复盘"), explain=explain, help=HELP)
def retro(db: sqlite3.Connection, scope: Scope, *, ended_days: int = 120) -> Answer:
    """What came of each campaign that ended in the last `ended_days` days, in its currency (else the base currency).

    Sales are those of the campaign's SKUs (all goods if it names none) in its shops on its days: sold, after the
    shop's discounts and before refunds. contribution = sales − refunds − cost of goods kept − platform fees
    (estimated) of the sales whose cost is known; unknown_share is the share of net sales whose cost is not.
    after_ads = contribution − ad spend of ad reports that bear the campaign's name. A buyer is new if no order of his
    in that shop is older than the campaign; orders of unknown buyers count as one buyer each and as neither new nor
    old. usual_sales = Σ over the campaign's days of the average of the same weekday in the eight weeks before, full
    covered days only; blank if a weekday has fewer than two. It is a comparison, not a proof.
    """
    plan = read(db, scope)
    over = ended(plan, scope, ended_days)
    firsts = first_days(db, over)
    done = [result(db, scope, one, firsts) for one in over]
    notes = [*plan.notes, *([NOT_PROOF] if done else []), *_notes(done)]
    if plan.campaigns and not done:
        notes.append(Note("none-ended", P(
            "No campaign ended in the last {days} days.", "近 {days} 天没有结束的活动。"),
            {"days": ended_days}))  # fmt: skip
    rows = [_row(one) for one in done]
    return Answer(_columns(), rows, ("key",), scope.as_of, scope.shops, scope.currency, notes, ESTIMATES)


def ended(plan: Plan, scope: Scope, within: int) -> list[Campaign]:
    """The campaigns that were over before the as-of day and ended within so many days of it, newest first."""
    if scope.as_of is None:
        return []
    first = days.add(scope.as_of, -within)
    return sorted((c for c in plan.campaigns if first <= c.last < scope.as_of), key=lambda c: c.last, reverse=True)


def _row(done: Result) -> tuple[Any, ...]:
    one, found, usual = done.campaign, done.found, done.usual
    lost = found.unknown == "no-rate"
    sales = None if lost or (not done.orders and not done.covered) else found.sold
    left = None if lost else found.left
    old = done.buyers - done.new_buyers - (done.orders - done.known_orders)  # an order of nobody known is one buyer
    return (
        one.key, one.name, one.first, one.last, sales, one.goal_sales, _share(sales, one.goal_sales),
        done.orders, one.goal_orders, done.buyers, done.new_buyers, old,
        None if not sales or not done.buyers else round(sales / done.buyers), done.units,
        None if lost else found.refunds, done.later, None if lost else found.discount, done.ads, one.budget, left,
        None if left is None or done.ads is None else left - done.ads, found.unknown_share,
        usual.sold if usual else None, _change(sales, usual.sold if usual else None),
        round(usual.orders, 1) if usual else None, _change(done.orders, usual.orders if usual else None),
        found.currency,
    )  # fmt: skip


def _share(value: int | None, goal: int | None) -> float | None:
    return None if value is None or not goal else round(value / goal, 4)


def _change(value: float | None, usual: float | None) -> float | None:
    return None if value is None or not usual else round(value / usual - 1, 4)


def _notes(done: list[Result]) -> list[Note]:
    notes = {note.code: note for one in done for note in one.notes}
    for one in done:
        missing = one.campaign.length * len(one.campaign.shops) - one.covered
        if missing > 0:
            notes[f"uncovered {one.campaign.name}"] = Note("uncovered", P(
                "“{name}”: {count} {count:day|days} of shops are not fully covered by order files; its sales are a"
                " lower bound.", "“{name}”：有 {count} 个店铺日没有完整的订单文件，销售额只是下限。"),
                {"name": one.campaign.name, "count": missing})  # fmt: skip
        if one.found.unknown in ("no-rate", "no-fees"):
            notes[f"{one.found.unknown} {one.campaign.name}"] = Note(one.found.unknown, P(
                "“{name}”: no contribution, since a currency rate or a platform's fee schedule is missing.",
                "“{name}”：缺少汇率或平台费率，无法计算贡献毛利。"), {"name": one.campaign.name})  # fmt: skip
        if one.ads is None:
            notes[f"no-ads {one.campaign.name}"] = Note("no-ads", P(
                "“{name}”: no ad report bears its name; ad spend is not taken off.",
                "“{name}”：没有同名的推广数据，未扣除推广花费。"), {"name": one.campaign.name})  # fmt: skip
    return list(notes.values())
