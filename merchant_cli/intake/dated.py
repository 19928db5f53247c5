"""When a file was made: its `as_of`, never from the file system's clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from importers.base import Importer
from importers.cells import Bad
from importers.moments import Moments
from merchant_cli.basics import days
from merchant_cli.basics.problems import Problem

# A year behind a month's name and a day (`Oct-05-2024-09_15_22`) begins no date.
_STAMP = re.compile(
    r"(?<!\d)(?<![A-Za-z]{3}-\d{2}-)(20\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})日?"
    r"(?:(?!.?20\d{2}[-_.年]?[01]\d[-_.月]?[0-3]\d)[-_ T]?(\d{2})[-_:.时]?(\d{2})(?:[-_:.分]?(\d{2}))?)?(?!\d)"
)
# A line that says when the file was exported: `导出时间：2025-03-05 10:00:00`, `Export date,2025-03-05`. A period
# (`2025-03-01 至 2025-03-31`) is none, and of a time in the twelve-hour clock only the day is taken.
_EXPORTED = re.compile(
    r"(?P<before>.*?)"
    r"(?:(?:导出|下载|生成|制表)(?:时间|日期)|\b(?:date|time) (?:of export|exported|generated)|"
    r"\b(?:export|download|generation|report)[ _](?:date(?:[ /]time)?|time)|"
    r"\b(?:exported|downloaded|generated)(?: at| on)?)"
    r"[\s:：\[【(（\"']*"
    r"(?P<at>(?>20\d{6}(?!\d)|20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?!\d)"
    r"(?:[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?! ?[AP]\.?M|:?\d))?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?(?!\d)))"
    r"(?!\s*(?:[-–—~～至到]|to\b)\s*\d)",
    re.IGNORECASE,
)
_FEW = 12  # characters that may stand before it where it is looked for below the rows (`报表`, `# Report`)
_TEMPLATE = 1262304000  # 2010: workbooks made before are templates that a program fills
DAY = 86400


@dataclass(frozen=True)
class AsOf:
    """`instant` UTC seconds (None: only the rows can tell), its `day`, where it comes from, and whether the
    day itself was over when the file was made (`whole`)."""

    instant: int | None
    day: str
    source: str  # given, file, name, workbook, taken, rows
    whole: bool = False


@dataclass(frozen=True)
class Said:
    """What a file says of its own age: `exported` as written above its header or below its rows, the first cell of
    the row below (`footer`), and when its workbook was made and last saved, as written there."""

    exported: str = ""
    footer: str = ""
    made: str = ""
    saved: str = ""


def export_line(rows: Iterable[Sequence[str]], *, below: bool = False) -> tuple[str, str]:
    """The export time that one of the rows states, as written, and that row's first filled cell.

    `below` the rows of a file the statement must stand at the row's beginning: it is no record then.
    """
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row if cell.strip()]
        found = _EXPORTED.match(" ".join(cells)[:400])
        if found and not (below and len(found["before"]) >= min(_FEW, len(cells[0]))):
            return found["at"], next(cell.strip() for cell in row if cell.strip())
    return "", ""


def as_of(importer: Importer, file_name: str, zone: str, now: int, exported: str | None, said: Said) -> AsOf:
    """From --exported, else what the file itself states, its name, its workbook's properties, else the rows.

    Own sheets and files without dates: when taken in. Raises Problem bad-usage for an unreadable --exported.
    """
    if exported:
        return _given(exported, zone, now)
    if (stated := _stated(said.exported, zone, now)) is not None:
        return stated
    if importer.own:
        return AsOf(now, days.day_of(now, zone), "taken")
    stamps = [stamp for found in _STAMP.finditer(file_name) if (stamp := _from_name(found, zone, now)) is not None]
    if stamps:  # a period's last day comes after its first
        return max(stamps, key=lambda stamp: stamp.instant or 0)
    by_rows = any(c.kind == "moment" for into in importer.into for cs in into.fills.values() for c in cs.values())
    if (stamp := _of_workbook(said, zone, now, by_rows)) is not None:
        return stamp
    return AsOf(None, "", "rows") if by_rows else AsOf(now, days.day_of(now, zone), "taken")


def _given(exported: str, zone: str, now: int) -> AsOf:
    value = Moments(zone)(exported)
    if value is None or isinstance(value, Bad) or value[1] > days.day_of(now + DAY, zone):
        raise Problem("bad-usage", detail=f"--exported {exported}", command="merchant import")
    instant, day = value
    return AsOf(instant, day, "given") if instant is not None else AsOf(days.end_of(day, zone), day, "given")


def _stated(text: str, zone: str, now: int) -> AsOf | None:
    """The export time that the file states; a day alone is its end."""
    value = Moments(zone)(text)
    if value is None or isinstance(value, Bad):
        return None
    instant = days.end_of(value[1], zone) if value[0] is None else value[0]
    return AsOf(instant, days.day_of(instant, zone), "file") if instant <= now + 2 * DAY else None


def _from_name(found: re.Match[str], zone: str, now: int) -> AsOf | None:
    year, month, day, hour, minute, second = found.groups()
    try:
        moment = datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 59))
    except ValueError:
        return None
    text = moment.date().isoformat()
    if hour is None:
        stamp = AsOf(days.end_of(text, zone), text, "name")
    else:
        stamp = AsOf(days.start_of(text, zone) + moment.hour * 3600 + moment.minute * 60 + moment.second, text, "name")
    return stamp if stamp.instant is not None and stamp.instant <= now + 2 * DAY else None


def _of_workbook(said: Said, zone: str, now: int, by_rows: bool) -> AsOf | None:
    """From the workbook's properties. Where rows are dated, the time at which it was made: who saves an export again
    makes it no newer (and one made before its newest row is a template, see closing.py). Else when it was saved.
    """
    for text in (said.made, said.saved) if by_rows else (said.saved, said.made):
        value = Moments(zone)(text)
        if value is None or isinstance(value, Bad):
            continue
        instant = days.end_of(value[1], zone) if value[0] is None else value[0]
        if _TEMPLATE <= instant <= now + DAY:
            instant = min(instant, now)  # some programs write local time as UTC
            return AsOf(instant, days.day_of(instant, zone), "workbook")
    return None
