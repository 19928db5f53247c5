"""A scroll bar drawn with blanks alone: the block characters of Textual's are two cells wide on Chinese consoles."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender


class PlainBar(ScrollBarRender):
    """Whole cells only."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


def use() -> None:
    """Every scroll bar from now on is drawn so."""
    ScrollBar.renderer = PlainBar
