"""Rows of an alert → proposals that wait for the merchant's yes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Question, Scope
from merchant_cli.send import measure
from merchant_cli.send.actions import action
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import Cell, Proposal

SUPPLIER = "supplier"  # where an order to a supplier goes, in place of a platform
ARRIVES = 7  # days after a supplier's lead time until an order must have arrived
ADDED = ("command", "why_code")  # columns that the command line adds to an alert's rows


class Kept(NamedTuple):
    """Proposals of the rows, and how many of them are new; the others were open already and stay as they are."""

    proposals: list[Proposal]
    new: int


def propose(db: sqlite3.Connection, question: Question, answer: Answer, scope: Scope) -> Kept:
    """Keeps the rows of an alert's answer as proposals, with the evidence as seen and the metric's baseline."""
    there = {(one.address, one.action): one for one in kept.listed(db, kept.OPEN)}
    made = [_made(question, answer, scope, row) for row in answer.rows]
    fresh = [one for one in made if (one.address, one.action) not in there]
    for one, value in zip(fresh, measure.measured(db, scope, fresh), strict=True):
        metric = measure.METRICS[action(one.action).metric]
        one.metric, one.metric_kind, one.baseline = action(one.action).metric, metric.kind, value
        one.metric_unit = scope.currency if metric.kind == "money" else None
        kept.add(db, one)
        there[one.address, one.action] = one
    return Kept([there[one.address, one.action] for one in made], len(fresh))


def _made(question: Question, answer: Answer, scope: Scope, row: tuple[Any, ...]) -> Proposal:
    said = dict(zip((column.name for column in answer.columns), row, strict=True))
    params = said.get("params") or {}
    name = said.get("action") or question.action or ""
    cells = [Cell(**change) for change in params.get("changes", ())]
    where = {cell.platform for cell in cells} or _platform(name, params, said)
    as_of = scope.as_of or ""
    lasts = params["lead_days"] + ARRIVES if name == "purchase-order" and "lead_days" in params else action(name).days
    return Proposal(
        f"{question.address}/{said[answer.key[0]]}", name, ", ".join(sorted(where)), _text(said.get("subject")),
        {column: _seen(value) for column, value in said.items() if column not in ADDED}, params, as_of,
        ", ".join(sorted({cell.shop for cell in cells})), said.get("due"),
        check_day=days.add(as_of, lasts) if as_of else None, cells=cells,
    )  # fmt: skip


def _platform(name: str, params: dict[str, Any], said: dict[str, Any]) -> set[str]:
    if name == "purchase-order":
        return {SUPPLIER}
    shop = params.get("shop") or said.get("shop")
    return {shop.partition("/")[0]} if isinstance(shop, str) and shop else set()


def _text(value: Any) -> str:
    return value.en if isinstance(value, Phrase) else str(value or "")


def _seen(value: Any) -> Any:
    """A cell as it is kept: sentences in both languages, everything else as it stands."""
    if isinstance(value, Note):
        return {"en": value.show("en"), "zh": value.show("zh")}
    if isinstance(value, Phrase):
        return {"en": value.en, "zh": value.zh}
    return json.loads(json.dumps(value, default=str))


def standing(db: sqlite3.Connection, scope: Scope, proposals: Sequence[Proposal]) -> list[bool]:
    """Whether the row behind each proposal still says the same: it is listed, with the same parameters."""
    rows = measure.rows_of(db, scope, proposals)
    return [
        one.address in rows and _seen(rows[one.address].get("params") or {}) == one.params for one in proposals
    ]  # fmt: skip
