"""Receipts, refused files and undone imports as the take-in screen shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from textual.content import Content

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.intake.in_words import about, body, outcomes, undone
from merchant_cli.intake.receipt import OUTCOMES, Receipt
from merchant_cli.send.shown import outcome
from tui.given import Given
from tui.taking import Back, Result
from tui.widgets.lay_out import folded

P = Phrase

MOST = 200  # files that are shown; the rest is said
WHOLE = 50  # lines that one sentence may take

STATE = {
    "applied": P("taken in as import {number}", "已作为导入 {number} 收录"),
    "already imported": P("already taken in as import {number}; nothing changes",
                          "之前已作为导入 {number} 收录，没有变化"),
}  # fmt: skip
SHOP = P("Enter asks which shop it is.", "按回车选择所属店铺。")


def summary(receipts: Sequence[Receipt], lang: str) -> str:
    """`3 files: 120 new, 4 updated | 1 refused`."""
    sums: Counter[str] = Counter()
    for receipt in receipts:
        if receipt.problem is None and receipt.state != "already imported":
            sums.update({name: receipt.outcome[name] for name in OUTCOMES} | {"ignored": receipt.ignored})
    parts = [P("{n} {n:file|files}", "{n} 个文件").show(lang, n=len(receipts)), outcomes(sums, lang)]
    if again := sum(receipt.state == "already imported" for receipt in receipts):
        parts.append(P("{n} taken in before", "{n} 个此前已导入").show(lang, n=again))
    if refused := sum(receipt.problem is not None for receipt in receipts):
        parts.append(P("{n} refused", "{n} 个被拒绝").show(lang, n=refused))
    return " | ".join(part for part in parts if part)


def shown(result: Result, lang: str, room: int) -> Content:
    """All files of a run, the refused ones first, with what of the path was not taken and what came of proposals."""
    parts = [_given(result.given, lang, room)] if _given(result.given, lang, room) else []
    parts += [_lines(line, room) for one in result.outcomes for line in outcome(one, lang)]
    receipts = sorted(result.receipts, key=lambda receipt: receipt.problem is None)
    parts += [_refused(one, lang, room) if one.problem else _receipt(one, lang, room) for one in receipts[:MOST]]
    if (more := len(receipts) - MOST) > 0:
        parts.append(Content(P("and {n} more {n:file|files}", "另有 {n} 个文件").show(lang, n=f"{more:,}")))
    return Content("\n\n").join(parts)


def _given(given: Given, lang: str, room: int) -> Content:
    """What of the typed paths led to no file."""
    said = [P("! There is no “{path}”.", "! 没有“{path}”。").show(lang, path=path) for path in given.missing]
    empty = P("! In “{path}” is no file that could be an export (.csv .xlsx .zip ...).",
              "! “{path}”中没有可导入的文件（.csv .xlsx .zip 等）。")  # fmt: skip
    said += [empty.show(lang, path=path) for path in given.empty]
    if given.too_many:
        many = P("! “{path}” holds too many files: choose the folder with the exports.",
                 "! “{path}”中的文件太多，请选择存放导出文件的文件夹。")  # fmt: skip
        said.append(many.show(lang, path=given.too_many))
    if given.others:
        others = P("{n} {n:file|files} of other kinds {n:is|are} left aside.", "{n} 个其他类型的文件不处理。")
        said.append(others.show(lang, n=given.others))
    return Content("\n").join(_lines(line, room) for line in said)


def name_of(path: str) -> str:
    """A file without its folders; of an archive with the name inside it."""
    outer, mark, inner = path.partition("!")
    return safe_text(PurePath(outer.replace("\\", "/")).name + mark + inner)


def _receipt(receipt: Receipt, lang: str, room: int) -> Content:
    mark = "=" if receipt.state == "already imported" else "+"
    lines = [about(receipt, lang), *body(receipt, lang)]
    if receipt.state in STATE:
        lines.append(STATE[receipt.state].show(lang, number=receipt.number))
    return Content("\n").join([_head(f"{mark} {name_of(receipt.path)}", room), *(_lines(x, room, 2) for x in lines)])


def _refused(receipt: Receipt, lang: str, room: int) -> Content:
    assert receipt.problem is not None
    head = _head(f"! {name_of(receipt.path)}", room).stylize("$text-error")
    lines = problem_lines(receipt.problem, lang)
    if shops_of(receipt.problem):
        lines[-1] = SHOP.show(lang)
    return Content("\n").join([head, *(_lines(line, room, 2) for line in lines)])


def shops_of(problem: Problem) -> str:
    """The shops that a file may be of if only its shop is in question, with commas between; else empty."""
    return str(
        {"which-shop": problem.params.get("shops"), "another-shop": problem.params.get("shop")}.get(problem.code) or ""
    )


def problem_lines(problem: Problem, lang: str) -> list[str]:
    """What, where in the file, why, how to mend it."""
    said = problem.show(lang) | {"where": replace(problem.place, file="").show(lang)}
    return [said[name] for name in ("what", "where", "why", "fix") if said[name]]


def back(result: Back, lang: str, room: int) -> Content:
    """What an undo took back."""
    lines = [line for one in result.undone for line in undone(replace(one, name=name_of(one.name)), lang)]
    lines += [line for one in result.outcomes for line in outcome(one, lang)]
    if result.fault is not None:
        lines += problem_lines(result.fault, lang)
    return Content("\n").join(_lines(line, room) for line in lines)


def _head(text: str, room: int) -> Content:
    return Content.styled("\n".join(folded(safe_text(text), room, WHOLE)), "bold")


def _lines(text: str, room: int, indent: int = 0) -> Content:
    """A sentence in as many lines as it takes."""
    gap = " " * (indent + len(text) - len(text.lstrip(" ")))
    lines = folded(safe_text(text.strip()), max(10, room - len(gap)), WHOLE)
    return Content("\n".join(gap + line for line in lines))
