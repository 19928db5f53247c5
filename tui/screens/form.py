"""A form: a line to fill in for each field, checked before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from tui.keys import Key, bound
from tui.screens.base import said
from tui.shell import Shell

P = Phrase

KEYS = (
    Key("cancel", "escape", P("leave as it was", "不改动")),
    Key("next", "down", P("next line", "下一项")), Key("previous", "up", P("line before", "上一项")),
)  # fmt: skip
HOW = P("Enter: done. Up and down: another line. Esc: leave as it was.", "回车：完成。上下键：换一项。`Esc`：不改动。")


class Field(NamedTuple):
    """One line: its name, label, what it means, what stands in it."""

    name: str
    label: Phrase
    about: Phrase
    value: str


class Form(ModalScreen[dict[str, str] | None]):
    """Gives what was typed by field, None if it was left. `check` raises the Problem of a value that does not do."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("form", KEYS)]

    def __init__(
        self, shell: Shell, title: Phrase, fields: Sequence[Field],
        check: Callable[[dict[str, str]], object] | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.shell, self.title_, self.fields, self.check = shell, title, fields, check

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box", can_focus=False):
            yield Static("", id="words", markup=False)
            for field in self.fields:
                yield Static("", id=f"label-{field.name}", markup=False)
                yield Input(safe_text(field.value), id=f"field-{field.name}", compact=True)
            yield Static("", id="trouble", markup=False)

    def on_mount(self) -> None:
        self.speak()
        self.query(Input).first().focus()

    def speak(self) -> None:
        lang = self.shell.lang
        self.query_one("#words", Static).update(Content(f"{self.title_.show(lang)}\n{HOW.show(lang)}\n"))
        for field in self.fields:
            line = safe_text(f"{field.label.show(lang)}  ({field.about.show(lang)})")
            self.query_one(f"#label-{field.name}", Static).update(Content(line))

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        values = {field.name: self.query_one(f"#field-{field.name}", Input).value for field in self.fields}
        try:
            if self.check is not None:
                self.check(values)
        except Problem as problem:
            line = self.query_one("#trouble", Static)
            line.update(Content(safe_text(said(problem, self.shell.lang), one_line=False)))
            line.display = True
            return
        self.dismiss(values)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_next(self) -> None:
        self.focus_next()

    def action_previous(self) -> None:
        self.focus_previous()
