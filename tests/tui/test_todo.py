"""The home's worklist is kept, and what was sent leaves it all the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from merchant_cli.app import main
from merchant_cli.store import cache
from merchant_cli.store import open as opening
from tui.todo import todo


def questions(store: Path) -> list[str]:
    with closing(opening.read(store)) as db:
        return [row[2] for row in todo(db).rows]


def test_what_was_sent_leaves_the_kept_worklist(
    example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cache, "keep", True)
    assert "oversold" in questions(example) and "oversold" in questions(example)
    for words in (
        ("inventory", "oversold", "--propose"),
        ("proposals", "approve", "1"),
        ("send", "-o", str(tmp_path / "up")),
    ):
        assert main([*words, "--quiet"]) == 0
    assert "oversold" not in questions(example)
