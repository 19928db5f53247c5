"""What every test may use: a store of its own, and no other file of whoever runs the tests."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest

from merchant_cli.app import main

# Whoever runs the tests in the background has Ctrl-C ignored, and every program that they start would inherit it.
signal.signal(signal.SIGINT, signal.default_int_handler)

EXAMPLE = Path(__file__).parents[1] / "examples" / "shop"


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


@pytest.fixture(scope="session")
def example_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the example shop, made once; tests take a copy."""
    folder = tmp_path_factory.mktemp("example") / "store"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCHANT_STORE", str(folder / "merchant.db"))
        patch.setenv("MERCHANT_KEY", str(folder / "buyer.key"))
        patch.setenv("MERCHANT_SETTLE", "0")
        assert main(["import", str(EXAMPLE), "--quiet"]) == 0
    return folder


@pytest.fixture
def example(store: Path, example_made: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A store of its own that holds the example shop."""
    shutil.rmtree(store.parent)
    shutil.copytree(example_made, store.parent)
    capsys.readouterr()
    return store
