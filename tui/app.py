"""The terminal screens of `merchant`: which screen is open, in which language and theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.events import Paste

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from tui import places
from tui.keys import Key, bound
from tui.messages import Go
from tui.screens.base import Page
from tui.screens.today import Today
from tui.shell import Shell
from tui.themes import CONTRAST, THEMES
from tui.widgets import plain_bar

P = Phrase

KEYS = (
    Key("palette", "ctrl+p", P("all commands", "所有命令"), place="app"),
    Key("language", "ctrl+l", P("English or Chinese", "切换中英文"), place="app"),
    Key("quit", "ctrl+q", P("quit", "退出"), priority=True, place="app"),
    *(Key(name, place.key, place.title, place="app", action=f"open('{name}')")
      for name, place in places.PLACES.items() if place.key),
)  # fmt: skip
NOT_YET = P("Not on a screen yet; on the command line: {command}", "界面中尚未提供，请使用命令：{command}")


class MerchantApp(App[None]):
    """`store` need not exist. Only `merchant_cli.commands` knows the settings of a run, so they are given."""

    CSS_PATH = "look.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bound("app", KEYS)]

    def __init__(self, store: Path, lang: str = "en", *, read_only: bool = False, theme: str = "dark") -> None:
        super().__init__()
        plain_bar.use()
        self.shell = Shell(store, lang, read_only)
        self.register_theme(CONTRAST)
        self.theme = THEMES[theme][0]

    def on_mount(self) -> None:
        problems = self._take_own_keys()
        self.push_screen(Today(self.shell))
        if problems:
            self.call_after_refresh(self._say, problems)

    def _take_own_keys(self) -> list[Problem]:
        """Takes the keys of keys.toml; what is wrong there is left aside."""
        from merchant_cli.desks import rules

        if not (rules.folder() / "keys.toml").exists():
            return []
        from tui import all_keys, own_keys

        self.shell.keys, problems = own_keys.load(own_keys.path(), all_keys.all_keys())
        self.set_keymap(self.shell.keys)
        return problems

    def _say(self, problems: list[Problem]) -> None:
        for problem in problems:
            shown = problem.show(self.shell.lang)
            text = "\n".join(shown[name] for name in ("what", "why", "where"))
            self.notify(safe_text(text, one_line=False), severity="warning", timeout=15, markup=False)

    @on(Go)
    def _go(self, message: Go) -> None:
        message.stop()
        self.open(message.name, **message.params)

    def open(self, name: str, **params: Any) -> None:
        """Opens a place over the one that is open; the home is what lies under all."""
        if name == "today":
            while len(self.screen_stack) > 2:
                self.pop_screen()
        elif places.exists(name):
            self.push_screen(places.screen_of(name)(self.shell, **params))
        else:
            text = self.shell.show(NOT_YET, command=f"`{places.PLACES[name].instead}`")
            self.notify(safe_text(text), markup=False)

    def action_open(self, name: str) -> None:
        if getattr(self.screen, "PLACE", "") != name:
            self.open(name)

    def on_paste(self, event: Paste) -> None:
        """Files that are dropped on a screen which has no use for them are taken in."""
        if isinstance(self.screen, Page) and not self.shell.read_only and event.text.strip():
            self.open("take_in", text=event.text)

    # --- language, colours, palette ---

    def action_language(self) -> None:
        self.do_speak("en" if self.shell.lang == "zh" else "zh")

    def do_speak(self, lang: str) -> None:
        """The other language, in place: every open screen says its words anew."""
        self.shell.lang = lang
        for screen in self.screen_stack:
            if hasattr(screen, "speak"):
                screen.speak()

    def action_palette(self) -> None:
        from tui.commands import Command
        from tui.screens.palette import Palette

        def chosen(command: Command | None) -> None:
            if command is not None:
                getattr(self, f"do_{command.verb}")(**command.given)

        self.push_screen(Palette(self.shell), chosen)

    def do_open(self, name: str, **params: Any) -> None:
        self.open(name, **params)

    def do_colour(self, name: str) -> None:
        self.theme = THEMES[name][0]

    def do_help(self) -> None:
        help_of: Any = getattr(self.screen, "action_help", None)
        if help_of is not None:
            help_of()

    def do_quit(self) -> None:
        self.exit()
