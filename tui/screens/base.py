"""What every screen is: a title line, its content, the line of keys; a clerk that reads the store for it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.basics.safe_text import safe_text
from tui.clerk import Clerk, Job
from tui.keys import Key, bound, key_shown
from tui.messages import StoreChanged, Told, Trouble
from tui.shell import Shell
from tui.widgets.foot import Foot

P = Phrase

COMMON = (
    Key("help", "question_mark,f1", P("help", "帮助"), foot=True, place="page"),
    Key("back", "escape", P("back", "返回"), foot=True, place="page"),
)
MOST_IN_FOOT = 8


class Page(Screen[Any]):
    """A screen of ours. A subclass says PLACE, TITLE_, ABOUT and KEYS, sets `BINDINGS = bound(PLACE, KEYS)`,
    composes `content`, and says all its words in `speak`, which is called again when the language changes.
    """

    PLACE: ClassVar[str] = "page"
    NAMED: ClassVar[Phrase] = P("", "")
    ABOUT: ClassVar[Phrase] = P("", "")
    KEYS: ClassVar[tuple[Key, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bound("page", COMMON)]

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell
        self.clerk: Clerk | None = None
        self.stale = False  # the store changed while another screen lay over this one

    # --- what a subclass fills in ---

    def content(self) -> ComposeResult:
        """The widgets between title and keys."""
        yield from ()

    def speak(self) -> None:
        """Says every word of the screen in the language of now; subclasses call this one too."""
        self.query_one("#title", Static).update(Content(safe_text(self.titled())))
        self.query_one(Foot).put(self.foot_keys())

    def titled(self) -> str:
        """The title line."""
        return self.shell.show(self.NAMED)

    def refetch(self) -> None:
        """Asks anew for what the screen shows, keeping its place."""

    # --- what they share ---

    def compose(self) -> ComposeResult:
        yield Static("", id="title", markup=False)
        yield from self.content()
        yield Static("", id="trouble", markup=False)
        yield Foot()

    def on_mount(self) -> None:
        self.clerk = Clerk(self.shell.store, self)
        self.speak()
        self.refetch()

    def on_unmount(self) -> None:
        if self.clerk is not None:
            self.clerk.end()

    def ask(self, name: str, job: Job) -> None:
        """Has the clerk do `job(connection)`; `told_<name>(result)` is called with what comes of it."""
        if self.clerk is not None:
            self.clerk.ask(name, job)

    @on(Told)
    def _told(self, message: Told) -> None:
        message.stop()
        self.say_trouble("")
        getattr(self, f"told_{message.name}")(message.result)

    @on(Trouble)
    def _trouble(self, message: Trouble) -> None:
        message.stop()
        self.trouble(message.name, message.fault)

    def trouble(self, name: str, fault: Problem | Note) -> None:
        """Says a fault on the screen."""
        self.say_trouble(said(fault, self.shell.lang))

    def say_trouble(self, text: str) -> None:
        line = self.query_one("#trouble", Static)
        line.update(Content(safe_text(text, one_line=False)))
        line.display = bool(text)

    @on(StoreChanged)
    def _store_changed(self, message: StoreChanged) -> None:
        message.stop()
        if self.is_current:
            self.refetch()
        else:
            self.stale = True

    def on_screen_resume(self) -> None:
        if self.stale:
            self.stale = False
            self.refetch()

    def keys_now(self) -> tuple[Key, ...]:
        """The keys of the screen as it is now, for the bottom line."""
        return self.KEYS

    def foot_keys(self) -> list[tuple[str, str, str]]:
        """The keys of the bottom line as they are now (keys.toml may have changed them)."""
        found = []
        for key in [key for key in (*self.keys_now(), *COMMON) if key.foot][:MOST_IN_FOOT]:
            keys = self.shell.keys.get(key.id(self.PLACE), key.keys)
            found.append(
                (key_shown(keys.partition(",")[0], self.shell.lang), self.shell.show(key.said), key.action or key.name)
            )
        return found

    @on(Foot.Pressed)
    async def _pressed(self, message: Foot.Pressed) -> None:
        message.stop()
        await self.run_action(message.action)

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()

    def action_help(self) -> None:
        from tui.screens.help import Help

        self.app.push_screen(Help(self.shell, self))

    def toast_trouble(self, fault: Problem | Note) -> None:
        """Says for a while why what was asked for was not done; a line would go when the rows come anew."""
        self.notify(safe_text(said(fault, self.shell.lang), one_line=False), severity="error", timeout=15, markup=False)

    def toast(self, phrase: Phrase, *, problem: bool = False, **params: Any) -> None:
        """Says one sentence in a corner for a while."""
        text = safe_text(self.shell.show(phrase, **params))
        self.notify(text, severity="warning" if problem else "information", markup=False)


def said(fault: Problem | Note, lang: str) -> str:
    """A fault as lines: what, where, why, how to mend it."""
    if isinstance(fault, Note):
        return fault.show(lang)
    shown = fault.show(lang)
    return "\n".join(shown[name] for name in ("what", "where", "why", "fix") if shown[name])
