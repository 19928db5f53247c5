"""What the simulated platforms share: strict tables, the processing report, the words in both languages."""

import csv
import io
import os
from dataclasses import dataclass, field
from pathlib import Path

ZH = os.environ.get("MERCHANT_LANG", "en").startswith("zh")


def either(en: str, zh: str) -> str:
    """The sentence in the reader's language."""
    return zh if ZH else en


class Refused(Exception):
    """The platform takes nothing of this file."""


@dataclass
class Table:
    """A header and its rows as written: `rows` by column name, `lines` the line of the file of each row."""

    header: list[str]
    rows: list[dict[str, str]]
    lines: list[int] = field(default_factory=list)


@dataclass
class Report:
    """What became of each row of an upload: line and words."""

    accepted: list[tuple[int, str]] = field(default_factory=list)
    rejected: list[tuple[int, str]] = field(default_factory=list)

    def show(self) -> str:
        said = [either(f"line {n} accepted: {what}", f"第 {n} 行已接受：{what}") for n, what in self.accepted]
        said += [either(f"line {n} rejected: {why}", f"第 {n} 行被拒绝：{why}") for n, why in self.rejected]
        total = len(self.accepted), len(self.rejected)
        said.append(either("{} accepted, {} rejected", "接受 {} 行，拒绝 {} 行").format(*total))
        return "\n".join(said)


def read_text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(either("The file is not UTF-8.", "文件不是 UTF-8 编码。")) from None


def read(path: Path, delimiter: str = ",") -> Table:
    """A CSV file by RFC 4180: a broken quote, a row of another length or a column named twice refuses it."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), delimiter=delimiter, strict=True)
    found, lines, start = [], [], 1
    try:
        for cells in reader:
            if cells:
                found.append(cells)
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        raise Refused(either(f"Malformed near line {start}: {error}", f"第 {start} 行附近格式有误：{error}")) from None
    return as_table(found, lines)


def as_table(found: list[list[str]], lines: list[int]) -> Table:
    if not found:
        raise Refused(either("The file is empty.", "文件为空。"))
    header = found[0]
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise Refused(either(f"A column stands there twice: {twice[0]}", f"列重复：{twice[0]}"))
    for cells, line in zip(found[1:], lines[1:], strict=True):
        if len(cells) != len(header):
            raise Refused(either(f"Line {line} has {len(cells)} cells, not {len(header)}.",
                                 f"第 {line} 行有 {len(cells)} 个单元格，应为 {len(header)} 个。"))  # fmt: skip
    return Table(header, [dict(zip(header, cells, strict=True)) for cells in found[1:]], lines[1:])


def write(path: Path, table: Table, delimiter: str = ",", bom: bool = False) -> None:
    """The table as the platforms write it: UTF-8, LF, minimal quoting."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
        writer.writerow(table.header)
        writer.writerows([row[name] for name in table.header] for row in table.rows)


def newest(folder: Path, pattern: str) -> Path:
    """The newest export of a kind that the platform's folder holds. Raises Refused."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise Refused(either(f"{folder} holds no {pattern}.", f"{folder} 中没有 {pattern}。"))
    return found[-1]


def whole(text: str) -> int | None:
    """A count as platforms take it: digits only, so nothing below zero."""
    return int(text) if text.isascii() and text.isdigit() else None


def price(text: str) -> bool:
    """Whether a text is an amount with at most two decimals, no symbol and no thousands separator."""
    units, dot, rest = text.partition(".")
    return whole(units) is not None and (not dot or (whole(rest) is not None and len(rest) <= 2))


def columns_known(table: Table, known: set[str]) -> None:
    """Raises Refused for a column that the platform's layout does not have."""
    if strange := [name for name in table.header if name not in known]:
        raise Refused(either(f"Unknown column: {strange[0]}", f"未知的列：{strange[0]}"))


def needs(table: Table, *names: str) -> None:
    """Raises Refused if a column is missing."""
    for name in names:
        if name not in table.header:
            raise Refused(either(f"The column {name} is missing.", f"缺少列 {name}。"))
