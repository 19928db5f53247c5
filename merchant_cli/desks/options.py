"""The options of a question, read from the keyword-only parameters of its function, and the merchant's own
defaults of them, kept in the store's settings as `desk.question.option`."""

from __future__ import annotations

import difflib
import inspect
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks.base import Question

P = Phrase

TYPES: dict[str, type] = {"int": int, "float": float, "bool": bool, "str": str}
TAKES = {
    int: P("a whole number", "整数"),
    float: P("a number", "数字"),
    bool: P("yes or no", "是或否"),
    str: P("text", "文字"),
}
# What an option may be where its question declares no `limits`: days by the end of its name, else any number of things.
# The code's own default always fits.
_DAYS, _NUMBER = (1, 3650), (0, 1_000_000_000)
YES_NO = {"True": P("yes", "是"), "False": P("no", "否")}  # how a bool is kept, in words
_YES, _NO = {"yes", "true", "on", "1", "是", "y"}, {"no", "false", "off", "0", "否", "n"}


@dataclass(frozen=True)
class Option:
    """One option: its parameter name, type (int, float, bool or str), code default (None: none) and help.

    A number lies from `least` to `most`; both are None for an option that is no number.
    """

    name: str
    kind: type
    default: Any
    help: Phrase
    least: float | None = None
    most: float | None = None

    @property
    def flag(self) -> str:
        return "--" + self.name.replace("_", "-")

    @property
    def takes(self) -> Phrase:
        """What it takes, in words: `a whole number from 1 to 3,650`."""
        kind = TAKES[self.kind]
        if self.least is None or self.most is None:
            return kind
        return P(f"{kind.en} from {self.least:,} to {self.most:,}", f"从 {self.least:,} 到 {self.most:,} 的{kind.zh}")

    def fits(self, value: Any) -> bool:
        """Whether a value of its type lies within its limits; NaN lies nowhere."""
        return self.least is None or self.most is None or self.least <= value <= self.most

    def parse(self, text: str) -> Any:
        """`text` as a value of this option. Raises ValueError."""
        text = text.strip()
        if self.kind is bool and text.lower() in _YES | _NO:
            return text.lower() in _YES
        value = self.kind(text)
        if self.kind is bool or not self.fits(value):
            raise ValueError(text)
        return value

    def read(self, setting: str, text: str) -> Any:
        """`text` as a value of this option. Raises Problem bad-setting, naming `setting`."""
        try:
            return self.parse(text)
        except ValueError:
            detail = P(f"It takes {self.takes.en}.", f"它的值应为{self.takes.zh}。")
            raise Problem("bad-setting", name=setting, value=text, detail=detail) from None


def of(question: Question) -> dict[str, Option]:
    """The options of a question by parameter name."""
    found = {}
    for name, parameter in inspect.signature(question.ask).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            default = None if parameter.default is parameter.empty else parameter.default
            help_ = question.help.get(name, P(name.replace("_", " "), name))
            kind = _type(parameter.annotation, default)
            found[name] = Option(name, kind, default, help_, *_limits(question, name, kind, default))
    return found


def _limits(question: Question, name: str, kind: type, default: Any) -> tuple[float | None, float | None]:
    """What the question declares, else what its name and type say."""
    if kind not in (int, float):
        return None, None
    if name in question.limits:
        return question.limits[name]
    least, most = _DAYS if name.endswith("_days") else _NUMBER
    return (least, most) if default is None else (min(least, default), max(most, default))


def _type(annotation: Any, default: Any) -> type:
    if default is not None:
        return type(default)
    said = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "str")
    return TYPES.get(said.partition("|")[0].strip(), str)


def merchants(question: Question, db: sqlite3.Connection) -> dict[str, Any]:
    """The merchant's own defaults of a question's options, as parameters; a value that no longer fits is left out."""
    prefix = f"{question.desk}.{question.name}.".replace("-", "_")
    found = {}
    for name, option in of(question).items():
        row = db.execute("SELECT value FROM settings WHERE name = ?", (prefix + name,)).fetchone()
        if row is not None:
            try:
                found[name] = option.parse(row[0])
            except ValueError:
                continue
    return found


def accepted(function: Callable[..., Any], values: dict[str, Any]) -> dict[str, Any]:
    """Those of `values` that `function` takes as keyword-only parameters; all if it takes any."""
    parameters = inspect.signature(function).parameters
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return values
    return {k: v for k, v in values.items() if k in parameters and parameters[k].kind is parameters[k].KEYWORD_ONLY}


def setting_name(typed: str) -> str:
    """A setting's name as it is kept: `-` and `_` are the same."""
    return typed.strip().replace("-", "_").replace("/", ".")


def settable(questions: dict[str, Question]) -> dict[str, Option]:
    """Every option of every question by the name of its setting, `desk.question.option`."""
    found = {}
    for question in questions.values():
        for name, option in of(question).items():
            found[setting_name(f"{question.desk}.{question.name}.{name}")] = option
    return found


def unknown_setting(name: str, value: str, known: list[str]) -> Problem:
    """The Problem for a setting that does not exist, with the nearest names."""
    near = " / ".join(difflib.get_close_matches(name, known, 3, 0.5))
    detail = P("There is no such setting.", "没有这项设置。")
    if near:
        detail = P(f"There is no such setting; did you mean {near}?", f"没有这项设置；您是想用 {near} 吗？")
    return Problem("bad-setting", name=name, value=value, detail=detail)
