"""An answer as an Excel workbook: typed cells, text that stays text, frozen header, filter, fitting widths."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import IO, Any

import xlsxwriter

from exporters.cells import (
    FOR_PROGRAMS,
    NUMBERS,
    AnswerLike,
    all_notes,
    as_plain,
    as_shown,
    columns_of,
    currencies,
    heading,
    moment,
)
from merchant_cli.basics.days import is_day
from merchant_cli.basics.money import decimals, major
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text, width

P = Phrase

MOST_ROWS, MOST_TEXT = 1_048_575, 32_767  # below the header; characters in a cell
WIDEST = 60  # terminal cells of a column
ONE_PAGE = 220  # and of a printed page that can still be read
FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "font_scheme": "none"}  # one that has Chinese characters
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def write(answer: AnswerLike, out: IO[bytes], lang: str, title: str, asked: str = "") -> list[str]:
    """Writes the workbook to `out`: a sheet of rows and a sheet of notes. The answer has at most MOST_ROWS rows.

    Returns what of its text could not stand as it is, in `lang`; the sheet of notes says it too. `asked` is the
    command that asked.
    """
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "default_format_properties": FONT})
    page = _Page(book.add_worksheet(P("Answer", "结果").show(lang)), formats_of(book), lang)
    heads = [heading(answer, column, lang) for column in answer.columns]
    widths = [width(head) + 3 for head in heads]
    for x, head in enumerate(heads):
        page.sheet.write_string(0, x, safe_text(head), page.formats.head)
    last = 0
    for last, row in enumerate(answer.rows, 1):
        columns = columns_of(answer, row)
        for x, currency in enumerate(currencies(answer, row)):
            column, value = columns[x], row[x]
            widths[x] = max(widths[x], min(WIDEST, width(as_shown(value, column, currency, lang)) + 2))
            page.cell((last, x), value, column, currency)
    alert = any(column.name == "why_code" for column in answer.columns)
    hidden = {x for x, column in enumerate(answer.columns) if alert and column.name in FOR_PROGRAMS}
    for x, cells in enumerate(widths):
        page.sheet.set_column(x, x, cells, None, {"hidden": x in hidden})
    for_print(page.sheet, max(last, 1), max(len(heads) - 1, 0))
    if sum(cells for x, cells in enumerate(widths) if x not in hidden) > ONE_PAGE:
        page.sheet.fit_to_pages(2, 0)
        page.sheet.repeat_columns(0)
    remarks = page.remarks()
    _notes(book, page.formats, lang, _about(answer, lang, title, asked, last) + remarks)
    book.close()
    return remarks


def for_print(sheet: Any, rows: int, columns: int) -> None:
    """The header stays in sight, may be filtered by, and stands on every printed page, which is as wide as it takes."""
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, columns)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")


class _Formats:
    """The cell formats of one workbook; money by its decimals."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self.text = book.add_format({"num_format": "@"})
        self.wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.percent = book.add_format({"num_format": "0.0%"})
        self.decimal = book.add_format({"num_format": "#,##0.00"})
        self.count = book.add_format({"num_format": "#,##0"})
        self.by_decimals: dict[int, Any] = {}

    def money(self, currency: str | None) -> Any:
        places = decimals(currency)
        if places not in self.by_decimals:
            pattern = "#,##0" + ("." + "0" * places if places else "")
            self.by_decimals[places] = self.book.add_format({"num_format": pattern})
        return self.by_decimals[places]

    def of_number(self, value: float, column: Any, currency: str | None) -> Any:
        """The format of a number by the kind of its column."""
        if column.kind == "money":
            return self.money(currency)
        if column.kind == "rate" and column.unit in (None, "%"):
            return self.percent
        return self.count if isinstance(value, int) else self.decimal


def formats_of(book: Any) -> _Formats:
    """The cell formats of a workbook."""
    return _Formats(book)


def text_cell(sheet: Any, y: int, x: int, said: str, look: Any) -> str:
    """Writes text as text, whatever it begins with; control characters become visible, and what a cell cannot hold
    is cut to "…". Returns what stands there."""
    shown = safe_text(said, one_line=False)
    if len(shown) > MOST_TEXT:
        shown = shown[: MOST_TEXT - 1] + "…"
    sheet.write_string(y, x, shown, look)
    return shown


def fit(sheet: Any, rows: Sequence[Sequence[str]], heads: Sequence[str]) -> None:
    """Makes each column as wide as its widest cell, in terminal cells, up to WIDEST; titles have room for a filter."""
    for x, head in enumerate(heads):
        cells = max([width(head) + 3, *(min(WIDEST, width(row[x]) + 2) for row in rows)])
        sheet.set_column(x, x, cells)


class _Page:
    """The sheet of rows, and what could not stand in it as it is."""

    def __init__(self, sheet: Any, formats: _Formats, lang: str) -> None:
        self.sheet, self.formats, self.lang = sheet, formats, lang
        self.cut: list[int] = []  # rows, as the sheet counts them
        self.marked: list[int] = []

    def cell(self, at: tuple[int, int], value: Any, column: Any, currency: str | None) -> None:
        """One typed cell; a number that Excel cannot hold exactly, and a day before its first, are text."""
        if value is None:
            return
        formats, number = self.formats, _number(value, column, currency)
        if number is not None:
            self.sheet.write_number(*at, number, formats.of_number(value, column, currency))
        elif column.kind == "day" and is_day(str(value)) and value >= "1900-03-01":
            self.sheet.write_datetime(*at, date.fromisoformat(value), formats.day)
        elif column.kind == "moment" and isinstance(value, int) and value >= 0:
            self.sheet.write_datetime(*at, datetime.fromisoformat(moment(value)), formats.moment)
        elif column.kind == "flag" or column.words:
            self.text(at, as_shown(value, column, currency, self.lang))
        else:
            self.text(at, as_plain(value, column, currency, self.lang))

    def text(self, at: tuple[int, int], said: str) -> None:
        """Text as text, whatever it begins with; what a cell cannot hold is made visible or cut, and noted."""
        shown = text_cell(self.sheet, *at, said, self.formats.text)
        if len(shown) == MOST_TEXT and shown.endswith("…"):
            self.cut.append(at[0] + 1)
        if _CONTROL.search(said):
            self.marked.append(at[0] + 1)

    def remarks(self) -> list[str]:
        """What is said of the cells that differ from the store's text."""
        found = (
            (self.cut, P("Cut off at 32,767 characters, the most a cell holds: rows {rows}",
                         "单元格最多 32,767 个字符，以下行的内容被截断：{rows}")),
            (self.marked, P("Control characters stand as symbols: rows {rows}", "以下行的控制字符以符号显示：{rows}")),
        )  # fmt: skip
        return [said.show(self.lang, rows=_listed(rows)) for rows, said in found if rows]


def _number(value: Any, column: Any, currency: str | None) -> float | int | None:
    """The value as a number cell holds it; None for what is none, or has more than the 15 digits that Excel keeps."""
    if column.kind not in NUMBERS or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if isinstance(value, int) and abs(value) >= 10**15:
        return None
    return major(int(value), currency) if column.kind == "money" else value


def _listed(rows: list[int]) -> str:
    """The first row numbers, each once: `2, 5, 9 …`."""
    some = list(dict.fromkeys(rows))
    return ", ".join(map(str, some[:20])) + (" …" if len(some) > 20 else "")


def _about(answer: AnswerLike, lang: str, title: str, asked: str, rows: int) -> list[str]:
    """What the file is: the question, how it was asked, as of when, of which shops, when it was made, its notes."""
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    lines = [
        title,
        P("Asked with: {x}", "查询命令：{x}").show(lang, x=asked) if asked else "",
        P("As of {day}", "数据截至 {day}").show(lang, day=answer.as_of) if answer.as_of else "",
        P("Shops: {x}", "店铺：{x}").show(lang, x=", ".join(answer.shops)) if answer.shops else "",
        P("Rows: {n}", "行数：{n}").show(lang, n=rows),
        P("Made: {x}", "生成时间：{x}").show(lang, x=made),
    ]
    return [line for line in [*lines, *all_notes(answer, lang)] if line]


def _notes(book: Any, formats: _Formats, lang: str, lines: list[str]) -> None:
    sheet = book.add_worksheet(P("Notes", "说明").show(lang))
    for y, line in enumerate(lines):
        text_cell(sheet, y, 0, line, formats.wrapped)
    sheet.set_column(0, 0, 90)
    sheet.set_paper(9)
