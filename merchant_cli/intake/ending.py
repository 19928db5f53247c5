"""The end of a text file: its last rows, and whether it stops in the middle of one (a download that was cut off)."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from importers.sheet import HEAD, LAST, TextForm
from merchant_cli.intake.dated import export_line

TAIL = 1 << 16  # bytes looked at
BEFORE = 20  # rows before the last one that must all be whole
_FOOTER = re.compile(r"\s*(合计|总计|total)", re.IGNORECASE)


def ends_inside_a_row(path: Path, form: TextForm, sample: str) -> bool:
    """True if the last row has no line end and fewer cells than the header and all rows before it.

    `sample` is the decoded beginning of the file. A footer or a sheet with ragged rows is not taken for cut off.
    """
    text = _end_of(path, form)
    if text.endswith(("\n", "\r")):
        return False
    rows = _rows(text, form)
    width = max((len(row) for row in _rows(sample, form)[:HEAD]), default=0)
    if len(rows) < 2 or not any(map(str.strip, rows[-1])) or _FOOTER.match(rows[-1][0]):
        return False
    if export_line(rows[-1:], below=True)[0]:
        return False
    return len(rows[-1]) < width and all(len(row) == width for row in rows[-1 - BEFORE : -1])


def last_rows(path: Path, form: TextForm, number: int = LAST) -> list[list[str]]:
    """Up to `number` rows at the end of the file that are not blank, as far as they can be told."""
    return filled(_rows(_end_of(path, form), form))[-number:]


def filled(rows: list[list[str]]) -> list[list[str]]:
    """The rows that hold anything."""
    return [row for row in rows if any(map(str.strip, row))]


def _end_of(path: Path, form: TextForm) -> str:
    """The text of the file's last bytes, from the beginning of a line."""
    start = max(0, path.stat().st_size - TAIL) // 2 * 2  # whole characters of UTF-16
    with path.open("rb") as stream:
        mark = stream.read(2)
        stream.seek(start)
        text = stream.read().decode(_without_mark(form.encoding, mark) if start else form.encoding, "ignore")
    return text.partition("\n")[2] if start else text


def _without_mark(encoding: str, mark: bytes) -> str:
    """UTF-16 decodes by its byte order mark, which only the beginning of the file has."""
    if encoding != "utf-16":
        return encoding
    return "utf-16-be" if mark == b"\xfe\xff" else "utf-16-le"


def _rows(text: str, form: TextForm) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=form.delimiter))
    except csv.Error:
        return []
