"""Every key that keys.toml may name, by binding id; loads all screens, so it is asked only where that file exists."""

from __future__ import annotations

from textual.binding import Binding

from merchant_cli.basics.phrases import Phrase
from tui import app, places
from tui.keys import Key
from tui.screens.base import COMMON
from tui.screens.choose import KEYS as CHOOSE
from tui.screens.form import KEYS as FORM
from tui.screens.help import KEYS as HELP
from tui.screens.palette import KEYS as PALETTE
from tui.screens.reader import KEYS as READER
from tui.widgets.grid import Grid

P = Phrase


MOVES = {
    "up": P("row above", "上一行"), "down": P("row below", "下一行"), "pageup": P("page up", "上一页"),
    "pagedown": P("page down", "下一页"), "first": P("first row", "首行"), "last": P("last row", "末行"),
    "left": P("column left", "左一列"), "right": P("column right", "右一列"),
}  # fmt: skip


def all_keys() -> dict[str, str]:
    """Binding id → keys."""
    return {name: keys for name, (keys, _) in described().items()}


def described() -> dict[str, tuple[str, Phrase]]:
    """Binding id → its keys and what it does, screen by screen."""
    found: dict[str, tuple[str, Phrase]] = {}
    found |= _of("app", app.KEYS) | _of("page", COMMON)
    for binding in Grid.BINDINGS:
        if isinstance(binding, Binding) and binding.id:
            found[binding.id] = (binding.key, MOVES[binding.id.partition(".")[2]])
    for name in places.PLACES:
        if places.exists(name):
            found |= _of(name, places.screen_of(name).KEYS)
    over = {"choose": CHOOSE, "form": FORM, "help": HELP, "palette": PALETTE, "reader": READER}
    for place, keys in over.items():
        found |= _of(place, keys)
    return dict(sorted(found.items()))


def as_toml(lang: str) -> str:
    """All keys as a keys.toml that changes nothing, to be edited."""
    lines: list[str] = []
    place = ""
    for name, (keys, said) in described().items():
        if name.partition(".")[0] != place:
            place = name.partition(".")[0]
            lines += ["", f"[{place}]"] if lines else [f"[{place}]"]
        value = keys.split(",")
        shown = f'"{keys}"' if len(value) == 1 else "[" + ", ".join(f'"{key}"' for key in value) + "]"
        lines.append(f"{name.partition('.')[2]} = {shown}  # {said.show(lang)}")
    return "\n".join(lines)


def _of(place: str, keys: tuple[Key, ...]) -> dict[str, tuple[str, Phrase]]:
    return {key.id(place): (key.keys, key.said) for key in keys}
