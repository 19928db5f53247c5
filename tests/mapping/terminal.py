"""A person at a real pseudo-terminal: waits for what the program asks and types an answer."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

MERCHANT = [sys.executable, "-m", "merchant_cli.app"]
PATIENCE = 40  # seconds for an answer of the program, on a machine that is busy


class Person:
    """`merchant WORDS` on a terminal of 80x24. `shown` is all that it has written, `code` its exit code."""

    def __init__(self, *words: str, cwd: Path, lang: str = "en", columns: int = 80) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        env = {**os.environ, "TERM": "xterm-256color", "MERCHANT_LANG": lang, "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            [*MERCHANT, *words], stdin=slave, stdout=slave, stderr=slave, cwd=cwd, env=env, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(slave)
        self.shown, self.at, self.code = "", 0, -1

    def __enter__(self) -> Person:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.master)

    def _more(self) -> bool:
        """Reads what is there; False when the program has ended."""
        if select.select([self.master], [], [], 0.1)[0]:
            try:
                some = os.read(self.master, 1 << 16)
            except OSError:
                return False
            self.shown += some.decode("utf-8", "replace").replace("\r\n", "\n")
            return bool(some)
        return self.process.poll() is None

    def sees(self, text: str) -> Person:
        """Waits until the text stands on the screen, below what was seen before."""
        ends = time.monotonic() + PATIENCE
        while (found := self.shown.find(text, self.at)) < 0:
            assert self._more() and time.monotonic() < ends, f"“{text}” does not come after:\n{self.shown[self.at :]}"
        self.at = found + len(text)
        return self

    def types(self, text: str) -> Person:
        os.write(self.master, f"{text}\n".encode())
        return self

    def presses(self, key: str) -> Person:
        os.write(self.master, key.encode())
        return self

    def ends(self) -> str:
        """Waits for the end; everything that was shown."""
        until = time.monotonic() + PATIENCE
        while self._more():
            assert time.monotonic() < until, f"it does not end:\n{self.shown[-2000:]}"
        self.code = self.process.wait(PATIENCE)
        return self.shown
