"""How the project's files are kept: what stands in them, how long they are, and who may print."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.tree import CODE, ROOT, at, calls, files, python, tree

# Longer than 300 lines, and why.
LONG_FILES = {
    "merchant_cli/basics/faults.py": "a list: every fault with its sentences",
}
# Longer than 60 lines, and why.
LONG_FUNCTIONS: dict[str, str] = {}

# Built from pieces, so that this file does not name what it looks for.
PLACES = re.compile(r"(?<![\w.:/~-])/(?:wor" + r"k|ro" + r"ot|ho" + r"me|op" + r"t|Use" + r"rs)/")
SHARED = re.compile("shar" + "ed/")
HOSTS = re.compile("py" + r"pi\.|index" + "-url|crates" + r"\.io|npm" + r"js|pro" + r"xy\.golang")
MACHINES = re.compile("cla" + "ude|anthro" + "pic|open" + "ai|chat" + "gpt|copi" + "lot", re.IGNORECASE)
# Papers that are not in the project: what they say belongs into docs/ or into the code.
ELSEWHERE = re.compile("(?:STO" + "RE|COMM" + "ANDS|HO" + "USE|FEAT" + r"URES|WORK" + r"DAY)(?:\.md\b| §| promises)")
MARKUP = re.compile(r"\[/?(?:bold|dim|italic|red|green|yellow|blue|cyan|magenta)[^\]]*\]")


def mentions(pattern: re.Pattern[str]) -> Iterator[str]:
    """Where a pattern stands in the project's files."""
    for path in files():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(ROOT)}:{number}"


@pytest.mark.parametrize("pattern", [PLACES, SHARED, HOSTS, MACHINES, ELSEWHERE], ids=lambda p: p.pattern[:20])
def test_no_file_names_a_place_or_paper_that_is_not_here(pattern: re.Pattern[str]) -> None:
    found = list(mentions(pattern))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", [
    "LICENSE", "README.md", "README.zh-CN.md", "CHANGELOG.md", "DECISIONS.md", "CONTRIBUTING.md", "Makefile", ".ci/run",
    "requirements/run.txt", "requirements/dev.txt", "docs/reading-the-code.md", "docs/add-an-importer.md",
    "docs/add-a-desk.md",
])  # fmt: skip
def test_the_house_has(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_license_is_mit_and_ci_runs_the_tests() -> None:
    assert "Permission is hereby granted, free of charge" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
    assert (ROOT / "merchant_cli/__init__.py").read_text(encoding="utf-8") == ""


def test_long_files_have_a_reason() -> None:
    length = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8").count("\n") for p in python(*CODE, "bench")}
    assert {name: lines for name, lines in length.items() if lines > 300 and name not in LONG_FILES} == {}
    assert not [name for name in LONG_FILES if length.get(name, 0) <= 300], "a reason that is needed no more"


def test_long_functions_have_a_reason() -> None:
    found = {}
    for path in python(*CODE, "bench"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 60:
                    found[f"{at(path, node)} {node.name}"] = lines
    assert {name: lines for name, lines in found.items() if name not in LONG_FUNCTIONS} == {}


def test_only_commands_print_to_stdout() -> None:
    wrong = []
    for path in python(*CODE):
        inside = path.relative_to(ROOT).as_posix()
        if inside.startswith("merchant_cli/commands/") or inside == "merchant_cli/app.py":
            continue
        for call, name in calls(path):
            if name == "print" and not any(key.arg == "file" for key in call.keywords):
                wrong.append(at(path, call))
    assert wrong == []


def test_no_markup_in_sentences() -> None:
    wrong = []
    for path in python("merchant_cli", "importers", "exporters"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and MARKUP.search(node.value):
                wrong.append(at(path, node))
    assert wrong == []


def test_nothing_unfinished_is_left() -> None:
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    assert [where for where in mentions(pattern) if where.startswith(CODE)] == []


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# Declared and not imported by the program yet, or never by name, and why.
NOT_BY_NAME = {
    "tzdata": "read by zoneinfo where the system has no zones",
}


def named(requirement: str) -> str:
    return re.split(r"[\s<>=!~\[;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def test_dependencies_are_what_is_imported() -> None:
    known = packages_distributions()
    imported = set()
    for path in python(*CODE):
        for node in ast.walk(tree(path)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            imported |= {d.lower().replace("_", "-") for m in modules for d in known.get(m.partition(".")[0], ())}
    extras = PROJECT["project"]["optional-dependencies"]["locked"]
    declared = {named(one) for one in [*PROJECT["project"]["dependencies"], *extras]}
    assert imported - {"merchant"} == declared - set(NOT_BY_NAME)


@pytest.mark.parametrize("name", ["run", "dev"])
def test_requirements_are_exact_and_complete(name: str) -> None:
    project = PROJECT["project"]
    wanted = project["dependencies"] if name == "run" else project["optional-dependencies"]["dev"]
    lines = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins), pins
    assert {named(one) for one in wanted} <= {named(pin) for pin in pins}


def test_every_desk_stands_in_the_contract() -> None:
    contract = next(c for c in PROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "independence")
    folders = {f"merchant_cli.desks.{p.parent.name}" for p in (ROOT / "merchant_cli/desks").glob("*/__init__.py")}
    assert set(contract["modules"]) == folders


def test_paths_in_papers_exist() -> None:
    """Every relative link of the README and docs leads to a file."""
    wrong = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8")):
            if "://" not in link and not (path.parent / Path(link)).exists():
                wrong.append(f"{path.name}: {link}")
    assert wrong == []
