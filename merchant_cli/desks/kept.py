"""Answers that take long, kept by store revision: the same question of the same store is worked out once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import astuple, fields
from functools import cache as once
from pathlib import Path
from time import perf_counter
from typing import Any

import merchant_cli
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.store import cache

LONG = 0.05  # seconds; what is worked out faster is not kept
MOST = 16 << 20  # characters of one answer that are kept


def answered(
    db: sqlite3.Connection, address: str, scope: Scope, given: dict[str, Any], work_out: Callable[[], Answer]
) -> Answer:
    """The kept answer to this question, else the one that `work_out` gives, which is then kept."""
    path = cache.path_of(db)
    if path is None:
        return work_out()
    revision = cache.revision(db)
    if path.exists():
        found = cache.get(path, address, _asked(scope, given), revision)
        if found is not None:
            return decoded(found)
    began = perf_counter()
    answer = work_out()
    answer.rows = list(answer.rows)
    if perf_counter() - began > LONG and len(body := encoded(answer)) <= MOST:
        cache.put(path, address, _asked(scope, given), revision, body)
    return answer


def _asked(scope: Scope, given: dict[str, Any]) -> str:
    return json.dumps([sorted(given.items()), astuple(scope), _program(), rules.stamp()], default=str)


@once
def _program() -> str:
    """Changes with the program: the newest change of the files that answers are made by."""
    root = Path(merchant_cli.__path__[0])
    files = (path for part in ("desks", "methods", "store") for path in (root / part).rglob("*.*"))
    return str(max(path.stat().st_mtime_ns for path in files if "__pycache__" not in path.parts))


def encoded(answer: Answer) -> str:
    """The answer as JSON; phrases and notes in its cells are marked."""
    columns = [[getattr(column, field.name) for field in fields(Column)] for column in answer.columns]
    body = [columns, [list(row) for row in _marked(list(answer.rows))], answer.key, answer.as_of, answer.shops,
            answer.currency, answer.notes, sorted(answer.estimated)]  # fmt: skip
    return json.dumps(_marked(body), ensure_ascii=False, separators=(",", ":"))


def decoded(body: str) -> Answer:
    """The answer that `encoded` made this of."""
    columns, rows, key, as_of, shops, currency, notes, estimated = json.loads(body, object_hook=_unmarked)
    return Answer(tuple(Column(*column) for column in columns), [tuple(row) for row in rows], tuple(key), as_of,
                  tuple(shops), currency, notes, frozenset(estimated))  # fmt: skip


def _marked(value: Any) -> Any:
    """Phrases and notes as dictionaries that `_unmarked` knows. (A Phrase is a tuple: json alone would lose it.)"""
    if isinstance(value, Phrase):
        return {"~phrase": [value.en, value.zh]}
    if isinstance(value, Note):
        return {"~note": [value.code, value.phrase.en, value.phrase.zh, _marked(value.params)]}
    if isinstance(value, dict):
        return {name: _marked(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_marked(one) for one in value]
    return value


def _unmarked(value: dict[str, Any]) -> Any:
    if "~phrase" in value:
        return Phrase(*value["~phrase"])
    if "~note" in value:
        code, en, zh, params = value["~note"]
        return Note(code, Phrase(en, zh), params)
    return value
