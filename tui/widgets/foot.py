"""The line at the bottom: the keys that matter most here, eight at most; a click does what the key does."""

from __future__ import annotations

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

GAP = "  "


class Foot(Widget):
    """Shows `(key, words, action)` side by side, as many as fit."""

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[tuple[str, str, str]] = []

    def put(self, keys: list[tuple[str, str, str]]) -> None:
        self._keys = keys
        self.refresh()

    def render(self) -> Content:
        line = Content("")
        for key, words, _ in self._keys:
            part = Content.assemble((key, "bold"), " ", words, GAP)
            if line.cell_length + part.cell_length - len(GAP) > self.size.width:
                break
            line += part
        return line

    def on_click(self, event: Click) -> None:
        x = 0
        for key, words, action in self._keys:
            x += Content(f"{key} {words}{GAP}").cell_length
            if event.x < x:
                self.post_message(self.Pressed(action))
                return
