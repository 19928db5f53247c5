"""What holds where one file states an order more than once: files that were put together, blocks pasted again.

Statements that say the same of the order are one; a row that repeats another is taken once. Of different ones the
newer holds as a whole: the one with the latest time in it (paid, shipped, cancelled …), at equal times the later in the
file. Where it is not certain which rows belong together, or that it is one order at all, none holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

SAME_TIME = 60  # seconds by which two statements of one order's creation may differ


class OrderRow(NamedTuple):
    """One row of an order: its line in the file, which `Into` took it, its cells, and what it says.

    `order`: the columns of the order, () if the row is not its main row; `own`: those of its order line.
    """

    number: int
    n: int
    cells: list[str]
    order: tuple[Any, ...]
    own: tuple[Any, ...]


def that_hold(rows: Sequence[OrderRow], names: Mapping[int, Sequence[str]]) -> tuple[list[OrderRow], int] | None:
    """The rows that hold, and how many rows belong to older statements; None if that is not certain.

    `names`: the columns of `order` for each `n`.
    """
    blocks: list[list[OrderRow]] = [[]]
    mains: list[dict[int, tuple[Any, ...]]] = [{}]  # what each block says of the order, by `n`
    for row in rows:
        if row.order:
            if mains[-1].get(row.n, row.order) != row.order:
                blocks.append([])
                mains.append({})
            mains[-1][row.n] = row.order
        blocks[-1].append(row)
    if len(blocks) == 1:
        return _once(rows), 0
    orders = [
        {column: value for n, said in main.items() for column, value in zip(names[n], said, strict=True)}
        for main in mains
    ]
    if not _together(rows) or not _one_order(orders):
        return None
    held = max(range(len(blocks)), key=lambda i: (_newest(orders[i]), i))
    kept = [_once(block) for block in blocks]
    return kept[held], sum(map(len, kept)) - len(kept[held])


def _once(rows: Sequence[OrderRow]) -> list[OrderRow]:
    """The rows of equal statements without their repetitions.

    Whole repetitions leave as many equal rows as one of them has; else a row that repeats another is left out.
    """
    keys = [repr((row.n, row.order, row.own)) for row in rows]
    found, times = Counter(keys), max(Counter(row.n for row in rows if row.order).values())
    whole = all(number % times == 0 for number in found.values())
    left = {key: number // times if whole else 1 for key, number in found.items()}
    kept = []
    for row, key in zip(rows, keys, strict=True):
        if left[key]:
            left[key] -= 1
            kept.append(row)
    return kept


def _together(rows: Sequence[OrderRow]) -> bool:
    """Whether each statement begins with its main row and its rows stand one below the other."""
    return bool(rows[0].order) and all(
        row.order or 0 < row.number - last.number <= 1 + sum(cell.count("\n") for cell in last.cells)
        for last, row in pairwise(rows)
    )


def _one_order(orders: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the statements can be about one order: one platform id, currency and time of creation."""
    for column in ("platform_id", "currency"):
        if len({order.get(column) for order in orders} - {None}) > 1:
            return False
    placed = [order["placed_at"] for order in orders if order.get("placed_at") is not None]
    return not placed or max(placed) - min(placed) < SAME_TIME


def _newest(order: Mapping[str, Any]) -> tuple[str, int]:
    """The latest day and instant at which the statement says that something happened."""
    days = [value for column, value in order.items() if column.endswith("_day") and column != "ship_by_day" and value]
    times = [value for column, value in order.items() if column.endswith("_at") and column != "ship_by_at" and value]
    return max(days, default=""), max(times, default=0)
