"""The files of the project, for the tests that look at all of them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("merchant_cli", "importers", "exporters", "tui")
OURS = (*CODE, "tests", "bench", "docs", "examples", "requirements", ".ci")
TEXT = {".py", ".md", ".toml", ".sql", ".txt", ".csv", ".json", ".tcss", ".sh", ".yml", ""}


@cache
def files() -> tuple[Path, ...]:
    """Every text file of the project; what tools leave behind is not ours."""
    found = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".coverage"]
    for name in OURS:
        found += [path for path in (ROOT / name).rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return tuple(sorted(path for path in found if path.suffix in TEXT and ROOT / "bench/out" not in path.parents))


def python(*folders: str) -> list[Path]:
    """The Python files below these folders."""
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a file with the name that is called."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield node, name


def at(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
