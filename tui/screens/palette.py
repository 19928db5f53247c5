"""Ctrl+P: every place, question, theme and switch by its words, in either language."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from tui.commands import Command, commands
from tui.keys import Key, bound
from tui.shell import Shell

P = Phrase

KEYS = (
    Key("close", "escape", P("close", "关闭")), Key("down", "down", P("next", "下一个"), priority=True),
    Key("up", "up", P("before", "上一个"), priority=True),
)  # fmt: skip


class Palette(ModalScreen[Command | None]):
    """Gives the command that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("palette", KEYS)]

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self._all = commands()
        self._found = self._all

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Input(id="words", compact=True)
            yield OptionList(compact=True)

    def on_mount(self) -> None:
        self.speak()
        self.query_one(Input).focus()

    def speak(self) -> None:
        self.query_one(Input).placeholder = self.shell.show(P("what to open or do", "输入要打开的内容"))
        self._list()

    def _list(self) -> None:
        words = self.query_one(Input).value.casefold().split()
        self._found = [command for command in self._all if all(word in command.searched for word in words)]
        found = self.query_one(OptionList)
        found.clear_options()
        for command in self._found:
            about = safe_text(command.about.show(self.shell.lang))
            found.add_option(
                Option(Content.assemble(safe_text(command.title.show(self.shell.lang)), (f"  {about}", "dim")))
            )
        if self._found:
            found.highlighted = 0
        else:
            found.add_option(
                Option(Content(self.shell.show(P("Nothing is called that.", "没有匹配的内容。"))), disabled=True)
            )

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._list()

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self._choose(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._choose(message.option_index)

    def _choose(self, at: int | None) -> None:
        if at is not None and at < len(self._found):
            self.dismiss(self._found[at])

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    def action_close(self) -> None:
        self.dismiss(None)
