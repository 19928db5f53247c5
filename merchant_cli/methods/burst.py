"""Whether events come much thicker in some days than they usually do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from merchant_cli.basics import days

# A burst is rarer than this under the usual rate. The thickest of many windows is looked at: of items with a steady
# 8 to 32 bad events in 90 days about one in a hundred is called a burst by chance (simulated), of quieter ones fewer.
LEVEL = 1e-4


class Burst(NamedTuple):
    """The thickest days: `events` from `first` to `last`, where `usual` would have been expected."""

    first: str
    last: str
    events: int
    usual: float


def burst(
    bad: Mapping[str, int], good: Mapping[str, int], first: str, last: str, within: int, least: int
) -> Burst | None:
    """The `within` days with the most bad events, if they are `least` or more and not to be explained by chance.

    `bad`, `good`: events by day, from `first` to `last`. usual = (bad events of the other days + ½) × within ÷ other
    days × max(1, good events of these days ÷ what the other days let expect, one added): where good events rise too,
    more was sold and bad ones may rise alike. A burst: the chance of so many or more is below LEVEL if they come
    independently at the usual rate (Poisson's upper tail). None without other days to compare with.
    """
    other = days.between(first, last) + 1 - within
    if other <= 0:
        return None
    found = None
    for day, _ in sorted(bad.items()):
        begin = days.add(day, 1 - within)
        count = _inside(bad, begin, day)
        if count and (found is None or count >= found[2]):
            found = (begin, day, count)
    if found is None or found[2] < least:
        return None
    begin, end, count = found
    share = within / other
    more = _inside(good, begin, end)
    usual = (sum(bad.values()) - count + 0.5) * share
    usual *= max(1.0, more / ((sum(good.values()) - more + 1) * share))
    return Burst(max(begin, first), end, count, usual) if upper_tail(count, usual) < LEVEL else None


def _inside(events: Mapping[str, int], first: str, last: str) -> int:
    return sum(count for day, count in events.items() if first <= day <= last)


def upper_tail(count: int, mean: float) -> float:
    """The chance of `count` or more events where `mean` are expected, by Poisson's law (mean below 700)."""
    term = below = math.exp(-mean)
    for k in range(1, count):
        term *= mean / k
        below += term
    return max(0.0, 1 - below) if count > 0 else 1.0
