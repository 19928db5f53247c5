"""Looks at the empty template of a back office: which sheet, which header row, and which column is which field."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from exporters.template import FIELDS, KEYS, VALUES, Template
from exporters.template_fill import header_cell
from importers.sheet import MAX_COLUMNS, TextForm
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.send.actions import FIELDS as NAMES
from merchant_cli.send.template_words import Found, guess, is_example, is_note, letter, required

P = Phrase

HEAD = 40  # rows among which the header stands
MOST_ROWS, MOST_BYTES = 200_000, 200 << 20  # of a sheet; of a workbook unpacked
CALLED: dict[str, Phrase] = {
    **NAMES,
    "listing_id": P("Listing id", "商品ID"), "variant_id": P("SKU id", "SKU ID"),
    "code": P("Merchant's code", "商家编码"), "title": P("Title", "标题"), "options": P("Options", "规格"),
}  # fmt: skip
NO_KEY = P("no column says which listing a row is about (`listing_id`, `variant_id` or `code`)",
           "没有标识商品的列（`listing_id`、`variant_id` 或 `code`）")  # fmt: skip
NO_VALUE = P("no column takes a value that changes (`price`, `compare_at` or `listed_units`)",
             "没有可填改动值的列（`price`、`compare_at` 或 `listed_units`）")  # fmt: skip
NO_HEADER = P("no row looks like a header", "没有像表头的行")


@dataclass
class Grid:
    """The cells of one sheet as text; a header merged downwards stands in all of its rows."""

    sheet: str
    rows: list[list[str]]


@dataclass(frozen=True)
class Asked:
    """What the merchant said of her template. `columns`: field → header; `sheet`, `header_row` (from 1) and
    `first_row` overrule what would be found."""

    platform: str
    shop: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int = 0
    first_row: int = 0


@dataclass
class Look:
    """A template, what is in it that stays blank though it is marked as required, rows that stay as examples, and
    what a filled copy cannot keep."""

    template: Template
    header: list[str]
    open_required: list[str]
    examples: list[int]
    lost: list[Phrase]


def look(path: Path, form: TextForm | None, asked: Asked) -> Look:
    """What a template says of itself. `form` is None for a workbook.

    Raises Problem template-format, template-columns, template-tie.
    """
    lost: list[Phrase] = []
    encoding = _encoding(path, form) if form is not None else ""
    grids = [Grid("", _lines(path, encoding, form.delimiter))] if form is not None else _sheets(path, lost)
    grid, y, found = _header(path, grids, asked)
    header = grid.rows[y - 1]
    columns = _columns(path, header, found)
    first, examples = _first(grid, y, columns, asked)
    notes = [cells for cells in grid.rows[y : first - 1] if not is_example(cells)]
    must = [x for x, cell in enumerate(header, 1) if cell.strip() and required(cell, _below(notes, x))]
    rows = sum(any(_at(cells, x).strip() for x in columns.values()) for cells in grid.rows[first - 1 :])
    template = Template(
        path=path, platform=asked.platform, file=path.name, header_row=y, first_row=first, columns=columns,
        headers={name: header[x - 1] for name, x in columns.items()}, shop=asked.shop, sheet=grid.sheet,
        required=frozenset(name for name, x in columns.items() if x in must), encoding=encoding,
        delimiter=form.delimiter if form is not None else ",", filled=rows,
    )  # fmt: skip
    unfilled = [header[x - 1] for x in must if x not in columns.values()]
    return Look(template, header, unfilled, examples, lost)


def _at(cells: list[str], x: int) -> str:
    return cells[x - 1] if x <= len(cells) else ""


def _below(notes: list[list[str]], x: int) -> str:
    return " ".join(_at(cells, x) for cells in notes)


# --- reading ---


def _encoding(path: Path, form: TextForm) -> str:
    """The narrowest encoding of the text: a template in GBK is read by programs that know no more than GBK."""
    body = path.read_bytes()
    if form.encoding == "utf-8" and body.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if form.encoding == "gb18030":
        try:
            body.decode("gbk")
            return "gbk"
        except UnicodeDecodeError:
            pass
    return form.encoding


def _lines(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    text = path.read_bytes().decode(encoding)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        detail = P(f"it cannot be read ({error})", f"无法读取（`{error}`）")
        raise Problem("template-format", Place(path.name), detail=detail) from None


def _sheets(path: Path, lost: list[Phrase]) -> list[Grid]:
    """The visible sheets of a workbook. `lost` takes what a copy of it cannot keep."""
    import openpyxl

    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        if sum(one.file_size for one in archive.infolist()) > MOST_BYTES:
            raise Problem("template-format", Place(path.name), detail=P("it is too large", "文件过大"))
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Problem("template-format", Place(path.name), detail=P("it holds macros", "其中含有宏"))
    if any(name.startswith(("xl/media/", "xl/charts/")) for name in names):
        lost.append(P("pictures and charts", "图片和图表"))
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            book = openpyxl.load_workbook(path, rich_text=True)
        except Exception as error:  # a workbook that only some programs can read makes it raise anything
            detail = P(f"it cannot be read ({type(error).__name__})", f"无法读取（`{type(error).__name__}`）")
            raise Problem("template-format", Place(path.name), detail=detail) from None
    if any("Data Validation" in str(one.message) for one in said):
        lost.append(P("drop-downs that point to another sheet", "引用其他工作表的下拉选项"))
    return [_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _grid(sheet: Any) -> Grid:
    filled = {at: cell.value for at, cell in sheet._cells.items() if cell.value is not None}
    there = {at: str(value) for at, value in filled.items() if at[0] <= MOST_ROWS}
    last = max((y for y, _ in there), default=0)
    width = min(MAX_COLUMNS, max((x for _, x in there), default=0))
    rows = [[there.get((y, x), "") for x in range(1, width + 1)] for y in range(1, last + 1)]
    for area in sheet.merged_cells.ranges:
        if area.min_col == area.max_col <= width and area.min_row <= HEAD:
            for y in range(area.min_row, min(area.max_row, len(rows)) + 1):
                rows[y - 1][area.min_col - 1] = header_cell(sheet, y, area.min_col)
    return Grid(sheet.title, rows)


# --- the header ---


def _header(path: Path, grids: list[Grid], asked: Asked) -> tuple[Grid, int, Found]:
    """The sheet, the row and the columns that hold the most fields."""
    if asked.sheet:
        grids = [grid for grid in grids if grid.sheet == asked.sheet] or grids
    best: list[tuple[int, Grid, int, Found]] = []
    for grid in grids:
        rows = [(y, guess(cells, asked.columns)) for y, cells in enumerate(grid.rows[:HEAD], 1)
                if asked.header_row in (0, y)]  # fmt: skip
        y, found = max(rows, key=lambda one: len(one[1].columns), default=(0, Found({})))
        best.append((_worth(found), grid, y, found))
    most = max((one[0] for one in best), default=0)
    if not most:
        _no_columns(path, NO_HEADER, [])
    first = [one for one in best if one[0] == most]
    _, grid, y, found = first[0]
    for name, wanted in asked.columns.items():
        if name not in found.columns:
            _no_columns(path, P(f"there is no header “{wanted}”", f"没有表头“{wanted}”"), grid.rows[y - 1])
    if not found.has(KEYS) or not found.has(VALUES):
        _no_columns(path, NO_VALUE if found.has(KEYS) else NO_KEY, grid.rows[y - 1])
    if len(first) > 1:
        raise Problem("template-tie", Place(path.name), name="sheet", what=P("sheet", "工作表"),
                      found=" / ".join(one[1].sheet for one in first))  # fmt: skip
    return grid, y, found


def _worth(found: Found) -> int:
    """More fields are better, those with a key and a value best."""
    return len(found.columns) + 10 * (found.has(KEYS) and found.has(VALUES))


def _no_columns(path: Path, why: Phrase, header: list[str]) -> None:
    shown = [cell.strip() for cell in header if cell.strip()]
    raise Problem("template-columns", Place(path.name), detail=why, headers=" / ".join(shown) or "—")


def _columns(path: Path, header: list[str], found: Found) -> dict[str, int]:
    """One column for each field. Raises Problem template-tie, template-columns for a column of two fields."""
    columns: dict[str, int] = {}
    for name in FIELDS:
        at = found.columns.get(name, ())
        if len(at) > 1:
            shown = " / ".join(f"{header[x - 1].strip()} ({letter(x)})" for x in at)
            raise Problem("template-tie", Place(path.name), name=name, what=CALLED[name], found=shown)
        if at:
            columns[name] = at[0]
    twice = [x for x in columns.values() if list(columns.values()).count(x) > 1]
    if twice:
        names = [name for name, x in columns.items() if x == twice[0]]
        shown = header[twice[0] - 1].strip()
        why = P(f"“{shown}” cannot be {' and '.join(names)}", f"“{shown}”不能同时是 {'、'.join(names)}")
        _no_columns(path, why, header)
    return columns


def _first(grid: Grid, y: int, columns: Mapping[str, int], asked: Asked) -> tuple[int, list[int]]:
    """The first row for data, below the rows that explain the columns; which of those are examples."""
    examples = []
    at = y + 1
    while at <= len(grid.rows) and is_note(grid.rows[at - 1], columns):
        if is_example(grid.rows[at - 1]):
            examples.append(at)
        at += 1
    return max(asked.first_row, y + 1) if asked.first_row else at, examples
