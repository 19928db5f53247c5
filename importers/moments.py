"""How a cell is read as a moment or a day: UTC seconds and the local day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from importers.cells import NOTHING, Bad, Reader, clean
from importers.dates import written_abroad

_MINUTES = {f"{m:02}:{s:02}": m * 60 + s for m in range(60) for s in range(60)}
_DATE = re.compile(
    r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?"
    r"(?:[ T]\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_FRACTION = re.compile(r"\.0*[1-9]")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})", re.ASCII)
_SERIAL = re.compile(r"[2-6]\d{4}(\.\d+)?", re.ASCII)


class Moments:
    """Reads dates and times of one zone to (UTC seconds, day); a day without a time gives (None, day).

    An offset written in the cell is obeyed, and the day is the local date as written.
    An empty zone is UTC. An hour of a day is converted once. Months by name are read as files
    abroad write them (see dates.py); `09/10/26` is no date (see year_first).
    """

    def __init__(self, zone: str) -> None:
        self.zone = ZoneInfo(zone) if zone else UTC
        self.hours: dict[str, int] = {}

    def __call__(self, raw: str) -> tuple[int | None, str] | Bad | None:
        hour = self.hours.get(raw[:13] + raw[19:])
        if hour is not None and (rest := _MINUTES.get(raw[14:19])) is not None:
            return hour + rest, raw[:10]
        text = clean(raw)
        if text in NOTHING:
            return None
        try:
            return self._slow(text)
        except (ValueError, OverflowError):
            return Bad("bad-date", {"value": text})

    def at_once(self, raws: list[str], slow: Reader) -> list[Any]:
        """A whole column; what is not written `2026-11-14 09:30:00` (with or without offset) goes to `slow`."""
        hour, minutes = self.hours.get, _MINUTES.get
        return [
            (h + m, raw[:10])
            if (h := hour(raw[:13] + raw[19:])) is not None and (m := minutes(raw[14:19])) is not None
            else slow(raw)
            if raw
            else None
            for raw in raws
        ]

    def _slow(self, text: str) -> tuple[int | None, str] | Bad:
        if _SERIAL.fullmatch(text):
            moment = datetime(1899, 12, 30) + timedelta(seconds=round(float(text) * 86400))
            return (None if "." not in text else self._instant(moment, None)), moment.date().isoformat()
        if found := _COMPACT.fullmatch(text):
            return None, date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        found = _DATE.fullmatch(text)
        if not found:
            return self._abroad(text)
        year, month, day, hour, minute, second, offset = found.groups()
        if hour is None:
            return None, date(int(year), int(month), int(day)).isoformat()
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
        instant = self._instant(moment, offset)
        if text[:10] == moment.date().isoformat() and text[13:14] == ":" == text[16:17]:
            self._remember(text, moment, offset, instant)
        return instant, moment.date().isoformat()

    def _remember(self, text: str, moment: datetime, offset: str | None, instant: int) -> None:
        """Keeps when each hour of the day begins; on a day when clocks change only when this one does."""
        if _FRACTION.match(text, 19):  # no other cell ends so
            return
        start = instant - moment.hour * 3600 - moment.minute * 60 - moment.second
        ends = ((hour, moment.replace(hour=hour, minute=0, second=0)) for hour in (0, 23))
        steady = all(self._instant(end, offset) == start + hour * 3600 for hour, end in ends)
        hours = range(24) if steady else (moment.hour,)
        if len(self.hours) > 100_000:
            self.hours.clear()
        head, tail = text[:11], text[19:]
        self.hours.update((f"{head}{hour:02}{tail}", start + hour * 3600) for hour in hours)

    def _abroad(self, text: str) -> tuple[int | None, str] | Bad:
        said = written_abroad(text)
        if said is None:
            return Bad("bad-date", {"value": text})
        if said.time is None:
            return None, date(said.year, said.month, said.day).isoformat()
        moment = datetime(said.year, said.month, said.day, *said.time)
        return self._instant(moment, said.offset or None), moment.date().isoformat()

    def _instant(self, moment: datetime, offset: str | None) -> int:
        if offset is None:
            return int(moment.replace(tzinfo=self.zone).timestamp())
        utc = moment.replace(tzinfo=UTC)
        if offset in ("Z", "UTC"):
            return int(utc.timestamp())
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        return int(utc.timestamp()) - (minutes if offset[0] == "+" else -minutes) * 60
