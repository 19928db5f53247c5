"""What the own sheets with a first and a last day have in common."""

from __future__ import annotations

from importers.base import Draft, Facts, Fault

STARTS, ENDS = ("开始日期", "Starts on"), ("结束日期", "Ends on")


def header(names: tuple[str, str], facts: Facts) -> str:
    """The one of a column's two names, Chinese and English, that the sheet has."""
    return names[0] if names[0] in facts.columns else names[1]


def ends_early(draft: Draft, facts: Facts) -> Fault | None:
    """A Fault for a row whose last day lies before its first; an open end is none."""
    first, last = draft.values.get("from_day"), draft.values.get("to_day")
    if not first or not last or first <= last:
        return None
    return draft.line, "ends-before-start", header(ENDS, facts), {"first": first, "last": last}, []
