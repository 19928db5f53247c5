"""The command that acts on a row of an alert, made from its action and parameters."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column

WHY_CODE = Column("why_code", Phrase("Reason code", "原因代码"), "id")
COMMAND = Column("command", Phrase("Command", "命令"), "text")


def command(desk: str, question: str, key: str, params: dict[str, Any]) -> str:
    """The command line that acts on one row: what its params name as `command`, else the one that proposes it."""
    said = params.get("command")
    if isinstance(said, str) and said:
        return said
    return f"merchant {desk} {question} --row {shlex.quote(key)} --propose"


def with_commands(answer: Answer, desk: str | None, question: str | None) -> Answer:
    """An alert's answer with `why_code` after `why` and `command` at the end; any other answer as it is.

    For the worklist `desk` and `question` are None: each row carries its own.
    """
    names = [column.name for column in answer.columns]
    if "command" in names or not {"key", "why", "params"} <= set(names):
        return answer
    at = {name: i for i, name in enumerate(names)}
    after = at["why"] + 1
    rows = []
    for row in answer.rows:
        why = row[at["why"]]
        code = why.code if isinstance(why, Note) else None
        where = desk or row[at["desk"]], question or row[at["question"]]
        act = command(*where, row[at["key"]], row[at["params"]] or {})
        rows.append((*row[:after], code, *row[after:], act))
    columns = (*answer.columns[:after], WHY_CODE, *answer.columns[after:], COMMAND)
    return replace(answer, columns=columns, rows=rows)
