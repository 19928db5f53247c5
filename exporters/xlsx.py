"""An answer as an Excel workbook: typed cells, text that stays text, frozen header, filter, fitting widths."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO, Any

import xlsxwriter

from exporters.cells import NUMBERS, AnswerLike, all_notes, as_plain, as_shown, columns_of, currencies, heading, moment
from merchant_cli.basics.days import is_day
from merchant_cli.basics.money import decimals, major
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text, width

P = Phrase

MOST_ROWS, MOST_TEXT = 1_048_575, 32_767


def write(answer: AnswerLike, out: IO[bytes], lang: str, title: str) -> None:
    """Writes the workbook to `out`: a sheet of rows and a sheet of notes. Raises Problem output-refused."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    formats = _Formats(book)
    sheet = book.add_worksheet(P("Answer", "结果").show(lang))
    heads = [heading(answer, column, lang) for column in answer.columns]
    widths = [width(head) + 3 for head in heads]
    for x, head in enumerate(heads):
        sheet.write_string(0, x, safe_text(head), formats.head)
    last = 0
    for last, row in enumerate(answer.rows, 1):
        if last > MOST_ROWS:
            detail = P("A sheet holds 1,048,575 rows at most.", "一张工作表最多 1,048,575 行。")
            raise Problem("output-refused", path=".xlsx", detail=detail)
        columns = columns_of(answer, row)
        for x, currency in enumerate(currencies(answer, row)):
            column, value = columns[x], row[x]
            widths[x] = max(widths[x], min(60, width(as_shown(value, column, currency, lang)) + 2))
            _cell(sheet, (last, x), value, column, currency, lang, formats)
    for x, cells in enumerate(widths):
        sheet.set_column(x, x, cells)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), max(len(heads) - 1, 0))
    sheet.repeat_rows(0)
    _notes(book, answer, lang, title)
    book.close()


class _Formats:
    """The cell formats of one workbook; money by its decimals."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self.text = book.add_format({"num_format": "@"})
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


def _cell(
    sheet: Any, at: tuple[int, int], value: Any, column: Any, currency: str | None, lang: str, formats: _Formats
) -> None:
    if value is None:
        return
    if column.kind == "money":
        sheet.write_number(*at, major(value, currency), formats.money(currency))
    elif column.kind in NUMBERS and isinstance(value, int | float):
        kind = formats.count if isinstance(value, int) else formats.decimal
        sheet.write_number(
            *at, value, formats.percent if column.kind == "rate" and column.unit in (None, "%") else kind
        )
    elif column.kind == "day" and is_day(str(value)):
        sheet.write_datetime(*at, date.fromisoformat(value), formats.day)
    elif column.kind == "moment" and isinstance(value, int):
        sheet.write_datetime(*at, datetime.fromisoformat(moment(value)), formats.moment)
    elif column.kind == "flag" or column.words:
        sheet.write_string(*at, as_shown(value, column, currency, lang), formats.text)
    else:
        text = safe_text(as_plain(value, column, currency, lang), one_line=False)
        sheet.write_string(*at, text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…", formats.text)


def _notes(book: Any, answer: AnswerLike, lang: str, title: str) -> None:
    sheet = book.add_worksheet(P("Notes", "说明").show(lang))
    said = [title, P("As of {day}", "数据截至 {day}").show(lang, day=answer.as_of) if answer.as_of else ""]
    said += [P("Shops: {x}", "店铺：{x}").show(lang, x=", ".join(answer.shops)) if answer.shops else ""]
    lines = [line for line in [*said, *all_notes(answer, lang)] if line]
    for y, line in enumerate(lines):
        sheet.write_string(y, 0, safe_text(line))
    sheet.set_column(0, 0, 80)
