"""The rows of an answer for a table: filtered, sorted, page by page as people read them. Used by clerks only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, Protocol

from exporters.cells import NUMBERS, as_plain, as_shown, columns_of, currencies, heading
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks.base import Answer, Column
from tui.widgets.grid import Shown
from tui.widgets.lay_out import Head

IDS = ("id", "sku")
SOFT = ("text", "json", *IDS)  # kinds whose cells may be cut on the screen
ID = 22  # cells that an id has before it is cut: Taobao's order numbers have 19 digits
LONGEST = 2_000  # characters of one cell that a table keeps; the full cell is read anew


@dataclass(frozen=True)
class Order:
    """How rows are wanted: sorted by the column `by` (None: as they come), `down` or up, with `words` in them."""

    by: str | None = None
    down: bool = False
    words: str = ""


class Part(NamedTuple):
    """Some rows in the wanted order, from position `first` on; `total` None: not counted yet."""

    total: int | None
    first: int
    rows: list[Shown]


class Rows(Protocol):
    """Where a table's rows come from. `db` is the connection of the clerk that calls."""

    @property
    def answer(self) -> Answer: ...

    def arrange(self, db: sqlite3.Connection, order: Order, lang: str, count: int) -> Part:
        """Takes on an order, and gives the first rows in it."""

    def whole(self, db: sqlite3.Connection) -> int:
        """Counts all rows in the order, so that `part` can reach them; how many."""

    def part(self, db: sqlite3.Connection, first: int, count: int, lang: str) -> Part: ...

    def position(self, db: sqlite3.Connection, key: str) -> int | None:
        """Where the row with this key stands now."""

    def raw(self, db: sqlite3.Connection, position: int) -> tuple[Any, ...] | None:
        """One row as the answer has it."""

    def seen(self, db: sqlite3.Connection, most: int) -> list[tuple[Any, ...]]:
        """At most so many rows in the order."""


def heads(answer: Answer, lang: str) -> tuple[Head, ...]:
    """The titles of an answer's columns."""
    return tuple(
        Head(c.name, safe_text(heading(answer, c, lang)), c.kind in NUMBERS, c.kind in SOFT, ID if c.kind in IDS else 0)
        for c in answer.columns
    )


def shown(answer: Answer, key: str, row: tuple[Any, ...], lang: str) -> Shown:
    """A row as people read it; what is not known is blank."""
    money = currencies(answer, row)
    cells = zip(columns_of(answer, row), row, money, strict=True)
    return Shown(key, tuple(cell(value, column, currency, lang) for column, value, currency in cells))


def cell(value: Any, column: Column, currency: str | None, lang: str, longest: int = LONGEST) -> str:
    """One cell as people read it, on one line."""
    return safe_text(as_shown(value, column, currency, lang)[:longest])


def full(answer: Answer, row: tuple[Any, ...], at: int, lang: str) -> str:
    """One whole cell, its lines kept."""
    column, currency = columns_of(answer, row)[at], currencies(answer, row)[at]
    if isinstance(row[at], dict | list):
        return safe_text(json.dumps(row[at], ensure_ascii=False, indent=2, default=str), one_line=False)
    return safe_text(as_shown(row[at], column, currency, lang), one_line=False)


def copied(answer: Answer, row: tuple[Any, ...], lang: str, at: Sequence[int]) -> str:
    """Cells for the clipboard, tabs between them: numbers without thousands separators, nothing invisible."""
    columns, money = columns_of(answer, row), currencies(answer, row)
    return "\t".join(safe_text(as_plain(row[i], columns[i], money[i], lang)) for i in at)


class AnswerRows:
    """The rows of an answer, which is here as a whole."""

    def __init__(self, answer: Answer) -> None:
        self._all = list(answer.rows)
        self.answer = replace(answer, rows=self._all)
        self._at: Sequence[int] = range(len(self._all))
        self._texts: dict[str, list[str]] = {}

    def arrange(self, db: sqlite3.Connection, order: Order, lang: str, count: int) -> Part:
        at: Sequence[int] = range(len(self._all))
        if order.words:
            texts, words = self._searched(lang), order.words.casefold().split()
            at = [i for i in at if all(word in texts[i] for word in words)]
        if order.by is not None and order.by in self._names:
            column = self._names[order.by]
            known = [i for i in at if self._all[i][column] is not None]
            known.sort(key=lambda i: sortable(self._all[i][column], lang), reverse=order.down)
            at = known + [i for i in at if self._all[i][column] is None]
        self._at = at
        return self.part(db, 0, count, lang)

    @cached_property
    def _names(self) -> dict[str, int]:
        return {column.name: i for i, column in enumerate(self.answer.columns)}

    def _searched(self, lang: str) -> list[str]:
        """What the filter looks into, row by row."""
        if lang not in self._texts:
            self._texts = {lang: ["\n".join(shown(self.answer, "", row, lang).cells).casefold() for row in self._all]}
        return self._texts[lang]

    def without(self, key: str) -> AnswerRows:
        """The same rows but one."""
        return AnswerRows(replace(self.answer, rows=[row for i, row in enumerate(self._all) if self._key(i) != key]))

    def keys(self) -> set[str]:
        """The keys of all rows in the order."""
        return {self._key(i) for i in self._at}

    def whole(self, db: sqlite3.Connection) -> int:
        return len(self._at)

    def part(self, db: sqlite3.Connection, first: int, count: int, lang: str) -> Part:
        at = self._at[first : first + count]
        rows = [shown(self.answer, self._key(i), self._all[i], lang) for i in at]
        return Part(len(self._at), first, rows)

    def _key(self, i: int) -> str:
        return "/".join(str(self._all[i][self._names[name]]) for name in self.answer.key)

    def position(self, db: sqlite3.Connection, key: str) -> int | None:
        return next((place for place, i in enumerate(self._at) if self._key(i) == key), None)

    def raw(self, db: sqlite3.Connection, position: int) -> tuple[Any, ...] | None:
        return self._all[self._at[position]] if 0 <= position < len(self._at) else None

    def seen(self, db: sqlite3.Connection, most: int) -> list[tuple[Any, ...]]:
        return [self._all[i] for i in self._at[:most]]


def sortable(value: Any, lang: str) -> tuple[int, Any]:
    """A value as it is compared: numbers before texts, texts without regard to case."""
    if isinstance(value, int | float):
        return (0, value)
    if isinstance(value, Note | Phrase):
        return (1, value.show(lang).casefold())
    return (1, (value if isinstance(value, str) else json.dumps(value, default=str)).casefold())
