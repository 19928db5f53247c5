"""A file as a sheet: which encoding and delimiter, and its rows with their line numbers, in batches of cells."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from importers.delimiter import delimiter_of
from importers.lines import MAX_CELL, Batch, Broken, Careful, Lines, Unreadable

__all__ = ["Batch", "Broken", "TextForm", "Unreadable", "delimiter_of", "encoding_of", "named", "text_batches"]

BATCH = 4096  # rows; small enough to show progress, large enough to work column by column
HEAD = 40  # rows among which the header is looked for
LAST = 3  # rows below which no total or note is looked for
MAX_COLUMNS = 512


@dataclass(frozen=True)
class TextForm:
    """How a text file is written. `quoted` False: a quotation mark is a character like any other.

    `guessed`: nothing but its bytes says the encoding. `careful`: it holds bytes that are no text, or very long
    lines; such rows are broken, and the reading is slower.
    """

    encoding: str
    delimiter: str = ","
    quoted: bool = True
    guessed: bool = False
    careful: bool = False


def encoding_of(head: bytes) -> str | None:
    """The encoding that a byte order mark names, or that the zeros of UTF-16 tell, or None."""
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in head:
        return next((name for name in ("utf-16-le", "utf-16-be") if _reads_as(head, name)), None)
    return None


def _reads_as(head: bytes, encoding: str) -> bool:
    """Whether bytes with zeros among them are a table in this kind of UTF-16: lines of letters of few scripts."""
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    usual = sum(" " <= c < "\u0250" or c in "\t\r\n" or "\u3000" <= c < "\ua000" or c > "\uff00" for c in text)
    return usual >= 0.9 * len(text) and any(c in text for c in ",;\t\r\n")


def named(header: Sequence[str]) -> list[str]:
    """Names for all columns: the second of a name gets `#2`, one without a name between others is `column_7`."""
    seen: Counter[str] = Counter()
    last = max((n for n, name in enumerate(header, 1) if name.strip()), default=0)
    names = []
    for n, name in enumerate(header, 1):
        seen[name.strip()] += 1
        again = seen[name.strip()] > 1
        names.append((f"column_{n}" if n < last else name) if not name.strip() else name)
        if name.strip() and again:
            names[-1] = f"{name.strip()}#{seen[name.strip()]}"
    return names


def in_two_rows(upper: Sequence[str], lower: Sequence[str]) -> Iterator[list[str]]:
    """The headers that two rows may be together: a cell over two rows has its name in one of them; one over several
    columns is the first half of their names, `上/下`."""
    over, group = [], ""
    for n, name in enumerate(lower):
        above = upper[n].strip() if n < len(upper) else ""
        group = above or (group if name.strip() else "")
        over.append((above, group, name.strip()))
    yield [name or above for above, _, name in over]
    yield [f"{group}/{name}" if group and name else name or above for above, group, name in over]


def text_batches(path: Path, form: TextForm, *, batch: int = BATCH) -> Iterator[Batch]:
    """The rows of a CSV or TSV file, header and preamble included.

    Raises Unreadable: truncated (an open quotation mark at the end), encoding.
    """
    csv.field_size_limit(MAX_CELL)
    whole = "utf-16" not in form.encoding and form.careful  # bytes that are no text are kept, so that rows can be named
    with path.open("rb") as binary:
        text = io.TextIOWrapper(binary, form.encoding, "surrogateescape" if whole else "strict", newline="")
        careful = Careful(text, form.encoding) if form.careful else None
        lines = Lines(careful or text, form.delimiter, form.quoted)
        try:
            while not lines.ended:
                found = lines.some(batch)
                if careful is not None:
                    found = careful.sound(found, lines.number)
                if found.rows or found.broken:
                    yield found
        except UnicodeDecodeError as error:
            raise Unreadable("encoding", offset=error.start) from None


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
