"""Paths as people type, paste and drop them, and the files below them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINE = "⏎"  # stands for a line break where only one line can be typed
KNOWN = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip", ".gz")
MOST = 500  # files of one take-in
LOOKED_AT = 20_000  # entries of folders that are looked at
WINDOWS = os.name == "nt"


@dataclass(frozen=True)
class Given:
    """The files that are meant; `missing` is what does not exist, `empty` folders without files that could be exports,
    `others` how many files of folders are none by their names. `too_many`: a folder that holds more than MOST."""

    files: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    others: int = 0
    too_many: str = ""


def paths_of(text: str, real: Mapping[str, str] | None = None, *, windows: bool = WINDOWS) -> list[str]:
    """The paths in a text: several lines or several in one, quoted or with backslashes before spaces, `file://` URLs.

    A line that exists as it stands is one path. `real`: what a line that is shown harmless for terminals stands for.
    """
    found: list[str] = []
    for shown in text.replace(LINE, "\n").splitlines():
        line = (real or {}).get(shown.strip(), shown).strip()
        if line:
            found += [plain(line)] if exists(plain(line)) else _in_line(line, windows)
    return list(dict.fromkeys(found))


def _in_line(line: str, windows: bool) -> list[str]:
    """Words of a line; neighbours that only together exist are one path with spaces."""
    words = _words(line, windows)
    if words and words[0][2] == "&":  # PowerShell puts it before what is dropped
        words = words[1:]
    found, at = [], 0
    while at < len(words):
        last = at
        for end in range(len(words) - 1, at, -1):
            if exists(plain(line[words[at][0] : words[end][1]])):
                last = end
                break
        found.append(plain(words[at][2] if last == at else line[words[at][0] : words[last][1]]))
        at = last + 1
    return found


def _words(line: str, windows: bool) -> list[tuple[int, int, str]]:
    """Where each word stands and what it says without quotes and escapes; a quote that nobody closes is a letter."""
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        start, said = at, ""
        while at < len(line) and not line[at].isspace():
            char = line[at]
            if char in "'\"" and (end := line.find(char, at + 1)) > 0:
                said, at = said + line[at + 1 : end], end + 1
            elif char == "\\" and not windows and at + 1 < len(line):
                said, at = said + line[at + 1], at + 2
            else:
                said, at = said + char, at + 1
        found.append((start, at, said))
    return found


def plain(said: str) -> str:
    """A path as the system names it: of a `file://` URL the path."""
    if not said.lower().startswith("file://"):
        return said
    path = unquote(urlsplit(said).path)
    return path[1:] if len(path) > 2 and path[2] == ":" else path  # /C:/…


def exists(path: str) -> bool:
    """Whether there is such a file or folder; a text that can be no path is none."""
    try:
        return Path(path).expanduser().exists()
    except (OSError, ValueError, RuntimeError):
        return False


def below(paths: Sequence[str]) -> Given:
    """The files of the paths. A file is taken whatever its name; of folders, at any depth, those of known kinds."""
    files: list[str] = []
    missing, empty, others = [], [], 0
    for path in paths:
        if not exists(path):
            missing.append(path)
            continue
        place = Path(path).expanduser()
        if not place.is_dir():
            files.append(str(place))
            continue
        of_folder, more = _of_folder(place)
        if of_folder is None or len(files) + len(of_folder) > MOST:
            return Given(too_many=path)
        files += of_folder
        others += more
        if not of_folder:
            empty.append(path)
    return Given(tuple(dict.fromkeys(files)), tuple(missing), tuple(empty), others)


def _of_folder(folder: Path) -> tuple[list[str] | None, int]:
    """Files that could be exports, and how many others there are; None if there are too many to look at."""
    found: list[str] = []
    seen = others = 0
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not hidden(name))
        seen += len(folders) + len(names)
        for name in sorted(names):
            if could_be(name):
                found.append(str(Path(top) / name))
            elif not hidden(name):
                others += 1
        if seen > LOOKED_AT or len(found) > MOST:
            return None, 0
    return found, others


def hidden(name: str) -> bool:
    """Whether a file is none of the merchant's: hidden, or the lock that Excel lays beside an open workbook."""
    return name.startswith((".", "~$"))


def could_be(name: str) -> bool:
    """Whether a file of this name could be an export."""
    return name.lower().endswith(KNOWN) and not hidden(name)
