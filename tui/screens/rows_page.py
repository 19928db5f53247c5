"""A screen whose rows come from a clerk: loaded, filtered, sorted, kept in place when the store changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from exporters.cells import all_notes
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks.base import Answer
from tui import rows as rowing
from tui.keys import Key, bound
from tui.rows import Order, Part, Rows
from tui.screens.base import Page
from tui.widgets.grid import PAGE, Grid
from tui.widgets.lay_out import folded

P = Phrase

PAUSE = 0.15  # seconds after the last letter before the filter is asked
PANE = 2  # lines below the table

FILTER = Key("filter", "slash", P("filter", "筛选"), foot=True, place="table")
SORT = Key("sort", "r", P("sort", "排序"), foot=True, place="table")


class RowsPage(Page):
    """Subclasses give `loader` and may fill in `columns_shown` and `pane`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("table", (FILTER, SORT))]

    def __init__(self, shell: Any) -> None:
        super().__init__(shell)
        self.rows: Rows | None = None
        self.order = Order()
        self.chosen: list[str] | None = None  # columns that the merchant chose
        self.counted = True
        self._pause: Timer | None = None

    # --- what a subclass fills in ---

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        """What makes the rows, in the clerk's thread."""
        raise NotImplementedError

    def columns_shown(self, answer: Answer) -> list[str]:
        """The columns that are shown at first, in order."""
        return [column.name for column in answer.columns]

    def pane(self) -> list[str]:
        """What stands below the table, in two lines."""
        return self.notes()[:PANE]

    # --- the screen ---

    def content(self) -> ComposeResult:
        yield Static("", id="status", markup=False)
        yield from self.above()
        yield Grid()
        yield Static("", id="pane", markup=False)
        yield Input(id="filter", compact=True)

    def above(self) -> ComposeResult:
        """What stands between the status and the table."""
        yield from ()

    @property
    def grid(self) -> Grid:
        return self.query_one(Grid)

    def on_mount(self) -> None:
        self.query_one("#filter", Input).display = False
        self.grid.focus()

    def speak(self) -> None:
        super().speak()
        self.query_one("#filter", Input).placeholder = self.shell.show(P("words to look for", "输入要找的文字"))
        if self.rows is not None:
            self._set_heads(self.rows.answer)
            self.grid.forget()
        self.say_status()

    def notes(self) -> list[str]:
        """The notes of the answer as sentences."""
        return [] if self.rows is None else all_notes(self.rows.answer, self.shell.lang)

    def say_status(self) -> None:
        """How many rows there are, of which day and shops, in which order."""
        line = Content(safe_text(" | ".join(part for part in self.status() if part)))
        self.query_one("#status", Static).update(line, layout=False)
        pane = self.query_one("#pane", Static)
        lines: list[str] = []
        for text in self.pane():
            if len(lines) < PANE:
                lines += folded(safe_text(text), max(10, self.size.width - 2), PANE - len(lines))
        pane.update(Content("\n".join(lines)), layout=False)

    def status(self) -> list[str]:
        """The parts of the status line."""
        show = self.shell.show
        if self.rows is None:
            return [show(P("working ...", "正在计算……"))]
        answer, total = self.rows.answer, self.grid.total
        if not self.counted:
            count = show(P("the first {n} {n:row|rows}; counting ...", "前 {n} 行，正在统计……"), n=f"{total:,}")
        else:
            count = show(P("{n} {n:row|rows}", "{n} 行"), n=f"{total:,}")
        parts = [count]
        if self.order.words:
            parts.append(show(P("with “{words}”", "含“{words}”"), words=self.order.words))
        if self.order.by:
            label = next((c.label for c in answer.columns if c.name == self.order.by), P("", ""))
            way = P("falling", "降序") if self.order.down else P("rising", "升序")
            parts.append(show(P("sorted by {column}, {way}", "按{column}{way}"), column=label, way=way))
        if answer.as_of:
            parts.append(show(P("as of {day}", "数据截至 {day}"), day=answer.as_of))
        if self.grid.left_out > 0:
            parts.append(show(P("{n} more {n:column|columns}: l", "右侧还有 {n} 列：l"), n=self.grid.left_out))
        return [*parts, ", ".join(answer.shops)]

    # --- rows come and go ---

    def refetch(self) -> None:
        load, order, lang, key = self.loader(), self.order, self.shell.lang, self._key()

        def job(db: sqlite3.Connection) -> tuple[Rows, Part, int | None]:
            rows = load(db)
            part = rows.arrange(db, order, lang, PAGE)
            return rows, part, None if key is None or part.total is None else rows.position(db, key)

        self.ask("load", job)

    def told_load(self, result: tuple[Rows, Part, int | None]) -> None:
        before, self.rows = self.rows, result[0]
        if before is None or before.answer.columns != self.rows.answer.columns:
            self._set_heads(self.rows.answer)
        keep = self.grid.cursor if result[2] is None else result[2]
        self._first_part(result[1], keep)

    def told_order(self, result: tuple[Part, int]) -> None:
        self._first_part(*result)

    def _first_part(self, part: Part, cursor: int) -> None:
        key = self._key()
        self.counted = part.total is not None
        self.grid.reset(len(part.rows) if part.total is None else part.total, part.rows, cursor)
        self.say_status()
        if part.total is None and self.rows is not None:
            rows = self.rows
            self.ask("whole", lambda db: (rows.whole(db), None if key is None else rows.position(db, key)))

    def told_whole(self, result: tuple[int, int | None]) -> None:
        self.counted = True
        self.grid.grow(result[0])
        if result[1] is not None:
            self.grid.move_to(result[1])
        self.say_status()

    @on(Grid.Wants)
    def _wants(self, message: Grid.Wants) -> None:
        message.stop()
        if self.rows is not None and self.counted:
            rows, lang, first, count = self.rows, self.shell.lang, message.first, message.count
            self.ask("part", lambda db: rows.part(db, first, count, lang))

    def on_resize(self) -> None:
        self.say_status()

    def told_part(self, part: Part) -> None:
        self.grid.put(part.first, part.rows)

    @on(Grid.Moved)
    def _moved(self, message: Grid.Moved) -> None:
        message.stop()
        self.say_status()

    def _key(self) -> str | None:
        now = self.grid.current
        return None if now is None else now.key

    def rearrange(self, order: Order, *, stay: bool = False) -> None:
        """Another order or filter; the cursor stays on its row if that is still there, else it goes to the first
        (with `stay` it keeps its place)."""
        self.order = order
        self.grid.sorted_by = None if order.by is None else (order.by, order.down)
        if self.rows is None:
            return
        rows, lang, key, place = self.rows, self.shell.lang, self._key(), self.grid.cursor if stay else 0

        def job(db: sqlite3.Connection) -> tuple[Part, int]:
            part = rows.arrange(db, order, lang, PAGE)
            at = None if key is None or part.total is None else rows.position(db, key)
            return part, place if at is None else at

        self.ask("order", job)

    # --- columns ---

    def showing(self) -> list[str]:
        """The columns that are shown now, in order."""
        if self.rows is None:
            return []
        return self.chosen or self.columns_shown(self.rows.answer)

    def _set_heads(self, answer: Answer) -> None:
        names = [column.name for column in answer.columns]
        self.grid.set_heads(rowing.heads(answer, self.shell.lang), [names.index(name) for name in self.showing()])

    # --- filter and sort ---

    def action_filter(self) -> None:
        line = self.query_one("#filter", Input)
        line.display = True
        line.focus()

    @on(Input.Changed, "#filter")
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        if self._pause is not None:
            self._pause.stop()
        words = message.value
        self._pause = self.set_timer(PAUSE, lambda: self.rearrange(replace(self.order, words=words.strip())))

    @on(Input.Submitted, "#filter")
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        message.input.display = bool(message.value)
        self.grid.focus()

    def action_back(self) -> None:
        line = self.query_one("#filter", Input)
        if line.display:
            line.display = False
            line.value = ""
            self.grid.focus()
        else:
            super().action_back()

    def action_sort(self) -> None:
        """By the column at the cursor; again: the other way; a third time: as the rows came."""
        if self.rows is None:
            return
        name, now = self.rows.answer.columns[self.grid.current_column].name, self.order
        if now.by != name:
            self.rearrange(replace(now, by=name, down=False))
        elif not now.down:
            self.rearrange(replace(now, down=True))
        else:
            self.rearrange(replace(now, by=None, down=False))

    @on(Grid.Sort)
    def _title_clicked(self, message: Grid.Sort) -> None:
        message.stop()
        self.action_sort()
