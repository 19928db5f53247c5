"""Ad reports that tell of one campaign, item and day on several rows, by group or way of bidding: they are added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from importers.base import Draft

SUMS = ("spend", "impressions", "clicks", "orders", "sales")
KEY = ("account", "campaign", "item", "from_day", "to_day")


def added(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """One record for each key, at the first of its rows. A row that repeats another in all that is read (columns in
    `_underscores` too) counts once; the others make no record of their own.
    """
    sums: dict[tuple[Any, ...], Draft] = {}
    seen: set[tuple[Any, ...]] = set()
    for draft in drafts:
        if draft.ignored:
            yield draft
            continue
        row = draft.values
        said = tuple(sorted((name, value) for name, value in row.items() if value is not None))
        if said in seen:
            yield Draft("", {}, draft.line, ignored="duplicate")
            continue
        seen.add(said)
        known = sums.setdefault(tuple(row.get(name) or "" for name in KEY), draft)
        if known is draft:
            continue
        for name in SUMS:
            if row.get(name) is not None:
                known.values[name] = (known.values.get(name) or 0) + row[name]
        yield Draft("", {}, draft.line, ignored="added")
    yield from sums.values()
