"""Any answer as JSON, CSV, XLSX or Markdown; a file is written beside its place and then takes its name."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from exporters.cells import NUMBERS, AnswerLike, all_notes, as_json, as_plain, as_shown, columns_of, currencies, heading
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text, safe_text

P = Phrase

# A text cell that begins like this is run as a formula by Excel, or by a Chinese spreadsheet program.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
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


def to_csv(answer: AnswerLike, lang: str, *, spreadsheet: bool = False) -> str:
    """The answer as CSV under the columns' names, money in major units.

    `spreadsheet` is for people who open the file in Excel: CRLF, everything quoted, and an apostrophe before
    text that would be run as a formula.
    """
    out = io.StringIO()
    writer = csv.writer(
        out,
        quoting=csv.QUOTE_ALL if spreadsheet else csv.QUOTE_MINIMAL,
        lineterminator="\r\n" if spreadsheet else "\n",
    )
    writer.writerow([column.name for column in answer.columns])
    for row in answer.rows:
        cells = []
        for column, value, currency in zip(columns_of(answer, row), row, currencies(answer, row), strict=True):
            text = as_plain(value, column, currency, lang)
            harmful = spreadsheet and column.kind in _TEXTS and text.startswith(_FORMULA)
            cells.append("'" + text if harmful else text)
        writer.writerow(cells)
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
    answer: AnswerLike, path: Path, lang: str, desk: str | None = None, question: str | None = None, title: str = ""
) -> None:
    """Writes the answer to `path` in the format of its suffix. Raises Problem output-refused."""
    writers: dict[str, Callable[[IO[bytes]], object]] = {
        ".json": lambda out: out.write(
            to_json(answer, lang, desk, question).encode("utf-8", "backslashreplace") + b"\n"
        ),
        ".csv": lambda out: out.write(to_csv(answer, lang, spreadsheet=True).encode("utf-8-sig", "replace")),
        ".md": lambda out: out.write(to_markdown(answer, lang, title).encode("utf-8", "replace")),
        ".xlsx": lambda out: _xlsx(answer, out, lang, title),
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        detail = P("The name must end in .xlsx, .csv, .json or .md.", "文件名应以 .xlsx、.csv、.json 或 .md 结尾。")
        raise Problem("output-refused", path=path, detail=detail)
    replacing(path, writer)


def _xlsx(answer: AnswerLike, out: IO[bytes], lang: str, title: str) -> None:
    from exporters import xlsx

    xlsx.write(answer, out, lang, title)


def replacing(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Calls `write` with a new file beside `path`, which takes its place when all is written.

    Raises Problem output-refused if the place cannot be written.
    """
    part = ""
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "is a folder")
        number, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(number, "wb") as out:
            write(out)
        Path(part).replace(path)
    except OSError as error:
        Path(part).unlink(missing_ok=True) if part else None
        raise Problem("output-refused", path=path, detail=_reason(error)) from None
    except BaseException:
        Path(part).unlink(missing_ok=True) if part else None
        raise


def _reason(error: OSError) -> Phrase:
    said = error.strerror or type(error).__name__
    if isinstance(error, FileNotFoundError):
        return P("Its folder does not exist.", "所在的文件夹不存在。")
    if isinstance(error, IsADirectoryError):
        return P("It is a folder.", "这是一个文件夹。")
    if isinstance(error, PermissionError):
        return P("It may not be written, or another program has it open.", "没有写入权限，或文件正被其他程序打开。")
    return P(said, said)
