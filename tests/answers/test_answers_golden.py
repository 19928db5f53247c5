"""Every question answers about the example shop what its golden file says, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from merchant_cli.desks import find
from tests.answers.asked import HERE, golden, told

QUESTIONS = sorted(find.questions())


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_answer(example: Path, address: str) -> None:
    assert told(example, address) == json.loads(golden(address).read_text(encoding="utf-8"))


def test_one_golden_file_for_each_question() -> None:
    assert sorted(path.name for path in HERE.glob("*_*.json")) == sorted(golden(q).name for q in QUESTIONS)
