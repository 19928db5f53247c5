"""Which importer takes a file: by its header names, found among the first rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from importers import catalogue
from importers.base import Importer, matched, norm
from importers.catalogue import Entry
from importers.sheet import HEAD, TextForm, Unreadable, text_batches
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
    for line, cells in rows[:HEAD]:
        names = {norm(c) for c in cells if c.strip()}
        hits = {e.ref: hit for e in found if not e.never & names and (hit := matched(e.known_by, names)) is not None}
        fits = [e for e in found if e.ref in hits and not any(hits[e.ref] < other for other in hits.values())]
        if fits:
            body = [dict(zip(map(norm, cells), row, strict=False)) for number, row in rows if number > line]
            chosen = _one(fits, file_name, sheet, body, place)
            if chosen.refused is not None:
                raise Problem("refused-by-name", place, title=chosen.title, reason=chosen.refused)
            return Known(chosen, line, cells)
    raise _unknown(rows, found, place)


def _one(fits: list[Entry], file_name: str, sheet: str, body: list[dict[str, str]], place: Place) -> Entry:
    """Of importers that demand as much, the one whose sheet name, file name or value patterns fit."""
    best = fits
    if len(best) > 1:
        named = [e for e in best if e.sheet_name and re.search(e.sheet_name, sheet, re.IGNORECASE)]
        named = named or [e for e in best if e.file_name and re.search(e.file_name, file_name, re.IGNORECASE)]
        named = named or [e for e in best if e.values and _values_fit(e.values, body)]
        best = named if len(named) == 1 else best
    if len(best) > 1:
        raise Problem("two-importers", place, candidates=", ".join(e.id for e in best), first=best[0].id)
    return best[0]


def _values_fit(patterns: dict[str, str], body: list[dict[str, str]]) -> bool:
    """Whether each pattern matches every filled cell of its column, and at least one."""
    for header, pattern in patterns.items():
        filled = [cell.strip() for row in body if (cell := row.get(header, "")).strip()]
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
    for line, cells in rows[:HEAD]:
        names = {norm(c) for c in cells}
        hits = sum(matched([n], names) is not None for n in wanted)
        if hits == len(wanted):
            return line, cells
        if hits > most:
            best, most = (line, cells), hits
    if best is None:
        raise Problem("no-header", place)
    names = {norm(c) for c in best[1]}
    missing = next(n for key, n in wanted.items() if matched([key], names) is None)
    raise Problem("missing-column", place, column=missing, importer=importer.title)


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
    for batch in text_batches(path, form, batch=HEAD):
        return list(zip(batch.lines, batch.rows, strict=True))
    return []
