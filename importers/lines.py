"""Splits the text of a file into rows of cells, line by line, and names the lines that are none."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, NamedTuple

MAX_CELL = 1_000_000  # characters
MAX_ROW = 8_000_000  # characters of one row, over all its lines
MAX_AGAIN = 20_000_000  # characters that are read again behind stray quotation marks
LONG_CELL = ("unreadable-row", {"detail": "long-cell"})
_NO_TEXT = re.compile("[\ud800-\udfff\0]")


class Unreadable(Exception):
    """The file as a whole cannot be read: a fault's code, the line if one is to blame, its sentences' parameters."""

    def __init__(self, code: str, line: int = 0, **params: Any) -> None:
        super().__init__(code)
        self.code, self.line, self.params = code, line, params

    def __reduce__(self) -> tuple[Any, ...]:
        return (_unreadable, (self.code, self.line, self.params))


def _unreadable(code: str, line: int, params: dict[str, Any]) -> Unreadable:
    return Unreadable(code, line, **params)


class Broken(NamedTuple):
    """A line that is no row: the code of its fault and the parameters of the fault's sentences."""

    line: int
    code: str
    params: dict[str, Any]


@dataclass
class Batch:
    """Rows of cells with the line each begins on (1-based); `broken` are lines that could not be split into cells."""

    lines: list[int]
    rows: list[list[str]]
    broken: list[Broken]


class Careful:
    """The lines of a file with damage: counts its bytes and notes the lines that are no text or too long."""

    def __init__(self, text: io.TextIOWrapper, encoding: str) -> None:
        self.text, self.encoding = text, encoding
        self.number, self.offset = 0, 0
        self.faults: list[Broken] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.text.readline(MAX_ROW)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) >= MAX_ROW and not line.endswith(("\n", "\r")):
            while (more := self.text.readline(MAX_ROW)) and not more.endswith(("\n", "\r")):
                pass
            self.faults.append(Broken(self.number, *LONG_CELL))
            return "\n"
        if found := _NO_TEXT.search(line):
            at = self.offset + len(line[: found.start()].encode(self.encoding, "surrogateescape"))
            self.faults.append(Broken(self.number, "bad-bytes", {"offset": at}))
            line = line.replace("\0", "\ufffd")
        self.offset += len(line.encode(self.encoding, "surrogateescape"))
        return line

    def sound(self, batch: Batch, last: int) -> Batch:
        """The batch with the rows that hold such a line among the broken ones; `last` is the last line read."""
        faulty: dict[int, Broken] = {}
        starts = [*batch.lines, last + 1]
        broken = {one.line: one for one in batch.broken}
        for fault in self.faults:
            if fault.line in broken:
                broken[fault.line] = fault
                continue
            at = bisect_left(starts, fault.line + 1) - 1
            if 0 <= at < len(batch.lines):
                faulty.setdefault(at, fault._replace(line=batch.lines[at]))
        for at, row in enumerate(batch.rows):
            if any(len(cell) > MAX_CELL for cell in row):
                faulty.setdefault(at, Broken(batch.lines[at], *LONG_CELL))
        self.faults = [fault for fault in self.faults if fault.line > last]
        kept = [n for n in range(len(batch.rows)) if n not in faulty]
        found = sorted([*broken.values(), *faulty.values()])
        return Batch([batch.lines[n] for n in kept], [batch.rows[n] for n in kept], found)


class Lines:
    """Splits text into rows of cells. A line without a quotation mark is split at once, which is three times as
    fast as the csv module; a line with one goes through csv.reader, with the lines that its cells span. Lines
    full of them go through it together as long as each is a row."""

    def __init__(self, stream: Iterator[str], delimiter: str, quoted: bool = True) -> None:
        self.stream, self.delimiter, self.quoted = stream, delimiter, quoted
        self.number, self.ended, self.pending = 0, False, ""
        self.held: list[str] = []  # the further lines of the row that is being read
        self.again: deque[str] = deque()  # lines to be read again: a stray quotation mark had swallowed them
        self.spare = MAX_AGAIN
        self.together = quoted
        self.source = stream
        self.reader = csv.reader(self._fed(), delimiter=delimiter, strict=True)

    def _fed(self) -> Iterator[str]:
        size = 0
        while True:
            if self.pending:
                line, self.pending, size = self.pending, "", 0
            else:
                try:
                    line = next(self.source)
                except StopIteration:
                    return
                self.number += 1
                self.held.append(line)
                size += len(line)
                if size > MAX_ROW:
                    raise csv.Error("row")
            yield line

    def _once_more(self) -> Iterator[str]:
        while self.again:
            yield self.again.popleft()

    def some(self, batch: int) -> Batch:
        """Up to `batch` rows; ends early at a line that cannot be split."""
        if self.together and (found := self._together(batch)) is not None:
            return found
        rows: list[list[str]] = []
        lines: list[int] = []
        delimiter, number = self.delimiter, self.number
        add_row, add_line = rows.append, lines.append
        self.source = chain(self._once_more(), self.stream) if self.again else self.stream
        for line in islice(self.source, batch):
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
                raise Unreadable("truncated", number, detail="open-quote") from None
            number = self.number
            if self.held:
                self.held.clear()
        self.number, self.ended = number, len(rows) < batch
        return Batch(lines, rows, [])

    def _together(self, batch: int) -> Batch | None:
        """The rows of the next lines if each of them is one; else None, and the lines will be read one by one."""
        found = list(islice(self.stream, batch))
        last = found[-1] if found else ""
        if last.count('"') > last.count(self.delimiter) and max(map(len, found)) < MAX_CELL:
            try:
                rows = [row or [""] for row in csv.reader(found, delimiter=self.delimiter, strict=True)]
            except csv.Error:
                rows = []
            if len(rows) == len(found):
                start, self.number = self.number + 1, self.number + len(found)
                self.ended = len(rows) < batch
                return Batch(list(range(start, self.number + 1)), rows, [])
        self.together = False
        self.again.extend(found)
        return None

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
        """The rows before a line that cannot be split; the lines that its open mark swallowed are read again."""
        if "unexpected end of data" in str(error) and not self._swallowed_rows(rows):
            raise Unreadable("truncated", lines[-1], detail="open-quote") from None
        self.spare -= sum(map(len, self.held))
        if self.spare < 0:
            raise Unreadable("truncated", lines[-1], detail="open-quote")
        long = "field limit" in str(error) and not self.held
        fault = LONG_CELL if long else ("unreadable-row", {"detail": "stray-quote"})
        self.again.extendleft(reversed(self.held))
        self.held, self.number = [], lines[-1]
        self.reader = csv.reader(self._fed(), delimiter=self.delimiter, strict=True)
        return Batch(lines[:-1], rows, [Broken(lines[-1], *fault)])

    def _swallowed_rows(self, rows: list[list[str]]) -> bool:
        """Whether the lines behind an open mark are rows like those before it: the mark is stray, the file is whole."""
        if not rows or not self.held:
            return False
        alike = sum(len(row) == len(rows[-1]) for row in csv.reader(self.held, delimiter=self.delimiter))
        return 10 * alike >= 9 * len(self.held)
