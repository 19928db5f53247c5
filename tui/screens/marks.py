"""Marking rows of a table, so that one key is about several of them."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from tui.keys import Key, bound
from tui.rows import AnswerRows
from tui.screens.rows_page import RowsPage

P = Phrase

MARK = Key("mark", "m", P("mark", "标记"), place="marks")
MARK_ALL = Key("mark_all", "M", P("mark all, or none", "全部标记或取消"), place="marks")


class Marks(RowsPage):
    """A table whose rows can be marked; `*` stands before those that are."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("marks", (MARK, MARK_ALL))]

    def keys_meant(self) -> list[str]:
        """The keys of the marked rows, else of the row at the cursor."""
        now = self.grid.current
        return sorted(self.grid.marked) or ([now.key] if now is not None else [])

    def told_load(self, result: Any) -> None:
        super().told_load(result)
        if self.grid.marked and isinstance(self.rows, AnswerRows):
            self.grid.marked &= self.rows.keys()
            self.say_status()

    def status(self) -> list[str]:
        parts = super().status()
        if self.grid.marked:
            parts.insert(1, self.shell.show(P("{n} marked", "已标记 {n} 行"), n=len(self.grid.marked)))
        return parts

    def unmark(self) -> None:
        self.grid.marked.clear()
        self.grid.refresh()
        self.say_status()

    def action_mark(self) -> None:
        """Marks the row, or takes the mark away, and goes to the next."""
        now = self.grid.current
        if now is not None:
            self.grid.marked ^= {now.key}
            self.grid.action_move(1)
            self.grid.refresh()
            self.say_status()

    def action_mark_all(self) -> None:
        """All rows that the filter lets through; none if any is marked."""
        if self.grid.marked:
            self.unmark()
        elif isinstance(self.rows, AnswerRows):
            self.grid.marked = self.rows.keys()
            self.grid.refresh()
            self.say_status()
