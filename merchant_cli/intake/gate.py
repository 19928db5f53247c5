"""What comes in: files, folders, ZIPs, .gz and standard input become sources that are safe to read."""

from __future__ import annotations

import gzip
import re
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from importers.sheet import TextForm, Unreadable, delimiter_of
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import archive, child, encodings, limits, web_page
from merchant_cli.intake.ending import ends_inside_a_row
from merchant_cli.intake.limits import Limits
from merchant_cli.intake.locked import is_locked_package, open_member
from merchant_cli.intake.unexpected import unexpected

MAX_BYTES = 2 * 1024**3  # one file, or all that is unpacked of one
CHUNK = 1 << 20
SKIPPED = (".", "~$", "__MACOSX")  # hidden files, what Excel puts beside an open workbook, what a Mac packs in
WINDOWS = {"thumbs.db", "desktop.ini"}  # what Windows puts into folders
# What is often sent in place of a table: a screenshot, a scan.
_JSON = re.compile(r"\s*(\[\s*(\[|\{|\"|\]|-?\d|true|false|null|$)|\{\s*(\"|\}))")
NO_TABLES = {b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"%PDF": "PDF"}
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass
class Source:
    """One file to be read. `name` is what people call it (`a.zip!b.csv`); `form` is None for a workbook.

    A workbook has its `kind` (xlsx, ods, xls), the entries of its archive and the path where its sheets are unpacked;
    `live`: it holds macros, links or objects, of which nothing but the values of cells is read.
    """

    path: Path
    name: str
    file_name: str
    sha256: str = ""
    size: int = 0
    form: TextForm | None = None
    head: bytes = b""
    kind: str = ""
    entries: list[zipfile.ZipInfo] = field(default_factory=list)
    unpacked: Path = Path()
    limits: Limits = field(default_factory=Limits)
    live: bool = False


@dataclass
class Opened:
    """What is being opened; `folder` holds what was unpacked.

    `encoding`: that of all text files, where it was asked for. `passwords` are tried on what is locked; `trust` sets
    the limits aside; `left` is how many bytes more may be unpacked of the file at hand.
    """

    folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="merchant-")
    )
    number: int = 0
    encoding: str = ""
    trust: bool = False
    passwords: tuple[str, ...] = field(default=(), repr=False)
    left: int = MAX_BYTES
    limits: Limits = field(default_factory=Limits)

    def begin(self) -> None:
        """The limits are those of one given file with all that is packed in it."""
        self.limits, self.left = Limits(self.trust), MAX_BYTES

    def temporary(self, name: str) -> Path:
        self.number += 1
        return Path(self.folder.name) / f"{self.number}-{Path(name).name[-80:]}"

    def close(self) -> None:
        self.folder.cleanup()


def found(paths: list[str], opened: Opened) -> Iterator[Source | tuple[str, Problem]]:
    """Every source below `paths`; what cannot be read comes as its name and the Problem."""
    for given in paths:
        if given == "-":
            target = opened.temporary("stdin")
            with target.open("wb") as out:
                shutil.copyfileobj(sys.stdin.buffer, out)
            opened.begin()
            yield from _of_file(target, "-", opened)
            continue
        path = Path(given)
        with suppress(RuntimeError):  # ~nobody
            path = path.expanduser()
        if path.is_dir():
            files = [p for p in sorted(path.rglob("*")) if p.is_file() and not _is_aside(p.relative_to(path))]
            for file in files:
                opened.begin()
                yield from _of_file(file, str(file), opened)
        elif not path.name.startswith("~$"):
            opened.begin()
            yield from _of_file(path, given, opened)


def _is_aside(path: Path) -> bool:
    """Whether a file or a folder of its path was put there by the system, not by the merchant."""
    return path.name.casefold() in WINDOWS or any(part.startswith(SKIPPED) for part in path.parts)


def _of_file(path: Path, name: str, opened: Opened, depth: int = 0) -> Iterator[Source | tuple[str, Problem]]:
    place = Place(name)
    try:
        if not path.exists():
            raise Problem("file-missing", place)
        with path.open("rb") as stream:
            head = stream.read(65536)
        size = path.stat().st_size
        opened.limits.at_most("bytes", place, size, MAX_BYTES)
        if not head:
            raise Problem("file-empty", place)
        if kind := next((kind for start, kind in NO_TABLES.items() if head.startswith(start)), None):
            raise Problem("not-a-table", place, kind=kind)
        if head.startswith(b"\x1f\x8b"):
            yield from _of_gzip(path, name, opened, depth)
        elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            yield from _of_packed(path, name, opened, depth)
        elif head.startswith(_OLE):
            yield _of_ole(path, name, opened)
        elif web_page.is_page(head):
            yield _of_page(path, name, size, opened)
        else:
            yield _checked(path, name, head, size, opened)
    except Problem as problem:
        yield name, problem if problem.place.file else problem.at(place)
    except OSError as error:
        yield name, Problem("file-unreadable", place, detail=error.strerror or str(error))
    except Exception as error:  # one bad file stops no other
        yield name, unexpected(error, place)


def _of_page(path: Path, name: str, size: int, opened: Opened) -> Source:
    """The table of a web page as a source of text. Raises Problem workbook-refused, file-too-large, encoding."""
    opened.limits.at_most("bytes", Place(name), size, web_page.MAX_PAGE)
    target = opened.temporary(f"{Path(name).name}.csv")
    try:
        if not web_page.write_table(path, target):
            raise Problem("workbook-refused", Place(name), detail="HTML")
    except UnicodeDecodeError as error:
        raise Problem("encoding", Place(name), offset=error.start) from None
    with target.open("rb") as stream:
        return _checked(target, name, stream.read(65536), target.stat().st_size, opened)


def _of_packed(path: Path, name: str, opened: Opened, depth: int) -> Iterator[Source | tuple[str, Problem]]:
    """A workbook or an archive of files. Raises Problem truncated, file-too-large, unsafe-file, workbook-refused."""
    members = archive.entries(path, Place(name), opened.limits)
    kind = archive.workbook_kind(members)
    if kind:
        yield _workbook(path, name, kind, opened, members)
    else:
        yield from _of_zip(path, name, members, opened, depth)


def _of_ole(path: Path, name: str, opened: Opened) -> Source:
    """An old workbook, or one that is locked. Raises Problem locked, wrong-password, missing-package."""
    opened.limits.at_most("bytes", Place(name), path.stat().st_size, limits.PART)
    locked = is_locked_package(path)
    if locked and not opened.passwords:
        raise Problem("locked", Place(name))
    target = opened.temporary(f"{Path(name).stem}.{'xlsx' if locked else 'xls'}")
    try:
        if not opened.passwords or not child.unlock(str(path), str(target), opened.passwords):
            return _workbook(path, name, "xls", opened)
    except Unreadable as fault:
        if fault.code == "missing-package" and not locked:
            return _workbook(path, name, "xls", opened)
        raise Problem(fault.code, Place(name), **fault.params) from None
    members = archive.entries(target, Place(name), opened.limits) if locked else []
    return _workbook(target, name, archive.workbook_kind(members) or "xls", opened, members)


def _workbook(path: Path, name: str, kind: str, opened: Opened, members: list[zipfile.ZipInfo] | None = None) -> Source:
    """The source of a workbook. Raises Problem workbook-refused for one in the binary form that nobody exports."""
    if kind == "xlsb":
        raise Problem("workbook-refused", Place(name), detail="XLSB")
    return Source(
        path, name, Path(name).name, encodings.sha256(path), path.stat().st_size, kind=kind, entries=members or [],
        unpacked=opened.temporary("sheet"), limits=opened.limits,
    )  # fmt: skip


def _of_gzip(path: Path, name: str, opened: Opened, depth: int) -> Iterator[Source | tuple[str, Problem]]:
    if depth > 1:
        raise Problem("file-unreadable", Place(name), detail="nested archives")
    inner = Path(name).name.rpartition("!")[2].removesuffix(".gz")
    target = opened.temporary(inner)
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as out:
            _copy_limited(source, out, name, opened)
    except (EOFError, OSError, zlib.error):
        raise Problem("truncated", Place(name), detail="gzip") from None
    yield from _renamed(_of_file(target, f"{name}!{inner}", opened, depth + 1), inner)


def _of_zip(
    path: Path, name: str, members: list[zipfile.ZipInfo], opened: Opened, depth: int
) -> Iterator[Source | tuple[str, Problem]]:
    if depth > 1:
        raise Problem("file-unreadable", Place(name), detail="nested archives")
    for member in members:
        called = archive.name_of(member)
        inner = Path(called).name
        shown = f"{name}!{inner}"
        if _is_aside(Path(called)):
            continue
        target = opened.temporary(inner)
        try:
            opened.limits.at_most("bytes", Place(shown), member.file_size, limits.MEMBER)
            with _member(path, member, shown, opened) as source, target.open("wb") as out:
                _copy_limited(source, out, shown, opened)
        except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError):
            yield shown, Problem("truncated", Place(shown), detail="ZIP")
        except Problem as problem:
            yield shown, problem
        else:
            yield from _renamed(_of_file(target, shown, opened, depth + 1), inner)


def _member(path: Path, member: zipfile.ZipInfo, shown: str, opened: Opened) -> IO[bytes]:
    if member.flag_bits & 1:
        return open_member(path, member, opened.passwords, Place(shown))
    return zipfile.ZipFile(path).open(member)


def _renamed(sources: Iterator[Source | tuple[str, Problem]], file_name: str) -> Iterator[Source | tuple[str, Problem]]:
    for source in sources:
        if isinstance(source, Source) and "!" not in source.file_name:
            source.file_name = file_name
        yield source


def _copy_limited(source: IO[bytes] | gzip.GzipFile, out: IO[bytes], name: str, opened: Opened) -> None:
    """Unpacks one file. Raises Problem file-too-large if it, or all of the archive, is more than is read."""
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        opened.left -= len(chunk)
        opened.limits.at_most("bytes", Place(name), size, limits.MEMBER)
        opened.limits.at_most("bytes", Place(name), MAX_BYTES - opened.left, MAX_BYTES)
        out.write(chunk)


def _checked(path: Path, name: str, head: bytes, size: int, opened: Opened) -> Source:
    """A source of text with its hash, its encoding and its delimiter.

    Raises Problem file-empty, file-unreadable, json-file, encoding, truncated.
    """
    source = Source(path, name, Path(name).name, size=size, head=head, limits=opened.limits)
    told = encodings.told(path, head, opened.encoding)
    source.sha256 = told.sha256
    sample = head.decode(told.encoding, "ignore")
    if not sample.strip("\ufeff \t\r\n"):
        raise Problem("file-empty", Place(name))
    if _JSON.match(sample.lstrip("\ufeff")) or Path(name).suffix.lower() in (".json", ".jsonl", ".ndjson"):
        raise Problem("json-file", Place(name))
    source.form = TextForm(told.encoding, delimiter_of(sample), guessed=told.guessed, careful=told.careful)
    if ends_inside_a_row(path, source.form, sample):
        raise Problem("truncated", Place(name), detail="last-row")
    return source
