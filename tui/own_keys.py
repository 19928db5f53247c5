"""The merchant's own keys: `keys.toml` in the folder of his rules.

    [today]
    snooze = "z"
    [table]
    export = ["ctrl+e", "f5"]

A table per screen, an entry per action; `merchant tui --keys` prints them all in this form. An entry that cannot be
taken is said and left aside.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.keys import Keys

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.desks import rules

P = Phrase

NO_TOML = P("The file is not valid TOML.", "文件不是有效的配置格式。")
NO_ACTION = P("There is no such action.", "没有这个操作。")
NO_KEY = P("It takes a key like x, f5 or ctrl+e.", "它应为按键，如 `x`、`f5` 或 `ctrl+e`。")
TAKEN = P("This key already does something else there.", "这个按键在该界面已有其他用途。")

EVERYWHERE = ("app", "page", "table", "grid")
OVER = ("choose", "form", "help", "palette", "reader", "sure")
_NAMED = {key.value for key in Keys} | {"space", "slash", "question_mark"}


def path() -> Path:
    """Where the file lies; it need not exist."""
    return rules.folder() / "keys.toml"


def load(file: Path, known: dict[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """Binding id → keys as Textual wants them, and what could not be taken. `known`: every id with its keys."""
    if not file.exists():
        return {}, []
    try:
        body = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):  # ValueError: not UTF-8, or no TOML
        return {}, [_problem(file, "keys.toml", "", NO_TOML)]
    found: dict[str, str] = {}
    problems = []
    for name, value in _entries(body):
        keys = [value] if isinstance(value, str) else value
        if name not in known:
            problems.append(_problem(file, name, value, NO_ACTION))
        elif not isinstance(keys, list) or not keys or not all(isinstance(k, str) and is_key(k) for k in keys):
            problems.append(_problem(file, name, value, NO_KEY))
        elif set(keys) - set(known[name].split(",")) and _taken(name, keys, known | found):
            problems.append(_problem(file, name, value, TAKEN))
        else:
            found[name] = ",".join(keys)
    return found, problems


def _entries(body: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for place, entries in body.items():
        if isinstance(entries, dict):
            yield from ((f"{place}.{name}", value) for name, value in entries.items())
        else:
            yield place, entries


def is_key(key: str) -> bool:
    """Whether Textual could ever send this key."""
    if len(key) == 1:
        return key.isprintable() and key not in ", "
    base = key.rpartition("+")[2]
    return key in _NAMED or (base != key and (base in _NAMED or len(base) == 1))


def _taken(name: str, keys: list[str], known: dict[str, str]) -> bool:
    """Whether another action of the same screen, or of all screens, has one of the keys."""
    place = name.partition(".")[0]
    for other, theirs in known.items():
        if other != name and _meet(place, other.partition(".")[0]) and set(keys) & set(theirs.split(",")):
            return True
    return False


def _meet(one: str, other: str) -> bool:
    """Whether the keys of two places hold at the same time: what lies over a screen has its own alone."""
    if one in OVER or other in OVER:
        return one == other
    return one == other or one in EVERYWHERE or other in EVERYWHERE


def _problem(file: Path, name: str, value: Any, detail: Phrase) -> Problem:
    return Problem("bad-setting", Place(file=str(file)), name=name, value=str(value)[:40], detail=detail)
