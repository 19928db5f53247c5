"""The home: vital signs above, below them everything that needs doing, ranked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks.base import Answer
from merchant_cli.store import decisions
from merchant_cli.store import open as opening
from tui.first_step import FIRST_STEP
from tui.keys import Key, bound
from tui.messages import Go
from tui.rows import AnswerRows, Rows
from tui.screens.marks import MARK, MARK_ALL
from tui.screens.proposes import PROPOSE, Proposes
from tui.screens.table_page import COLUMNS, COPY, EXPORT, FILTER, NOTES, SORT, SPACE, TablePage
from tui.shell import Shell
from tui.todo import signs, todo
from tui.vital_signs import Line, lines
from tui.widgets.foot import Foot
from tui.widgets.grid import Grid

P = Phrase

WEEK = 7  # days that a row is put off
SHOWN = ["todo", "subject", "at_stake", "due", "why"]
TOGETHER = ("all", "others")  # keys of lines that stand for several rows

WHY = Key("open_row", "enter", P("why", "原因"), foot=True)
QUESTION = Key("question", "o", P("all", "同类"), foot=True)
SNOOZE = Key("snooze", "s", P("put off", "暂缓"), foot=True)
DISMISS = Key("dismiss", "x", P("dismiss", "不再提醒"), foot=True, action="dismiss_row")
UNDO = Key("undo", "u", P("undo that", "撤销"))
SIGNS = Key("signs", "v", P("vital signs", "经营概况"))
DESKS = Key("desks", "d", P("desks", "工作台"), foot=True, place="app", action="app.open('desks')")
PALETTE = Key("palette", "ctrl+p", P("menu", "菜单"), foot=True, place="app", action="app.palette")
TAKE_IN = Key("take_in", "i", P("take files in", "导入文件"), foot=True, place="app", action="app.open('take_in')")


class Today(Proposes, TablePage):
    """What needs doing today."""

    PLACE = "today"
    NAMED = P("Today", "今日待办")
    ABOUT = P(
        "What needs doing, over all desks and shops; the most urgent money first. Above: net sales against the same"
        " weekdays before.",
        "所有工作台和店铺要处理的事项，最紧要的金额在前。上方是净销售额，与之前相同星期对比。",
    )
    OWN: ClassVar[tuple[Key, ...]] = (WHY, QUESTION, SNOOZE, DISMISS, UNDO, SIGNS)
    KEYS: ClassVar[tuple[Key, ...]] = (
        WHY, QUESTION, SNOOZE, DISMISS, FILTER, DESKS, PALETTE,
        *(replace(key, foot=False) for key in (SORT, COLUMNS, EXPORT)), PROPOSE, MARK, MARK_ALL, UNDO, SIGNS, SPACE,
        NOTES, *COPY,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bound("today", OWN)]

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.signs: Answer | None = None
        self.decided: list[str] = []  # addresses that were put off or dismissed here, newest last

    def above(self) -> ComposeResult:
        yield Static("", id="signs", markup=False)
        yield Static("", id="first", markup=False)

    # --- rows and vital signs ---

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        return lambda db: AnswerRows(todo(db))

    def refetch(self) -> None:
        super().refetch()
        self.ask("signs", signs)

    def told_load(self, result: Any) -> None:
        super().told_load(result)
        self.say_first_step()

    def told_signs(self, answer: Answer) -> None:
        self.signs = answer
        self.say_signs()

    def speak(self) -> None:
        super().speak()
        self.say_signs()
        self.say_first_step()

    def on_resize(self) -> None:
        self.say_signs()
        self.say_status()

    def say_signs(self) -> None:
        """The strip: fewer shops where the screen is low; which shops lag."""
        if self.signs is None:
            return
        room, most = max(20, self.size.width - 2), 3 if self.size.height < 30 else 6
        found = lines(self.signs, self.shell.lang, room, most)
        lags = [note.show(self.shell.lang) for note in self.signs.notes if note.code == "shop-lags"]
        found += [Line(safe_text(" ".join(lags), limit=room))] if lags else []
        strip = self.query_one("#signs", Static)
        strip.update(Content("\n").join(_coloured(line) for line in found))
        strip.display = bool(found)

    def say_first_step(self) -> None:
        """On an empty store: which files to fetch and what to press."""
        empty = self.rows is not None and self.rows.answer.as_of is None and self.grid.total == 0
        first = self.query_one("#first", Static)
        first.display, self.grid.display = empty, not empty
        self.query_one(Foot).put(self.foot_keys())
        if empty:
            first.update(Content(FIRST_STEP.show(self.shell.lang)))

    def keys_now(self) -> tuple[Key, ...]:
        return (TAKE_IN, DESKS, PALETTE) if self.query_one("#first").display else self.KEYS

    def columns_shown(self, answer: Answer) -> list[str]:
        return SHOWN

    def status(self) -> list[str]:
        parts = super().status()
        if self.rows is None or self.grid.total:
            return parts
        if self.rows.answer.as_of is None:
            return [self.shell.show(P("no data yet", "还没有数据"))]
        if not self.order.words:
            parts[0] = self.shell.show(P("Nothing to do.", "没有待办事项。"))
        return parts

    def pane(self) -> list[str]:
        """The whole reason of the row at the cursor; the first note where there is none."""
        now = self.grid.current
        if now is None or self.rows is None:
            return [] if self.rows is None or self.rows.answer.as_of is None else super().pane()
        names = [column.name for column in self.rows.answer.columns]
        subject, why = (now.cells[names.index(name)] for name in ("subject", "why"))
        return [f"{subject}{self.shell.show(P(': ', '：'))}{why}"]

    def command(self) -> str:
        return "merchant today"

    # --- where a row leads ---

    def action_open_row(self) -> None:
        address, key = self._address()
        if address and key not in TOGETHER:
            self.post_message(Go("explain", address=address, key=key))
        elif address:
            self.post_message(Go("answer", address=address))

    def action_question(self) -> None:
        address, key = self._address()
        if address:
            self.post_message(Go("answer", address=address, key=key))

    def action_signs(self) -> None:
        self.post_message(Go("answer", address="finance/vitals"))

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_open_row()

    def _address(self) -> tuple[str, str]:
        """`desk/question` and key of the row at the cursor."""
        now = self.grid.current
        if now is None:
            return "", ""
        desk, question, key = now.key.split("/", 2)
        return f"{desk}/{question}", key

    def alert_rows(self) -> dict[str, list[str]]:
        """The marked lines, else the one at the cursor; lines that stand for several rows are left out."""
        found: dict[str, list[str]] = {}
        for line in self.keys_meant():
            desk, question, key = line.split("/", 2)
            if key not in TOGETHER:
                found.setdefault(f"{desk}/{question}", []).append(key)
        return found

    # --- decisions ---

    def action_snooze(self) -> None:
        as_of = None if self.rows is None else self.rows.answer.as_of
        self._decide("snoozed", days.add(as_of, WEEK) if as_of else None)

    def action_dismiss_row(self) -> None:
        self._decide("dismissed", None)

    def _decide(self, state: str, until: str | None) -> None:
        now = self.grid.current
        if now is None:
            return
        store, address, read_only = self.shell.store, now.key, self.shell.read_only

        def job(db: sqlite3.Connection) -> tuple[str, str | None]:
            if read_only:
                raise Problem("read-only")
            with opening.write(store, "merchant tui") as writer:
                decisions.decide(writer, address, state, until, None)
            return address, until

        self.ask("decide", job)

    def told_decide(self, result: tuple[str, str | None]) -> None:
        address, until = result
        self.decided.append(address)
        if isinstance(self.rows, AnswerRows):  # at once; the whole list is worked out anew behind it
            self.rows = self.rows.without(address)
            self.rearrange(self.order, stay=True)
        self.refetch()
        if until:
            self.toast(P("Put off until {day}. u: undo", "暂缓到 {day}。按 u 撤销"), day=until)
        else:
            self.toast(P("Not shown any more. u: undo", "不再提醒。按 u 撤销"))

    def action_undo(self) -> None:
        if not self.decided:
            self.toast(P("There is nothing to undo here.", "这里没有可撤销的操作。"))
            return
        store, address = self.shell.store, self.decided.pop()

        def job(db: sqlite3.Connection) -> None:
            with opening.write(store, "merchant tui") as writer:
                decisions.withdraw(writer, address)

        self.ask("undo", job)

    def told_undo(self, result: None) -> None:
        self.refetch()
        self.toast(P("The row is shown again.", "已恢复提醒。"))


def _coloured(line: Line) -> Content:
    found = Content(line.text)
    for start, end, rise in line.changes:
        found = found.stylize("$text-success" if rise else "$text-error", start, end)
    return found
