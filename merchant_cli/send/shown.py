"""One proposal in full: what was seen, what would change cell by cell, and what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Column, Scope
from merchant_cli.send import cells, listed
from merchant_cli.send.actions import FIELDS, STATES, action
from merchant_cli.send.measure import LABELS
from merchant_cli.store.proposals import Proposal

P = Phrase

COLUMNS = (
    Column("part", P("Part", "部分"), "text"),
    Column("what", P("What", "内容"), "text"),
    Column("value", P("Value", "值"), "text"),
)
SEEN = {  # what stands in an action's parameters and is shown as it stands
    "sku": P("SKU", "SKU"), "quantity": P("Order quantity", "采购数量"), "supplier": P("Supplier", "供应商"),
    "order_by": P("Order by", "最晚下单日"), "lead_days": P("Lead days", "到货天数"),
    "free": P("Free to sell", "可售数量"),
}  # fmt: skip


def rows(db: sqlite3.Connection, one: Proposal, scope: Scope, lang: str) -> list[tuple[Phrase, Phrase | str, Any]]:
    """Part, what, value; values are text for people in `lang`."""
    return [(part, what, value) for part, what, value in _rows(db, one, scope, lang) if value not in (None, "")]


def _rows(
    db: sqlite3.Connection, one: Proposal, scope: Scope, lang: str
) -> Iterator[tuple[Phrase, Phrase | str, Any]]:  # fmt: skip
    head = P("Proposal", "建议")
    yield head, P("Action", "操作"), action(one.action).title
    yield head, P("Subject", "对象"), one.subject
    yield head, P("State", "状态"), STATES[listed.shown_state(one, scope)]
    yield head, P("Address", "地址"), one.address
    yield head, P("As of", "数据截至"), one.as_of
    yield head, P("Platform", "平台"), one.platforms
    yield head, P("Owner", "负责人"), one.owner
    yield head, P("Due", "截止日"), one.due
    yield head, P("Reason", "原因"), one.why
    why = one.evidence.get("why")
    seen = P("As it was seen", "当时所见")
    yield seen, P("Why", "原因"), why.get(lang) if isinstance(why, dict) else why
    for name, label in SEEN.items():
        if one.params.get(name) is not None:
            yield seen, label, str(one.params[name])
    for cell in one.cells:
        place = f"{cell.shop} {cell.listing_id} {cell.variant_id}".strip()
        said = f"{cells.shown(cell, cell.old)} → {cells.shown(cell, cell.new)}"
        if cell.seen_in is not None:
            after = P("; the platform shows {x} (import {n})", "；平台显示 {x}（导入 {n}）")
            said += after.show(lang, x=cells.shown(cell, cell.seen), n=cell.seen_in)
        yield FIELDS.get(cell.field, P(cell.field, cell.field)), place, said
    yield from _effect(one, lang)


def _effect(one: Proposal, lang: str) -> Iterator[tuple[Phrase, Phrase | str, Any]]:
    part = P("Effect", "效果")
    if one.seen_in is not None and one.seen is not None:
        yield part, P("Seen in import {n}", "见导入 {n}").show(lang, n=one.seen_in), f"{one.seen:g}"
    yield part, P("Check day", "检查日"), one.check_day
    if one.metric is None:
        return
    name = LABELS[one.metric].show(lang)
    yield part, P("{x}, before", "{x}（之前）").show(lang, x=name), number(one, one.baseline, lang)
    if one.measured_on is not None:
        what = P("{x}, as of {day}", "{x}（截至 {day}）").show(lang, x=name, day=one.measured_on)
        yield part, what, number(one, one.measured, lang)


def outcome(one: Proposal, lang: str) -> list[str]:
    """What an import made of a proposal: its state, and the metric before and after once it is measured."""
    said = P("Proposal {n}, {subject}: {state}.", "建议 {n}，{subject}：{state}。")
    lines = [said.show(lang, n=one.number, subject=one.subject, state=STATES[one.state])]
    if one.measured_on is not None:
        before, after = number(one, one.baseline, lang), number(one, one.measured, lang)
        said = P("  {metric}: {before} before, {after} on {day}", "  {metric}：之前 {before}，{day} 为 {after}")
        metric = LABELS[one.metric or "listed"]
        lines.append(said.show(lang, metric=metric, before=before, after=after, day=one.measured_on))
    return lines


def number(one: Proposal, value: float | None, lang: str) -> str:
    """A value of the proposal's metric for people."""
    if value is None:
        return P("not measurable with this data", "现有数据无法衡量").show(lang)
    if one.metric_kind == "money":
        from merchant_cli.basics.money import shown

        return f"{shown(round(value), one.metric_unit)} {one.metric_unit or ''}".strip()
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
