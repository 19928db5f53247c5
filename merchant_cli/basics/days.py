"""Days and instants: UTC seconds, and calendar days of a shop's zone as `YYYY-MM-DD`."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


def add(day: str, days: int) -> str:
    """The day `days` after `day` (before it if negative)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def between(first: str, last: str) -> int:
    """How many days `last` lies after `first`."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def day_of(instant: int, zone: str) -> str:
    """The calendar day of a UTC instant (seconds) in an IANA zone; an empty zone is UTC."""
    return datetime.fromtimestamp(instant, ZoneInfo(zone) if zone else UTC).date().isoformat()


def end_of(day: str, zone: str) -> int:
    """The last UTC second of a calendar day in an IANA zone; an empty zone is UTC."""
    after = datetime.fromisoformat(add(day, 1)).replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    return int(after.timestamp()) - 1


def start_of(day: str, zone: str) -> int:
    """The first UTC second of a calendar day in an IANA zone; an empty zone is UTC."""
    return int(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone) if zone else UTC).timestamp())


def is_day(text: str) -> bool:
    """Whether `text` is a calendar day written `YYYY-MM-DD`."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
