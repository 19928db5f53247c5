"""The order of the worklist: money at stake × urgency."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from merchant_cli.basics import days

# Days until due (at most) → factor in halves; the first that fits holds. What is later, or never due, has factor 1.
# | overdue | due today | within 3 days | within 7 days | later or no day |
# |    4    |     3     |       2       |      1.5      |        1        |
URGENCY: tuple[tuple[int, int], ...] = ((-1, 8), (0, 6), (3, 4), (7, 3))
NOT_DUE = 2


def urgency(due: str | None, as_of: str | None) -> int:
    """The urgency of a due day, in halves (2 = factor 1)."""
    if due is None or as_of is None:
        return NOT_DUE
    left = days.between(as_of, due)
    return next((factor for most, factor in URGENCY if left <= most), NOT_DUE)


def ranks(stakes: Sequence[int | None], factors: Sequence[int]) -> list[int]:
    """Rank of each row: stake × urgency. A stake that is not measurable (None) ranks as the median of the known
    ones: above small known losses, below large ones, never as nothing. With no known stake urgency alone decides."""
    known = sorted(stake for stake in stakes if stake is not None)
    stand_in = median_low(known) if known else 1
    return [(stand_in if s is None else s) * f for s, f in zip(stakes, factors, strict=True)]
