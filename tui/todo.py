"""What the home shows: the worklist in words, and the vital signs. Used by clerks only."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks import kept
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.store import cache

P = Phrase

ASKS = Column("todo", P("To do", "事项"), "text")
LABELS = {"at_stake": P("At stake", "金额")}


def todo(db: sqlite3.Connection) -> Answer:
    """The worklist over all shops with what each row asks in words first; kept until anything in the store changes
    (what is sent leaves the list, though it changes no answer), so that a settled store needs no desk to be loaded."""
    scope = scopes.make(db)
    answer = kept.answered(db, "tui/today", scope, {"at": cache.changes(db)}, lambda: _worklist(db, scope))
    return replace(answer, notes=[*answer.notes, *scopes.notes(db, scope)])


def _worklist(db: sqlite3.Connection, scope: Scope) -> Answer:
    from merchant_cli.desks import find
    from merchant_cli.desks.today import worklist

    answer = worklist(db, scope, find.questions(lambda module, error: None))
    columns = [replace(column, label=LABELS.get(column.name, column.label)) for column in answer.columns]
    rows = [(find.question(f"{row[0]}/{row[1]}").title, *row) for row in answer.rows]
    return replace(
        answer, columns=(ASKS, *columns), rows=rows, as_of=answer.as_of or scope.as_of,
        shops=answer.shops or scope.shops, currency=answer.currency or scope.currency,
    )  # fmt: skip


def signs(db: sqlite3.Connection) -> Answer:
    """The vital signs of all shops, and which shops lag."""
    from merchant_cli.desks import find

    scope = scopes.make(db)
    answer = find.ask("finance/vitals", db, scope)
    return replace(answer, rows=list(answer.rows), notes=[*answer.notes, *scopes.notes(db, scope)])
