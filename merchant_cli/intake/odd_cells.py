"""Cells without a value in ODS and old XLS workbooks, which the parser shows as empty: errors, and formulas that were
never calculated (ODS). To be called in the limited child only; XLSX is looked at by the gate (see prescan.py)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from merchant_cli.intake.prescan import UNCALCULATED, Odd

REPEATED = 1000  # rows or columns of which one cell of an ODS stands at most

# --- ODS ---


class _Ods:
    """Counts rows and columns while content.xml streams by."""

    def __init__(self) -> None:
        self.found: dict[str, Odd] = {}
        self.sheet, self.row, self.column = "", 0, 0
        self.rows, self.columns, self.word = 1, 1, ""
        self.odd: str | None = None  # what the cell at hand would be noted as
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        self.parser.CharacterDataHandler = self.text

    def start(self, tag: str, said: dict[str, str]) -> None:
        if tag == "table:table":
            self.sheet, self.row = said.get("table:name", ""), 0
        elif tag == "table:table-row":
            self.rows, self.column = _repeated(said, "rows"), 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.columns, self.word, self.odd = _repeated(said, "columns"), "", None
            if "error" in (said.get("calcext:value-type"), said.get("office:value-type")):
                self.odd = ""
            elif "table:formula" in said and "office:value-type" not in said:
                self.odd = UNCALCULATED

    def text(self, text: str) -> None:
        if self.odd == "" and len(self.word) < 40:
            self.word += text.strip()

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            if self.odd is not None:
                for row in range(self.row, self.row + min(self.rows, REPEATED)):
                    cells = self.found.setdefault(self.sheet, {}).setdefault(row, {})
                    for column in range(self.column, self.column + min(self.columns, REPEATED)):
                        cells[column] = self.odd or self.word or "#"
            self.column, self.odd = self.column + self.columns, None
        elif tag == "table:table-row":
            self.row += self.rows


def _repeated(said: dict[str, str], what: str) -> int:
    number = said.get(f"table:number-{what}-repeated", "1")
    return int(number) if number.isdecimal() and len(number) < 9 else 1


def of_ods(path: Path) -> dict[str, Odd]:
    """The odd cells by sheet."""
    ods = _Ods()
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
            ods.parser.ParseFile(stream)
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, OSError):
        return {}  # the parser says what is wrong
    return ods.found


# --- XLS ---

_FREE = 0xFFFFFFFA  # from here on no sector, but an end or a special mark
_WORDS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _EOF, _BOUNDSHEET, _BOOLERR, _FORMULAS = 0x0809, 0x000A, 0x0085, 0x0205, (0x0006, 0x0206, 0x0406)


def of_xls(path: Path) -> dict[str, Odd]:
    """The errors by sheet."""
    try:
        book = _stream(path.read_bytes())
        return {name: dict(_errors(book, at)) for name, at in _sheets(book)}
    except (struct.error, IndexError, ValueError, OSError):
        return {}  # the parser says what is wrong


def _stream(raw: bytes) -> bytes:
    """The stream of an OLE file that holds the workbook."""
    size, small = 1 << struct.unpack_from("<H", raw, 30)[0], 1 << struct.unpack_from("<H", raw, 32)[0]
    first_dir, cutoff, first_mini = (struct.unpack_from("<I", raw, at)[0] for at in (48, 56, 60))
    at, lists = struct.unpack_from("<I", raw, 68)[0], [raw[76:512]]
    while at < _FREE and len(lists) <= len(raw) // size:
        part = raw[(at + 1) * size : (at + 2) * size]
        lists.append(part[:-4])
        at = struct.unpack_from("<I", part, size - 4)[0]
    sectors = [n for part in lists for (n,) in struct.iter_unpack("<I", part) if n < _FREE]
    fat = b"".join(raw[(n + 1) * size : (n + 2) * size] for n in sectors)
    directory = _chain(raw, fat, first_dir, size, 1)
    found: dict[str, tuple[int, int]] = {}
    for one in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, one + 64)[0]
        name = directory[one : one + max(0, length - 2)].decode("utf-16-le", "replace")
        start, length = struct.unpack_from("<II", directory, one + 116)
        found.setdefault(name, (start, length))
    start, length = found.get("Workbook") or found["Book"]
    if length >= cutoff:
        return _chain(raw, fat, start, size, 1)[:length]
    mini = _chain(raw, fat, found["Root Entry"][0], size, 1)
    return _chain(mini, _chain(raw, fat, first_mini, size, 1), start, small, 0)[:length]


def _chain(raw: bytes, fat: bytes, at: int, size: int, before: int) -> bytes:
    """The sectors of `size` bytes that follow one another from `at` on; `before` stand before the first."""
    parts: list[bytes] = []
    while at < _FREE and len(parts) <= len(raw) // size:
        parts.append(raw[(at + before) * size : (at + before + 1) * size])
        at = struct.unpack_from("<I", fat, at * 4)[0]
    return b"".join(parts)


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """The sheets' names and where their records begin."""
    for kind, body in _records(book, 0):
        if kind == _EOF:
            return
        if kind == _BOUNDSHEET:
            length, wide = body[6], body[7] & 1
            name = body[8 : 8 + length * 2].decode("utf-16-le") if wide else body[8 : 8 + length].decode("latin-1")
            yield name, struct.unpack_from("<I", body)[0]


def _errors(book: bytes, at: int) -> Iterator[tuple[int, dict[int, str]]]:
    """The errors of one sheet, row by row."""
    found: Odd = {}
    depth = 0
    for kind, body in _records(book, at):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 0:
            break
        if depth > 1:
            continue  # a chart within the sheet
        code = None
        if kind == _BOOLERR and body[7]:
            code = body[6]
        elif kind in _FORMULAS and body[12:14] == b"\xff\xff" and body[6] == 2:
            code = body[8]
        if code is not None:
            row, column = struct.unpack_from("<HH", body)
            found.setdefault(row, {})[column] = _WORDS.get(code, "#")
    yield from found.items()
