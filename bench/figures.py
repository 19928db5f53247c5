"""What was measured: a figure with its rounds, its bar and whether it was reached; the table of all figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

HEAD = ("figure", "median", "best", "bar", "", "unit")


@dataclass(frozen=True)
class Figure:
    """One figure of several rounds; a ratio if it has `over`: median by median, best by best.

    `bar` is the most it may be, or the least if `at_least`; None: for information. Without values the figure
    could not be measured, and `note` says why.
    """

    name: str
    unit: str
    values: Sequence[float] = ()
    over: Sequence[float] = (1.0,)
    bar: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def value(self) -> float | None:
        return median(self.values) / median(self.over) if self.values and self.over else None

    @property
    def best(self) -> float | None:
        return min(self.values) / min(self.over) if self.values and self.over else None

    @property
    def state(self) -> str:
        """PASS or MISS of the median; empty for a figure without a bar, or one that could not be measured."""
        if self.value is None or self.bar is None:
            return ""
        return "PASS" if (self.value >= self.bar if self.at_least else self.value <= self.bar) else "MISS"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "unit": self.unit, "median": self.value, "best": self.best,
            "values": self.values, "over": self.over,
            "bar": self.bar, "at_least": self.at_least, "state": self.state, "note": self.note,
        }  # fmt: skip


def table(figures: Sequence[Figure]) -> str:
    """The figures as text, one a line."""
    rows = [HEAD, *map(_row, figures)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
    return "\n".join(_line(row, widths) for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    bar = "" if figure.bar is None else f"{'≥' if figure.at_least else '≤'} {figure.bar:g}"
    unit = f"{figure.unit}  ({figure.note})" if figure.note else figure.unit
    return figure.name, _number(figure.value), _number(figure.best), bar, figure.state, unit


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    name, value, best, bar, state, unit = row
    return (
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {best:>{widths[2]}}"
        f"  {bar:>{widths[3]}}  {state:<{widths[4]}}  {unit}"
    ).rstrip()
