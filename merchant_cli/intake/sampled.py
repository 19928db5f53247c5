"""The first rows of the merchant's own file, sheet by sheet, for a mapping: its header and whether it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from importers import catalogue
from importers.own._sheets import holds_no_rows
from importers.sheet import HEAD, Unreadable, named, text_batches
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import gate
from merchant_cli.intake.identify import Known, identify, likely_header
from merchant_cli.intake.receipt import Receipt
from merchant_cli.intake.synonyms import folded, synonyms
from merchant_cli.intake.take_in import Sheet, mappings_folder, sheets_of

SAMPLE = 2000  # rows of a text file; of a workbook the first ones that every import looks at
_TOTALS = re.compile(r"(?:合计|总计|小计|(?:grand |sub)?totals?)\b\s*[:：]?$|(?:合计|总计)", re.IGNORECASE)


@dataclass(frozen=True)
class Sampled:
    """One sheet: its name for people, the line of its header (0: none found), names for its columns, rows below.

    `more`: the file has more rows than these. `known`: the importer that knows it, or why it is refused.
    """

    name: str
    file_name: str
    sheet: str
    place: Place
    first: tuple[tuple[int, list[str]], ...]
    header_line: int
    more: bool
    known: Known | Problem | None

    @property
    def header(self) -> list[str]:
        cells = next((cells for line, cells in self.first if line == self.header_line), [])
        return [name.strip() for name in named(cells)]

    @property
    def rows(self) -> list[tuple[int, list[str]]]:
        """The filled rows below the header that are no totals."""
        return [
            (line, cells)
            for line, cells in self.first
            if line > self.header_line and any(map(str.strip, cells)) and not _is_total(cells)
        ]

    @property
    def has_totals(self) -> bool:
        """Whether a row of totals stands below the rows, as an English sheet writes it."""
        below = [cells for line, cells in self.first if line > self.header_line]
        return any(_is_total(cells) and "otal" in first_text(cells) for cells in below)


def first_text(cells: Sequence[str]) -> str:
    return next((cell.strip() for cell in cells if cell.strip()), "")


def _is_total(cells: Sequence[str]) -> bool:
    return _TOTALS.match(first_text(cells)) is not None


def sampled(store: Path, path: str) -> list[Sampled]:
    """The sheets of the file that hold anything. Raises the Problem of a file that cannot be read."""
    opened, faults, sheets = gate.Opened(), [], []
    try:
        entries = catalogue.entries(mappings_folder(store))
        for source in gate.found([path], opened):
            if isinstance(source, tuple):
                faults.append(source[1])
                continue
            for sheet in sheets_of(source):
                if isinstance(sheet, Receipt):
                    assert sheet.problem is not None
                    faults.append(sheet.problem)
                elif not holds_no_rows(sheet.sheet):
                    sheets.append(_sampled(sheet, entries))
    finally:
        opened.close()
    if not sheets:
        raise faults[0] if faults else Problem("file-empty", Place(path))
    return sheets


def _sampled(sheet: Sheet, entries: list[catalogue.Entry]) -> Sampled:
    place = Place(sheet.source.name, sheet.sheet)
    first, more = sheet.rows, len(sheet.rows) >= HEAD
    if sheet.source.form is not None:
        with suppress(Unreadable, StopIteration):  # what is wrong further below, an import tells
            batch = next(text_batches(sheet.source.path, sheet.source.form, batch=SAMPLE))
            first, more = list(zip(batch.lines, batch.rows, strict=True)), len(batch.lines) >= SAMPLE
    known: Known | Problem | None
    try:
        known = identify(sheet.rows, entries, place, file_name=sheet.source.file_name, sheet=sheet.sheet)
    except Problem as problem:
        known = None if problem.code in ("unknown-sheet", "no-header") else problem
    line = known.header_line if isinstance(known, Known) else header_line(first[:HEAD])
    return Sampled(sheet.name, sheet.source.file_name, sheet.sheet, place, tuple(first), line, more, known)


def header_line(rows: Sequence[tuple[int, list[str]]]) -> int:
    """The line of the first row with the most names that we know, at least two; else of the most likely one, else 0."""
    known = synonyms().known | synonyms().nothing
    best, most = 0, 1
    for line, cells in rows:
        names = sum(folded(cell) in known for cell in cells if cell.strip())
        if names > most:
            best, most = line, names
    if best:
        return best
    likely = likely_header(rows)
    return likely[0] if likely is not None else 0
