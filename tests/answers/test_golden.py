"""Every question answers about the example shop what its golden file says, in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_cli.desks import find
from tests.answers.asked import HERE, golden, make_store, told

QUESTIONS = sorted(find.questions())


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("STORE", "KEY", "SETTLE", "RULES", "LANG"):
            patch.setenv(f"MERCHANT_{name}", "")
        patch.setenv("XDG_STATE_HOME", "")
        yield make_store(tmp_path_factory.mktemp("example"))


@pytest.mark.parametrize("address", QUESTIONS)
def test_the_answer(example: Path, address: str) -> None:
    assert told(example, address) == json.loads(golden(address).read_text(encoding="utf-8"))


def test_one_golden_file_for_each_question() -> None:
    assert sorted(path.name for path in HERE.glob("*_*.json")) == sorted(golden(q).name for q in QUESTIONS)
