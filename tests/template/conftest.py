"""The example shop in a store of its own, taken in once, and a command line that runs on a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from template_tools import EXAMPLE_SHOP, Ran

from merchant_cli.app import main
from merchant_cli.intake.take_in import Asked, take_in


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the store of the example shop, `merchant.db`, and its `buyer.key`."""
    folder = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MERCHANT_KEY", str(folder / "buyer.key"))
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        receipts = list(take_in(folder / "merchant.db", [str(EXAMPLE_SHOP)], Asked()))
        assert all(receipt.state == "applied" for receipt in receipts)
        yield folder


@pytest.fixture
def shop(taken_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one's own that holds the example shop."""
    monkeypatch.setenv("MERCHANT_KEY", str(taken_in / "buyer.key"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(taken_in / "cache"))
    return Path(shutil.copy(taken_in / "merchant.db", tmp_path / "merchant.db"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Runs one command line on the store `tmp_path/merchant.db`."""
    monkeypatch.setenv("MERCHANT_STORE", str(tmp_path / "merchant.db"))
    monkeypatch.setenv("MERCHANT_LANG", "en")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def go(*args: str | Path) -> Ran:
        code = main([str(arg) for arg in args])
        return Ran(code, *capsys.readouterr())

    return go


@pytest.fixture
def made(run: Callable[..., Ran], tmp_path: Path) -> Callable[..., Workbook]:
    """Makes the template of a kind in a language, at `tmp_path/sheets.xlsx`, and opens it."""

    def make(lang: str = "zh", kind: str = "all") -> Workbook:
        path = tmp_path / "sheets.xlsx"
        assert run("template", kind, "-o", path, "--lang", lang, "--force").code == 0
        return load_workbook(path)

    return make
