"""What comes in: files, folders, ZIPs, .gz and standard input become sources that are safe to read."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import shutil
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from importers.sheet import TextForm, delimiter_of, encoding_of
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake import web_page
from merchant_cli.intake.ending import ends_inside_a_row
from merchant_cli.intake.unexpected import unexpected

MAX_BYTES = 2 * 1024**3  # one file
MAX_MEMBER = 1024**3  # one unpacked member
MAX_MEMBERS = 1000
CHUNK = 1 << 20
BYTES, FILES = Phrase("bytes", "字节"), Phrase("files", "个文件")
_OLE = b"\xd0\xcf\x11\xe0"


def _too_much(found: int, most: int, what: Phrase) -> Phrase:
    """More bytes or files than are read."""
    return Phrase(f"{found:,} {what.en}; at most {most:,} are read.", f"{found:,} {what.zh}，最多读取 {most:,}。")


@dataclass
class Source:
    """One file to be read. `name` is what people call it (`a.zip!b.csv`); `form` is None for a workbook."""

    path: Path
    name: str
    file_name: str
    sha256: str = ""
    size: int = 0
    form: TextForm | None = None
    head: bytes = b""


@dataclass
class Opened:
    """Sources and the faults of what could not be opened, in order; `folder` holds what was unpacked."""

    folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="merchant-")
    )
    number: int = 0

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
            yield from _of_file(target, "-", opened)
            continue
        path = Path(given)
        with suppress(RuntimeError):  # ~nobody
            path = path.expanduser()
        if path.is_dir():
            files = [p for p in sorted(path.rglob("*")) if p.is_file() and not p.name.startswith((".", "~$"))]
            for file in files:
                yield from _of_file(file, str(file), opened)
        else:
            yield from _of_file(path, given, opened)


def _of_file(path: Path, name: str, opened: Opened, depth: int = 0) -> Iterator[Source | tuple[str, Problem]]:
    place = Place(name)
    try:
        if not path.exists():
            raise Problem("file-missing", place)
        with path.open("rb") as stream:
            head = stream.read(65536)
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise Problem("file-too-large", place, detail=_too_much(size, MAX_BYTES, BYTES))
        if not head:
            raise Problem("file-empty", place)
        if head.startswith(b"\x1f\x8b"):
            yield from _of_gzip(path, name, opened, depth)
        elif head.startswith(b"PK\x03\x04") and not _is_workbook(path, place):
            yield from _of_zip(path, name, opened, depth)
        elif web_page.is_page(head):
            yield _of_page(path, name, size, opened)
        else:
            yield _checked(path, name, head, size)
    except Problem as problem:
        yield name, problem if problem.place.file else problem.at(place)
    except OSError as error:
        yield name, Problem("file-unreadable", place, detail=error.strerror or str(error))
    except Exception as error:  # one bad file stops no other
        yield name, unexpected(error, place)


def _of_page(path: Path, name: str, size: int, opened: Opened) -> Source:
    """The table of a web page as a source of text. Raises Problem workbook-refused, file-too-large, encoding."""
    if size > web_page.MAX_PAGE:
        raise Problem("file-too-large", Place(name), detail=_too_much(size, web_page.MAX_PAGE, BYTES))
    target = opened.temporary(f"{Path(name).name}.csv")
    try:
        if not web_page.write_table(path, target):
            raise Problem("workbook-refused", Place(name), detail="HTML")
    except UnicodeDecodeError as error:
        raise Problem("encoding", Place(name), offset=error.start) from None
    with target.open("rb") as stream:
        return _checked(target, name, stream.read(65536), target.stat().st_size)


def _is_workbook(path: Path, place: Place) -> bool:
    """Whether a ZIP is a workbook: XLSX has [Content_Types].xml, ODS a mimetype."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise Problem("truncated", place, detail="ZIP") from None
    return "[Content_Types].xml" in names or ("mimetype" in names and "content.xml" in names)


def _of_gzip(path: Path, name: str, opened: Opened, depth: int) -> Iterator[Source | tuple[str, Problem]]:
    if depth > 1:
        raise Problem("file-unreadable", Place(name), detail="nested archives")
    inner = Path(name).name.removesuffix(".gz")
    target = opened.temporary(inner)
    try:
        with gzip.open(path, "rb") as source, target.open("wb") as out:
            _copy_limited(source, out, name)
    except (EOFError, OSError, zlib.error):
        raise Problem("truncated", Place(name), detail="gzip") from None
    yield from _renamed(_of_file(target, f"{name}!{inner}", opened, depth + 1), inner)


def _of_zip(path: Path, name: str, opened: Opened, depth: int) -> Iterator[Source | tuple[str, Problem]]:
    if depth > 1:
        raise Problem("file-unreadable", Place(name), detail="nested archives")
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and "__MACOSX" not in m.filename]
        if len(members) > MAX_MEMBERS:
            raise Problem("file-too-large", Place(name), detail=_too_much(len(members), MAX_MEMBERS, FILES))
        for member in members:
            inner = Path(_member_name(member)).name
            shown = f"{name}!{inner}"
            if member.flag_bits & 1:
                yield shown, Problem("file-unreadable", Place(shown), detail="password")
                continue
            target = opened.temporary(inner)
            try:
                with archive.open(member) as source, target.open("wb") as out:
                    _copy_limited(source, out, shown)
            except (zipfile.BadZipFile, EOFError, OSError, zlib.error, NotImplementedError):
                yield shown, Problem("truncated", Place(shown), detail="ZIP")
                continue
            yield from _renamed(_of_file(target, shown, opened, depth + 1), inner)


def _member_name(member: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag Chinese archives write GBK, which zipfile shows as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _renamed(sources: Iterator[Source | tuple[str, Problem]], file_name: str) -> Iterator[Source | tuple[str, Problem]]:
    for source in sources:
        if isinstance(source, Source) and "!" not in source.file_name:
            source.file_name = file_name
        yield source


def _copy_limited(source: object, out: object, name: str) -> None:
    left = MAX_MEMBER
    while chunk := source.read(CHUNK):  # type: ignore[attr-defined]
        left -= len(chunk)
        if left < 0:
            raise Problem("file-too-large", Place(name), detail=_too_much(MAX_MEMBER - left, MAX_MEMBER, BYTES))
        out.write(chunk)  # type: ignore[attr-defined]


def _checked(path: Path, name: str, head: bytes, size: int) -> Source:
    """A source with its hash and, for text, its encoding and delimiter.

    Raises Problem file-empty, encoding, truncated.
    """
    source = Source(path, name, Path(name).name, size=size, head=head)
    if head.startswith((b"PK\x03\x04", _OLE)):
        source.sha256 = _hash_and_check(path, None)[0]
        return source
    encoding = encoding_of(head)
    source.sha256, fault = _hash_and_check(path, encoding or "utf-8")
    if encoding is None:
        encoding = "utf-8"
        if fault is not None:
            encoding, fault = "gb18030", _hash_and_check(path, "gb18030")[1]
    if fault is not None:
        raise Problem("encoding", Place(name), offset=fault)
    sample = head.decode(encoding, "ignore")
    if not sample.strip("\ufeff \t\r\n"):
        raise Problem("file-empty", Place(name))
    if "\0" in sample:
        raise Problem("file-unreadable", Place(name), detail="NUL")
    source.form = TextForm(encoding, delimiter_of(sample))
    if ends_inside_a_row(path, source.form, sample):
        raise Problem("truncated", Place(name), detail="last-row")
    return source


def _hash_and_check(path: Path, encoding: str | None) -> tuple[str, int | None]:
    """SHA-256 of the bytes and, if an encoding is asked for, the offset of the first byte that does not fit it."""
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)("strict") if encoding else None
    at, fault = 0, None
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            if decoder is not None and fault is None:
                fault = _misfit(decoder, chunk, at, False)
            at += len(chunk)
    if decoder is not None and fault is None:
        fault = _misfit(decoder, b"", at, True)
    return digest.hexdigest(), fault


def _misfit(decoder: codecs.IncrementalDecoder, chunk: bytes, at: int, final: bool) -> int | None:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        return at + error.start
    return None
