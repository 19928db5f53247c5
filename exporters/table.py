"""Any answer as JSON, CSV, XLSX, Markdown or a picture (SVG)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from exporters.cells import NUMBERS, AnswerLike, all_notes, as_json, as_plain, as_shown, columns_of, currencies, heading
from exporters.place import replacing
from merchant_cli.basics.formulas import guarded
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text, safe_text

P = Phrase

# Said where text in a CSV for people was kept from running.
GUARDED = P(
    "An apostrophe stands before text that a spreadsheet would run as a formula: {names}",
    "以下列中像公式的文字前加了单引号，以免被表格软件执行：{names}",
)
_TEXTS = frozenset({"id", "sku", "text", "json"})


def body(answer: AnswerLike, lang: str, desk: str | None, question: str | None) -> dict[str, Any]:
    """The answer as the JSON object of schema 1 (docs/commands.md). Money is in major units."""
    columns = []
    for column in answer.columns:
        said = {"name": column.name, "label": column.label.show(lang), "kind": column.kind}
        unit = column.unit or (answer.currency if column.kind == "money" else None)
        columns.append(said | ({"unit": unit} if unit else {}))
    rows = []
    for row in answer.rows:
        money = currencies(answer, row)
        cells = zip(columns_of(answer, row), row, money, strict=True)
        rows.append({c.name: as_json(value, c, currency, lang) for c, value, currency in cells})
    return {
        "schema": 1, "desk": desk, "question": question, "as_of": answer.as_of, "shops": list(answer.shops),
        "currency": answer.currency, "columns": columns, "rows": rows, "count": len(rows),
        "notes": all_notes(answer, lang),
    }  # fmt: skip


def to_json(answer: AnswerLike, lang: str, desk: str | None = None, question: str | None = None) -> str:
    """The answer as one line of JSON."""
    return json_text(body(answer, lang, desk, question))


def to_csv(answer: AnswerLike, lang: str, *, spreadsheet: bool = False, guarded_in: list[str] | None = None) -> str:
    """The answer as CSV under the columns' names, money in major units.

    `spreadsheet` is for people who open the file in Excel: CRLF, everything quoted, control characters visible, and
    an apostrophe before text that would be run as a formula; the columns where one stands are put into `guarded_in`.
    """
    out = io.StringIO()
    writer = csv.writer(
        out,
        quoting=csv.QUOTE_ALL if spreadsheet else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if spreadsheet else "\n",
    )
    writer.writerow([column.name for column in answer.columns])
    changed = set()
    for row in answer.rows:
        cells = []
        for column, value, currency in zip(columns_of(answer, row), row, currencies(answer, row), strict=True):
            text = as_plain(value, column, currency, lang)
            if spreadsheet and column.kind in _TEXTS:
                text = safe_text(text, one_line=False)
                if (safe := guarded(text)) != text:
                    text = safe
                    changed.add(column.name)
            cells.append(text)
        writer.writerow(cells)
    if guarded_in is not None:
        guarded_in += [column.name for column in answer.columns if column.name in changed]
    return out.getvalue()


def to_markdown(answer: AnswerLike, lang: str, title: str = "") -> str:
    """The answer as a Markdown table with its notes below."""
    lines = [f"# {_md(title)}", ""] if title else []
    lines.append("| " + " | ".join(_md(heading(answer, c, lang)) for c in answer.columns) + " |")
    lines.append("|" + "|".join("---:" if c.kind in NUMBERS else "---" for c in answer.columns) + "|")
    for row in answer.rows:
        cells = zip(columns_of(answer, row), row, currencies(answer, row), strict=True)
        lines.append("| " + " | ".join(_md(as_shown(v, c, cur, lang)) for c, v, cur in cells) + " |")
    notes = all_notes(answer, lang)
    if answer.as_of:
        notes.insert(0, P("As of {day}.", "数据截至 {day}。").show(lang, day=answer.as_of))
    return "\n".join(lines + ([""] if notes else []) + [f"- {_md(note)}" for note in notes]) + "\n"


def _md(text: str) -> str:
    text = safe_text(text)
    for char in "\\`*_|<>[]":
        text = text.replace(char, "\\" + char)
    return text


def save(
    answer: AnswerLike,
    path: Path,
    lang: str,
    desk: str | None = None,
    question: str | None = None,
    title: str = "",
    asked: str = "",
) -> list[str]:
    """Writes the answer to `path` in the format of its suffix; what to say of it, in `lang`.

    `asked` is the command that asks it, for the sheet of notes. Raises Problem output-refused.
    """
    remarks: list[str] = []
    writers: dict[str, Callable[[IO[bytes]], object]] = {
        ".json": lambda out: out.write(
            to_json(answer, lang, desk, question).encode("utf-8", "backslashreplace") + b"\n"
        ),
        ".csv": lambda out: out.write(_csv(answer, lang, remarks).encode("utf-8-sig", "replace")),
        ".md": lambda out: out.write(to_markdown(answer, lang, title).encode("utf-8", "replace")),
        ".xlsx": lambda out: remarks.extend(_xlsx(answer, out, path, lang, title, asked)),
        ".svg": lambda out: out.write(_svg(answer, lang, title).encode("utf-8", "replace")),
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        detail = P("The name must end in .xlsx, .csv, .json, .md or .svg.",
                   "文件名应以 .xlsx、.csv、.json、.md 或 .svg 结尾。")  # fmt: skip
        raise Problem("output-refused", path=path, detail=detail)
    replacing(path, writer)
    return remarks


def _csv(answer: AnswerLike, lang: str, remarks: list[str]) -> str:
    """CSV for people; the columns in which text got an apostrophe are added to `remarks`."""
    columns: list[str] = []
    text = to_csv(answer, lang, spreadsheet=True, guarded_in=columns)
    if columns:
        remarks.append(GUARDED.show(lang, names=P(", ", "、").show(lang).join(columns)))
    return text


def _xlsx(answer: AnswerLike, out: IO[bytes], path: Path, lang: str, title: str, asked: str) -> list[str]:
    from exporters import xlsx

    answer = replace(answer, rows=list(answer.rows))  # type: ignore[type-var]
    if len(answer.rows) > xlsx.MOST_ROWS:  # type: ignore[arg-type]
        detail = P("A sheet holds 1,048,575 rows at most; a name in .csv takes all of them.",
                   "一张工作表最多 1,048,575 行；文件名以 .csv 结尾则不受限制。")  # fmt: skip
        raise Problem("output-refused", path=path, detail=detail)
    return xlsx.write(answer, out, lang, title, asked)


def _svg(answer: AnswerLike, lang: str, title: str) -> str:
    from exporters import svg

    return svg.picture(answer, lang, title)
