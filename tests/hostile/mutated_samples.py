"""Samples of all importers, spoiled at random but repeatably: bytes, rows, cells, encodings, workbook XML."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "importers"
TEXTS = (".csv", ".txt", ".tsv", ".xls")
CELLS = [
    "", " ", "-", "—", "无", "NULL", "=", '="', '="1"', "'", "`", "#", "##", "合计", "总计", "Total", "示例",
    "1.23E+18", "NaN", "1e400", "-0", "0.005", "1,23", "1.234,56", "(5.00)", "￥5", "9" * 400, "１２３", "٣", "½",
    "∞", "12%", "2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31 23:59:59", "31/12/2026", "12/31/2026",
    "99999", "2026-11-01T25:61", "1970-01-01", "20260101", "60000.9", "Feb 30, 2026",
    "2026-11-01 10:00:00 +9999", "2026-11-01 10:00:00 -0000", "\x00", "\x1b[2J", "a\nb", "a\r\nb", "a,b;c\td|e",
    '"', '""', '","', "\ufeff", "\u202e", "\u200b", "\ud7ff", "\uffff", "锟斤拷", "å¼\xa0ä¸‰", "𠮷", "e\u0301",
    "ＡＢＣ", "x" * 5000, "{}", "[]", "%s", "{value}", "${x}", "../../etc", "'; DROP TABLE x;--", "a;b;c", "1;2",
    "颜色分类：黑;尺码：M", "true", "TRUE", "是", "USD", "XXX", "JPY", "KWD", "zz/zz", "taobao/main", "****",
    "138****1234",
]  # fmt: skip
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "shift_jis",
    "big5",
    "utf-32",
]

Spoil = Callable[[bytes, random.Random], bytes]


def sources() -> list[Path]:
    """All samples of importers, sorted, so that a number always names the same one in one state of the repository."""
    wanted = (*TEXTS, ".xlsx", ".zip")
    return sorted(p for p in SAMPLES.rglob("*") if p.suffix in wanted and p.stat().st_size < 200_000)


def flipped(raw: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(raw)
    for _ in range(chance.choice((1, 1, 3, 20))):
        if spoiled:
            spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def cut(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def cut_out(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + raw[start + chance.choice((1, 2, 40, 900)) :]


def repeated(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    part = raw[start : start + chance.choice((1, 60, 2000, len(raw)))]
    return raw[:start] + part * chance.choice((2, 3)) + raw[start:]


def filled_in(raw: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(raw) + 1)
    return raw[:start] + chance.choice([b"\0", b'"', b"\r", b"\n", b"\xff", b",", b"\t", b"\xef\xbb\xbf"]) + raw[start:]


def recoded(raw: bytes, chance: random.Random) -> bytes:
    return _text(raw).encode(chance.choice(ENCODINGS), chance.choice(("replace", "ignore")))


def shuffled(raw: bytes, chance: random.Random) -> bytes:
    text = _text(raw)
    lines = text.splitlines(keepends=True)
    first = chance.choice((0, 1, 1, 1))
    rest = lines[first:]
    chance.shuffle(rest)
    return "".join(lines[:first] + rest).encode("utf-8", "replace")


def line_ends(raw: bytes, chance: random.Random) -> bytes:
    ends = ["\r", "\n", "\r\n", "\n\n"]
    return "".join(line + chance.choice(ends) for line in _text(raw).splitlines()).encode("utf-8", "replace")


def cells(raw: bytes, chance: random.Random) -> bytes:
    rows = _rows(raw)
    for _ in range(chance.choice((1, 3, 30))):
        row = chance.choice(rows) if rows else []
        if row:
            row[chance.randrange(len(row))] = chance.choice(CELLS)
    return _written(rows, chance)


def one_column(raw: bytes, chance: random.Random) -> bytes:
    """One hostile text in a whole column, or the column away, doubled, or moved to the end."""
    rows = _rows(raw)
    at = chance.randrange(max(map(len, rows), default=0) or 1)
    what, cell = chance.choice(("fill", "drop", "double", "move")), chance.choice(CELLS)
    for n, row in enumerate(rows):
        if at < len(row):
            if what == "fill" and n:
                row[at] = cell
            elif what == "drop":
                del row[at]
            elif what == "double":
                row.insert(at, row[at])
            elif what == "move":
                row.append(row.pop(at))
    return _written(rows, chance)


def ragged(raw: bytes, chance: random.Random) -> bytes:
    rows = _rows(raw)
    for _ in range(chance.choice((1, 5))):
        row = chance.choice(rows) if rows else []
        if row and chance.random() < 0.5:
            row.pop(chance.randrange(len(row)))
        else:
            row.insert(chance.randrange(len(row) + 1), chance.choice(CELLS))
    return _written(rows, chance)


def delimited(raw: bytes, chance: random.Random) -> bytes:
    return _written(_rows(raw), chance, chance.choice(",;\t|，"))


def workbook(raw: bytes, chance: random.Random) -> bytes:
    """One part of the ZIP spoiled: numbers, references and texts of its XML, or its bytes."""
    out = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            names = source.namelist()
            victim = chance.choice([n for n in names if "sheet" in n or "shared" in n] or names)
            for name in names:
                body = source.read(name)
                target.writestr(name, _xml(body, chance) if name == victim else body)
    except (
        zipfile.BadZipFile,
        IndexError,
        NotImplementedError,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        zlib.error,
    ):
        return flipped(raw, chance)
    return out.getvalue()


def _xml(body: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.2:
        return chance.choice((flipped, cut, cut_out, repeated))(body, chance)
    found = list(re.finditer(rb'"[^"<>]{1,40}"|>[^<>]{1,60}<|<[^<>]{1,80}>', body))
    for _ in range(chance.choice((1, 3, 20))):
        if not found:
            break
        place = chance.choice(found)
        old, cell = body[place.start() : place.end()], chance.choice(CELLS)
        text = re.sub('[\x00-\x08\x0b-\x1f<>&"\ud800-\udfff\uffff]', "?", cell)
        new = chance.choice([b"", old * 2, old[:1] + text.encode() + old[-1:], old[:1] + b"-1" + old[-1:],
                             old[:1] + b"99999999" + old[-1:], b'"XFD1048576"', b"&#0;", b"&x;"])  # fmt: skip
        body = body.replace(old, new, 1)
    return body


OF_TEXT: list[Spoil] = [
    flipped, cut, cut_out, repeated, filled_in, recoded, shuffled, line_ends, cells, cells,
    one_column, one_column, ragged, delimited,
]  # fmt: skip
OF_WORKBOOK: list[Spoil] = [workbook, workbook, workbook, flipped, cut, cut_out]


def spoiled(path: Path, seed: int, times: int) -> bytes:
    """The sample after `times` random changes; the same `seed` makes the same."""
    chance = random.Random(seed)
    raw = path.read_bytes()
    kinds = OF_WORKBOOK if raw[:2] == b"PK" else OF_TEXT
    for _ in range(times):
        raw = chance.choice(kinds)(raw, chance)
    return raw


def _text(raw: bytes) -> str:
    for encoding in ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _rows(raw: bytes) -> list[list[str]]:
    text = _text(raw)
    delimiter = max(",\t;|", key=text.count)
    csv.field_size_limit(1_000_000)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _written(rows: list[list[str]], chance: random.Random, delimiter: str = "") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter or chance.choice(",,,\t")).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")
