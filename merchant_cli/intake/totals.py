"""Whether the rows of a file come to the totals that its footers state, column by column."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from importers.cells import clean

KEPT = 200_000  # rows among which one that stands twice is known again
MOST = 50  # footers that are looked at; a file with more has sums of parts

Exact = dict[int, Any]  # how the amounts of each column are read to exact decimals
Differing = list[tuple[str, str, str]]


def differing(rows: Iterable[tuple[bool, list[str]]], header: list[str], columns: Exact) -> Differing:
    """Name, what the rows come to and what the footer states, for the first such sum of each column.

    `rows`: all of the file, footers marked True. A footer may state the sum of the rows since the one before it, or of
    all rows above, a row that stands there twice counted once or twice.
    """
    every, part, once = (dict.fromkeys(columns, Decimal(0)) for _ in range(3))
    seen: set[int] = set()
    found: dict[int, tuple[str, str, str]] = {}
    footers = 0
    for is_footer, row in rows:
        amounts = {at: read(row[at]) for at, read in columns.items() if at < len(row)}
        numbers = {at: amount for at, amount in amounts.items() if isinstance(amount, Decimal)}
        if not is_footer:
            again = hash(tuple(row)) in seen
            if len(seen) < KEPT:
                seen.add(hash(tuple(row)))
            for at, amount in numbers.items():
                every[at] += amount
                part[at] += amount
                once[at] += 0 if again else amount
            continue
        footers += 1
        for at, amount in numbers.items():
            if amount not in (every[at], part[at], once[at]):
                found.setdefault(at, (header[at].strip(), _plain(every[at]), clean(row[at])))
        part = dict.fromkeys(columns, Decimal(0))
    return [] if footers > MOST else list(found.values())


def _plain(amount: Decimal) -> str:
    return f"{amount:.2f}" if amount == round(amount, 2) else str(amount)
