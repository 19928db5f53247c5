"""Asks once more before much, or money, is set in motion."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from tui.keys import Key, bound
from tui.shell import Shell

P = Phrase

KEYS = (Key("yes", "y", P("yes", "确认")), Key("no", "n,escape", P("no", "取消")))
HOW = P("y: yes. n or Esc: no.", "按 y 确认，按 n 或 `Esc` 取消。")


class Sure(ModalScreen[bool]):
    """Gives whether the merchant said yes. Enter alone is no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("sure", KEYS)]

    def __init__(self, shell: Shell, title: Phrase, about: Phrase) -> None:
        super().__init__()
        self.shell, self.title_, self.about = shell, title, about

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.speak()

    def speak(self) -> None:
        lang = self.shell.lang
        about = safe_text(self.about.show(lang), one_line=False)
        parts = ((self.title_.show(lang), "bold"), "\n\n", about, "\n\n", (HOW.show(lang).replace("`", ""), "bold"))
        self.query_one("#words", Static).update(Content.assemble(*parts))

    def action_yes(self) -> None:
        self.dismiss(True)

    def action_no(self) -> None:
        self.dismiss(False)
