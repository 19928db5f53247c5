"""The merchant's own sheets as a workbook to fill in, or one of them as CSV; what stands in them is given.

All text is written as typed string cells, never as formulas, so that a title like `=1+1` stays a title.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Any, Protocol

import xlsxwriter

from exporters.xlsx import FONT, MOST_ROWS, MOST_TEXT, for_print
from merchant_cli.basics.days import is_day
from merchant_cli.basics.formulas import guarded, guarded_id, kept
from merchant_cli.basics.money import decimals
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import width

P = Phrase
Row = dict[str, Any]

NUMBERS = frozenset({"count", "money", "stars"})
CODES = frozenset({"id", "sku"})
SPARE = 1000  # rows below the last one that offer the drop-downs too
WIDEST = 60  # cells


class ColumnLike(Protocol):
    """What is read of a column of an own sheet; see importers.own._sheets.OwnColumn."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> Phrase: ...
    @property
    def kind(self) -> str: ...
    @property
    def vocabulary(self) -> Mapping[str, Phrase]: ...
    @property
    def told(self) -> bool: ...


@dataclass
class Filled:
    """One sheet: its title, its columns, an example row and the rows that are known."""

    title: Phrase
    columns: Sequence[ColumnLike]
    example: Row
    rows: list[Row]


@dataclass
class Template:
    """A whole workbook. `offers`: what the drop-downs of a kind of column offer (shops, SKUs, currencies …)."""

    sheets: list[Filled]
    read_me: Phrase
    lists: str
    lines: list[str]
    offers: dict[str, list[str]] = field(default_factory=dict)


def in_words(value: Any, column: ColumnLike, lang: str) -> Any:
    """A cell's value as the sheet shows it; None where there is nothing to say.

    A text that is too long for a cell is left out, because a cut one would be taken for the whole.
    """
    if column.kind == "choice":
        word = column.vocabulary.get(value) if isinstance(value, str) else None
        return word.show(lang) if word else None
    if isinstance(value, Phrase):
        return value.show(lang)
    if value is None or value == "" or (isinstance(value, str) and len(value) > MOST_TEXT):
        return None
    return value


def shown(sheet: Filled, lang: str) -> list[list[Any]]:
    """The cells of all rows as the sheet shows them, the example first."""
    rows = [sheet.example, *sheet.rows]
    return [[in_words(row.get(c.name), c, lang) for c in sheet.columns] for row in rows]


# --- XLSX ---


def write(template: Template, out: IO[bytes], lang: str) -> None:
    """Writes the workbook to `out`. Raises Problem output-refused if a sheet has too many rows."""
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "default_format_properties": FONT})
    formats = _Formats(book)
    about = book.add_worksheet(template.read_me.show(lang))
    for y, line in enumerate(template.lines):
        about.write_string(y, 0, line, formats.head if y == 0 else formats.wrapped)
    about.set_column(0, 0, 90)
    sheets = [book.add_worksheet(sheet.title.show(lang)) for sheet in template.sheets]
    ranges = _lists(book.add_worksheet(template.lists), template, lang)
    for sheet, filled in zip(sheets, template.sheets, strict=True):
        _fill(sheet, filled, formats, ranges, lang)
    book.close()


class _Formats:
    """The cell formats of one workbook; those of the example row are grey."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
        self.told_head = book.add_format({"italic": True, "bottom": 1, "font_color": "#808080", "num_format": "@"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.made: dict[tuple[str, bool], Any] = {}

    def of(self, column: ColumnLike, currency: str | None = None, *, grey: bool = False) -> Any:
        """The format of a column's cells; money by the decimals of its currency."""
        places = decimals(currency)
        pattern = {
            "count": "#,##0", "stars": "0", "day": "yyyy-mm-dd",
            "money": "#,##0" + ("." + "0" * places if places else ""),
        }.get(column.kind, "@")  # fmt: skip
        grey = grey or column.told
        if (pattern, grey) not in self.made:
            look = {"italic": True, "font_color": "#808080"} if grey else {}
            self.made[pattern, grey] = self.book.add_format({"num_format": pattern, **look})
        return self.made[pattern, grey]


def _lists(sheet: Any, template: Template, lang: str) -> dict[str, str]:
    """Fills the hidden sheet behind the drop-downs; list → its range there. Excel limits lists without a range."""
    offers = {kind: list(values) for kind, values in template.offers.items() if values}
    for filled in template.sheets:
        for column in filled.columns:
            if column.kind == "choice":
                offers[column.label.en] = [word.show(lang) for word in column.vocabulary.values()]
    ranges = {}
    for x, (name, values) in enumerate(offers.items()):
        for y, value in enumerate(values):
            sheet.write_string(y, x, value)
        letters = chr(ord("A") + x)
        ranges[name] = f"='{template.lists}'!${letters}$1:${letters}${len(values)}"
    sheet.hide()
    return ranges


def _fill(sheet: Any, filled: Filled, formats: _Formats, ranges: dict[str, str], lang: str) -> None:
    cells = shown(filled, lang)
    if len(cells) > MOST_ROWS:
        detail = P("A sheet holds 1,048,575 rows at most.", "一张工作表最多 1,048,575 行。")
        raise Problem("output-refused", path=filled.title.show(lang), detail=detail)
    for x, column in enumerate(filled.columns):
        head = column.label.show(lang)
        sheet.write_string(0, x, head, formats.told_head if column.told else formats.head)
        widest = max([width(head) + 4, *(width(str(row[x])) + 2 for row in cells if row[x] is not None)])
        sheet.set_column(x, x, min(WIDEST, widest), formats.of(column))
        source = ranges.get(column.label.en if column.kind == "choice" else column.kind)
        if source:
            _drop_down(sheet, x, len(cells) + SPARE, source, strict=column.kind == "choice")
    for y, (row, known) in enumerate(zip(cells, [filled.example, *filled.rows], strict=True), 1):
        for x, (value, column) in enumerate(zip(row, filled.columns, strict=True)):
            if value is not None:
                _cell(sheet, (y, x), value, column, formats.of(column, known.get("currency"), grey=y == 1))
    for_print(sheet, len(cells), len(filled.columns) - 1)


def _drop_down(sheet: Any, x: int, last: int, source: str, *, strict: bool) -> None:
    """A list to choose from; only the words of a vocabulary may not be anything else."""
    rule = {"validate": "list", "source": source, "ignore_blank": True, "show_error": strict}
    sheet.data_validation(1, x, min(last, MOST_ROWS), x, rule)


def _cell(sheet: Any, at: tuple[int, int], value: Any, column: ColumnLike, look: Any) -> None:
    if column.kind in NUMBERS and isinstance(value, int | float):
        sheet.write_number(*at, value, look)
    elif column.kind == "day" and is_day(str(value)):
        sheet.write_datetime(*at, date.fromisoformat(value), look)
    else:
        text = str(value).encode("utf-8", "replace").decode("utf-8")
        sheet.write_string(*at, kept(text, code=column.kind in CODES), look)


# --- CSV ---


def to_csv(sheet: Filled, lang: str) -> str:
    """One sheet as CSV that Excel opens without harm: everything quoted, CRLF, no text that runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.label.show(lang) for column in sheet.columns])
    for row in shown(sheet, lang):
        writer.writerow([_csv_cell(value, column) for value, column in zip(row, sheet.columns, strict=True)])
    return out.getvalue()


def guarded_columns(sheet: Filled, lang: str) -> list[str]:
    """The columns in which `to_csv` puts an apostrophe before text."""
    rows = shown(sheet, lang)
    return [
        column.label.show(lang)
        for x, column in enumerate(sheet.columns)
        if any(isinstance(row[x], str) and _csv_cell(row[x], column) == "'" + row[x] for row in rows)
    ]


def too_long(template: Template) -> int:
    """How many texts are left out because no cell holds them."""
    return sum(
        isinstance(row.get(c.name), str) and len(row[c.name]) > MOST_TEXT
        for sheet in template.sheets
        for row in sheet.rows
        for c in sheet.columns
    )


def _csv_cell(value: Any, column: ColumnLike) -> str:
    """Ids that look like a number or a day go as `="00871"`, which Excel shows unharmed and importers unwrap."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return format(value, ".15g")
    text = str(value)
    if column.kind in CODES and text[:1].isdigit() and '"' not in text:
        return f'="{text}"'
    if column.kind == "day":
        return text
    return guarded_id(text) if column.kind in CODES else guarded(text)
