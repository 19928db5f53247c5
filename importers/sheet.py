"""A file as a sheet: which encoding and delimiter, and its rows with their line numbers, in batches of cells."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

BATCH = 4096  # rows; small enough to show progress, large enough to work column by column
HEAD = 40  # rows among which the header is looked for
MAX_CELL = 1_000_000  # characters
MAX_COLUMNS = 512


class Unreadable(Exception):
    """The file as a whole cannot be read: a fault's code and the parameters of its sentences."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def __reduce__(self) -> tuple[Any, ...]:
        return (_unreadable, (self.code, self.params))


def _unreadable(code: str, params: dict[str, Any]) -> Unreadable:
    return Unreadable(code, **params)


_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass
class Batch:
    """Rows of cells with the line each begins on (1-based); `broken` are lines that could not be split into cells."""

    lines: list[int]
    rows: list[list[str]]
    broken: list[tuple[int, str]]


@dataclass(frozen=True)
class TextForm:
    """How a text file is written. `quoted` False: a quotation mark is a character like any other."""

    encoding: str
    delimiter: str = ","
    quoted: bool = True


def encoding_of(head: bytes) -> str | None:
    """The encoding that a byte order mark names, or None."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(head) >= 4 and head[1] == 0 and head[3] == 0 and head[0] and head[2]:
        return "utf-16-le"
    return None


def delimiter_of(sample: str) -> str:
    """The delimiter that splits the sample's lines into the most cells (comma, tab, semicolon, bar)."""
    first = sample.split("\n", 1)[0].strip("\r\ufeff")
    if found := re.fullmatch(r"sep=(.)", first):
        return found[1]
    bare = _QUOTED.sub("", sample)  # a title may hold more bars than a row has commas
    for text in (bare, sample):
        lines = [line for line in text.splitlines()[:HEAD] if line.strip()]
        counts = {d: max((line.count(d) for line in lines), default=0) for d in ",\t;|"}
        if any(counts.values()):
            break
    return max(counts, key=lambda d: counts[d])


@contextmanager
def opened(path: Path, form: TextForm) -> Iterator[io.TextIOWrapper]:
    with path.open("rb") as binary:
        yield io.TextIOWrapper(binary, encoding=form.encoding, newline="")


def text_batches(path: Path, form: TextForm, *, batch: int = BATCH) -> Iterator[Batch]:
    """The rows of a CSV or TSV file, header and preamble included.

    Raises Unreadable: truncated (an open quotation mark at the end), encoding.
    """
    csv.field_size_limit(MAX_CELL)
    with opened(path, form) as stream:
        lines = _Lines(stream, form.delimiter, form.quoted)
        try:
            while not lines.ended:
                found = lines.some(batch)
                if found.rows or found.broken:
                    yield found
        except UnicodeDecodeError as error:
            raise Unreadable("encoding", offset=error.start) from None


class _Lines:
    """Splits text into rows of cells. A line without a quotation mark is split at once, which is three times as
    fast as the csv module; a line with one goes through csv.reader, with the lines that its cells span."""

    def __init__(self, stream: Iterator[str], delimiter: str, quoted: bool = True) -> None:
        self.stream, self.delimiter, self.quoted = stream, delimiter, quoted
        self.number, self.ended, self.pending = 0, False, ""
        self.reader = csv.reader(self._fed(), delimiter=delimiter, strict=True)

    def _fed(self) -> Iterator[str]:
        while True:
            if self.pending:
                line, self.pending = self.pending, ""
            else:
                try:
                    line = next(self.stream)
                except StopIteration:
                    return
                self.number += 1
            yield line

    def some(self, batch: int) -> Batch:
        """Up to `batch` rows; ends early at a line that cannot be split."""
        rows: list[list[str]] = []
        lines: list[int] = []
        delimiter, number = self.delimiter, self.number
        add_row, add_line = rows.append, lines.append
        for line in islice(self.stream, batch):
            number += 1
            add_line(number)
            if not self.quoted or '"' not in line:
                add_row(line.rstrip("\r\n").split(delimiter))
                continue
            self.number, self.pending = number, line
            try:
                add_row(next(self.reader))
            except csv.Error as error:
                mended = self._mended(line) if self.number == number else None
                if mended is None:
                    return self._broken(rows, lines, error)
                add_row(mended)
            except StopIteration:
                raise Unreadable("truncated", detail="open-quote") from None
            number = self.number
        self.number, self.ended = number, len(rows) < batch
        return Batch(lines, rows, [])

    def _mended(self, line: str) -> list[str] | None:
        """The cells of a line that has blanks between a closing quotation mark and the delimiter, as WeChat writes."""
        blanks = "[ \t]" if self.delimiter != "\t" else " "
        closed = re.sub(rf'"{blanks}+(?={re.escape(self.delimiter)}|$)', '"', line.rstrip("\r\n"))
        try:
            (row,) = csv.reader([closed], delimiter=self.delimiter, strict=True)
        except (csv.Error, ValueError):
            return None
        self.reader = csv.reader(self._fed(), delimiter=self.delimiter, strict=True)
        return row

    def _broken(self, rows: list[list[str]], lines: list[int], error: csv.Error) -> Batch:
        if "unexpected end of data" in str(error):
            raise Unreadable("truncated", detail="open-quote") from None
        self.reader = csv.reader(self._fed(), delimiter=self.delimiter, strict=True)
        return Batch(lines[:-1], rows, [(lines[-1], str(error))])


# --- workbooks ---


def workbook_sheets(path: Path) -> list[tuple[str, list[list[str]]]]:
    """All sheets of a workbook (XLSX, XLS, ODS) as rows of text. To be called in the limited child only.

    Raises Unreadable workbook-refused.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        return [
            (name, [[as_text(c) for c in row] for row in book.get_sheet_by_name(name).iter_rows()])
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("workbook-refused", detail=str(error)[:200]) from None


def sheet_digest(name: str, rows: Iterable[list[str]]) -> str:
    """The SHA-256 by which an import knows a sheet again: its name and all its cells."""
    digest = hashlib.sha256(name.encode())
    for row in rows:
        digest.update("\x1f".join(row).encode("utf-8", "replace") + b"\x1e")
    return digest.hexdigest()


# Where XLSX and ODS keep their properties, and what they call the times of making and of last saving.
_PROPERTIES = {"docProps/core.xml": ("created", "modified"), "meta.xml": ("creation-date", "date")}


def workbook_times(path: Path) -> tuple[str, str]:
    """When a workbook says that it was made and last saved, as written there; "" for what it does not say (XLS)."""
    try:
        with zipfile.ZipFile(path) as archive:
            member = next((name for name in _PROPERTIES if name in archive.namelist()), "")
            with archive.open(member) as stream:
                said = stream.read(1 << 16).decode("utf-8", "replace")
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, RuntimeError, NotImplementedError):
        return "", ""
    found = [re.search(rf"<(?:[\w-]+:)?{name}\b[^>]*>\s*([^<]{{8,40}}?)\s*<", said) for name in _PROPERTIES[member]]
    made, saved = (one[1] if one else "" for one in found)
    return made, saved


def as_text(value: Any) -> str:
    """A typed cell as the text that a CSV export of the same sheet would hold."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, datetime):
        if value.microsecond:
            value = (value + timedelta(milliseconds=500)).replace(microsecond=0)
        return str(value.isoformat(" "))
    if isinstance(value, (date, time)):
        return str(value.isoformat())
    return str(value)


def rows_in_batches(rows: Iterable[list[str]], *, batch: int = BATCH) -> Iterator[Batch]:
    """The rows of a workbook's sheet; the line is the row of the sheet."""
    numbered = enumerate(rows, 1)
    while some := list(islice(numbered, batch)):
        yield Batch([n for n, _ in some], [row for _, row in some], [])
