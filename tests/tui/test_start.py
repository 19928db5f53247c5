"""`merchant` on a real (pseudo) terminal opens the screens; elsewhere it prints help, and nothing loads Textual."""

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
import tomllib
from pathlib import Path

import pytest

from merchant_cli.app import main
from tui import own_keys
from tui.all_keys import all_keys

MERCHANT = [sys.executable, "-m", "merchant_cli.app"]


def on_a_terminal(words: list[str], until: str, keys: bytes, **env: str) -> tuple[str, int]:
    """What the program wrote to a terminal of 80x24 until `until` stood there and `keys` ended it; its exit code."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    ends, seen = time.monotonic() + 30, b""
    with subprocess.Popen(
        [*MERCHANT, *words],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm-256color", **env},
    ) as process:
        os.close(slave)
        while process.poll() is None and time.monotonic() < ends:
            if select.select([master], [], [], 0.1)[0]:
                try:
                    seen += os.read(master, 1 << 16)
                except OSError:
                    break
            if keys and until.encode() in seen:
                os.write(master, keys)
                keys = b""
        process.kill()
    os.close(master)
    return seen.decode("utf-8", "replace"), process.returncode


@pytest.mark.parametrize("words", [[], ["tui", "--no-mouse", "--theme", "light"]])
def test_the_screens_open_and_close(words: list[str], example: Path) -> None:
    shown, code = on_a_terminal(words, "| as of 2026-11-15", b"\x11")
    assert "Today" in shown and code == 0
    assert ("\x1b[?1000h" in shown) is (words == [])  # the mouse is asked for unless it is not wanted


def test_a_dumb_terminal_gets_help(store: Path) -> None:
    shown, code = on_a_terminal([], "never", b"", TERM="dumb")
    assert "merchant COMMAND" in shown and code == 0


def test_without_a_terminal(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "merchant COMMAND" in capsys.readouterr().out
    assert main(["tui"]) == 2
    assert "need a terminal" in capsys.readouterr().err
    assert main(["tui", "--theme", "pink"]) == 2
    assert "dark / light / contrast / ansi" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_printed_keys_are_a_file_that_changes_nothing(
    lang: str, store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tui", "--keys", "--lang", lang]) == 0
    file = tmp_path / "keys.toml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    assert tomllib.loads(file.read_text(encoding="utf-8"))["today"]["snooze"] == "s"
    keys, problems = own_keys.load(file, all_keys())
    assert problems == [] and keys == all_keys()
