"""What an action was to move, measured before it and on its check day.

A metric takes all proposals at once and answers for each with a number, or None where this data cannot tell it:
counts as they are, money in minor units of the metric's unit.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks import contribution, find
from merchant_cli.desks.base import Scope
from merchant_cli.desks.inventory._stock import stock
from merchant_cli.desks.sales import Rates
from merchant_cli.send.actions import action
from merchant_cli.store.proposals import Proposal

P = Phrase

WINDOW = 14  # days over which money a day is averaged

COVERED = """
SELECT shop, count(DISTINCT day) FROM coverage
WHERE kind IN ('orders', 'lines') AND full = 1 AND day BETWEEN :since AND :until
GROUP BY shop
"""

Values = list[float | None]


class Metric(NamedTuple):
    """`kind` as of a column; money is in the base currency of the scope."""

    label: Phrase
    kind: str
    ask: Callable[[sqlite3.Connection, Scope, Sequence[Proposal]], Values]


def measured(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> Values:
    """The metric of each proposal's action, as of the scope's day."""
    found: dict[int, float | None] = {}
    for name in dict.fromkeys(action(one.action).metric for one in proposals):
        at = [i for i, one in enumerate(proposals) if action(one.action).metric == name]
        found |= dict(zip(at, METRICS[name].ask(db, scope, [proposals[i] for i in at]), strict=True))
    return [found[i] for i in range(len(proposals))]


def available(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> Values:
    """Units of the SKU that are free to sell, over all locations (stock_now.available)."""
    held = stock(db, scope.as_of) if scope.as_of else {}
    return [held[sku].available if (sku := str(one.params.get("sku"))) in held else None for one in proposals]


def listed(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> Values:
    """1 if the alert still has the row, 0 if it has not."""
    rows = rows_of(db, scope, proposals)
    return [float(one.address in rows) for one in proposals]


def too_many(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> Values:
    """Units offered beyond what is free to sell (the column `over` of the row); 0 without a row."""
    rows = rows_of(db, scope, proposals)
    return [float(rows.get(one.address, {}).get("over") or 0) for one in proposals]


def question_of(address: str) -> str:
    """`inventory/reorder` of `inventory/reorder/sku:A-1`; a key may hold further slashes."""
    return "/".join(address.split("/", 2)[:2])


def rows_of(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> dict[str, dict[str, Any]]:
    """The rows that the questions of these proposals have now, by address; a question that is gone has none."""
    found = {}
    for asked in dict.fromkeys(question_of(one.address) for one in proposals):
        try:
            answer = find.ask(asked, db, scope)
        except Problem:
            continue
        names = [column.name for column in answer.columns]
        for row in answer.rows:
            said = dict(zip(names, row, strict=True))
            found[f"{asked}/{said[answer.key[0]]}"] = said
    return found


def margin_a_day(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> Values:
    """Contribution of the SKU in the shop, net of what came back, over the newest WINDOW days ÷ the full covered ones
    among them; after a sending only the days since. Minor units of the base currency a day; None without a covered
    day, a cost or a rate."""
    found: Values = []
    for one in proposals:
        window = scope.window(WINDOW)
        if window is None or scope.currency is None:
            found.append(None)
            continue
        since, until = window
        if one.sent_on is not None:
            since = max(since, days.add(one.sent_on, 1))
        found.append(_margin(db, scope, one, since, until))
    return found


def _margin(db: sqlite3.Connection, scope: Scope, one: Proposal, since: str, until: str) -> float | None:
    shop, sku = one.params.get("shop"), one.params.get("sku")
    covered = dict(db.execute(COVERED, {"since": since, "until": until}).fetchall()).get(shop, 0)
    if not covered:
        return None
    of_sku = contribution.lines("sku", "sku = :sku AND shop = :shop")
    sums, _ = contribution.contributions(db, replace(scope, shops=()), of_sku, since, until, sku=sku, shop=shop)
    if (shop, sku) not in sums:
        return 0.0
    left = sums[shop, sku].valued(scope.currency, Rates(db, scope.as_of or "")).left
    return None if left is None else round(left / covered, 2)


METRICS: dict[str, Metric] = {
    "available": Metric(P("Free to sell", "可售数量"), "count", available),
    "too-many": Metric(P("Offered too many", "多上架数量"), "count", too_many),
    "margin-a-day": Metric(P("Margin a day", "日均毛利"), "money", margin_a_day),
    "listed": Metric(P("Still on the list", "仍在提醒中"), "count", listed),
}
LABELS: dict[str, Phrase] = {name: metric.label for name, metric in METRICS.items()}
