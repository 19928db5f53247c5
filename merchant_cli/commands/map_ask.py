"""Questions to a person at a terminal, line by line: a choice by number, a text, yes or no."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Sequence

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.context import show

P = Phrase

LEAVE = ("q", "quit", "exit", "退出")
YES, NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


class Left(Exception):
    """The person leaves the dialog."""


def tell(phrase: Phrase, **params: object) -> None:
    """A sentence of the dialog; what comes from the file is made harmless."""
    print(safe_text(show(phrase, **params)))


def line(prompt: str) -> str:
    """What is typed; full-width characters as plain ones. Raises Left, EOFError."""
    print(safe_text(prompt, one_line=False), end=" ", flush=True)
    try:
        typed = sys.stdin.readline()
    except UnicodeDecodeError:
        return "�"  # no answer to any question: it is asked again
    if not typed:
        raise EOFError
    text = unicodedata.normalize("NFKC", typed).strip()
    if text.casefold() in LEAVE:
        raise Left
    return text


def choose(question: Phrase, options: Sequence[str], default: int | None = None, **params: object) -> int:
    """Which of the options, by its number (0-based here, from 1 on the screen). Raises Left, EOFError."""
    tell(question, **params)
    for number, option in enumerate(options, 1):
        print(f"  {number:>2}  {safe_text(option)}")
    ask = P("Number [{n}]:", "编号 [{n}]：") if default is not None else P("Number:", "编号：")
    while True:
        typed = line(show(ask, n=1 + (default or 0)))
        if not typed and default is not None:
            return default
        if typed.isdecimal() and 1 <= int(typed) <= len(options):
            return int(typed) - 1
        tell(P("Type a number from 1 to {n}; q leaves.", "请输入 1 到 {n} 的编号；q 退出。"), n=len(options))


def agreed(question: Phrase, *, default: bool, **params: object) -> bool:
    """Yes or no. Raises Left, EOFError."""
    hint = "[Y/n]" if default else "[y/N]"
    while True:
        typed = line(f"{show(question, **params)} {hint}").casefold()
        if not typed or typed in YES + NO:
            return typed in YES if typed else default
        tell(P("Type y or n; q leaves.", "请输入 y 或 n；q 退出。"))


def text(
    question: Phrase, check: Callable[[str], str | None], wrong: Phrase, default: str = "", **params: object
) -> str:
    """A text that `check` turns into what is wanted (None: not understood). Raises Left, EOFError."""
    while True:
        typed = line(show(question, **params) + (f" [{default}]" if default else "") + show(P(":", "："))) or default
        found = check(typed) if typed else None
        if found is not None:
            return found
        tell(wrong)
