"""What every test may use: a store of its own, and no other file of whoever runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a store that does not exist yet, with a buyer key and the merchant's own rules beside it."""
    path = tmp_path / "store" / "merchant.db"
    path.parent.mkdir()
    monkeypatch.setenv("MERCHANT_STORE", str(path))
    monkeypatch.setenv("MERCHANT_KEY", str(path.with_name("buyer.key")))
    monkeypatch.setenv("MERCHANT_RULES", str(path.with_name("rules")))
    monkeypatch.setenv("MERCHANT_LANG", "en")
    monkeypatch.setenv("MERCHANT_SETTLE", "0")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return path
