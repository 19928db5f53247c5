"""A workbook's sheets as files of plain text cells: written in the limited child, read like any text from then on.

A file holds pieces of up to BATCH rows, each with its length before it: cells joined by separators of ASCII, or, where
a cell holds such a separator itself, marshalled.
"""

from __future__ import annotations

import hashlib
import marshal
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import IO, Any, NamedTuple

from importers.sheet import BATCH, HEAD, LAST, Unreadable, as_text
from merchant_cli.intake.prescan import SPOILT, Odd

CELL, ROW = "\x1f", "\x1e"
LENGTH = struct.Struct("<Qc")
JOINED, MARSHALLED = b"j", b"m"
_HALF, _MARCH_1900 = timedelta(milliseconds=500), datetime(1900, 3, 1)
_FRACTION = attrgetter("microsecond")
_NUMBER = "%.15g".__mod__  # what a sheet shows of a number at most


class Head(NamedTuple):
    """A sheet: name, first rows, a SHA-256 of all cells, number of filled rows, the last ones of those, the file with
    its cells, whether it is hidden, its odd cells and how many rows are hidden (the gate tells both of an XLSX)."""

    name: str
    rows: list[list[str]]
    sha256: str
    filled: int
    last: list[list[str]]
    path: str
    hidden: bool
    odd: Odd | None = None
    hidden_rows: int = 0


def unpack(path: str, kind: str, target: str) -> list[Head]:
    """Writes the sheets of a workbook (xlsx, ods, xls) to `target`.0, .1 …; to be called in the limited child only.

    Raises Unreadable workbook-refused, locked.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    at = ""
    try:
        if Path(path).suffix.lower() == f".{kind}":
            book = CalamineWorkbook.from_path(path)
        else:  # by its content, whatever its name
            with Path(path).open("rb") as stream:
                book = CalamineWorkbook.from_filelike(stream)
        heads = []
        for n, sheet in enumerate(book.sheets_metadata):
            if sheet.typ is SheetTypeEnum.WorkSheet:
                at = sheet.name
                cells = book.get_sheet_by_index(n).iter_rows()
                hidden = sheet.visible is not SheetVisibleEnum.Visible
                heads.append(_written(sheet.name, cells, f"{target}.{n}", hidden))
        odd = _odd(Path(path), kind)
        return [head._replace(odd=odd.get(head.name)) for head in heads]
    except PasswordError:
        raise Unreadable("locked") from None
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("workbook-refused", detail=str(error)[:200], sheet=at) from None


def _odd(path: Path, kind: str) -> dict[str, Odd]:
    """The odd cells of the kinds of workbook that the gate does not look into."""
    if kind == "xlsx":
        return {}
    from merchant_cli.intake import odd_cells

    return odd_cells.of_ods(path) if kind == "ods" else odd_cells.of_xls(path)


def _written(name: str, rows: Iterator[list[Any]], path: str, hidden: bool) -> Head:
    digest, filled = hashlib.sha256(name.encode()), 0
    first: list[list[str]] = []
    last: deque[list[str]] = deque(maxlen=LAST)
    with open(path, "wb") as out:  # noqa: PTH123
        while batch := list(islice(rows, BATCH)):
            columns = [_texts(column) for column in zip(*batch, strict=True)]
            cells: Sequence[Sequence[str]] = list(zip(*columns, strict=True))
            lines = list(map(CELL.join, cells))
            joined = ROW.join(lines)
            raw = joined.encode("utf-8", "replace")
            digest.update(raw + ROW.encode())
            sound = joined.count(CELL) == len(cells) * (len(columns) - 1) and joined.count(ROW) == len(cells) - 1
            if sound:
                _put(out, JOINED, raw)
            else:
                _put(out, MARSHALLED, marshal.dumps([list(row) for row in cells]))
            full = [n for n, line in enumerate(lines) if line and not line.isspace()]  # CELL counts as a space
            filled += len(full)
            last.extend(list(cells[n]) for n in full[-LAST:])
            if len(first) < HEAD:
                first += [list(row) for row in cells[: HEAD - len(first)]]
    return Head(name, first, digest.hexdigest(), filled, list(last), path, hidden)


def _put(out: IO[bytes], how: bytes, raw: bytes) -> None:
    out.write(LENGTH.pack(len(raw), how))
    out.write(raw)


def _texts(column: Sequence[Any]) -> Sequence[str]:
    """A column of typed cells as the texts that a CSV export of the sheet would hold."""
    kinds = set(map(type, column))
    if kinds == {str}:
        return column
    if kinds == {float}:
        few = set(column)  # numbers of units, prices, flags repeat
        if 3 * len(few) < len(column):
            found = list(map({number: _NUMBER(number + 0.0) for number in few}.__getitem__, column))
        else:
            found = ("\n".join(["%.15g"] * len(column)) % tuple(column)).split("\n")
        return [text if text != "-0" else "0" for text in found] if "-0" in found else found
    if kinds == {datetime} and min(column) >= _MARCH_1900:
        return list(map(_moment if any(map(_FRACTION, column)) else str, column))
    return [
        cell if (kind := cell.__class__) is str else _NUMBER(cell + 0.0) if kind is float else _text(cell)
        for cell in column
    ]


def _moment(cell: datetime) -> str:
    """A date with its time, to the nearest second: what a serial number is a little off."""
    return (cell + _HALF).isoformat(" ", "seconds") if cell.microsecond else cell.isoformat(" ")


def _text(cell: Any) -> str:
    """One cell; the last two days of February 1900 are told apart by no reader, so neither is a date."""
    if isinstance(cell, date) and (cell.year, cell.month, cell.day) == (1900, 2, 28):
        return "1900-02-28/29"
    return as_text(cell)


def batches(path: Path, odd: Odd | None, used: set[int] | None = None) -> Iterator[tuple[int, list[list[str]]]]:
    """The rows of an unpacked sheet in pieces, with the number (from 1) of the first row of each.

    A cell in `odd` begins with SPOILT and says what is the matter, if its column is `used` (None: any); elsewhere it
    just says it.
    """
    number = 1
    with path.open("rb") as stream:
        while head := stream.read(LENGTH.size):
            size, how = LENGTH.unpack(head)
            raw = stream.read(size)
            if how == JOINED:
                rows = [line.split(CELL) for line in raw.decode("utf-8").split(ROW)]
            else:
                rows = marshal.loads(raw)
            if odd:
                _mark(rows, number, odd, used)
            yield number, rows
            number += len(rows)


def _mark(rows: list[list[str]], number: int, odd: Odd, used: set[int] | None) -> None:
    for at in odd.keys() & range(number - 1, number - 1 + len(rows)):
        row = rows[at - number + 1]
        for column, word in odd[at].items():
            if column < len(row):
                row[column] = (SPOILT if used is None or column in used else "") + word
