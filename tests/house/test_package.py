"""The wheel holds all that the program needs: installed elsewhere, in an empty folder, it shows the example shop."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

WHERE = "import merchant_cli.app, importers, exporters; print(merchant_cli.app.__file__)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed."""
    folder = tmp_path_factory.mktemp("package")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    wheel = next(folder.glob("merchant-*.whl"))
    quiet = ("--quiet", "--disable-pip-version-check", "--no-deps", "--no-index")
    install = [sys.executable, "-m", "pip", "install", *quiet, "--target", str(folder / "site"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return folder / "site"


def run(site: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MERCHANT_")}
    env |= {"PYTHONPATH": str(site), "MERCHANT_LANG": "en", "MERCHANT_SETTLE": "0", "PYTHONIOENCODING": "utf-8"}
    env |= {f"XDG_{name}_HOME": str(folder.parent / name) for name in ("DATA", "CACHE", "STATE", "CONFIG")}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8"
    )


def test_demo_runs_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert str(installed) in run(installed, empty, "-c", WHERE).stdout
    ran = run(installed, empty, "-m", "merchant_cli.app", "demo")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("Today") and "CJ-1001-WH" in ran.stdout
    assert list(empty.iterdir()) == []


def test_wheel_holds_data_and_nothing_else(installed: Path) -> None:
    assert {p.name for p in installed.iterdir() if "dist-info" not in p.name} - {"bin"} == {
        "merchant_cli", "importers", "exporters", "tui"
    }  # fmt: skip
    here, there = ROOT / "merchant_cli", installed / "merchant_cli"
    wanted = {p.relative_to(here) for p in here.rglob("*.sql")}
    assert wanted == {p.relative_to(there) for p in there.rglob("*.sql")}
    shop = {p.name for p in (ROOT / "examples/shop").iterdir()}
    assert shop == {p.name for p in (there / "example_shop").iterdir()}
