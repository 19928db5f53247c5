"""The workbook of rows that wait: the reason before each row, the faulty cell marked, lists where words are meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, Any, Protocol

import xlsxwriter

from exporters.xlsx import FONT, MOST_TEXT
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import width

P = Phrase

BEFORE = 3  # columns before those of the file
LIST_ROOM = 255  # characters that a drop-down list may have in a workbook
WIDEST = 50


class WaitsLike(Protocol):
    """What is read of the waiting rows of one import; see merchant_cli.intake.mended.Waits."""

    number: int
    name: str
    header: list[str]
    rows: list[tuple[int, Problem, str, list[str]]]
    words: dict[str, list[str]]


def write(all_waits: Iterable[WaitsLike], out: IO[bytes], heads: Sequence[Phrase], lang: str) -> int:
    """Writes a sheet for each import, named after its number; how many rows. `heads` name the columns before."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "default_format_properties": FONT})
    plain, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True, "bottom": 1})
    marked = book.add_format({"num_format": "@", "bg_color": "#FFE699"})
    count = 0
    for waits in all_waits:
        sheet = book.add_worksheet(str(waits.number))
        titles = [head.show(lang) for head in heads] + waits.header
        for x, title in enumerate(titles):
            sheet.write_string(0, x, title, bold)
            sheet.set_column(x, x, min(WIDEST, max(12, width(title) + 2)), plain)
        for y, row in enumerate(waits.rows, 1):
            _row(sheet, y, row, waits.header, (plain, marked), lang)
        for x, title in enumerate(waits.header, BEFORE):
            _offer(sheet, x, waits.words.get(title, []), len(waits.rows))
        sheet.freeze_panes(1, BEFORE)
        sheet.set_column(1, 2, 36, plain)
        count += len(waits.rows)
    if not count:
        book.add_worksheet()
    book.close()
    return count


def _row(
    sheet: Any, y: int, row: tuple[int, Problem, str, list[str]], header: list[str], formats: tuple[Any, Any], lang: str
) -> None:
    line, problem, column, cells = row
    plain, marked = formats
    said = problem.show(lang)
    for x, text in enumerate((str(line), said["what"], said["fix"])):
        sheet.write_string(y, x, text, plain)
    for x, cell in enumerate(cells):
        faulty = x < len(header) and header[x] == column
        if cell or faulty:
            sheet.write_string(y, x + BEFORE, cell[:MOST_TEXT], marked if faulty else plain)
        if faulty:
            sheet.write_comment(y, x + BEFORE, said["what"])


def _offer(sheet: Any, x: int, words: list[str], rows: int) -> None:
    """A drop-down of the words that a column takes; another word may be typed all the same."""
    if words and len(",".join(words)) <= LIST_ROOM and not any("," in word for word in words):
        sheet.data_validation(1, x, rows, x, {"validate": "list", "source": words, "error_type": "information"})
