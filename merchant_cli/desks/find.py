"""Finds desks and questions by their place: `desks/<desk>/<question>.py`; dropping a file in registers it.

A file that cannot be imported is reported by name and takes nothing else down.
"""

from __future__ import annotations

import difflib
import importlib
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import merchant_cli.desks as package
from merchant_cli.basics.phrases import Phrase, language
from merchant_cli.basics.problems import Problem
from merchant_cli.desks import kept, options
from merchant_cli.desks.base import Answer, Desk, Question, Scope


def desk_folders() -> dict[str, Path]:
    """Desk name → its folder, in order of name."""
    found = {}
    for root in package.__path__:
        for init in Path(root).glob("*/__init__.py"):
            found[init.parent.name] = init.parent
    return dict(sorted(found.items()))


def desk(name: str) -> Desk:
    """The Desk object of a folder; it is named like the folder."""
    found: Desk = getattr(importlib.import_module(f"{package.__name__}.{name}"), name)
    return found


def files(name: str) -> list[str]:
    """The names that the files of a desk's folder give its questions: the file's name with - for _."""
    folder = desk_folders()[name]
    stems = sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
    return [stem.rstrip("_").replace("_", "-") for stem in stems]


def _say_broken(module: str, error: Exception) -> None:
    phrase = Phrase("{module} cannot be loaded and is left out: {kind}", "{module} 无法加载，已跳过：{kind}")
    print(phrase.show(language(), module=module, kind=f"{type(error).__name__}: {error}"), file=sys.stderr)


def questions(broken: Callable[[str, Exception], None] = _say_broken) -> dict[str, Question]:
    """Every question by its address `desk/question`; `broken` is told of each file that cannot be imported."""
    found: dict[str, Question] = {}
    for name in desk_folders():
        found |= {question.address: question for question in of_desk(name, broken)}
    return found


def of_desk(name: str, broken: Callable[[str, Exception], None] = _say_broken) -> list[Question]:
    """The questions of one desk, in order of name."""
    folder = desk_folders()[name]
    modules = [f"{package.__name__}.{name}"]
    modules += [f"{modules[0]}.{p.stem}" for p in sorted(folder.glob("*.py")) if not p.stem.startswith("_")]
    for module in modules:
        try:
            importlib.import_module(module)
            desk(name)
        except Exception as error:  # a dropped-in file runs any code, so anything can come out of it: name it, go on
            broken(module, error)
            if module == modules[0]:
                return []
    return [question for _, question in sorted(desk(name).questions.items())]


def question(address: str) -> Question:
    """The question at `desk/question`, importing its file only. Raises Problem unknown-command."""
    where, _, name = address.partition("/")
    folder = desk_folders().get(where)
    if folder is not None:
        for stem in (name.replace("-", "_"), name.replace("-", "_") + "_"):
            if (folder / f"{stem}.py").exists():
                importlib.import_module(f"{package.__name__}.{where}.{stem}")
                if name in desk(where).questions:
                    return desk(where).questions[name]
    known = files(where) if folder is not None else list(desk_folders())
    near = difflib.get_close_matches(name if folder is not None else where, known, 3, 0.4) or known[:5]
    raise Problem("unknown-command", name=f"{where} {name}".strip(), near=" / ".join(near) or "—")


def ask(address: str, db: sqlite3.Connection, scope: Scope, **given: Any) -> Answer:
    """The answer of the question at `address`; options that are not given are the merchant's own defaults."""
    return answer(question(address), db, scope, **given)


def answer(asked: Question, db: sqlite3.Connection, scope: Scope, **given: Any) -> Answer:
    """The same for a question at hand; an answer that takes long is kept until the store changes."""
    given = options.merchants(asked, db) | given
    return kept.answered(db, asked.address, scope, given, lambda: asked.ask(db, scope, **given))
