"""Receipts and undone imports in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from exporters.cells import in_words
from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.words import TABLES
from merchant_cli.intake.receipt import Receipt, ignored_in_words

if TYPE_CHECKING:
    from merchant_cli.intake.again import Undone

P = Phrase

DIFFERENCES = 8  # values that a preview shows as text

_COUNTS = {
    "inserted": P("{n} new", "新增 {n}"),
    "updated": P("{n} updated", "更新 {n}"),
    "unchanged": P("{n} unchanged", "未变 {n}"),
    "quarantined": P("{n} in quarantine", "隔离 {n}"),
    "ignored": P("{n} left out", "略过 {n}"),
}


def about(receipt: Receipt, lang: str) -> str:
    """`Orders · shopify/main · 2026-10-01 to 2026-11-15`: what the file was, its shop and days."""
    parts = [receipt.title.show(lang) if receipt.title else receipt.importer]
    if receipt.shop:
        parts.append(receipt.shop)
    if receipt.covers:
        first, last = receipt.covers
        parts.append(P("{first} to {last}", "{first} 至 {last}").show(lang, first=first, last=last))
    parts.append(receipt.encoding.upper())
    return " · ".join(part for part in parts if part)


def body(receipt: Receipt, lang: str) -> list[str]:
    """What became of its rows, the notes, and of a preview the first differences."""
    lines = [] if receipt.state == "already imported" else count_lines(receipt.as_json(lang), lang)
    lines += [note.show(lang) for note in receipt.notes if note.code != "again"]  # the state says that
    lines += [one.show() for one in receipt.differences[:DIFFERENCES]]
    if (more := len(receipt.differences) - DIFFERENCES) > 0:
        lines.append(P("and {n} more {n:value|values}", "另有 {n} 个值").show(lang, n=f"{more:,}"))
    return lines


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


def undone(done: Undone, lang: str) -> list[str]:
    """What an undo took back: the import, its records, and what became of the import that it had replaced."""
    said = P("Import {number} ({name}) is taken back.", "导入 {number}（{name}）已撤销。")
    lines = [said.show(lang, number=done.number, name=done.name)]
    comma = P(", ", "，").show(lang)
    if counts := comma.join(f"{in_words(table, TABLES, lang)} {n:,}" for table, n in done.by_table.items()):
        said = P("Records gone or changed: {counts}", "消失或改变的记录：{counts}")
        lines.append("  " + said.show(lang, counts=counts))
    if done.problem is not None:
        shown = done.problem.show(lang)
        why = P("{what} {fix}", "{what}{fix}").show(lang, what=shown["what"], fix=shown["fix"])
        said = P("Import {number}, which it had replaced, does not come back: {why}",
                 "曾被它替换的导入 {number} 无法恢复：{why}")  # fmt: skip
        lines.append("  " + said.show(lang, number=done.behind, why=why))
    elif done.behind is not None:
        said = P("Import {number}, which it had replaced, is live again.", "曾被它替换的导入 {number} 重新有效。")
        lines.append("  " + said.show(lang, number=done.behind))
    return lines
