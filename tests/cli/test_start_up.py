"""Nothing is imported before it is needed, proved in a process of its own; pipes and encodings end quietly."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"rich", "textual", "openpyxl", "xlsxwriter", "sqlite_utils", "pydantic", "click", "python_calamine", "tomlkit"}
SHOW = (
    "import sys; from merchant_cli.app import main; code = main(sys.argv[1:]); import json;"
    " print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]), file=sys.stderr)"
)


def loaded(*words: str, store: Path) -> set[str]:
    env = {**os.environ, "MERCHANT_STORE": str(store), "MERCHANT_LANG": "en"}
    ran = subprocess.run(
        [sys.executable, "-c", SHOW, *words], capture_output=True, text=True, encoding="utf-8", env=env, check=True
    )
    code, modules = json.loads(ran.stderr.splitlines()[-1])
    assert code == 0, ran.stderr
    return set(modules)


def test_root_help_loads_no_typer_and_no_database(tmp_path: Path) -> None:
    assert not loaded("--help", store=tmp_path / "x.db") & (HEAVY | {"typer", "sqlite3", "exporters", "platformdirs"})


@pytest.mark.parametrize("words", [("questions", "--json"), ("where",), ("sql", "SELECT 1"), ("inventory", "--json")])
def test_reading_loads_nothing_heavy(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert not loaded(*words, store=tmp_path / "x.db") & HEAVY


def test_a_question_loads_nothing_heavy(tmp_path: Path) -> None:
    from merchant_cli.desks import find

    for address in find.questions():
        assert not loaded(*address.split("/"), "--json", store=tmp_path / "x.db") & HEAVY, address


def started(*words: str, **env: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "merchant_cli.app", *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "MERCHANT_LANG": "en", **env},
    )  # fmt: skip


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) SELECT i FROM n"
    with started("sql", rows, "--csv", MERCHANT_STORE=str(tmp_path / "x.db")) as child:
        assert child.stdout and child.stderr
        assert child.stdout.readline() == b"i\n"
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == 0


def test_a_narrow_encoding_does_not_end_the_run(tmp_path: Path) -> None:
    env = {"MERCHANT_STORE": str(tmp_path / "x.db"), "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    with started("--help", "--lang", "zh", **env) as child:
        assert child.stdout and b"\\u7528" in child.stdout.read() and child.wait() == 0
        assert child.stderr and child.stderr.read() == b""
    with started("questions", "--json", "--lang", "zh", **env) as child:
        assert child.stdout and "问题" in child.stdout.read().decode("utf-8") and child.wait() == 0
        assert child.stderr and child.stderr.read() == b""
