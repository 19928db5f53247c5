"""How a text file is encoded: what its mark says, else UTF-8 if all of it fits, else GB18030 or a Western code page.

GBK is always read as GB18030, which holds it. Where single bytes fit nothing the encoding with the fewest of them is
taken, and the rows that hold them wait.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import Path
from typing import NamedTuple

from importers.sheet import encoding_of
from merchant_cli.basics.problems import Problem

CHUNK = 1 << 20
WINDOW = 1 << 18  # bytes without a line end: lines may be longer than a cell may be
SAMPLE = 1 << 16  # bytes from the first that is not UTF-8, by which Chinese is told from Western text
MOST_DAMAGE = 1000  # bytes that are no text, at most one in 200
_HIGH = re.compile(rb"[\x80-\xff]+")
_FOUR = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")  # a character of GB18030 that GBK does not have
# Bytes of the code page of western Windows where its writers have them: a small letter beside a letter, a capital
# before one or among capitals, quotation marks, dashes and signs.
_ACCENTS = re.compile(
    rb"(?<![\x80-\xff])(?:(?<=[A-Za-z])[\xdf-\xf6\xf8-\xfd]|[\xdf-\xf6\xf8-\xfd](?=[a-z])|[\xc0-\xd6\xd8-\xdd](?=[A-Za-z])"
    rb"|(?<=[A-Z]{2})[\xc0-\xd6\xd8-\xdd]|(?<= )\xe0(?= )|\x80(?= ?\d)|(?<=\d)\x80|(?<= )\x80"
    rb"|[\x85\x91-\x97\x99\xa0\xa3\xa7\xa9\xab\xae\xb0\xb2-\xb4\xb7\xba\xbb\xbd])(?![\x80-\xff])"
)
# What --encoding takes: every byte of a line end and a delimiter is then what it seems (or the file is UTF-16).
_TAKEN = re.compile(r"utf-?(8|16)|gb|big5|cp\d|shift_jis|euc_|iso8859|koi8|mac-|tis-?620|johab")


class Told(NamedTuple):
    """What a pass over the bytes tells. `guessed`: only they say it. `careful`: see importers.sheet.TextForm."""

    sha256: str
    encoding: str
    guessed: bool
    careful: bool


def known(name: str) -> str | None:
    """The encoding that --encoding names, as Python calls it; None if it is none that a table may have."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if found in ("gbk", "gb2312"):
        return "gb18030"
    if not _TAKEN.match(found):
        return None
    return found if found.startswith("utf") or "\n,".encode(found) == b"\n," else None


def told(path: Path, head: bytes, asked: str = "") -> Told:
    """The encoding of a text file. Raises Problem encoding, file-unreadable where too much of it is no text."""
    marked = asked or encoding_of(head) or ""
    if not marked and head.count(0) * 50 > len(head):
        raise Problem("file-unreadable", detail="NUL")
    first = _pass(path, marked or "utf-8")
    if first.fault is None:
        return Told(first.sha256, marked or "utf-8", bool(asked), first.long)
    if marked:
        found = _least_damaged(path, (marked,), first.fault)
        return Told(first.sha256, found, bool(asked), True)
    likely = _likely(path, first.fault)
    for encoding in likely:
        if (again := _pass(path, encoding)).fault is None:
            return Told(first.sha256, encoding, True, again.long)
    found = _least_damaged(path, ("utf-8", *likely), first.fault)
    return Told(first.sha256, found, found != "utf-8", True)


def sha256(path: Path) -> str:
    """The hash of a file that is no text."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class _Pass(NamedTuple):
    """One pass over a file: its hash, the offset of the first byte that is no text, whether a line may be too long."""

    sha256: str
    fault: int | None
    long: bool


def _pass(path: Path, encoding: str) -> _Pass:
    digest = hashlib.sha256()
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    at, fault, long = 0, None, False
    zeros = not encoding.startswith("utf-16")
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            if fault is None:
                fault = _misfit(decoder, chunk, at, False)
                if zeros and (zero := chunk.find(0)) >= 0:
                    fault = min(at + zero, at + zero if fault is None else fault)
            long = long or _has_no_end(chunk)
            at += len(chunk)
    if fault is None:
        fault = _misfit(decoder, b"", at, True)
    return _Pass(digest.hexdigest(), fault, long)


def _has_no_end(chunk: bytes) -> bool:
    """Whether a line runs through a whole window of the chunk."""
    return any(
        chunk.find(b"\n", at, at + WINDOW) < 0 and chunk.find(b"\r", at, at + WINDOW) < 0
        for at in range(0, len(chunk) - WINDOW + 1, WINDOW)
    )


def _misfit(decoder: codecs.IncrementalDecoder, chunk: bytes, at: int, final: bool) -> int | None:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError as error:
        return at + error.start
    return None


def _likely(path: Path, first: int) -> tuple[str, ...]:
    """What a file may be that is not UTF-8: Western if high bytes stand where accents and signs do, alone between
    letters; Chinese if most of them stand together."""
    with path.open("rb") as stream:
        stream.seek(max(0, first - 2))
        sample = _FOUR.sub(b"\xa1\xa1", stream.read(SAMPLE))
    runs = [len(run) for run in _HIGH.findall(sample)]
    western = 4 * len(_ACCENTS.findall(sample)) >= 3 * len(runs)
    chinese = 2 * runs.count(1) <= len(runs)
    return ("cp1252",) * western + ("gb18030",) * chinese


def _least_damaged(path: Path, encodings: tuple[str, ...], first: int) -> str:
    """The encoding that the fewest bytes do not fit. Raises Problem encoding if they are many, or it is UTF-16."""
    misfits = {encoding: _misfits(path, encoding) for encoding in encodings if not encoding.startswith("utf-16")}
    best = min(misfits, key=lambda encoding: misfits[encoding], default="")
    if not best or misfits[best] > min(MOST_DAMAGE, max(2, path.stat().st_size // 200)):
        raise Problem("encoding", offset=first)
    return best


def _misfits(path: Path, encoding: str) -> int:
    """How many places of the file are no text, NUL bytes included; counting ends beyond those that we take."""
    decoder = codecs.getincrementaldecoder(encoding)("surrogateescape")
    found = 0
    with path.open("rb") as stream:
        while found <= MOST_DAMAGE and (chunk := stream.read(CHUNK)):
            text = decoder.decode(chunk)
            found += sum(map(len, re.findall("[\udc80-\udcff\0]", text)))
    return found
