"""What the palette offers: each provider gives commands; a new one is added to PROVIDERS."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks import find
from tui.browsed import VIEWS
from tui.places import PLACES, exists
from tui.themes import THEMES

P = Phrase


@dataclass(frozen=True)
class Command:
    """One entry: its words, and the app's method `do_<verb>` that is called with `given`."""

    title: Phrase
    about: Phrase
    verb: str
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def searched(self) -> str:
        """What is looked into: both languages, and the address."""
        return " ".join((*self.title, *self.about, *map(str, self.given.values()))).casefold()


def places() -> Iterable[Command]:
    """The screens."""
    for name, place in PLACES.items():
        if place.listed and (exists(name) or place.instead):
            about = P(f"key {place.key}", f"按键 {place.key}") if place.key else P("", "")
            yield Command(place.title, about, "open", {"name": name})


def questions() -> Iterable[Command]:
    """Every question of every desk."""
    for address, question in find.questions(lambda module, error: None).items():
        yield Command(question.title, find.desk(question.desk).title, "open", {"name": "answer", "address": address})


def browsing() -> Iterable[Command]:
    """The views that can be looked through."""
    for name, view in VIEWS.items():
        yield Command(view.title, P("browse", "浏览"), "open", {"name": "browse", "view": name})


def switches() -> Iterable[Command]:
    """Language, themes, help, leaving."""
    yield Command(P("English", "英文"), P("language", "语言"), "speak", {"lang": "en"})
    yield Command(P("Chinese", "中文"), P("language", "语言"), "speak", {"lang": "zh"})
    for name, (_, title) in THEMES.items():
        yield Command(title, P("colours", "配色"), "colour", {"name": name})
    yield Command(P("Help of this screen", "当前界面的帮助"), P("key ?", "按键 ?"), "help")
    yield Command(P("Quit", "退出"), P("key ^Q", "按键 ^Q"), "quit")


PROVIDERS: tuple[Callable[[], Iterable[Command]], ...] = (places, questions, browsing, switches)


def commands() -> list[Command]:
    """Everything that the palette offers, in order."""
    return [command for provider in PROVIDERS for command in provider()]
