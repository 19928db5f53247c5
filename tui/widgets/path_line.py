"""The line for paths: typed, pasted or dropped; what is pasted may hold several lines and is shown harmless."""

from __future__ import annotations

from collections.abc import Sequence

from textual.events import Paste
from textual.widgets import Input

from merchant_cli.basics.safe_text import safe_text
from tui.given import LINE


class PathLine(Input):
    """`real`: what a part of the line stands for where it is not shown as it is."""

    def __init__(self, text: str = "", **kwargs: str) -> None:
        super().__init__(compact=True, **kwargs)  # type: ignore[arg-type]
        self.real: dict[str, str] = {}
        if text:
            self.take(text)

    def _on_paste(self, event: Paste) -> None:
        event.stop()
        event.prevent_default()  # Input keeps the first line only
        self.take(event.text)

    def take(self, text: str) -> None:
        """What was pasted or dropped, at the cursor; several lines stay apart."""
        lines = [line for line in text.splitlines() if line.strip()]
        said = LINE.join(self._shown(line.strip()) for line in lines)
        if self.value.strip() and lines and self.cursor_position == len(self.value):
            said = LINE + said  # another drop after the first
        self.insert_text_at_cursor(said)

    def set_paths(self, paths: Sequence[str]) -> None:
        """These paths and nothing else."""
        self.value = LINE.join(self._shown(path) for path in paths)
        self.cursor_position = len(self.value)

    def _shown(self, line: str) -> str:
        shown = safe_text(line).replace(LINE, "␊")  # of a name; between names a line break is LINE
        if shown != line:
            self.real[shown] = line
        return shown
