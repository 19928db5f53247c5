"""A table of a web page that has the name of a workbook (千牛 writes such .xls files): its cells as a CSV file.

Tags are found by patterns of bounded length, so that no page takes more than linear time; nothing of it is run or
fetched. A cell that spans rows or columns stands in its first place, the others stay empty.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator
from pathlib import Path

from importers.sheet import MAX_COLUMNS, encoding_of

MAX_PAGE = 64 << 20  # bytes
WIDEST = 64  # columns that one cell may span
STARTS = (b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml")
_TAG = re.compile(r"<(/?)(tr|td|th|table|br)\b([^<>]{0,2000})>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_SPAN = re.compile(r"\b(row|col)span\s*=\s*[\"']?(\d{1,5})", re.IGNORECASE)


def is_page(head: bytes) -> bool:
    """Whether a file that begins so is a web page (or XML), whatever its name."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:400].lower().startswith(STARTS)


def write_table(page: Path, target: Path) -> bool:
    """Writes the rows of the page's tables as CSV in UTF-8; False, and nothing written, if it holds no table.

    Raises UnicodeDecodeError where the text is neither UTF-8 nor GB18030.
    """
    text = _decoded(page.read_bytes())
    number = widest = 0
    with target.open("w", encoding="utf-8", newline="") as out:
        write = csv.writer(out).writerow
        for row in _rows(text):
            write(row)
            number, widest = number + 1, max(widest, len(row))
    if number < 2 or widest < 2:
        target.unlink()
        return False
    return True


def _decoded(raw: bytes) -> str:
    encoding = encoding_of(raw[:4])
    if encoding is not None:
        return raw.decode(encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


def _rows(text: str) -> Iterator[list[str]]:
    """The rows of all tables, one after the other; a row inside a cell's own table stands for itself."""
    row: list[str] = []
    below: dict[int, int] = {}  # column → rows in which a cell from above still stands
    begun, spans = -1, (1, 1)
    for tag in _TAG.finditer(text):
        closing, name = bool(tag[1]), tag[2].lower()
        if name == "br":
            continue
        if begun >= 0:
            _place(row, below, _text(text[begun : tag.start()]), spans)
            begun = -1
        if name in ("td", "th") and not closing and len(row) < MAX_COLUMNS:
            begun, spans = tag.end(), _spans(tag[3])
        elif name == "table" and closing:
            below.clear()
        elif name == "tr" and row:
            yield row
            row = []
    if begun >= 0:
        _place(row, below, _text(text[begun:]), spans)
    if row:
        yield row


def _place(row: list[str], below: dict[int, int], cell: str, spans: tuple[int, int]) -> None:
    """Puts a cell into the first free column of the row."""
    while below.get(len(row), 0) > 0:
        below[len(row)] -= 1
        row.append("")
    down, across = spans
    for n in range(across):
        if down > 1:
            below[len(row)] = down - 1
        row.append(cell if n == 0 else "")


def _spans(attributes: str) -> tuple[int, int]:
    """How many rows and columns a cell takes."""
    found = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
    return max(1, found.get("row", 1)), min(WIDEST, max(1, found.get("col", 1)))


def _text(inside: str) -> str:
    """What a reader of the page sees of a cell."""
    broken = re.sub(r"<br\s*/?>", " ", inside, flags=re.IGNORECASE)
    return html.unescape(_ANY_TAG.sub("", broken)).replace("\0", "").strip()
