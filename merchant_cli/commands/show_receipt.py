"""A receipt or a refused file as people read it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.context import settings, show
from merchant_cli.intake.receipt import Receipt, ignored_in_words

P = Phrase

_COUNTS = {
    "inserted": P("{n} new", "新增 {n}"),
    "updated": P("{n} updated", "更新 {n}"),
    "unchanged": P("{n} unchanged", "未变 {n}"),
    "quarantined": P("{n} in quarantine", "隔离 {n}"),
    "ignored": P("{n} left out", "略过 {n}"),
}
STATES = {
    "applied": P("taken in as import {number}; `merchant undo {number}` takes it back",
                 "已作为导入 {number} 收录；`merchant undo {number}` 可撤销"),
    "already imported": P("already taken in as import {number}; nothing changes", "之前已作为导入 {number} 收录"),
    "dry run": P("a preview; nothing was written", "预览，未写入任何内容"),
}  # fmt: skip


def receipt_lines(receipt: Receipt) -> list[str]:
    """What the file was, its shop and days, what became of its rows, notes, and how to take it back."""
    lang = settings().lang
    about = [receipt.title.show(lang) if receipt.title else receipt.importer]
    if receipt.shop:
        about.append(receipt.shop)
    if receipt.covers:
        about.append(show(P("{first} to {last}", "{first} 至 {last}"), first=receipt.covers[0], last=receipt.covers[1]))
    lines = [f"{receipt.path}{show(P(': ', '：'))}{' · '.join(about)}"]
    if receipt.state != "already imported":
        lines += ["  " + line for line in count_lines(receipt.as_json(lang), lang)]
    lines += ["  " + note.show(lang) for note in receipt.notes if note.code != "again"]  # the last line says that
    lines += ["  " + one.show() for one in receipt.differences]
    lines.append("  " + show(STATES[receipt.state], number=receipt.number))
    return [safe_text(line) for line in lines]


def count_lines(counts: Mapping[str, Any], lang: str) -> list[str]:
    """The rows read and what became of them, from a receipt in its JSON shape."""
    head = P("{n} {n:row|rows}: ", "{n} 行：").show(lang, n=f"{counts['read']:,}")
    lines = [head + (outcomes(counts, lang) or "—")]
    if counts["ignored_by"]:
        why = ignored_in_words(counts["ignored_by"], lang)
        lines.append(P("left out: {why}", "略过：{why}").show(lang, why=why))
    return lines


def outcomes(counts: Mapping[str, Any], lang: str) -> str:
    """`1,100 new, 60 updated`: how many rows or records came to what."""
    parts = [phrase.show(lang, n=f"{counts[name]:,}") for name, phrase in _COUNTS.items() if counts.get(name)]
    return P(", ", "，").show(lang).join(parts)


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
