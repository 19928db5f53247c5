"""Periods of a report: in a cell (`2024-10-05 ~ 2024-10-11`, `20241005-20241011`) or in the name of its file."""

from __future__ import annotations

import re
from datetime import date

from importers.base import Draft, Fault
from importers.cells import Bad
from importers.moments import Moments

_DAY = r"\d{4}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?"
RANGE = rf"^\s*({_DAY})\s*(?:~|～|至|到|—|–|-)\s*({_DAY})\s*$"


def take_range(draft: Draft, header: str, read_day: Moments, limit: str) -> Fault | None:
    """Fills the first and the last day of a row that tells of several in the cell `_range`; a Fault if they cannot be.

    `limit`: the last day that a row may bear.
    """
    row = draft.values
    said = row.pop("_range")
    found = re.match(RANGE, said)
    for name, part in zip(("from_day", "to_day"), found.groups() if found else ("", ""), strict=True):
        moment_ = read_day(part)
        if moment_ is None or isinstance(moment_, Bad):
            return draft.line, "bad-date", header, {"value": said}, []
        row[name] = moment_[1]
    if row["to_day"] < row["from_day"]:
        return draft.line, "ends-before-start", header, {"first": row["from_day"], "last": row["to_day"]}, []
    if row["to_day"] > limit:
        return draft.line, "future-date", header, {"value": row["to_day"], "limit": limit}, []
    return None


_NAMED = re.compile(r"(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)")


def period_of(file_name: str) -> tuple[str, str] | None:
    """The first and the last day that a file's name states; None if it states none, more than two, or none that is."""
    try:
        days = [date(*map(int, found.groups())).isoformat() for found in _NAMED.finditer(file_name)]
    except ValueError:
        return None
    if not 1 <= len(days) <= 2 or days[0] > days[-1]:
        return None
    return days[0], days[-1]
