"""A text in full over the screen: one cell, all notes."""

from __future__ import annotations

from collections.abc import Callable
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

KEYS = (Key("close", "escape,space,q,enter", Phrase("close", "关闭")),)


class Reader(ModalScreen[None]):
    """`text(lang)` is shown literally, its lines kept."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("reader", KEYS)]

    def __init__(self, shell: Shell, title: Phrase, text: Callable[[str], str]) -> None:
        super().__init__()
        self.shell, self.title_, self.text = shell, title, text

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.speak()

    def speak(self) -> None:
        lang = self.shell.lang
        body = safe_text(self.text(lang), one_line=False) or Phrase("Nothing.", "没有内容。").show(lang)
        self.query_one("#words", Static).update(Content(f"{safe_text(self.title_.show(lang))}\n\n{body}"))

    def action_close(self) -> None:
        self.dismiss()
