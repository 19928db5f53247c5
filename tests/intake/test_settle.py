"""After an import into a big store a child of low priority answers ahead; nothing else of the store changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from intake_tools import SHOP, digest

from merchant_cli.app import main
from merchant_cli.desks import kept
from merchant_cli.intake import settle

ORDERS = str(SHOP / "orders_export_20261115.csv")


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines of the children that were started; none really is."""
    words: list[list[str]] = []

    def start(command: list[str], **given: Any) -> None:
        words.append(command)

    monkeypatch.setattr(settle.subprocess, "Popen", start)
    monkeypatch.delenv("MERCHANT_SETTLE", raising=False)
    return words


def test_a_big_store_answers_ahead(store: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MERCHANT_SETTLE", raising=False)
    monkeypatch.setattr(settle, "BIG", 1)
    monkeypatch.setattr(kept, "LONG", -1.0)
    monkeypatch.setattr("os.nice", lambda by: by)
    assert main(["import", ORDERS]) == 0
    before, cache = digest(store), Path(f"{store}.cache")
    assert not cache.exists()
    (words,) = started
    assert words[1:3] == ["-m", "merchant_cli.app"] and main(words[3:]) == 0
    assert cache.exists() and digest(store) == before
    cache.unlink()
    assert main(["settle"]) == 0
    assert cache.exists() and digest(store) == before


@pytest.mark.parametrize("why", ["small", "asked", "environment", "dry run"])
def test_no_child(store: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setattr(settle, "BIG", settle.BIG if why == "small" else 1)
    monkeypatch.setenv("MERCHANT_SETTLE", "0" if why == "environment" else "")
    extra = {"asked": ["--no-settle"], "dry run": ["--dry-run"]}.get(why, [])
    assert main(["import", ORDERS, *extra]) == 0
    assert started == []
