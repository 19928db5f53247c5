"""By which character the cells of a text file are parted."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

HEAD = 40  # rows that are looked at
DELIMITERS = ",\t;|，"


def delimiter_of(sample: str) -> str:
    """The delimiter that splits most of the sample's rows into the same number of cells, beginning with the header.

    A title may hold more bars than a row has commas, and an address its own commas; what stands in quotation marks
    does not count.
    """
    first = sample.split("\n", 1)[0].strip('\r\ufeff "')
    if found := re.fullmatch(r"sep=(.)", first):
        return found[1]
    lines = sample.splitlines(keepends=True)[:HEAD]
    found_by = {delimiter: _steady(lines, delimiter) for delimiter in DELIMITERS}
    steady = {d: one for d, one in found_by.items() if one.width > 1 and 2 * one.rows >= one.of}
    if steady:
        earliest = min(one.first for one in steady.values())
        steady = {d: one for d, one in steady.items() if one.first == earliest}
    found_by = steady or found_by
    return max(found_by, key=lambda d: found_by[d].rows * math.log(found_by[d].width))


class _Split(NamedTuple):
    """How steadily a delimiter splits: rows of the usual width, out of how many, that width, the first such row."""

    rows: int
    of: int
    width: int
    first: int


def _steady(lines: Sequence[str], delimiter: str) -> _Split:
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))]
    widths = [len(row) for row in rows]
    usual = Counter(width for width in widths if width > 1)
    if not usual:
        return _Split(0, len(rows), 1, len(rows))
    width = max(usual, key=lambda width: (usual[width] * math.log(width), width))
    return _Split(usual[width], len(rows), width, widths.index(width))
