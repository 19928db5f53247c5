"""One line on stderr that says how far an import is; only on a terminal."""

from __future__ import annotations

import shutil
import sys
from types import TracebackType

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import cut, pad, safe_text
from merchant_cli.commands.context import settings, show

BLOCKS = 12


class Progress:
    """Called with file, rows so far and seconds; draws a moving bar with rows per second, and wipes it at the end."""

    def __init__(self) -> None:
        self.on = sys.stderr.isatty() and not settings().quiet
        self.drawn, self.beat = False, 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wipe()

    def __call__(self, file: str, rows: int, seconds: float) -> None:
        if not self.on:
            return
        self.beat += 1
        at = self.beat % BLOCKS
        bar = "".join("█" if i in (at, (at + 1) % BLOCKS) else "░" for i in range(BLOCKS))
        rate = f"{rows / seconds:,.0f}" if seconds > 0 else "—"
        count = show(
            Phrase("{rows} {rows:row|rows}, {rate} rows/s", "{rows} 行，每秒 {rate} 行"), rows=f"{rows:,}", rate=rate
        )
        width = shutil.get_terminal_size().columns - 1
        print("\r" + pad(cut(f"{bar} {count}  {safe_text(file)}", width), width), end="", file=sys.stderr, flush=True)
        self.drawn = True

    def wipe(self) -> None:
        """Clears the line, before other text is printed."""
        if self.drawn:
            print("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r", end="", file=sys.stderr, flush=True)
            self.drawn = False
