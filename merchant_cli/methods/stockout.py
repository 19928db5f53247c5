"""Days on which nothing could be sold, as far as counts tell: demand must not be averaged over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple


class Count(NamedTuple):
    """So many units at a location at the end of (or during) a day."""

    location: str
    day: str
    units: int


def stockout_days(counts: Iterable[Count], sale_days: frozenset[str], window: Sequence[str]) -> frozenset[str]:
    """The days of `window` on which every counted location was out: its count is 0 or less, or the day lies
    between two such counts next to each other and no day of the window between them has a sale."""
    by_place: dict[str, dict[str, int]] = {}
    for count in sorted(counts):
        by_place.setdefault(count.location, {})[count.day] = count.units
    out = [_out_at(days, sale_days, window) for days in by_place.values()]
    return frozenset.intersection(*out) if out else frozenset()


def _out_at(counts: dict[str, int], sale_days: frozenset[str], window: Sequence[str]) -> frozenset[str]:
    out = {day for day, units in counts.items() if units <= 0}.intersection(window)
    for first, last in pairwise(sorted(counts)):
        if counts[first] <= 0 and counts[last] <= 0:
            between = {day for day in window if first < day < last}
            if not between & sale_days:
                out |= between
    return frozenset(out)


def went_out(available: int, change: Mapping[str, int], window: Sequence[str]) -> str | None:
    """The day of `window` from whose end on nothing was available, counted back from `available` (<= 0) at its end.

    `change`: day → what came in less what was sold on it. None: nothing was available on any evening before.
    """
    level = available
    for day in reversed(window):
        level -= change.get(day, 0)
        if level > 0:
            return day
    return None
