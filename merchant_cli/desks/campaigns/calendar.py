"""The campaigns in order of time: what runs, what comes, what is over, and what collides."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.campaigns import campaigns
from merchant_cli.desks.campaigns._plan import Campaign, read

P = Phrase

STATES = {"planned": P("planned", "未开始"), "running": P("running", "进行中"), "ended": P("ended", "已结束")}


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", P("Key", "编号"), "id"),
        Column("campaign", P("Campaign", "活动"), "text"),
        Column("from_day", P("From", "开始"), "day"),
        Column("to_day", P("To", "结束"), "day"),
        Column("state", P("State", "状态"), "id", words=STATES),
        Column("days_left", P("Days left", "剩余天数"), "count"),
        Column("shops", P("Shops", "店铺"), "text"),
        Column("skus", P("SKUs", "商品数"), "count"),
        Column("goal_sales", P("Sales goal", "目标销售额"), "money"),
        Column("goal_orders", P("Orders goal", "目标订单数"), "count"),
        Column("budget", P("Budget", "预算"), "money"),
        Column("collides", P("Collides with", "冲突活动"), "text"),
        Column("currency", P("Currency", "币种"), "id"),
    )


@campaigns.question(P("Campaign calendar", "活动日历"))
def calendar(db: sqlite3.Connection, scope: Scope) -> Answer:
    """All campaigns by first day, with their goals and budget, as the merchant wrote them.

    days_left = days until it starts (planned) or until its last day is over (running). Two campaigns collide if they
    share a day, a shop and a SKU (a campaign without SKUs is about all goods). SKUs that no file knows are named.
    """
    plan = read(db, scope)
    rows = [_row(one, plan.campaigns, scope.as_of) for one in plan.campaigns]
    notes = [*plan.notes, *_unknown_skus(db, plan.campaigns)]
    return Answer(_columns(), rows, ("key",), scope.as_of, scope.shops, scope.currency, notes)


def _row(one: Campaign, every: list[Campaign], as_of: str | None) -> tuple[Any, ...]:
    state, left = _state(one, as_of)
    others = [other.name for other in every if other is not one and collide(one, other)]
    return (
        one.key, one.name, one.first, one.last, state, left, ", ".join(one.shops), len(one.skus) or None,
        one.goal_sales, one.goal_orders, one.budget, ", ".join(others), one.currency,
    )  # fmt: skip


def _state(one: Campaign, as_of: str | None) -> tuple[str, int | None]:
    if as_of is None or as_of < one.first:
        return "planned", None if as_of is None else days.between(as_of, one.first)
    return ("running", days.between(as_of, one.last) + 1) if as_of <= one.last else ("ended", None)


def collide(one: Campaign, other: Campaign) -> bool:
    """Whether both run on the same day, in the same shop, with the same goods."""
    same_days = one.first <= other.last and other.first <= one.last
    same_goods = not one.skus or not other.skus or bool(set(one.skus) & set(other.skus))
    return same_days and bool(set(one.shops) & set(other.shops)) and same_goods


KNOWN = "SELECT sku FROM products UNION SELECT sku FROM listings WHERE sku IS NOT NULL"


def _unknown_skus(db: sqlite3.Connection, every: list[Campaign]) -> list[Note]:
    known = {sku for (sku,) in db.execute(KNOWN)}
    strange = {one.name: [sku for sku in one.skus if sku not in known] for one in every} if known else {}
    return [
        Note("campaign-sku", P(
            "The campaign “{name}” names {count} {count:SKU|SKUs} that no file knows: {skus}.",
            "活动“{name}”中有 {count} 个 SKU 未出现在任何文件中：{skus}。"),
            {"name": name, "count": len(skus), "skus": ", ".join(skus[:5])})
        for name, skus in strange.items() if skus
    ]  # fmt: skip
