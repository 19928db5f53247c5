"""Writes rows into a copy of a kept template: everything else in it stays as the back office made it."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Sequence
from copy import copy
from typing import Any, NamedTuple

from exporters.template import KEYS, Row, Template
from merchant_cli.basics.formulas import QUOTED
from merchant_cli.basics.money import decimals, major, plain
from merchant_cli.basics.problems import Problem

MONEY = ("price", "compare_at")
Rows = Sequence[tuple[Row, str | None]]  # each row with the currency of its amounts


def fill(template: Template, rows: Rows, places: Sequence[int]) -> bytes:
    """The filled template. `places`: for each row its place among those that the template came with; empty for an
    empty template. Raises Problem template-changed if the kept file is no longer what it was."""
    return _book(template, rows, places) if template.book else _text(template, rows, places)


def rows_there(template: Template) -> list[dict[str, str]]:
    """The keys of the rows that a template came with. Raises Problem template-changed."""
    if template.book:
        _, sheet = opened(template)
        read = [
            {name: shown(sheet.cell(y, x).value) for name, x in template.columns.items() if name in KEYS}
            for y in _book_rows(template, sheet)
        ]
    else:
        read = [
            {name: shown(cells[x - 1]) for name, x in template.columns.items() if name in KEYS and x <= len(cells)}
            for cells in text_of(template).rows
        ]
    return read


# --- workbooks ---


def opened(template: Template) -> tuple[Any, Any]:
    """The kept workbook and its sheet, if the headers still stand where they stood."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is lost in a copy was said when the template was kept
            book = openpyxl.load_workbook(template.path, rich_text=True)
        sheet = book[template.sheet]
    except Exception as error:  # whatever a file that somebody changed makes a reader raise
        raise _changed(template, error) from None
    for name, x in template.columns.items():
        if header_cell(sheet, template.header_row, x) != template.headers[name]:
            raise _changed(template, ValueError(template.headers[name]))
    return book, sheet


def header_cell(sheet: Any, y: int, x: int) -> str:
    """A header's text; that of a cell merged downwards stands in its first row."""
    value = sheet.cell(y, x).value
    if value is None:
        for area in sheet.merged_cells.ranges:
            if area.min_col == area.max_col == x and area.min_row <= y <= area.max_row:
                value = sheet.cell(area.min_row, x).value
    return "" if value is None else str(value)


def shown(value: Any) -> str:
    """An id as it was meant: a whole number without decimals, text without what keeps spreadsheets from changing it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    text = "" if value is None else str(value).strip()
    quoted = QUOTED.fullmatch(text)
    return (quoted[1] if quoted else text).strip().removeprefix("'").strip()


def _changed(template: Template, error: Exception) -> Problem:
    return Problem("template-changed", path=template.path, detail=f"{type(error).__name__}: {error}"[:200])


def _book_rows(template: Template, sheet: Any) -> list[int]:
    """The rows of the sheet that hold something in one of the template's columns."""
    columns, first = set(template.columns.values()), template.first_row
    return sorted({y for (y, x), cell in sheet._cells.items() if x in columns and y >= first and shown(cell.value)})


def _book(template: Template, rows: Rows, places: Sequence[int]) -> bytes:
    book, sheet = opened(template)
    for area in [a for a in sheet.merged_cells.ranges if a.max_row >= template.first_row]:
        if area.min_row >= template.first_row:
            sheet.unmerge_cells(str(area))
    if template.filled:
        _keep(template, sheet, places)
    looks = {x: sheet.cell(template.first_row, x) for x in template.columns.values()}
    for y, (row, currency) in enumerate(rows, template.first_row):
        for name, value in row.items():
            x = template.columns[name]
            cell = sheet.cell(y, x)
            if not cell.has_style and looks[x].has_style:
                cell._style = copy(looks[x]._style)
            _write(cell, name, value, currency)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, name: str, value: str | int, currency: str | None) -> None:
    """Ids and texts as text whatever they look like, amounts in major units with the currency's decimals."""
    if isinstance(value, str):
        cell.value = value
        cell.data_type, cell.number_format = "s", "@"
        return
    cell.value = major(value, currency) if name in MONEY else value
    if cell.number_format in ("General", "@"):
        places = decimals(currency) if name in MONEY else 0
        cell.number_format = "0." + "0" * places if places else "0"


def _keep(template: Template, sheet: Any, places: Sequence[int]) -> None:
    """Leaves of the template's own rows those at `places`, in that order, from its first row on."""
    from openpyxl.formula.translate import Translator

    there = _book_rows(template, sheet)
    width = max(x for _, x in sheet._cells)
    saved = [[copy_of(sheet.cell(there[n], x)) for x in range(1, width + 1)] for n in places]
    for at in [at for at in sheet._cells if at[0] >= template.first_row]:
        del sheet._cells[at]
    for y, (n, cells) in enumerate(zip(places, saved, strict=True), template.first_row):
        for x, (value, kind, style) in enumerate(cells, 1):
            if value is None and not style:
                continue
            cell = sheet.cell(y, x)
            if kind == "f" and isinstance(value, str):
                origin = f"{cell.column_letter}{there[n]}"
                value = Translator(value, origin).translate_formula(cell.coordinate)
            cell.value = value
            cell.data_type, cell._style = kind, style


def copy_of(cell: Any) -> tuple[Any, str, Any]:
    """A cell's value, its type and its look."""
    return cell.value, cell.data_type, copy(cell._style)


# --- text ---


class Text(NamedTuple):
    """A text template: all that stands above its first row, as it stands; its header; the rows from the first on."""

    above: str
    header: list[str]
    rows: list[list[str]]
    ending: str


def text_of(template: Template) -> Text:
    """The kept text template, if the headers still stand where they stood.

    Raises Problem template-changed.
    """
    try:
        text = template.path.read_bytes().decode(template.encoding)
    except (OSError, UnicodeError) as error:
        raise _changed(template, error) from None
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=template.delimiter)
    head, header = 0, list[str]()
    for y, cells in enumerate(reader, 1):
        if y == template.header_row:
            header = cells
        if y == template.first_row - 1:
            head = reader.line_num
            break
    for name, x in template.columns.items():
        if x > len(header) or header[x - 1].lstrip("\ufeff") != template.headers[name]:
            raise _changed(template, ValueError(template.headers[name]))
    ending = "\r\n" if "\r\n" in text else "\n"
    above = "".join(lines[:head])
    above = above if above.endswith(("\n", "\r")) else above + ending
    rest = csv.reader(lines[head:], delimiter=template.delimiter)
    mine = [x - 1 for x in template.columns.values()]
    rows = [cells for cells in rest if any(x < len(cells) and cells[x].strip() for x in mine)]
    return Text(above, header, rows, ending)


def _text(template: Template, rows: Rows, places: Sequence[int]) -> bytes:
    kept = text_of(template)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=template.delimiter, lineterminator=kept.ending)
    for n, (row, currency) in enumerate(rows):
        cells = list(kept.rows[places[n]]) if places else []
        cells += [""] * (len(kept.header) - len(cells))
        for name, value in row.items():
            written = plain(value, currency) if name in MONEY and isinstance(value, int) else str(value)
            cells[template.columns[name] - 1] = written
        writer.writerow(cells)
    return (kept.above + out.getvalue()).encode(template.encoding)
