"""Every question of every desk, and the views that can be looked through."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks import find
from merchant_cli.desks.base import Answer, Column
from tui.browsed import VIEWS
from tui.keys import Key, bound
from tui.messages import Go
from tui.rows import AnswerRows, Rows
from tui.screens.table_page import COPY, EXPORT, FILTER, SORT, SPACE, TablePage
from tui.widgets.grid import Grid

P = Phrase

LISTED = (
    Column("desk", P("Desk", "工作台"), "text"), Column("title", P("Question", "问题"), "text"),
    Column("alert", P("In the worklist", "进入待办"), "flag"), Column("address", P("Address", "编号"), "id"),
)  # fmt: skip
BROWSE = P("Browse", "浏览")
OPEN = Key("open_row", "enter", P("open", "打开"), foot=True)


def listed() -> Answer:
    """Questions first, desk by desk, then the views."""
    rows: list[tuple[Any, ...]] = []
    for address, question in find.questions(lambda module, error: None).items():
        rows.append((find.desk(question.desk).title, question.title, question.alert, address))
    rows += [(BROWSE, view.title, False, f"browse/{name}") for name, view in VIEWS.items()]
    return Answer(LISTED, rows, ("address",))


class Desks(TablePage):
    """The way to everything that can be asked."""

    PLACE = "desks"
    NAMED = P("Desks", "工作台")
    ABOUT = P("Every question of every desk; Enter asks it.", "所有工作台的全部问题，回车打开。")
    KEYS: ClassVar[tuple[Key, ...]] = (OPEN, FILTER, SORT, EXPORT, SPACE, *COPY)
    BINDINGS: ClassVar[list[BindingType]] = [*bound("desks", (OPEN,))]

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        return lambda db: AnswerRows(listed())

    def command(self) -> str:
        return "merchant questions"

    def action_open_row(self) -> None:
        now = self.grid.current
        if now is None:
            return
        desk, _, name = now.key.partition("/")
        if desk == "browse":
            self.post_message(Go("browse", view=name))
        else:
            self.post_message(Go("answer", address=now.key))

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_open_row()
