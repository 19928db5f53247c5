"""Square writes day, time and the name of the time zone into three columns."""

from __future__ import annotations

import re
from typing import Any

from importers.moments import Moments

# Names of zones as Square shows them; another one leaves the time in the shop's own zone.
ZONES = {
    "Eastern Time (US & Canada)": "America/New_York",
    "Central Time (US & Canada)": "America/Chicago",
    "Mountain Time (US & Canada)": "America/Denver",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    "Arizona": "America/Phoenix",
    "Alaska": "America/Anchorage",
    "Hawaii": "Pacific/Honolulu",
    "London": "Europe/London",
    "Dublin": "Europe/Dublin",
    "Paris": "Europe/Paris",
    "Madrid": "Europe/Madrid",
    "Tokyo": "Asia/Tokyo",
    "Sydney": "Australia/Sydney",
    "Melbourne": "Australia/Melbourne",
}
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([AaPp])\.?[Mm]\.?)?")
_READERS: dict[str, Moments] = {}


def instant(row: dict[str, Any], day: str | None, zone: str) -> int | None:
    """UTC seconds of `day` at the row's `_time` in its `_zone`, else in `zone`; None if no time is stated."""
    found = _CLOCK.fullmatch((row.get("_time") or "").strip())
    if not found or not day:
        return None
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4] in "Pp" else 0)
    zone = ZONES.get((row.get("_zone") or "").strip(), zone)
    read = _READERS.setdefault(zone, Moments(zone))
    said = read(f"{day} {hour:02}:{found[2]}:{found[3] or '00'}")
    return said[0] if isinstance(said, tuple) and isinstance(said[0], int) else None
