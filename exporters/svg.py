"""An answer as a picture for a phone chat (SVG): the first rows, the columns that matter most, in letters that read.

Sizes are in pixels of the picture; text is measured in terminal cells, so Chinese characters count two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any
from xml.sax.saxutils import escape

from exporters.cells import FOR_PROGRAMS, NUMBERS, AnswerLike, all_notes, as_shown, columns_of, currencies, heading
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import cut, safe_text, width

P = Phrase

WIDE, TALL, EDGE = 720, 1440, 28  # TALL: what a phone shows of a picture without scrolling
SIZE, TITLE, SMALL = 24, 34, 20  # of letters
CELL = 0.54  # width of a terminal cell as a share of a letter's size
GAP = 2  # cells between columns
LONG = 22  # a text column with wider cells goes below its row, over the whole width
LONGEST, FIRST = 18, 20  # cells of a text that stays in its column, and in the first one
HEAD_LINE = 12  # cells of a title that stay in one line
BELOW_LINES, NOTE_LINES, HEAD_LINES, NOTES = 2, 2, 2, 5
INK, GREY = "#222", "#555"
FONTS = (
    "'PingFang SC','Microsoft YaHei','HarmonyOS Sans SC','Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC',"
    "'WenQuanYi Micro Hei',sans-serif"
)
# Which columns go first when there is no room: the higher, the sooner. What a row is called stands before its numbers.
_CALLED = frozenset({"text", "sku", "id"})
_RANK = {"money": 1, "day": 3, "count": 4, "rate": 4, "by_row": 4, "text": 5, "sku": 5, "flag": 6, "moment": 6, "id": 7}
_CLOSING = frozenset("，。；：、！？）”’》】…·,.;:!?)]")
_NO_XML = re.compile("[\ufffe\uffff]")


@dataclass
class Table:
    """What of the answer the picture shows: its columns (`at`, by place), their titles and cells, their widths
    in cells, and the text that stands below each row. `left_out` names the columns for which there is no room."""

    at: list[int]
    heads: list[str]
    rows: list[list[str]]
    right: list[bool]
    widths: list[int]
    below: list[str]
    left_out: list[str]


@dataclass
class Page:
    """The picture as it grows downwards."""

    y: float = EDGE
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, said: str, size: int, *, right: bool = False, bold: bool = False, ink: str = INK) -> None:
        """A line of text whose foot is at `y`."""
        more = ' text-anchor="end"' if right else ""
        more += ' font-weight="600"' if bold else ""
        self.parts.append(f'<text x="{x:g}" y="{self.y:g}" font-size="{size}" fill="{ink}"{more}>{xml(said)}</text>')

    def band(self, top: float, height: float, color: str) -> None:
        self.parts.append(f'<rect x="0" y="{top:g}" width="{WIDE}" height="{height:g}" fill="{color}"/>')


def xml(text: str) -> str:
    """Text as it may stand in XML, harmless and literal."""
    return escape(_NO_XML.sub("\ufffd", safe_text(text)))


def picture(answer: AnswerLike, lang: str, title: str = "") -> str:
    """The answer as SVG, 720 pixels wide: as many of its first rows as a phone shows, and how many there are."""
    rows = list(answer.rows)
    table = _table(answer, rows, lang)
    page = Page()
    page.y += TITLE
    page.text(EDGE, cut(safe_text(title), _room(TITLE)), TITLE, bold=True)
    notes = _notes(answer, table, lang)
    foot = EDGE + sum(_line(SMALL) * len(lines) + 8 for lines in notes)
    _grey(page, _about(answer, lang))
    counted = page.y + _line(SMALL)
    page.y = counted + 16
    shown = _rows(page, table, TALL - foot)
    below, page.y = page.y, counted
    said = P("{n} of {total} {total:row|rows}", "共 {total} 项，显示 {n} 项").show(lang, n=shown, total=len(rows))
    page.text(EDGE, said, SMALL, ink=GREY)
    page.y = below + 12
    for lines in notes:
        _grey(page, lines)
        page.y += 8
    return _framed(page, title)


def _grey(page: Page, lines: Sequence[str]) -> None:
    for line in lines:
        page.y += _line(SMALL)
        page.text(EDGE, line, SMALL, ink=GREY)


def _framed(page: Page, title: str) -> str:
    tall = round(page.y + EDGE)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{tall}" viewBox="0 0 {WIDE} {tall}"'
        f' font-family="{FONTS}" xml:lang="zh-CN" xml:space="preserve">',
        f"<title>{xml(title)}</title>",
        f'<rect width="{WIDE}" height="{tall}" fill="#fff"/>',
        *page.parts,
        "</svg>",
        "",
    ])  # fmt: skip


def _room(size: int) -> int:
    """The cells that a line of letters of `size` has room for."""
    return int((WIDE - 2 * EDGE) / (size * CELL))


def _line(size: int) -> float:
    return round(size * 1.45)


# --- what is shown ---


def _table(answer: AnswerLike, rows: Sequence[tuple[Any, ...]], lang: str) -> Table:
    at = _wanted(answer)
    cells: dict[int, list[str]] = {i: [] for i in at}
    for row in rows:
        money, own = currencies(answer, row), columns_of(answer, row)
        for i in at:
            cells[i].append(safe_text(as_shown(row[i], own[i], money[i], lang)))
    heads = {i: safe_text(heading(answer, answer.columns[i], lang)) for i in at}
    at = [i for i in at if not rows or any(cells[i])]  # a column without anything in it says nothing
    below = _below(answer, at, cells)
    natural = {i: max(_of_head(heads[i]), *map(width, cells[i]), 1) for i in at}
    most = {i: FIRST if i == at[0] else LONGEST for i in at}
    widths = {i: w if answer.columns[i].kind in NUMBERS else min(w, most[i]) for i, w in natural.items()}
    kept = _fitting([i for i in at if i not in below], widths, answer, _room(SIZE))
    _widened(kept, widths, natural, _room(SIZE))
    between = P(": ", "：").show(lang)
    return Table(
        kept,
        [heads[i] for i in kept],
        [[cells[i][y] for i in kept] for y in range(len(rows))],
        [answer.columns[i].kind in NUMBERS for i in kept],
        [widths[i] for i in kept],
        [between.join(cells[i][y] for i in below if cells[i][y]) for y in range(len(rows))],
        [heads[i] for i in at if i not in kept and i not in below],
    )


def _of_head(head: str) -> int:
    """The cells of a row that a title takes, which is of smaller letters and may stand in two lines."""
    cells = width(head)
    return ceil((cells if cells <= HEAD_LINE else max(HEAD_LINE, cells // 2 + 3)) * SMALL / SIZE)


def _widened(kept: list[int], widths: dict[int, int], natural: dict[int, int], room: int) -> None:
    """Gives the room that is left to the columns whose text is cut, from the left."""
    spare = room - sum(widths[i] + GAP for i in kept) + GAP
    for i in kept:
        more = max(0, min(spare, natural[i] - widths[i]))
        widths[i] += more
        spare -= more


def _wanted(answer: AnswerLike) -> list[int]:
    """The columns that people read: not what programs need of an alert, nor the key that is made of other columns."""
    alert = any(c.name == "why" for c in answer.columns)
    some = [i for i, c in enumerate(answer.columns) if c.kind != "json" and not (alert and c.name in FOR_PROGRAMS)]
    return [i for i in some if answer.columns[i].name != "key"] or some


def _below(answer: AnswerLike, at: list[int], cells: dict[int, list[str]]) -> list[int]:
    """The columns that stand below their row: of whom an alert speaks and why, or the text with the longest cells."""
    texts = [i for i in at[1:] if answer.columns[i].kind == "text"]
    if any(answer.columns[i].name == "why" for i in texts):
        return [i for i in texts if answer.columns[i].name in ("subject", "why")]
    longest = max(texts, key=lambda i: max(map(width, cells[i]), default=0), default=None)
    return [] if longest is None or max(map(width, cells[longest]), default=0) <= LONG else [longest]


def _fitting(at: list[int], widths: dict[int, int], answer: AnswerLike, room: int) -> list[int]:
    """The columns that fit, in their order. The first always stays; of the others the least telling goes first, and
    of equals the last."""
    kept, numbers = list(at), [i for i in at if answer.columns[i].kind in NUMBERS]
    first_number = min(numbers, default=len(answer.columns))

    def rank(i: int) -> int:
        column = answer.columns[i]
        if column.name == "currency":
            return 0
        if i == first_number:
            return 1
        return 2 if i < first_number and column.kind in _CALLED else _RANK.get(column.kind, 8)

    while len(kept) > 1 and sum(widths[i] + GAP for i in kept) - GAP > room:
        kept.remove(max(kept[1:], key=lambda i: (rank(i), i)))
    if kept:
        widths[kept[0]] = min(widths[kept[0]], room)
    return kept


def _about(answer: AnswerLike, lang: str) -> list[str]:
    """As of when, of which shops."""
    said = [P("as of {day}", "数据截至 {day}").show(lang, day=answer.as_of)] if answer.as_of else []
    said += [", ".join(answer.shops)] if answer.shops else []
    return wrapped(safe_text(" · ".join(said)), _room(SMALL), NOTE_LINES)


def _notes(answer: AnswerLike, table: Table, lang: str) -> list[list[str]]:
    """The notes, each as the few lines that a picture has room for; of the estimates those that are in the picture."""
    names = {answer.columns[i].name for i in table.at}
    pictured = replace(answer, estimated=answer.estimated & names)  # type: ignore[type-var]
    said = all_notes(pictured, lang)[:NOTES]
    if table.left_out:
        left_out = P(", ", "、").show(lang).join(table.left_out)
        said.append(P("Not in the picture: {names}.", "图中未显示：{names}。").show(lang, names=left_out))
    return [wrapped(safe_text(note), _room(SMALL), NOTE_LINES) for note in said]


# --- where it stands ---


def _rows(page: Page, table: Table, end: float) -> int:
    """Draws the titles and as many rows as end above `end`, at least one; how many were drawn."""
    if not table.heads:
        return 0
    edges = _edges(table)
    heads = [wrapped(h, int(w * SIZE / SMALL), HEAD_LINES) for h, w in zip(table.heads, table.widths, strict=True)]
    most = max(map(len, heads))
    page.band(page.y, _line(SMALL) * most + 14, "#eef1f5")
    for n in range(most):
        page.y += _line(SMALL)
        for (x, right), lines in zip(edges, heads, strict=True):
            page.text(x, lines[n] if n < len(lines) else "", SMALL, right=right, bold=True, ink=GREY)
    page.y += 14
    drawn = 0
    for row, below in zip(table.rows, table.below, strict=True):
        more = wrapped(below, _room(SMALL), BELOW_LINES)
        height = _line(SIZE) + 12 + _line(SMALL) * len(more)
        if drawn and page.y + height > end:
            break
        if drawn % 2:
            page.band(page.y, height, "#f7f8fa")
        top = page.y
        page.y += _line(SIZE)
        for (x, right), text, cells in zip(edges, row, table.widths, strict=True):
            page.text(x, cut(text, cells), SIZE, right=right)
        _grey(page, more)
        page.y = top + height
        drawn += 1
    return drawn


def _edges(table: Table) -> list[tuple[float, bool]]:
    """Where each column's text begins, or ends if it is of numbers; the room that is left goes between them."""
    cell = SIZE * CELL
    spare = (WIDE - 2 * EDGE) - cell * (sum(table.widths) + GAP * (len(table.widths) - 1))
    gap = GAP * cell + (max(0.0, spare) / (len(table.widths) - 1) if len(table.widths) > 1 else 0)
    found, x = [], float(EDGE)
    for cells, right in zip(table.widths, table.right, strict=True):
        found.append((round(x + cells * cell, 1) if right else round(x, 1), right))
        x += cells * cell + gap
    return found


def wrapped(text: str, cells: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `cells` terminal cells; "…" if it is cut. Latin words stay whole where they
    can, and no line begins with what closes a sentence."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1 and width(rest) > cells:
        at = next(n for n in range(len(rest)) if width(rest[: n + 1]) > cells) or 1
        while at > 1 and rest[at] in _CLOSING:
            at -= 1
        if rest[at - 1 : at + 1].isascii() and (blank := rest[: at + 1].rfind(" ")) > at // 2:
            at = blank
        lines.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [*lines, cut(rest, cells)] if rest else lines
