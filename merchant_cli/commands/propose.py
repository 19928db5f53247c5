"""`merchant DESK QUESTION --propose`: keeps the rows of an alert as proposals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import put
from merchant_cli.commands.context import bad_usage, must_write, say, settings, show
from merchant_cli.commands.desk import finished
from merchant_cli.commands.given import Given
from merchant_cli.commands.proposals import for_people
from merchant_cli.desks import find
from merchant_cli.desks.base import Answer, Question
from merchant_cli.send import listed, propose
from merchant_cli.store import open as store

P = Phrase


def keep(question: Question, own: dict[str, Any], given: Given, row: str | None) -> None:
    """Keeps the rows (all, or those of --row and --limit) and prints them as `merchant proposals` does."""
    if not question.alert:
        bad_usage(P("only the rows of an alert can be proposed.", "只有提醒的各行可以提出建议。"))
    must_write()
    with store.write(settings().store, settings().command) as db:
        scope = given.scope(db)
        answer = finished(question, find.ask(question.address, db, scope, **own), scope, row)
        rows = list(answer.rows)[: given.out.limit]
        kept = propose.propose(db, question, replace(answer, rows=rows), scope)
        told = Answer(listed.COLUMNS, [listed.row(one, scope) for one in kept.proposals], ("number",), scope.as_of,
                      (), scope.currency)  # fmt: skip
    to_people = not (given.out.json or given.out.csv or given.out.file)
    put(for_people(told) if to_people else told, replace(given.out, limit=None), title=show(P("Proposals", "建议")))
    say(P("{new} new, {old} open already. Next: `merchant proposals approve N`, then `merchant send`.",
          "新增 {new} 条，{old} 条此前已提出。下一步：`merchant proposals approve 编号`，再 `merchant send`。"),
        new=kept.new, old=len(kept.proposals) - kept.new)  # fmt: skip
