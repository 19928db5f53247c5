"""Looks through a big view: orders, order lines, listings, refunds, reviews."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from tui.browsed import VIEWS
from tui.keys import Key, bound
from tui.rows import Rows
from tui.screens.table_page import COLUMNS, COPY, EXPORT, FILTER, NOTES, SORT, SPACE, TablePage
from tui.shell import Shell
from tui.view_rows import ViewRows
from tui.widgets.grid import Grid

P = Phrase

OPEN = Key("open_row", "enter", P("the whole cell", "完整单元格"), foot=True)


class Browse(TablePage):
    """Every row of the view `view`, of all shops and days."""

    PLACE = "browse"
    NAMED = P("Browse", "浏览")
    ABOUT = P(
        "Every row that was taken in. Filter with / and sort with r; a file holds what is seen.",
        "导入的每一行。按 / 筛选，按 r 排序；导出的文件与所见一致。",
    )
    KEYS: ClassVar[tuple[Key, ...]] = (OPEN, FILTER, SORT, COLUMNS, EXPORT, SPACE, NOTES, *COPY)
    BINDINGS: ClassVar[list[BindingType]] = [*bound("browse", (OPEN,))]

    def __init__(self, shell: Shell, view: str) -> None:
        super().__init__(shell)
        self.view = view

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        view = self.view
        return lambda db: ViewRows(db, view)

    def titled(self) -> str:
        return self.shell.show(VIEWS[self.view].title)

    def command(self) -> str:
        columns = ", ".join(column.name for column in VIEWS[self.view].columns)
        return f'merchant sql "select {columns} from {self.view}"'

    def file_name(self) -> str:
        return f"{self.view}.xlsx"

    def action_open_row(self) -> None:
        self.action_cell()

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_cell()
