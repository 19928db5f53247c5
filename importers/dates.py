"""Days and times as files abroad write them: `Sep-30-26`, `Oct 2, 2026`, `31 July, 2026`, `Jun-29-26 16:00:01 PDT`.

Two digits of a year are of this century. A zone that is written in letters is obeyed where it is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_BY_NAME = {name[:letters]: n for n, name in enumerate(_MONTHS, 1) for letters in (3, None)} | {"sept": 9}
_TIME = (
    r"(?:(?:,|\s+at)?\s+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?(?:\s*(?P<zone>Z|[A-Z]{3,4}|[+-]\d{2}:?\d{2}))?)?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_MONTH_FIRST = re.compile(rf"(?P<month>[A-Za-z]{{3,9}})\.?[-\s]+(?P<day>\d{{1,2}})[-,\s]+{_YEAR}{_TIME}", re.ASCII)
_DAY_FIRST = re.compile(rf"(?P<day>\d{{1,2}})[-\s]+(?P<month>[A-Za-z]{{3,9}})\.?[-,\s]+{_YEAR}{_TIME}", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})\b.*", re.ASCII)
_ZONES = {
    "Z": "Z", "UTC": "Z", "GMT": "Z", "BST": "+0100", "CET": "+0100", "CEST": "+0200", "EST": "-0500", "EDT": "-0400",
    "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
    "AEST": "+1000", "AEDT": "+1100",
}  # fmt: skip


class Written(NamedTuple):
    """A day, and a time if one is written, with its offset as ISO 8601 writes it ("" if none is)."""

    year: int
    month: int
    day: int
    time: tuple[int, int, int] | None
    offset: str


def written_abroad(text: str) -> Written | None:
    """What `text` says; None if it is no date whose month is a word."""
    found = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    month = _BY_NAME.get(found["month"].casefold()) if found else None
    if found is None or month is None:
        return None
    zone = found["zone"] or ""
    offset = zone if zone[:1] in ("+", "-") else _ZONES.get(zone, "")
    if zone and not offset:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    return Written(year, month, int(found["day"]), _time(found), offset)


def offset_of(letters: str) -> str:
    """`-0700` for `PDT`, `Z` for `GMT`; "" for letters that we do not know."""
    return _ZONES.get(letters.strip().upper(), "")


def _time(found: re.Match[str]) -> tuple[int, int, int] | None:
    if found["hour"] is None:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(found["minute"]), int(found["second"] or 0)


def order_of(cells: Iterable[str]) -> str:
    """The order that dates of numbers written by one program have: `mdy`, `dmy`; "" if none of them proves it."""
    proven = set()
    for cell in cells:
        if found := _NUMBERS.fullmatch(cell.strip()):
            proven |= {order for order, n in (("dmy", found[1]), ("mdy", found[2])) if int(n) > 12}
    return proven.pop() if len(proven) == 1 else ""


_ELSEWHERE = re.compile(
    r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:,? +(\d{1,2}):(\d{2})(:\d{2})?(?: ?([AaPp])\.?[Mm]\.?)?)?", re.ASCII
)


def year_first(raw: str, order: str) -> str:
    """`9/30/2026 2:15:30 PM` as `2026-09-30 14:15:30`. `order` is `mdy` or `dmy`; other texts stay as they are."""
    found = _ELSEWHERE.fullmatch(raw.strip())
    if found is None:
        return raw
    first, second, year, hour, minute, seconds, half = found.groups()
    month, day = (first, second) if order == "mdy" else (second, first)
    text = f"{year if len(year) == 4 else '20' + year}-{month:0>2}-{day:0>2}"
    if hour is None:
        return text
    if half:
        hour = str(int(hour) % 12 + 12 * (half in "Pp")) if 1 <= int(hour) <= 12 else "99"
    return f"{text} {hour:0>2}:{minute}{seconds or ':00'}"
