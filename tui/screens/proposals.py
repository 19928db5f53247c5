"""What waits for a yes, what was sent, and how it went."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer
from merchant_cli.send import listed
from merchant_cli.send.actions import STATES
from tui.keys import Key, bound
from tui.messages import Go
from tui.rows import AnswerRows, Rows
from tui.screens.decisions import APPROVE, DECIDE, REFUSE, SEND, SNOOZE, Decides
from tui.screens.marks import MARK, MARK_ALL, Marks
from tui.screens.table_page import COLUMNS, COPY, EXPORT, FILTER, NOTES, SORT, TablePage
from tui.shell import Shell
from tui.widgets.grid import Grid

P = Phrase

NARROW = ["number", "state", "subject", "change", "action"]
WIDE = {110: ["due", "check_day"], 150: ["metric", "baseline", "measured"]}  # from so many cells on these stand too

OPEN = Key("open_row", "enter", P("open", "打开"), foot=True)
MARK_HERE = replace(MARK, keys="m,v,space", foot=True, place="")
STATE = Key("states", "f", P("states", "按状态"), foot=True)
# The letters that tables have for these decide here.
SORT_HERE = replace(SORT, keys="s", foot=False, place="")
COLUMNS_HERE = replace(COLUMNS, keys="o", foot=False, place="")
OWN = (OPEN, MARK_HERE, STATE, SORT_HERE, COLUMNS_HERE)
HOW = P("Nothing is proposed here. On the worklist or an alert, P proposes the row.",
        "这里没有建议。在今日待办或提醒中按 P，可将该行提为建议。")  # fmt: skip


class Proposals(Decides, Marks, TablePage):
    """The list; decisions are about the marked rows, or the one at the cursor."""

    PLACE = "proposals"
    NAMED = P("Proposals", "建议")
    ABOUT = P(
        "Actions that wait for your yes, and what came of them. Decisions are about the marked rows, else the one at"
        " the cursor. What is approved is written to files with w; the platform's next export shows whether it worked.",
        "等待您批准的操作及其结果。审批针对已标记的行，未标记则针对光标所在行。"
        "按 w 把已批准的建议生成文件；平台的下一份导出文件会说明是否生效。",
    )
    KEYS: ClassVar[tuple[Key, ...]] = (
        OPEN, MARK_HERE, APPROVE, REFUSE, SNOOZE, SEND, STATE, MARK_ALL, replace(FILTER, foot=False), SORT_HERE,
        COLUMNS_HERE, replace(EXPORT, foot=False), NOTES, *COPY,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bound("proposals", OWN), *bound("decide", DECIDE)]

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.states: list[str] | None = None  # None: all

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        states = self.states

        def load(db: sqlite3.Connection) -> Rows:
            scope = scopes.make(db)
            answer = listed.listed(db, scope)
            at = [column.name for column in answer.columns].index("state")
            rows = [row for row in answer.rows if states is None or row[at] in states]
            return AnswerRows(replace(answer, rows=rows))

        return load

    def columns_shown(self, answer: Answer) -> list[str]:
        return [*NARROW, *(name for room, names in WIDE.items() if self.size.width >= room for name in names)]

    def on_resize(self) -> None:
        if self.rows is not None and self.chosen is None:
            self._set_heads(self.rows.answer)
        self.say_status()

    def status(self) -> list[str]:
        parts, show = super().status(), self.shell.show
        if self.rows is None:
            return parts
        if self.states is not None:
            names = show(P(", ", "、")).join(show(STATES[state]) for state in self.states)
            parts.insert(1, show(P("only: {names}", "只看：{names}"), names=names))
        if self.shell.read_only:
            parts.append(show(P("read-only", "只读")))
        return parts

    def pane(self) -> list[str]:
        """The change of the row at the cursor in full; how proposals come about where there is none."""
        now = self.grid.current
        if self.rows is None or (now is None and (self.order.words or self.states is not None)):
            return super().pane()
        if now is None:
            return [self.shell.show(HOW)]
        names = [column.name for column in self.rows.answer.columns]
        subject, change = (now.cells[names.index(name)] for name in ("subject", "change"))
        return [self.shell.show(P(": ", "：")).join(part for part in (subject, change) if part), *super().pane()]

    def command(self) -> str:
        return "merchant proposals"

    # --- which rows are meant ---

    def numbers(self) -> list[int]:
        return sorted(int(key) for key in self.keys_meant())

    def as_of(self) -> str:
        return "" if self.rows is None else self.rows.answer.as_of or ""

    def decided(self) -> None:
        self.grid.marked.clear()
        super().decided()

    # --- states ---

    def action_states(self) -> None:
        from tui.screens.choose import Choose

        entries = [(name, title, self.states is None or name in self.states) for name, title in STATES.items()]
        self.app.push_screen(Choose(self.shell, P("States to show", "显示哪些状态"), entries), self._states_chosen)

    def _states_chosen(self, names: list[str] | None) -> None:
        if names:
            self.states = None if len(names) == len(STATES) else names
            self.grid.marked.clear()
            self.refetch()

    # --- one of them ---

    def action_open_row(self) -> None:
        now = self.grid.current
        if now is not None:
            self.post_message(Go("proposal", number=int(now.key)))

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_open_row()
