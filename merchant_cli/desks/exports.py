"""The exports that were taken in, shop by shop and kind by kind: when each was made, and how often they come."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import pairwise
from statistics import median_low
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.desks.base import Scope

# Platform files of live imports. An own sheet comes when the merchant fills it in: it has no rhythm.
EXPORTS = """
SELECT s.shop, i.kind, s.zone, i.no, i.as_of, i.as_of_from, i.covers_from, i.covers_to FROM imports i
JOIN shops s ON s.no = i.shop WHERE s.no > 0 AND i.kind <> '' AND i.state IN ('applied', 'sealed') ORDER BY i.no
"""
LAST = 7  # the newest files that the rhythm is taken from
LEAST = 3  # files of different days without which there is no rhythm
LONGEST = 45  # days between files from which on nobody waits for the next


class Export(NamedTuple):
    """Import `number`; the day on which its file was made (by the shop's zone), and the days it covers, if any."""

    number: int
    made: str
    first: str | None
    last: str | None

    @property
    def said(self) -> str:
        """`2025-03-13: 2025-03-05 – 2025-03-12`: the day it was made, and what it covers."""
        return f"{self.made}: {self.first} – {self.last}" if self.last else self.made


def exports(db: sqlite3.Connection, scope: Scope) -> dict[tuple[str, str], list[Export]]:
    """The exports by (shop, kind of file), oldest first.

    A file that does not say when it was made counts as made on the last day that it covers.
    """
    found: dict[tuple[str, str], list[Export]] = defaultdict(list)
    for shop, kind, zone, number, as_of, source, first, last in db.execute(EXPORTS):
        made = last if source == "taken" and last else days.day_of(as_of, zone)
        if not scope.shops or shop in scope.shops:
            found[shop, kind].append(Export(number, made, first, last))
    return {key: sorted(of, key=lambda one: (one.made, one.number)) for key, of in sorted(found.items())}


def rhythm(made: list[str]) -> int | None:
    """The usual days from one file to the next: the median of the newest, None without LEAST files or a rhythm."""
    newest = sorted(set(made))[-LAST:]
    if len(newest) < LEAST:
        return None
    usual = median_low([days.between(a, b) for a, b in pairwise(newest)])
    return usual if usual <= LONGEST else None
