"""Which importer takes a file: by its header names, found among the first rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from importers import catalogue
from importers.base import Importer, matched, norm
from importers.catalogue import Entry
from importers.sheet import HEAD, MAX_COLUMNS, TextForm, Unreadable, in_two_rows, named, text_batches
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem

WHY = Phrase("its header has {names}", "表头含有 {names}")


@dataclass(frozen=True)
class Known:
    """The importer of a file, the line of its header (1-based) and why."""

    entry: Entry
    header_line: int
    header: list[str]

    def why(self, lang: str) -> str:
        return WHY.show(lang, names=", ".join(self.entry.required[:4]))


def identify(
    rows: Sequence[tuple[int, list[str]]], found: list[Entry], place: Place, *, file_name: str = "", sheet: str = ""
) -> Known:
    """The one importer whose headers are all there. `rows`: (line, cells) of the first rows.

    Raises Problem no-header, unknown-sheet, two-importers, refused-by-name.
    """
    for line, cells in _headers(rows):
        names = {norm(c) for c in named(cells) if c.strip()}
        hits = {e.ref: hit for e in found if not e.never & names and (hit := matched(e.known_by, names)) is not None}
        fits = [e for e in found if e.ref in hits and not any(hits[e.ref] < other for other in hits.values())]
        if fits:
            below = [row for number, row in rows if number > line]
            chosen = _one(fits, file_name, sheet, cells, below, place)
            if chosen.refused is not None:
                raise Problem("refused-by-name", place, title=chosen.title, reason=chosen.refused)
            return Known(chosen, line, _narrow(cells, place))
    raise _unknown(rows, found, place)


def _headers(rows: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """What may be the header: each of the first rows, then each two of them together."""
    yield from rows[:HEAD]
    for (_, upper), (line, lower) in pairwise(rows[:HEAD]):
        if len(lower) > 2 and any(map(str.strip, upper)):
            yield from ((line, cells) for cells in in_two_rows(upper, lower))


def _one(
    fits: list[Entry], file_name: str, sheet: str, header: list[str], below: list[list[str]], place: Place
) -> Entry:
    """Of importers that demand as much, the one whose sheet name, file name or value patterns fit."""
    best = fits
    if len(best) > 1:
        named = [e for e in best if e.sheet_name and re.search(e.sheet_name, sheet, re.IGNORECASE)]
        named = named or [e for e in best if e.file_name and re.search(e.file_name, file_name, re.IGNORECASE)]
        named = named or [e for e in best if e.values and _values_fit(e.values, header, below)]
        best = named if len(named) == 1 else best
    if len(best) > 1:
        raise Problem("two-importers", place, candidates=", ".join(e.id for e in best), first=best[0].id)
    return best[0]


def _values_fit(patterns: dict[str, str], header: list[str], below: list[list[str]]) -> bool:
    """Whether each pattern matches every filled cell of its column, and at least one."""
    names = [norm(name) for name in header]
    for name, pattern in patterns.items():
        at = len(names) - 1 - names[::-1].index(name) if name in names else len(names)
        filled = [cell for row in below if at < len(row) and (cell := row[at].strip())]
        if not filled or not all(re.search(pattern, cell) for cell in filled):
            return False
    return True


def _unknown(rows: Sequence[tuple[int, list[str]]], found: list[Entry], place: Place) -> Problem:
    likely = likely_header(rows)
    if likely is None:
        return Problem("no-header", place)
    cells = [c.strip() for c in likely[1] if c.strip()]
    near = catalogue.nearest(cells, found)[:3]
    return Problem(
        "unknown-sheet", place,
        columns=", ".join(cells[:8]) + (" …" if len(cells) > 8 else ""),
        near=", ".join(e.id for e in near) or Phrase("none", "无"),
    )  # fmt: skip


def likely_header(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, list[str]] | None:
    """The first row that has the most cells that look like names, at least two."""
    best, most = None, 1
    for line, cells in rows[:HEAD]:
        names = {norm(c) for c in cells if c.strip() and not re.fullmatch(r"[\d\s.,:/%￥¥$-]+", c)}
        if len(names) > most:
            best, most = (line, list(cells)), len(names)
    return best


def by_name(name: str, found: list[Entry]) -> Entry:
    """The importer that --as names. Raises Problem unknown-importer."""
    for entry in found:
        if entry.id == " ".join(name.split()):
            return entry
    near = difflib.get_close_matches(name, [e.id for e in found], n=3, cutoff=0.3)
    raise Problem("unknown-importer", name=name, near=", ".join(near) or Phrase("none", "无"))


def header_for(importer: Importer, rows: Sequence[tuple[int, list[str]]], place: Place) -> tuple[int, list[str]]:
    """The header row for a chosen importer (--as, --map). Raises Problem missing-column, no-header."""
    wanted = {norm(n): n.replace("|", " / ") for n in importer.known_by}
    best: tuple[int, list[str]] | None = None
    most = 0
    for line, cells in _headers(rows):
        names = {norm(c) for c in named(cells)}
        hits = sum(matched([n], names) is not None for n in wanted)
        if hits == len(wanted):
            return line, _narrow(cells, place)
        if hits > most:
            best, most = (line, cells), hits
    if best is None:
        raise Problem("no-header", place)
    names = {norm(c) for c in named(best[1])}
    missing = next(n for key, n in wanted.items() if matched([key], names) is None)
    raise Problem("missing-column", place, column=missing, importer=importer.title)


def _narrow(header: list[str], place: Place) -> list[str]:
    """The header, if it has no more columns than are read. Raises Problem file-too-large."""
    width = max((n for n, name in enumerate(header, 1) if name.strip()), default=0)
    if width > MAX_COLUMNS:
        detail = Phrase(
            f"{width:,} columns; at most {MAX_COLUMNS} are read.", f"有 {width:,} 列，最多读取 {MAX_COLUMNS} 列。"
        )
        raise Problem("file-too-large", place, detail=detail)
    return header


def first_rows(path: Path, source_form: object) -> list[tuple[int, list[str]]]:
    """The first rows of a text file with their lines."""
    assert isinstance(source_form, TextForm)
    try:
        return _first(path, source_form)
    except Unreadable:  # a quotation mark may be a character like any other: the importer says, who is not known yet
        if source_form.delimiter != "\t":
            raise
        return _first(path, replace(source_form, quoted=False))


def _first(path: Path, form: TextForm) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    for batch in text_batches(path, form, batch=HEAD):
        found += zip(batch.lines, batch.rows, strict=True)
        if len(found) >= HEAD:
            break
    return found
