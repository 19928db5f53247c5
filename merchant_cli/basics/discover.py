"""Finds declarations by their place: dropping a file into the folder is the registration."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType


def modules_below(package: str, folder: Path, *, skip: frozenset[str] = frozenset()) -> dict[str, Path]:
    """Module name → file of every `.py` one level below the package's folders, in order of name."""
    found = {}
    for path in sorted(folder.glob("*/*.py")):
        if path.stem != "__init__" and not path.stem.startswith("_") and path.stem not in skip:
            found[f"{package}.{path.parent.name}.{path.stem}"] = path
    return found


def load(module: str) -> ModuleType:
    """The module of that name."""
    return importlib.import_module(module)
