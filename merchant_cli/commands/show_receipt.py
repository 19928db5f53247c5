"""A receipt or a refused file as people read it."""

from __future__ import annotations

import sys

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.context import settings, show
from merchant_cli.intake.in_words import about, body
from merchant_cli.intake.receipt import Receipt

P = Phrase

STATES = {
    "applied": P("taken in as import {number}; `merchant undo {number}` takes it back",
                 "已作为导入 {number} 收录；`merchant undo {number}` 可撤销"),
    "already imported": P("already taken in as import {number}; nothing changes", "之前已作为导入 {number} 收录"),
    "dry run": P("a preview; nothing was written", "预览，未写入任何内容"),
}  # fmt: skip


def receipt_lines(receipt: Receipt) -> list[str]:
    """What the file was, its shop and days, what became of its rows, notes, and how to take it back."""
    lang = settings().lang
    lines = [f"{receipt.path}{show(P(': ', '：'))}{about(receipt, lang)}"]
    lines += ["  " + line for line in body(receipt, lang)]
    lines.append("  " + show(STATES[receipt.state], number=receipt.number))
    return [safe_text(line) for line in lines]


def problem_lines(problem: Problem, lang: str) -> list[str]:
    """A Problem as the program prints it: what, where, why, how to fix."""
    shown = problem.show(lang)
    colon = P(": ", "：").show(lang)
    lines = [f"{P('error', '错误').show(lang)} [{problem.code}]{colon}{safe_text(shown['what'])}"]
    for name, head in (("where", P("where", "位置")), ("why", P("why", "原因")), ("fix", P("fix", "处理"))):
        if shown[name]:
            lines.append(f"  {head.show(lang)}{colon}{safe_text(shown[name])}")
    return lines


def tell(problem: Problem) -> None:
    """Prints a Problem on stderr."""
    print("\n".join(problem_lines(problem, settings().lang)), file=sys.stderr)
