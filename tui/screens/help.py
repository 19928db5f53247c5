"""`?`: what the screen is for and every key of it, made from its declarations."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import pad
from tui.keys import Key, bound, key_shown
from tui.screens.base import COMMON, Page
from tui.shell import Shell

P = Phrase

KEYS = (Key("close", "escape,q,question_mark,f1,enter", P("close", "关闭"), foot=True),)
MOVES = (
    ("up k, down j", P("one row", "移动一行")), ("PgUp PgDn", P("one page", "移动一页")),
    ("g Home, G End", P("first and last row", "首行和末行")), ("left h, right l", P("one column", "移动一列")),
)  # fmt: skip


class Help(ModalScreen[None]):
    """Lies over the screen that it explains."""

    BINDINGS: ClassVar[list[BindingType]] = [*bound("help", KEYS)]

    def __init__(self, shell: Shell, page: Page) -> None:
        super().__init__()
        self.shell, self.page = shell, page

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box"):
            yield Static("", id="words", markup=False)

    def on_mount(self) -> None:
        self.speak()

    def speak(self) -> None:
        self.query_one("#words", Static).update(Content("\n".join(self._lines())))

    def _lines(self) -> list[str]:
        from tui.app import KEYS as APP_KEYS

        lang = self.shell.lang
        lines = [self.page.NAMED.show(lang), "", self.page.ABOUT.show(lang), ""]
        for place, keys in ((self.page.PLACE, self.page.KEYS), ("page", COMMON), ("app", APP_KEYS)):
            for key in keys:
                now = self.shell.keys.get(key.id(place), key.keys)
                shown = " ".join(key_shown(one, lang) for one in now.split(","))
                lines.append(f"{pad(shown, 16)} {key.said.show(lang)}")
        return lines + [f"{pad(keys, 16)} {about.show(lang)}" for keys, about in MOVES]

    def action_close(self) -> None:
        self.dismiss()
