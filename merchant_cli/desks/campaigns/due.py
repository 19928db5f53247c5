"""Campaigns that are over and whose retro waits to be written."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope, alert_columns
from merchant_cli.desks.campaigns import campaigns
from merchant_cli.desks.campaigns._plan import Campaign, read
from merchant_cli.desks.campaigns.retro import ended

P = Phrase

HELP = {
    "after_days": P("Days after the end until the retro should be done", "活动结束多少天内应完成复盘"),
    "ended_days": P("Days after the end from which on nothing is said any more", "活动结束多少天后不再提醒"),
}
WHY = P(
    "It ended on {day}. Read its retro: {command}; then `merchant dismiss` takes this line away.",
    "活动已于 {day} 结束。查看复盘：{command}；看完后用 `merchant dismiss` 移除本条。",
)


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency),
        Column("to_day", P("Ended", "结束"), "day"),
    )


@campaigns.alert(P("Retro due", "待复盘活动"), action="write-retro", help=HELP)
def due(db: sqlite3.Connection, scope: Scope, *, after_days: int = 3, ended_days: int = 45) -> Answer:
    """Campaigns that ended before the as-of day, within the last `ended_days` days, and were not dismissed.

    Due `after_days` days after the last day. What is at stake is not measurable. `merchant dismiss
    campaigns/due/campaign:NAME` says that it is done.
    """
    plan = read(db, scope)
    rows = [_row(one, after_days) for one in ended(plan, scope, ended_days)]
    return Answer(_columns(scope.currency), rows, ("key",), scope.as_of, scope.shops, scope.currency, plan.notes)


def _row(one: Campaign, after: int) -> tuple[Any, ...]:
    command = "merchant campaigns retro"
    why = Note("retro-due", WHY, {"day": one.last, "command": f"`{command}`"})
    params = {"campaign": one.name, "command": command}
    return (one.key, one.name, why, None, days.add(one.last, after), "write-retro", params, one.last)
