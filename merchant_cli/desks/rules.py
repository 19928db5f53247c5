"""Dated rules that questions go by: a TOML file each in `rule_files/`; the merchant's own copy holds.

A rule file has `checked = "YYYY-MM-DD"`, the day its content was last compared with its sources.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note

P = Phrase
T = TypeVar("T")

SHIPPED = Path(__file__).parent / "rule_files"


class BadRule(ValueError):
    """An entry of a rule file that cannot be taken; says which entry and why, in both languages."""

    def __init__(self, entry: str, why: Phrase) -> None:
        super().__init__(f"{entry}: {why.en}")
        self.entry, self.why = entry, why


def folder() -> Path:
    """Where the merchant's own rule files lie; MERCHANT_RULES names another place."""
    if named := os.environ.get("MERCHANT_RULES"):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("merchant", appauthor=False) / "rules"


def load(name: str, parse: Callable[[dict[str, Any]], T]) -> tuple[T, list[Note]]:
    """The rules `name` as `parse` makes them: of the merchant's own file if it is there and sound, else as shipped.

    `parse` raises BadRule for an entry that it cannot take. A faulty own file is named in a note and left aside.
    """
    own, notes = folder() / f"{name}.toml", []
    if own.exists():
        try:
            return parse(_read(own)), []
        except BadRule as error:
            notes = [_faulty(own, error.entry, error.why)]
        except (OSError, ValueError) as error:  # ValueError: not UTF-8, or no TOML
            notes = [_faulty(own, "", P(str(error), str(error)))]
    return parse(_read(SHIPPED / f"{name}.toml")), notes


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _faulty(path: Path, entry: str, why: Phrase) -> Note:
    return Note("rule-file", P(
        "The rule file {path} is left aside and the shipped rules are used: {entry} {why}. Mend or delete it.",
        "规则文件 {path} 有误，暂用自带规则：{entry} {why}。请修改或删除该文件。"),
        {"path": str(path), "entry": entry, "why": why})  # fmt: skip


def stamp() -> str:
    """Changes whenever a rule file does: for what is kept of answers."""
    found = []
    for root in (SHIPPED, folder()):
        if root.is_dir():
            found += [(p.name, s.st_mtime_ns, s.st_size) for p in sorted(root.glob("*.toml")) for s in [p.stat()]]
    return repr(found)
