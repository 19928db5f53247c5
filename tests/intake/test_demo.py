"""`merchant demo` needs only the package, leaves the merchant's own store and key alone, and prints the worklist."""

from __future__ import annotations

from pathlib import Path

import pytest

from merchant_cli.app import main


@pytest.mark.parametrize("keep", [False, True])
def test_demo(
    keep: bool, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    assert main(["demo", *(["--keep"] if keep else [])]) == 0
    out, err = capsys.readouterr()
    assert "Running out" in out and "error" not in err
    assert not store.exists() and not store.with_name("buyer.key").exists()
    kept = {p.name for p in (empty / "merchant-demo").glob("*")} if keep else set(empty.iterdir())
    assert {"buyer.key", "merchant.db", "merchant.db.files"} <= kept if keep else kept == set()
