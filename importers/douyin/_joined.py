"""A row that holds a whole order: what differs by sub-order stands in one cell, joined with `;`.

Provisional: that there is such an export is known; which of its columns are joined and which are sums is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from importers import cells
from importers.base import Cell, Draft, Facts, Fault, raw
from importers.cells import Bad, Reader
from importers.moments import Moments

JOINER = ";"
FOR_ALL = frozenset(
    {"refund_state", "_status", "_raw", "_ship_by", "_shipped", "_done", "_tracked"}
)  # may stand once for all


def as_raw(columns: Mapping[str, Cell]) -> dict[str, Cell]:
    """The columns of a sub-order as cells to be split; `units` is called `_units`."""
    return {f"_{name}": raw(*cell.names) for name, cell in columns.items() if cell.names}


class Splitter:
    """Makes sub-orders, the drafts' lines, of such rows."""

    def __init__(self, columns: Mapping[str, Cell], facts: Facts) -> None:
        self.columns = columns
        self.readers = {name: _reader(cell, facts) for name, cell in columns.items() if cell.names}

    def split(self, draft: Draft) -> Fault | None:
        """Fills the draft's lines. An amount that stands once goes into its values: it is the order's.

        Returns a Fault where a column has not one value for each sub-order, or has one that cannot be read.
        """
        numbers = draft.values["_line_key"].rstrip(JOINER).split(JOINER)
        lines: list[dict[str, Any]] = [{} for _ in numbers]
        for name, cell in self.columns.items():
            found: list[Any] | Fault = [cell.constant] * len(lines)
            if cell.names:
                joined = draft.values.get(f"_{name}")
                if joined is None:  # the file has no such column
                    continue
                found = self._values(draft, name, cell, joined, len(lines))
            if isinstance(found, tuple):
                return found
            if len(found) < len(lines):
                draft.values[name] = found[0]
                continue
            for line, value in zip(lines, found, strict=True):
                line.update(_named(name, cell, value))
        draft.lines, draft.at = lines, [draft.line] * len(lines)
        return None

    def _values(self, draft: Draft, name: str, cell: Cell, joined: str, number: int) -> list[Any] | Fault:
        """One value for each sub-order, a single one for an amount of the whole order, or what is wrong."""
        parts = joined.split(JOINER) if joined else [""] * number
        if len(parts) == number + 1 and not parts[-1]:
            parts.pop()
        if len(parts) == 1 and name in FOR_ALL:
            parts *= number
        if len(parts) != number and not (len(parts) == 1 and cell.kind == "money"):
            params = {"column": cell.names[0], "found": len(parts), "expected": number}
            return draft.line, "joined-cells", cell.names[0], params, []
        values = [self.readers[name](part) for part in parts]
        for value in values:
            if isinstance(value, Bad):
                return draft.line, value.code, cell.names[0], value.params, []
            if value is None and cell.required:
                return draft.line, "missing-value", cell.names[0], {"column": cell.names[0]}, []
            if cell.least is not None and value is not None and value < cell.least:
                code = "negative-amount" if cell.kind == "money" else "negative-units"
                return draft.line, code, cell.names[0], {"value": joined}, []
        return values


def _named(name: str, cell: Cell, value: Any) -> dict[str, Any]:
    """The columns that a value fills: a moment is an instant and a day."""
    if cell.kind != "moment":
        return {name: value}
    instant, day = value or (None, None)
    return {f"{name}_at": instant, f"{name}_day": day}


def _reader(cell: Cell, facts: Facts) -> Reader:
    readers: dict[str, Reader] = {"id": cells.read_id, "count": cells.read_count, "present": cells.read_present}
    if cell.kind == "money":
        return cells.money_reader(facts.currency)
    if cell.kind == "moment":
        return Moments(facts.zone)
    if cell.kind == "choice":
        return cells.choice_reader(cell.words)
    return readers.get(cell.kind, cells.read_text)
