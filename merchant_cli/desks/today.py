"""The worklist: every alert of every desk in one order, and the column whose filling would help most."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import find
from merchant_cli.desks.base import ALERT_KEYS, Answer, Column, Question, Scope, alert_columns
from merchant_cli.desks.unlock import unlocks
from merchant_cli.methods.ranking import ranks, urgency
from merchant_cli.store import proposals, waiting

P = Phrase

HIDDEN = """
SELECT address FROM decisions
WHERE state IN ('snoozed', 'dismissed') AND (until_day IS NULL OR :as_of IS NULL OR until_day > :as_of)
"""
# What was sent and waits for the platform's next export, until its check day.
SENT = """
SELECT address FROM proposals WHERE state = 'sent' AND (check_day IS NULL OR :as_of IS NULL OR check_day >= :as_of)
"""
FEW = 5  # rows of an alert whose stake is not measurable that stand one by one
TOGETHER = P("{title}: {count} {count:row|rows}", "{title}：{count} 项")


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        Column("desk", P("Desk", "工作台"), "id"),
        Column("question", P("Question", "问题"), "id"),
        *alert_columns(currency),
    )


def worklist(db: sqlite3.Connection, scope: Scope, questions: Mapping[str, Question] | None = None) -> Answer:
    """All alerts, ranked by money at stake × urgency (methods/ranking.py has the table).

    Rows that the merchant snoozed or dismissed are left out; a snooze ends on its day. So are rows whose action was
    sent, until the check day. The rows of an alert whose
    stake is never measurable are one line, key `all`: its answer's note `summary`, else their number; and so are
    more than FEW rows without a stake of any other alert (key `others` beside rows with one).
    """
    found = find.questions() if questions is None else questions
    hidden = {address for (address,) in db.execute(HIDDEN, {"as_of": scope.as_of})}
    sent = {address for (address,) in db.execute(SENT, {"as_of": scope.as_of})} if proposals.exist(db) else set()
    rows: list[tuple[Any, ...]] = []
    notes: dict[str, Note] = {}
    if rows_waiting := waiting.count(db):
        notes["quarantine"] = Note("quarantine", P(
            "{count} {count:row waits|rows wait} in quarantine and {count:counts|count} nowhere: `merchant quarantine`",
            "有 {count} 行被隔离，未计入任何数字：`merchant quarantine`"), {"count": rows_waiting})  # fmt: skip
    if sent:
        notes["sent"] = Note("sent", P(
            "{count} {count:action was|actions were} sent and {count:waits|wait} for the next export:"
            " `merchant proposals`", "已发送 {count} 项操作，等待下一份导出文件核实：`merchant proposals`"),
            {"count": len(sent)})  # fmt: skip
    for address, question in found.items():
        if question.alert:
            answer = find.answer(question, db, scope)
            rows += _rows(address, question, answer, hidden | sent, scope)
            if not scope.as_of:
                notes |= {note.code: note for note in answer.notes}
    rows = _ranked(rows, scope.as_of)
    note = unlocks(db, scope)
    said = [*notes.values(), *([note] if note else [])]
    return Answer(_columns(scope.currency), rows, ("desk", "question", "key"), scope.as_of, scope.shops,
                  scope.currency, said, frozenset({"at_stake", "due"}))  # fmt: skip


def _rows(address: str, question: Question, answer: Answer, hidden: set[str], scope: Scope) -> list[tuple[Any, ...]]:
    """The alert's rows that are not hidden, in the worklist's columns; a stake in another currency is unknown."""
    at = {column.name: i for i, column in enumerate(answer.columns)}
    unit = answer.columns[at["at_stake"]].unit
    comparable = unit == scope.currency or scope.currency is None
    rows = []
    for row in answer.rows:
        if f"{address}/{row[at['key']]}" not in hidden:
            cells = [row[at[name]] for name in ALERT_KEYS]
            cells[3] = cells[3] if comparable else None
            rows.append((question.desk, question.name, *cells))
    blank = [row for row in rows if row[5] is None]
    if question.at_stake != "unknown" and len(blank) <= FEW:
        return rows
    key, measured = ("others", [row for row in rows if row[5] is not None])
    if not measured:
        key = "all"
    if not blank or f"{address}/{key}" in hidden:
        return measured
    return [*measured, _together(question, answer, blank, key)]


def _together(question: Question, answer: Answer, rows: list[tuple[Any, ...]], key: str) -> tuple[Any, ...]:
    """One line for several rows of an alert; its due day is the first of theirs."""
    why = Note("summary", TOGETHER, {"title": question.title, "count": len(rows)})
    if key == "all":
        why = next((note for note in answer.notes if note.code == "summary"), why)
    due = min((row[6] for row in rows if row[6]), default=None)
    params = {"rows": len(rows), "command": f"merchant {question.desk} {question.name}"}
    return (question.desk, question.name, key, question.title, why, None, due, question.action, params)


def _ranked(rows: list[tuple[Any, ...]], as_of: str | None) -> list[tuple[Any, ...]]:
    """Highest rank first; ties by due day, then by address."""
    weights = ranks([row[5] for row in rows], [urgency(row[6], as_of) for row in rows])
    order = sorted(range(len(rows)), key=lambda i: (-weights[i], rows[i][6] or "9999-12-31", rows[i][:3]))
    return [rows[i] for i in order]
