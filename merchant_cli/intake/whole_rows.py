"""The cells of rows that wait because of others: of an order with a faulty row, of rows that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable

from importers.sheet import Batch
from merchant_cli.intake.job import Faulty

OF_OTHERS = frozenset({"order-incomplete", "duplicate-key"})


def with_cells(faulty: Faulty, rows: Iterable[Batch]) -> Faulty:
    """The same rows, each with its cells, so that whoever mends one has its whole order before him.

    Cells that reading did not keep are looked up in `rows`, all rows of the file.
    """
    wanted = {line for line, code, *_, cells in faulty.rows if code in OF_OTHERS and not cells}
    if not wanted:
        return faulty
    found: dict[int, list[str]] = {}
    for batch in rows:
        found.update((line, row) for line, row in zip(batch.lines, batch.rows, strict=True) if line in wanted)
    return Faulty([(*one[:4], one[4] or found.get(one[0], [])) for one in faulty.rows])
