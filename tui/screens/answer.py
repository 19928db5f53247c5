"""One screen for every question of every desk, made from its declaration."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.desks import find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer as Answered
from merchant_cli.desks.base import Question
from tui.asked import Asked, read
from tui.keys import Key, bound
from tui.messages import Go
from tui.rows import AnswerRows, Rows
from tui.screens.form import Field, Form
from tui.screens.marks import MARK, MARK_ALL
from tui.screens.proposes import PROPOSE, Proposes
from tui.screens.table_page import COLUMNS, COPY, EXPORT, FILTER, NOTES, SORT, SPACE, TablePage
from tui.shell import Shell
from tui.widgets.grid import Grid

P = Phrase

FOR_PROGRAMS = ("action", "params")  # columns of an alert that are not shown at first

OPTIONS = Key("options", "f", P("options", "选项"), foot=True)
OPEN = Key("open_row", "enter", P("what is behind it", "查看来源"), foot=True)


class Answer(Proposes, TablePage):
    """The answer to the question at `address`, `desk/question`."""

    PLACE = "answer"
    NAMED = P("Answer", "结果")
    ABOUT = P(
        "One row per finding. Enter shows what a number is made of; the options and shops are set with f.",
        "每行一个结果。回车查看数字的来源；按 f 设置选项、店铺和日期。",
    )
    KEYS: ClassVar[tuple[Key, ...]] = (
        OPEN, FILTER, SORT, OPTIONS, COLUMNS, EXPORT, PROPOSE, MARK, MARK_ALL, SPACE, NOTES, *COPY,
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [*bound("answer", (OPEN, OPTIONS))]

    def __init__(self, shell: Shell, address: str, asked: Asked | None = None, key: str | None = None) -> None:
        super().__init__(shell)
        self.address, self.asked = address, asked or Asked()
        self.question: Question | None = None
        self._at_first = key

    def loader(self) -> Callable[[sqlite3.Connection], Rows]:
        address, asked = self.address, self.asked

        def load(db: sqlite3.Connection) -> Rows:
            question = find.question(address)
            scope = asked.scope(db)
            answer = find.answer(question, db, scope, **asked.own)
            answer = replace(
                answer, notes=[*answer.notes, *scopes.notes(db, scope)], as_of=answer.as_of or scope.as_of,
                shops=answer.shops or scope.shops, currency=answer.currency or scope.currency,
            )  # fmt: skip
            self.question = question
            return AnswerRows(answer)

        return load

    def _key(self) -> str | None:
        return super()._key() or self._at_first

    def told_load(self, result: Any) -> None:
        super().told_load(result)
        self._at_first = None
        self.query_one("#title", Static).update(Content(safe_text(self.titled())))

    def titled(self) -> str:
        if self.question is None:
            return self.shell.show(self.NAMED)
        desk = find.desk(self.question.desk).title
        return f"{self.shell.show(desk)} / {self.shell.show(self.question.title)}"

    def columns_shown(self, answer: Answered) -> list[str]:
        names = [column.name for column in answer.columns if column.name != "key"]
        if self.question is not None and self.question.alert:
            names = [name for name in names if name not in FOR_PROGRAMS]
        elif "by_row" in {column.kind for column in answer.columns}:
            names.remove("kind")
        return names + ["key"] * (len(answer.columns) > len(names) and "key" in answer.key)

    def command(self) -> str:
        return f"merchant {self.address.replace('/', ' ')}" + self.asked.words(self.question)

    def file_name(self) -> str:
        return f"{self.address.replace('/', '-')}.xlsx"

    def alert_rows(self) -> dict[str, list[str]]:
        """The marked rows, else the one at the cursor, if this is an alert."""
        keys = self.keys_meant()
        alert = self.question is not None and self.question.alert
        return {self.address: keys} if alert and keys else {}

    def asked_with(self) -> Asked:
        return self.asked

    # --- options and scope ---

    def action_options(self) -> None:
        self.ask("form", lambda db: (tuple(scopes.shops(db)), self._defaults(db)))

    def _defaults(self, db: sqlite3.Connection) -> dict[str, Any]:
        return {} if self.question is None else options.merchants(self.question, db)

    def told_form(self, result: tuple[tuple[str, ...], dict[str, Any]]) -> None:
        if self.question is None:
            return
        known, merchants = result
        own = options.of(self.question)
        fields = [
            Field("shops", P("Shops", "店铺"), _names(known), ", ".join(self.asked.shops)),
            Field("since", P("First day", "起始日期"), DAY, self.asked.since or ""),
            Field("until", P("Last day", "截止日期"), DAY, self.asked.until or ""),
            Field("as_of", P("As known on", "数据截至"), DAY, self.asked.as_of or ""),
        ]
        for name, option in own.items():
            value = self.asked.own.get(name, merchants.get(name, option.default))
            fields.append(Field(f"own-{name}", option.help, option.takes, _text(option, value, self.shell.lang)))

        def check(values: dict[str, str]) -> Asked:
            return read(values, own, known)

        def done(values: dict[str, str] | None) -> None:
            if values is not None:
                said = read(values, own, known)
                usual = {name: merchants.get(name, option.default) for name, option in own.items()}
                changed = {name: value for name, value in said.own.items() if value != usual[name]}
                self.asked = replace(said, own=changed)
                self.refetch()

        self.app.push_screen(Form(self.shell, self.question.title, fields, check), done)

    # --- what is behind a row ---

    def action_open_row(self) -> None:
        if self.question is not None and self.question.explain is None:
            self.toast(P("There is nothing further behind a row here.", "这里的行没有更多来源。"))
        else:
            self.with_row("open")

    def told_open(self, row: tuple[Any, ...] | None) -> None:
        if row is not None and self.rows is not None:
            answer = self.rows.answer
            at = [column.name for column in answer.columns].index(answer.key[0])
            self.post_message(Go("explain", address=self.address, key=str(row[at]), asked=self.asked))

    @on(Grid.Chosen)
    def _chosen(self, message: Grid.Chosen) -> None:
        message.stop()
        self.action_open_row()


DAY = P("like 2026-11-14, or empty", "如 2026-11-14，可留空")


def _names(known: tuple[str, ...]) -> Phrase:
    names = ", ".join(known)
    return P(f"empty: all of {names}", f"留空为全部：{names}")


def _text(option: options.Option, value: Any, lang: str) -> str:
    if value is None:
        return ""
    return options.YES_NO[str(value)].show(lang) if option.kind is bool else str(value)
