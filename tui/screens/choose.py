"""Choosing some of a list: the columns of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from tui.keys import Key, bound
from tui.shell import Shell

P = Phrase

KEYS = (
    Key("switch", "space", P("on or off", "选中或取消"), priority=True),
    Key("done", "enter", P("done", "完成"), priority=True),
    Key("cancel", "escape", P("leave as it was", "不改动")),
)
HOW = P("Space: on or off. Enter: done. Esc: leave as it was.", "空格：选中或取消。回车：完成。`Esc`：不改动。")


class Choose(ModalScreen[list[str] | None]):
    """Gives the chosen names in their order, None if nothing is to change. `entries`: name, label, chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("choose", KEYS)]

    def __init__(self, shell: Shell, title: Phrase, entries: Sequence[tuple[str, Phrase, bool]]) -> None:
        super().__init__()
        self.shell, self.title_, self.entries = shell, title, entries
        self.chosen = {name for name, _, chosen in entries if chosen}

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static("", id="words", markup=False)
            yield OptionList(*(Content(self._line(i)) for i in range(len(self.entries))), compact=True)

    def _line(self, i: int) -> str:
        name, label, _ = self.entries[i]
        return f"[{'x' if name in self.chosen else ' '}] {safe_text(label.show(self.shell.lang))}"

    def on_mount(self) -> None:
        self.speak()
        self.query_one(OptionList).focus()

    def speak(self) -> None:
        lang = self.shell.lang
        self.query_one("#words", Static).update(Content(f"{self.title_.show(lang)}\n{HOW.show(lang)}"))

    @on(OptionList.OptionSelected)
    def _clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self.action_switch()

    def action_switch(self) -> None:
        found = self.query_one(OptionList)
        if found.highlighted is not None:
            self.chosen ^= {self.entries[found.highlighted][0]}
            found.replace_option_prompt_at_index(found.highlighted, Content(self._line(found.highlighted)))

    def action_done(self) -> None:
        self.dismiss([name for name, _, _ in self.entries if name in self.chosen] or None)

    def action_cancel(self) -> None:
        self.dismiss(None)
