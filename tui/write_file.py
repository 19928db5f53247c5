"""What a table shows, as a file: its columns, its order, its filter."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from tui.rows import Rows

CUT = Phrase("The first {n} of {total} rows.", "共 {total} 行，只写入了前 {n} 行。")


def written(
    rows: Rows, names: Sequence[str], path: Path, lang: str, title: str, most: int
) -> Callable[[sqlite3.Connection], tuple[Path, int, int]]:
    """A job that writes at most so many rows; `(path, rows written, rows there are)`. Raises Problem output-refused."""

    def job(db: sqlite3.Connection) -> tuple[Path, int, int]:
        from exporters import table

        answer, total = rows.answer, rows.whole(db)
        found = rows.seen(db, most)
        at = [[column.name for column in answer.columns].index(name) for name in with_units(rows, names)]
        notes = list(answer.notes)
        if len(found) < total:
            notes.append(Note("cut", CUT, {"n": len(found), "total": total}))
        seen = replace(answer, columns=tuple(answer.columns[i] for i in at),
                       rows=[tuple(row[i] for i in at) for row in found], notes=notes)  # fmt: skip
        table.save(seen, path, lang, title=title)
        return path, len(found), total

    return job


def with_units(rows: Rows, names: Sequence[str]) -> list[str]:
    """The columns, and those that say the currency or kind of money among them."""
    kinds = {column.name: column.kind for column in rows.answer.columns}
    needed = {"currency": ("money", "by_row"), "kind": ("by_row",)}
    more = [n for n, of in needed.items() if n in kinds and n not in names and any(kinds[one] in of for one in names)]
    return [*names, *more]
