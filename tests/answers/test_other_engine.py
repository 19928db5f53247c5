"""The same questions, unchanged, on DuckDB over a Parquet export of the views: the same answers."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.desks import find, scope
from merchant_cli.desks.base import Answer
from merchant_cli.store import open as opening
from tests.answers.duck import Duck

SHOP = Path(__file__).parents[2] / "examples" / "shop"
QUESTIONS = sorted(find.questions())


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, Duck]]:
    folder = tmp_path_factory.mktemp("other")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCHANT_STORE", str(folder / "merchant.db"))
        patch.setenv("MERCHANT_KEY", str(folder / "buyer.key"))
        patch.setenv("MERCHANT_SETTLE", "0")
        assert main(["import", str(SHOP), "--quiet"]) == 0
        assert os.environ["MERCHANT_STORE"] == str(folder / "merchant.db")
    with closing(opening.read(folder / "merchant.db")) as db:
        yield db, Duck(db, folder)


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_same_answer(engines: tuple[sqlite3.Connection, Duck], address: str) -> None:
    db, duck = engines
    asked, about = find.question(address), scope.make(db)
    assert told(asked.ask(duck, about)) == told(asked.ask(db, about))


def told(answer: Answer) -> tuple[Any, ...]:
    notes = [note.show("en") for note in answer.notes]
    return answer.columns, [tuple(row) for row in answer.rows], answer.as_of, answer.currency, notes
