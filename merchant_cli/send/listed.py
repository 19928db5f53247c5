"""Proposals as an answer: the list, and the terms of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.send.actions import FIELDS, STATES, TITLES
from merchant_cli.send.cells import shown
from merchant_cli.send.measure import LABELS
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import Proposal

P = Phrase

COLUMNS = (
    Column("number", P("Number", "编号"), "id"),
    Column("action", P("Action", "操作"), "id", words=TITLES),
    Column("subject", P("Subject", "对象"), "text"),
    Column("change", P("Change", "改动"), "text"),
    Column("state", P("State", "状态"), "id", words=STATES),
    Column("platform", P("Platform", "平台"), "id"),
    Column("due", P("Due", "截止日"), "day"),
    Column("check_day", P("Check day", "检查日"), "day"),
    Column("overdue", P("Overdue", "已逾期"), "flag"),
    Column("evaluated", P("Evaluated", "已评估"), "flag"),
    Column("metric", P("Metric", "指标"), "id", words=LABELS),
    Column("baseline", P("Before", "之前"), "by_row"),
    Column("measured", P("After", "之后"), "by_row"),
    Column("owner", P("Owner", "负责人"), "text"),
    Column("address", P("Address", "地址"), "id"),
    Column("currency", P("Currency", "币种"), "id"),
    Column("kind", P("Kind of metric", "指标类型"), "id"),
)


def listed(db: sqlite3.Connection, scope: Scope, states: Iterable[str] | None = None) -> Answer:
    """All proposals, what waits first, newest first."""
    found = kept.listed(db, states)
    order = {state: place for place, state in enumerate(STATES)}
    found.sort(key=lambda one: (order[shown_state(one, scope)], -one.number))
    notes = []
    if late := sum(overdue(one, scope) for one in found):
        notes.append(Note("overdue", P(
            "{count} {count:proposal is|proposals are} past the check day and no export has shown the outcome yet.",
            "{count} 条建议已过检查日，但还没有导出文件能说明结果。"), {"count": late}))  # fmt: skip
    rows = [row(one, scope) for one in found]
    return Answer(COLUMNS, rows, ("number",), scope.as_of, (), scope.currency, notes)


def row(one: Proposal, scope: Scope) -> tuple[object, ...]:
    """One proposal in the order of COLUMNS."""
    return (
        one.number, one.action, one.subject, change(one), shown_state(one, scope), one.platforms or None, one.due,
        one.check_day, overdue(one, scope), one.measured_on is not None, one.metric, _number(one, one.baseline),
        _number(one, one.measured), one.owner, one.address, one.metric_unit, one.metric_kind or "count",
    )  # fmt: skip


def shown_state(one: Proposal, scope: Scope) -> str:
    """The state, or `snoozed` while a proposal is put off."""
    put_off = one.state == kept.PROPOSED and one.until_day is not None and (scope.as_of or "") < one.until_day
    return "snoozed" if put_off else one.state


def overdue(one: Proposal, scope: Scope) -> bool:
    """Whether the check day of something that was sent is past without word from the platform."""
    return one.state == kept.SENT and one.check_day is not None and (scope.as_of or "") > one.check_day


def change(one: Proposal) -> Note | None:
    """What would change, in a few words: `12 → 9`, `60 units`."""
    if not one.cells:
        quantity = one.params.get("quantity") if one.action == "purchase-order" else None
        return Note("units", P("{n} {n:unit|units}", "{n} 件"), {"n": quantity}) if quantity else None
    first, more = one.cells[0], len(one.cells) - 1
    said = P("{field}: {old} → {new}", "{field}：{old} → {new}")
    if more:
        said = P(said.en + " and {more} more", said.zh + " 等共 {all} 项")
    return Note("cells", said, {
        "field": FIELDS.get(first.field, P(first.field, first.field)), "old": shown(first, first.old),
        "new": shown(first, first.new), "more": more, "all": more + 1,
    })  # fmt: skip


def _number(one: Proposal, value: float | None) -> float | int | None:
    """A value of the metric; money in whole minor units."""
    if value is None:
        return None
    return round(value) if one.metric_kind == "money" or value == int(value) else value
