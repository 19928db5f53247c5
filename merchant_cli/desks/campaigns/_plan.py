"""The campaigns as the merchant planned them, with what is wrong with them."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope

P = Phrase

CAMPAIGNS = """
SELECT campaign, from_day, to_day, shops, skus, goal_sales_minor, goal_orders, budget_minor, currency, import_no, line
FROM campaigns ORDER BY from_day, campaign
"""
_BETWEEN = re.compile(r"[;；,，、\n|]+")

FIRST_STEP = Note("no-campaigns", P(
    "No campaigns yet. Fill your own sheet (`merchant template campaigns -o campaigns.xlsx`) or type one:"
    " `merchant campaigns add`",
    "还没有活动。请填写活动表（`merchant template campaigns -o campaigns.xlsx`），"
    "或直接输入：`merchant campaigns add`"))  # fmt: skip


@dataclass(frozen=True)
class Campaign:
    """One campaign. `shops` are those that exist (all of them if it names none), `skus` are own SKUs (none: all goods).

    Money is minor units of `currency`.
    """

    name: str
    first: str
    last: str
    shops: tuple[str, ...]
    skus: tuple[str, ...]
    goal_sales: int | None
    goal_orders: int | None
    budget: int | None
    currency: str | None
    import_no: int
    line: int

    @property
    def key(self) -> str:
        return f"campaign:{self.name}"

    @property
    def length(self) -> int:
        return days.between(self.first, self.last) + 1

    def where(self) -> tuple[str, dict[str, str]]:
        """The condition on `shop` and `sku` of its sales, with its parameters."""
        params = {f"shop{i}": shop for i, shop in enumerate(self.shops)}
        params |= {f"sku{i}": sku for i, sku in enumerate(self.skus)}
        marks = ", ".join(f":shop{i}" for i in range(len(self.shops)))
        found = f"shop IN ({marks})" if self.shops else "1 = 0"
        if self.skus:
            found += " AND sku IN (" + ", ".join(f":sku{i}" for i in range(len(self.skus))) + ")"
        return found, params


@dataclass
class Plan:
    """All campaigns of the shops asked about, and notes on those that cannot be taken as written."""

    campaigns: list[Campaign] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def read(db: sqlite3.Connection, scope: Scope) -> Plan:
    """The campaigns that have both days, touch a shop of the scope and lie within its range of days, if it has one."""
    known = list(scopes.shops(db))
    plan = Plan()
    for row in db.execute(CAMPAIGNS):
        campaign = _campaign(row, known, plan.notes)
        if campaign is None or (scope.shops and not set(campaign.shops) & set(scope.shops)):
            continue
        if (scope.since or "") <= campaign.last and campaign.first <= (scope.until or "9999"):
            plan.campaigns.append(campaign)
    if not plan.campaigns and not plan.notes:
        plan.notes.append(FIRST_STEP)
    return plan


def _campaign(row: tuple[Any, ...], known: list[str], notes: list[Note]) -> Campaign | None:
    name, first, last, shops, skus, goal_sales, goal_orders, budget, currency, import_no, line = row
    if not (first and last) or first > last:
        notes.append(Note("campaign-days", P(
            "The campaign “{name}” has no first or last day, or ends before it starts; it is left out.",
            "活动“{name}”缺少开始或结束日期，或结束早于开始，未计入。"), {"name": name}))  # fmt: skip
        return None
    named = split(shops)
    strange = [shop for shop in named if shop not in known]
    if strange:
        notes.append(Note("campaign-shop", P(
            "The campaign “{name}” names shops that do not exist: {shops}.", "活动“{name}”中的店铺不存在：{shops}。"),
            {"name": name, "shops": ", ".join(strange)}))  # fmt: skip
    of = tuple(shop for shop in named if shop in known) if named else tuple(known)
    return Campaign(
        name, first, last, of, tuple(split(skus)), goal_sales, goal_orders, budget, currency, import_no, line
    )


def split(text: str | None) -> list[str]:
    """The names of a list in one cell, each once."""
    return list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text or "") if part.strip()))
