"""Looks through the XML of a workbook as it unpacks, before anything that a parser says of it is believed.

Finds what would harm a parser (document types, cells without end, a huge box around a few cells) and what the parser
does not tell: cells that hold an error, formulas that were never calculated, hidden rows. Patterns are of bounded
length and never look past a tag, so that no file takes more than linear time.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import limits
from merchant_cli.intake.limits import Limits

CHUNK = 1 << 20
SPOILT = "\0!"  # begins a cell that holds no value: an error, or a formula that was never calculated
UNCALCULATED = "="  # stands for the value of a formula that has none
Odd = dict[int, dict[int, str]]  # row → column → what is the matter with the cell; both count from 0

_LIVE = ("vbaProject", "/externalLinks/", "/embeddings/", "/activeX/", "/connections.xml")
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")
_ANY = r"[^<>]{0,300}"
_ROOT = re.compile(rb"<((?:\w{1,20}:)?)worksheet\b")
_NAMES = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml")
_SHEET = re.compile(rf"<(?:\w+:)?sheet ({_ANY})>")
_RELATION = re.compile(rf"<(?:\w+:)?Relationship ({_ANY})>")


@dataclass
class Seen:
    """What a look at a workbook found: odd cells and hidden rows by sheet; whether it holds more than values."""

    odd: dict[str, Odd] = field(default_factory=dict)
    hidden_rows: dict[str, int] = field(default_factory=dict)
    live: bool = False


@dataclass
class _Part:
    """One sheet's part while it is looked through."""

    prefix: bytes
    odd: Odd = field(default_factory=lambda: defaultdict(dict))
    hidden: int = 0
    cells: int = 0
    box: list[int] = field(default_factory=lambda: [0, 0])  # last row and column that hold something


def prescan(path: Path, entries: list[zipfile.ZipInfo], place: Place, allowed: Limits) -> Seen:
    """Looks at every part. Raises Problem file-too-large, unsafe-file, truncated, locked."""
    seen = Seen(live=any(mark in f"/{one.filename}" for one in entries for mark in _LIVE))
    for one in entries:
        if one.flag_bits & 1:
            raise Problem("locked", place)
        allowed.at_most("bytes", place, one.file_size, limits.PART)
    allowed.at_most("bytes", place, sum(one.file_size for one in entries), limits.PARTS)
    parts: dict[str, _Part] = {}
    small: dict[str, str] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for one in entries:
                if not one.filename.endswith((".xml", ".rels")):
                    continue
                chunks = _checked(archive, one, place, allowed)
                if one.filename.startswith("xl/worksheets/") and one.filename.endswith(".xml"):
                    if (part := _of_sheet(chunks, place, allowed)) is not None:
                        parts[one.filename] = part
                        total = sum(p.cells for p in parts.values())
                        allowed.at_most("cells", place, total, limits.CELLS)
                elif one.filename in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
                    small[one.filename] = b"".join(chunks)[:CHUNK].decode("utf-8", "replace")
                else:
                    for _ in chunks:
                        pass
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
        raise Problem("truncated", place, detail="ZIP") from None
    for name, target in _targets(small):
        if target in parts:
            seen.odd[name], seen.hidden_rows[name] = dict(parts[target].odd), parts[target].hidden
    return seen


def _checked(archive: zipfile.ZipFile, one: zipfile.ZipInfo, place: Place, allowed: Limits) -> Iterator[bytes]:
    """The part piece by piece. Raises Problem unsafe-file for a document type, file-too-large for an endless text."""
    last = b""
    with archive.open(one) as stream:
        while chunk := stream.read(CHUNK):
            if not last and (chunk[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in chunk[:4]):
                raise Problem("unsafe-file", place, detail="UTF-16")
            joined = last[-8:] + chunk[:8]
            if (b"!" in chunk or b"!" in joined) and any(
                mark in text for mark in _DECLARES for text in (chunk, joined)
            ):
                raise Problem("unsafe-file", place, detail="DTD")
            if len(chunk) == CHUNK and b"<" not in chunk:
                allowed.over("text", place, one.file_size, limits.TEXT)
            last = chunk
            yield chunk


def _of_sheet(chunks: Iterator[bytes], place: Place, allowed: Limits) -> _Part | None:
    """Counts a sheet's cells and finds the odd ones; None for a part that is no sheet of cells."""
    rest, part, patterns = b"", None, None
    for chunk in chunks:
        text = rest + chunk
        if part is None:
            root = _ROOT.search(text[:65536])
            if root is None:
                break
            part = _Part(root[1])
            patterns = _Patterns(root[1])
        end = text.rfind(patterns.row_end) if patterns else -1
        cut = end if end >= 0 else max(0, len(text) - (64 << 10))
        rest, text = text[cut:], text[:cut]
        _look(text, part, patterns)
        allowed.at_most("cells", place, part.cells, limits.CELLS)
    for _ in chunks:
        pass  # what is left is looked at for document types alone
    if part is not None:
        _look(rest, part, patterns)
        rows, columns = part.box
        if rows * columns > limits.BOX_CELLS * part.cells + limits.BOX_SPARE:
            allowed.over("box", place, part.cells, rows * columns)
    return part


class _Patterns:
    """What is looked for in a sheet whose tags begin with `prefix` (mostly none)."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        any_ = _ANY.encode()
        formula = rb"<%bf\b(?:%b/>|%b>[^<]*</%bf>)" % (p, any_, any_, p)
        value = rb"<%bv(?:\s%b)?>([^<]*)</%bv>" % (p, any_, p)
        self.cell, self.cell_at = b"<%bc" % prefix, b'<%bc r="' % prefix  # few other tags begin so
        self.row_end, self.formula = b"</%brow>" % prefix, b"<%bf" % prefix
        self.far = re.compile(rb'<%bc r="([A-Z]{2,3}\d{1,9}|[A-Z]\d{6,9})"%b(?<!/)>' % (p, any_))
        self.far_anywhere = re.compile(
            rb"<%bc (?=%b\br=[\"']([A-Z]{2,3}\d{1,9}|[A-Z]\d{6,9})[\"'])%b(?<!/)>" % (p, any_, any_)
        )
        self.faulty = re.compile(rb"<%bc (%b\bt=[\"']e[\"']%b)>\s*(?:%b)?\s*%b" % (p, any_, any_, formula, value))
        self.formulas = re.compile(rb"<%bc (%b)>\s*%b\s*(?:%b)?" % (p, any_, formula, value))
        self.hidden = re.compile(rb"<%brow %b\bhidden=[\"'](?:1|true)[\"']" % (p, any_))


_AT = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TEXT_TYPE = re.compile(rb"\bt=[\"'](?:str|inlineStr|s)[\"']")


def _look(text: bytes, part: _Part, patterns: _Patterns | None) -> None:
    assert patterns is not None
    cells = text.count(patterns.cell)
    part.cells += cells
    plain = text.count(patterns.cell_at) == cells
    for ref in (patterns.far if plain else patterns.far_anywhere).findall(text):
        letters = ref.rstrip(b"0123456789")
        row, column = int(ref[len(letters) :]), column_number(letters)
        part.box = [max(part.box[0], row), max(part.box[1], column)]
    if b't="e"' in text or (b"'" in text and b"t='e'" in text):
        for attributes, word in patterns.faulty.findall(text):
            _note(part.odd, attributes, html.unescape(word.decode("utf-8", "replace"))[:40])
    if patterns.formula in text:
        for attributes, value in patterns.formulas.findall(text):
            if not value and not _TEXT_TYPE.search(attributes):
                _note(part.odd, attributes, UNCALCULATED)
    if b"hidden=" in text:
        part.hidden += len(patterns.hidden.findall(text))


def _note(odd: Odd, attributes: bytes, word: str) -> None:
    if at := _AT.search(attributes):
        odd.setdefault(int(at[2]) - 1, {}).setdefault(column_number(at[1]) - 1, word)


def missing_text(path: Path, sheet: str) -> int:
    """The first row of the sheet that refers to a shared text which is not there, counted from 1; 0 if none does."""
    with zipfile.ZipFile(path) as archive:
        read = {one: archive.read(one) for one in archive.namelist() if one in _NAMES}
        part = dict(_targets({one: raw.decode("utf-8", "replace") for one, raw in read.items()})).get(sheet, "")
        number = len(re.findall(rb"<(?:\w+:)?si\b", read.get("xl/sharedStrings.xml", b"")))
        body = archive.read(part) if part in archive.namelist() else b""
    for attributes, index in re.findall(rb"<(?:\w+:)?c ([^<>]{0,300})><(?:\w+:)?v>(\d{1,18})<", body):
        if re.search(rb"\bt=[\"']s[\"']", attributes) and int(index) >= number and (at := _AT.search(attributes)):
            return int(at[2])
    return 0


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _targets(small: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The names of the sheets and the parts that hold them."""
    relations = {}
    for found in _RELATION.findall(small.get("xl/_rels/workbook.xml.rels", "")):
        said = dict(re.findall(r"(\w+)=[\"']([^\"']*)[\"']", found))
        target = said.get("Target", "")
        relations[said.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    for found in _SHEET.findall(small.get("xl/workbook.xml", "")):
        said = dict(re.findall(r"([\w:]+)=\"([^\"]*)\"", found) + re.findall(r"([\w:]+)='([^']*)'", found))
        identity = next((value for name, value in said.items() if name.endswith(":id")), "")
        if identity in relations and "name" in said:
            yield html.unescape(said["name"]), relations[identity]
