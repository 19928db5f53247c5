"""docs/add-an-importer.md, word for word: in a copy of the project its files are added, and nothing else, and its
commands say what the page says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.house.tree import ROOT

PAGE = (ROOT / "docs" / "add-an-importer.md").read_text(encoding="utf-8")
FILE = re.compile(r"^`([^`\n]+)`:\n\n```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COPIED = ("merchant_cli", "importers", "exporters", "docs")
PROGRAMS = {"merchant": [sys.executable, "-m", "merchant_cli.app"], "python": [sys.executable]}


class Step(NamedTuple):
    """A command of the page, and the lines that it prints; `…` stands for anything."""

    command: str
    lines: list[str]


def steps() -> list[Step]:
    found: list[Step] = []
    for block in CONSOLE.findall(PAGE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:], []))
            else:
                found[-1].lines.append(line)
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project: the code, the tests of importers without the samples of others, the pages."""
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name)
    tests = folder / "tests" / "importers"
    tests.mkdir(parents=True)
    for path in (ROOT / "tests" / "importers").glob("*.py"):
        shutil.copy(path, tests)
    for name in ("conftest.py", "pyproject.toml"):
        at = "tests" if name == "conftest.py" else "."
        shutil.copy(ROOT / at / name, folder / at)
    return folder


def run(project: Path, command: str) -> str:
    program, *words = shlex.split(command)
    own = {"MERCHANT_STORE": "store.db", "MERCHANT_KEY": "buyer.key", "MERCHANT_SETTLE": "0", "MERCHANT_LANG": "en",
           "PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8",
           "XDG_CACHE_HOME": str(project / "cache"), "XDG_STATE_HOME": str(project / "state")}  # fmt: skip
    ran = subprocess.run([*PROGRAMS[program], *words], cwd=project, env=os.environ | own, capture_output=True,
                         encoding="utf-8", check=False)  # fmt: skip
    partly = 3 if words[0] == "import" else 0  # a row of the sample waits in quarantine
    assert ran.returncode in (0, partly), f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


def test_the_page_is_true(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.py")}
    files = FILE.findall(PAGE)
    assert [Path(name).suffix for name, _ in files] == [".csv", ".py"], "a sample and an importer, nothing else"
    for name, body in files:
        path = project / name
        assert not path.exists()
        path.parent.mkdir(parents=True)
        path.write_text(body, encoding="utf-8")
    for command, lines in steps():
        printed = run(project, command)
        for line in lines:
            pattern = re.compile(".*".join(re.escape(part.strip()) for part in line.split("…")))
            assert pattern.search(printed), f"{command}\n{line}\nis not in\n{printed}"
    assert {path: path.read_bytes() for path in before} == before, "the page edits nothing"


def test_all_that_the_page_points_to_is_there() -> None:
    for name in re.findall(r"`((?:importers|merchant_cli|tests)/[\w/]+\.py)`", PAGE):
        assert (ROOT / name).exists() or name in dict(FILE.findall(PAGE)), name
    for name in re.findall(r"\]\(([\w-]+\.md)\)", PAGE):
        assert (ROOT / "docs" / name).exists(), name
    for name in re.findall(r"`(\w+/\w+\.py)` [a-z]", PAGE):
        assert (ROOT / "importers" / name).exists() or (ROOT / "merchant_cli" / name).exists(), name
