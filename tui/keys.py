"""The keys: what a screen declares, how they are shown, and the merchant's own in keys.toml."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from merchant_cli.basics.phrases import Phrase

P = Phrase

NAMES = {
    "enter": P("Enter", "回车"), "space": P("Space", "空格"), "escape": P("Esc", "Esc"), "slash": P("/", "/"),
    "question_mark": P("?", "?"), "up": P("Up", "上"), "down": P("Down", "下"), "left": P("Left", "左"),
    "right": P("Right", "右"), "home": P("Home", "首"), "end": P("End", "末"), "pageup": P("PgUp", "上页"),
    "pagedown": P("PgDn", "下页"), "tab": P("Tab", "Tab"), "delete": P("Del", "Del"),
    "backspace": P("Bksp", "退格"),
}  # fmt: skip


@dataclass(frozen=True)
class Key:
    """One key of a screen: the action `action_<name>`, its keys as Textual names them, what it does in words.

    `foot`: it stands in the line at the bottom, which holds eight at most. `place`: the first part of its id where it
    is not that of its screen.
    """

    name: str
    keys: str
    said: Phrase
    foot: bool = False
    priority: bool = False
    place: str = ""
    action: str = ""  # where it is not `name`

    def id(self, place: str) -> str:
        """Its name in keys.toml, `place.name`, on the screen `place`."""
        return f"{self.place or place}.{self.name}"


def bound(place: str, keys: tuple[Key, ...]) -> list[Binding]:
    """The keys as Textual wants them; their ids `place.name` are what keys.toml names."""
    return [
        Binding(key.keys, key.action or key.name, key.said.en, show=False, id=key.id(place), priority=key.priority)
        for key in keys
    ]


def key_shown(key: str, lang: str) -> str:
    """A key as people read it: `^E`, `Enter`, `?`."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    if key in NAMES:
        return NAMES[key].show(lang)
    return key.upper() if len(key) > 1 else key
