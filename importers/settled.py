"""A row of a settlement or money log that tells one amount in parts: one move for each kind, that add up to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from importers.base import Cell, Draft, money
from importers.bills import COSTS, OTHER, REFUND

# How files write amounts: with their signs, or costs, or refunds, or all of a return above zero.
# Of what comes in, of refunds, of costs; the first with which the parts add up holds.
SIGNS = tuple((income, refund, cost) for income in (1, -1) for refund in (1, -1) for cost in (1, -1))


def known(kind: str | None) -> str:
    """The kind of a movement; `other` for a word that nobody knows."""
    return OTHER if kind is None or kind == "unknown" else kind


def first_time(row: Mapping[str, Any], names: Iterable[str]) -> tuple[int | None, str | None]:
    """Instant and day of the first of the moments `names` that the row has; (None, None) if it has none."""
    return next(((row.get(f"{name}_at"), day) for name in names if (day := row.get(f"{name}_day"))), (None, None))


def part_cells(parts: Mapping[str, Iterable[str]]) -> dict[str, Cell]:
    """The columns of a row's parts, by the kind that they are of: `_fee_1`, `_fee_2` …"""
    return {f"_{kind}_{n}": money(name) for kind, names in parts.items() for n, name in enumerate(names, 1)}


def stated(row: Mapping[str, Any], parts: Iterable[str]) -> list[tuple[str, int | None]]:
    """What the columns of `part_cells` say of each of the kinds `parts`."""
    return [(kind, row[name]) for kind in parts for name in row if name.startswith(f"_{kind}_")]


def in_parts(total: int, said: Iterable[tuple[str, int | None]]) -> dict[str, int]:
    """The amounts of (kind, amount) by kind, with the signs with which they add up to `total`; {} if they do not."""
    sums: Counter[str] = Counter()
    for kind, amount in said:
        sums[kind] += amount or 0
    for income, refund, cost in SIGNS:
        signs = dict.fromkeys(COSTS, cost) | {REFUND: refund}
        found = {kind: amount * signs.get(kind, income) for kind, amount in sums.items() if amount}
        if sum(found.values()) == total:
            return found
    return {}


def moves(draft: Draft, total: int, said: Iterable[tuple[str, int | None]]) -> Iterator[Draft]:
    """A move for each part of the row, or the whole as one of the draft's kind if the parts do not add up to it.

    A row without a number of its own leaves `move_id` empty; else its moves are told apart by their kind.
    """
    values, number = draft.values, draft.values.get("move_id")
    parts = in_parts(total, said) or {known(values.get("kind")): total}
    for kind, amount in parts.items():
        own = {"kind": kind, "amount": amount, "move_id": f"{number}/{kind}" if number else None}
        yield Draft("money_moves", values | own, draft.line)
