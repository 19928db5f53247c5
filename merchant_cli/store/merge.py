"""The merge of claims: what the store says about a record that several live files speak of.

Pure functions of the set of live claims: no order of imports, undo or redo can give another result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from merchant_cli.basics.days import day_of
from merchant_cli.store.order_set import PROGRESS, Stated


@dataclass
class Claim:
    """What one live file says about one record. `rank` = (as_of, first taken in, number): the higher wins.

    `dated` is False where `as_of` was only read off the rows. `lines` are an order's lines (None: the file has
    none), `at` the lines of the file: the record's own first, then those of its lines. `fills`: columns it has.
    """

    import_no: int
    rank: tuple[int, int, int]
    dated: bool
    at: list[int]
    values: Stated
    lines: list[Stated] | None = None
    fills: frozenset[str] = frozenset()
    hash: int = 0


@dataclass
class Merged:
    """The merged record: its values, where they come from, and what lost."""

    values: Stated
    import_no: int
    line: int
    lines: list[Stated]
    lines_import: int
    lines_at: list[int]
    refund_day: str | None
    short: list[int]  # imports whose lines of this order are fewer at an equal goods total


def by_rank(claims: Sequence[Claim]) -> list[Claim]:
    """Highest rank first."""
    return sorted(claims, key=lambda c: c.rank, reverse=True)


def merge_values(claims: Sequence[Claim]) -> Stated:
    """For each column the value of the highest-ranked claim that fills it; an empty cell makes no claim."""
    merged: Stated = {}
    for claim in by_rank(claims):
        for column, value in claim.values.items():
            if value is not None and merged.get(column) is None:
                merged[column] = value
    return merged


def merge_orders(claims: Sequence[Claim], zone: str) -> Merged:
    """One order from its live claims: columns by rank, status and refund by progress where files have no date."""
    ranked = by_rank(claims)
    values = merge_values(ranked)
    if (furthest := _furthest(ranked)) is not None:
        values["status"] = furthest.values["status"]
        values["status_raw"] = furthest.values.get("status_raw")
        if furthest.values.get("counts_said") is not None:
            values["counts_said"] = furthest.values["counts_said"]
    if (refunded := _largest_refund(ranked)) is not None:
        values["refunded"] = refunded
    if any(c.values.get("tracked") for c in ranked):
        values["tracked"] = 1  # an empty cell does not take a tracking number back
    best, short = _best_lines(ranked)
    top = ranked[0]
    return Merged(
        values,
        top.import_no,
        top.at[0],
        _filled_lines(best, ranked) if best else [],
        best.import_no if best else top.import_no,
        best.at[1:] if best else [],
        _refund_day(ranked, zone),
        short,
    )


def _furthest(ranked: Sequence[Claim]) -> Claim | None:
    """The claim whose status holds: the highest rank, or one further along where a file has no date of its own."""
    stated = [c for c in ranked if c.values.get("status") not in (None, "unknown")]
    if not stated:
        return None
    first = stated[0]
    rivals = [c for c in stated if not (first.dated and c.dated)]
    return max([first, *rivals], key=lambda c: (PROGRESS.get(c.values["status"], 0), c.rank))


def _largest_refund(ranked: Sequence[Claim]) -> int | None:
    stated = [c for c in ranked if c.values.get("refunded") is not None]
    if not stated:
        return None
    first = stated[0]
    return max(int(c.values["refunded"]) for c in stated if c is first or not (first.dated and c.dated))


def goods_total(claim: Claim) -> int | None:
    if claim.values.get("sold") is not None:
        return int(claim.values["sold"])
    amounts = [ln["listed"] if ln.get("own_sold") is None else ln["own_sold"] for ln in claim.lines or ()]
    return None if None in amounts else sum(amounts)


def has_amounts(claim: Claim) -> bool:
    said = [claim.values.get("sold")]
    said += [line.get(name) for line in claim.lines or () for name in ("listed", "own_sold")]
    return any(amount is not None for amount in said)


def _best_lines(ranked: Sequence[Claim]) -> tuple[Claim | None, list[int]]:
    """The claim whose lines hold: the highest rank, or more lines at an equal goods total; and who has fewer.

    Where no file states the order's total, one that has all lines of the highest rank and more counts as equal. A
    claim without any amount (a list of what is to be shipped may leave lines out) yields to those with amounts.
    """
    with_lines = [c for c in ranked if c.lines]
    with_lines = [c for c in with_lines if has_amounts(c)] or with_lines
    if not with_lines:
        return None, []
    total = goods_total(with_lines[0])
    rivals = [
        c for c in with_lines
        if c is with_lines[0] or (total is not None and goods_total(c) == total) or _goes_on(with_lines[0], c)
    ]  # fmt: skip
    best = max(rivals, key=lambda c: (len(c.lines or ()), c.rank))
    return best, [c.import_no for c in rivals if len(c.lines or ()) < len(best.lines or ())]


def _goes_on(short: Claim, claim: Claim) -> bool:
    """Whether `short` lacks lines of `claim` and holds the others unchanged, in files that state lines alone: a line
    that a platform has numbered does not go away, so the file was cut off."""
    if any(c.values.get("sold") is not None for c in (short, claim)):
        return False
    ours, theirs = ({ln["line_key"]: (ln.get("own_sold"), ln.get("units")) for ln in c.lines or ()}
                    for c in (short, claim))  # fmt: skip
    return len(ours) < len(theirs) and ours.items() <= theirs.items()


def _filled_lines(best: Claim, ranked: Sequence[Claim]) -> list[Stated]:
    """The lines of the best claim; what they leave open is filled from the same line of other claims."""
    others: dict[str, list[Stated]] = {}
    for claim in ranked:
        if claim is not best:
            for line in claim.lines or ():
                others.setdefault(line["line_key"], []).append(line)
    filled = []
    for line in best.lines or ():
        line = dict(line)
        for other in others.get(line["line_key"], ()):
            for column, value in other.items():
                if value is not None and line.get(column) is None:
                    line[column] = value
        filled.append(line)
    return filled


def shows_refund(claim: Claim) -> bool:
    if (claim.values.get("refunded") or 0) > 0 or claim.values.get("status") == "cancelled":
        return True
    return any((line.get("refunded") or 0) > 0 for line in claim.lines or ())


def _refund_day(ranked: Sequence[Claim], zone: str) -> str | None:
    """The day of a refund without a date: None (the order's own) if the oldest claim that could show it does."""
    able = [c for c in reversed(ranked) if "refunded" in c.fills or shows_refund(c)]
    for claim in able:
        if shows_refund(claim):
            return None if claim is able[0] else day_of(claim.rank[0], zone)
    return None
