"""Which columns stand side by side in a table, and how wide: numbers and days whole, texts cut as little as may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size

GAP = "  "
CUT_TO = (40, 28, 20, 14)  # what texts may be cut to so that more columns stand
TITLE, FIRST = 20, 5  # cells of a title above narrow figures; columns that are to stand at least
CUT = ".."  # not the one-character ellipsis, which Chinese consoles draw two cells wide
_WORDS = re.compile(r"[\x21-\x7e]+\s*|\s+|[^\x00-\x7f][，。；：！？、）”]*\s*", re.DOTALL)
LEAST = 8  # cells that a cut column needs at least


class Head(NamedTuple):
    """A column's title; `right`: aligned to the right; `soft`: its texts may be cut, but not below `least` cells."""

    name: str
    label: str
    right: bool
    soft: bool
    least: int = 0


def fit(text: str, cells: int, right: bool = False) -> str:
    """`text` in exactly so many terminal cells."""
    have = cell_len(text)
    if have > cells:
        return set_cell_size(text, max(0, cells - len(CUT))) + CUT[: min(cells, len(CUT))]
    gap = " " * (cells - have)
    return gap + text if right else text + gap


def fit_title(title: str, cells: int, right: bool) -> str:
    """A title in exactly so many cells: where it is cut, its unit in brackets stays."""
    unit = title[max(title.rfind("("), title.rfind("（")) :] if title.endswith((")", "）")) else ""
    if cell_len(title) <= cells or cell_len(unit) + LEAST > cells:
        return fit(title, cells, right)
    return fit(title[: -len(unit)].rstrip(), cells - cell_len(unit)) + unit


def folded(text: str, cells: int, most: int) -> list[str]:
    """`text` in lines of at most so many cells, `most` lines at most: between words, and anywhere in Chinese."""
    lines = [""]
    for word in _WORDS.findall(text):
        if cell_len(lines[-1]) + cell_len(word.rstrip()) > cells and lines[-1]:
            lines.append("")
        while cell_len(word) > cells:
            lines[-1], word = word[: max(1, cells // 2)], word[max(1, cells // 2) :]
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    if len(lines) > most:
        lines = [*lines[: most - 1], fit(lines[most - 1] + " " * cells, cells)]
    return [line.rstrip() for line in lines]


def laid_out(
    columns: Sequence[int], titles: Sequence[str], heads: Sequence[Head], natural: Sequence[int], room: int
) -> list[tuple[int, int]]:
    """The columns of `columns`, from the left, that fit into `room` cells: `(index, width)`.

    Texts are cut only so far as lets all columns stand, or if that is never so, as lets FIRST of them stand; those at
    the right are left out. A text at the end may take what room is left. What is over goes back to the texts, from the
    left.
    """
    full = {i: max(min(cell_len(titles[i]), TITLE), natural[i]) for i in columns}
    capped = [{i: _capped(heads[i], full[i], most) for i in columns} for most in CUT_TO]
    tries = [_leading(list(widths.items()), heads, room) for widths in capped]
    last = min(FIRST, len(columns)) - 1
    whole = [shown for shown in tries if len(shown) == len(columns)]
    enough = [shown for shown, widths in zip(tries, capped, strict=True)
              if len(shown) > last and shown[last][1] >= widths[columns[last]]]  # fmt: skip
    shown = (whole or enough or tries[-1:])[0]
    spare = room - sum(width for _, width in shown) - len(GAP) * (len(shown) - 1)
    out = []
    for i, width in shown:
        more = max(0, min(spare, full[i] - width)) if heads[i].soft else 0
        out.append((i, width + more))
        spare -= more
    return out


def _capped(head: Head, full: int, most: int) -> int:
    """How wide a column is where texts may be cut to `most`."""
    return min(full, max(most, head.least)) if head.soft else full


def _leading(columns: list[tuple[int, int]], heads: Sequence[Head], room: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    left = room
    for i, width in columns:
        if found:
            left -= len(GAP)
        if width > left:
            if not found:
                return [(i, max(1, left))]
            if heads[i].soft and left >= LEAST:
                found.append((i, left))
            break
        found.append((i, width))
        left -= width
    return found
