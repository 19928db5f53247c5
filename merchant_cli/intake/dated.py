"""When a file was made: its `as_of`, never from the file system's clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from importers.base import Importer
from importers.cells import Bad, Moments
from merchant_cli.basics import days
from merchant_cli.basics.problems import Problem

_STAMP = re.compile(
    r"(?<!\d)(20\d{2})[-_.年]?(\d{2})[-_.月]?(\d{2})日?(?:[-_ T]?(\d{2})[-_:.时]?(\d{2})(?:[-_:.分]?(\d{2}))?)?(?!\d)"
)


@dataclass(frozen=True)
class AsOf:
    """`instant` UTC seconds (None: only the rows can tell), its `day`, where it comes from, and whether the
    day itself was over when the file was made (`whole`)."""

    instant: int | None
    day: str
    source: str  # given, name, taken, rows
    whole: bool = False


def as_of(importer: Importer, file_name: str, zone: str, now: int, exported: str | None) -> AsOf:
    """From --exported, else the file's name, else the rows; own sheets and files without dates: when taken in.

    Raises Problem bad-usage for an unreadable --exported.
    """
    if exported:
        return _given(exported, zone, now)
    if importer.own:
        return AsOf(now, days.day_of(now, zone), "taken")
    for found in _STAMP.finditer(file_name):
        if (stamp := _from_name(found, zone, now)) is not None:
            return stamp
    if any(c.kind == "moment" for into in importer.into for cs in into.fills.values() for c in cs.values()):
        return AsOf(None, "", "rows")
    return AsOf(now, days.day_of(now, zone), "taken")


def _given(exported: str, zone: str, now: int) -> AsOf:
    value = Moments(zone)(exported)
    if value is None or isinstance(value, Bad) or value[1] > days.day_of(now + 86400, zone):
        raise Problem("bad-usage", detail=f"--exported {exported}", command="merchant import")
    instant, day = value
    return AsOf(instant, day, "given") if instant is not None else AsOf(days.end_of(day, zone), day, "given")


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
    return stamp if stamp.instant is not None and stamp.instant <= now + 2 * 86400 else None
