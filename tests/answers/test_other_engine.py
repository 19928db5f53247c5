"""The same questions, unchanged, on DuckDB over a Parquet export of the views: the same answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.desks import find, scope
from merchant_cli.desks.base import Answer
from merchant_cli.store import open as opening
from tests.answers.duck import Duck

QUESTIONS = sorted(find.questions())


@pytest.fixture(scope="module")
def engines(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Duck]]:
    with closing(opening.read(example)) as db:
        yield db, Duck(db, tmp_path_factory.mktemp("parquet"))


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_same_answer(engines: tuple[sqlite3.Connection, Duck], address: str) -> None:
    db, duck = engines
    asked, about = find.question(address), scope.make(db)
    assert told(asked.ask(duck, about)) == told(asked.ask(db, about))


def told(answer: Answer) -> tuple[Any, ...]:
    notes = [note.show("en") for note in answer.notes]
    return answer.columns, [tuple(row) for row in answer.rows], answer.as_of, answer.currency, notes
