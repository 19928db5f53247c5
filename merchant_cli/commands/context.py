"""What holds for one run of the program: where the store lies, the language, what may be asked or written."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text


@dataclass(frozen=True)
class Settings:
    """The global options of this run. `command` is the command as typed, for hints: `merchant inventory reorder`;
    `asked` is the whole command line but for the global options."""

    named_store: str | None = None
    lang: str = "en"
    read_only: bool = False
    quiet: bool = False
    color: bool = True
    yes: bool = False
    reveal: str | None = None
    command: str = "merchant"
    asked: tuple[str, ...] = ()

    @property
    def store(self) -> Path:
        """The path of the store; it need not exist."""
        if self.named_store:
            return Path(self.named_store).expanduser()
        from merchant_cli.store.open import default_path

        return default_path()


_now = Settings()


def settings() -> Settings:
    """The settings of this run."""
    return _now


def use(new: Settings) -> None:
    """Makes `new` the settings of this run."""
    global _now
    _now = new


def show(phrase: Phrase, **params: Any) -> str:
    """The phrase in the language of this run."""
    return phrase.show(_now.lang, **params)


def say(phrase: Phrase, **params: Any) -> None:
    """One line of narration on stderr, harmless for a terminal; silent with --quiet."""
    if not _now.quiet:
        print(safe_text(show(phrase, **params)), file=sys.stderr)


def must_write() -> None:
    """Raises Problem read-only if this run may not write."""
    if _now.read_only:
        raise Problem("read-only")


def bad_usage(detail: Phrase, **params: Any) -> NoReturn:
    """Raises Problem bad-usage for the command of this run."""
    filled = Phrase(detail.show("en", **params), detail.show("zh", **params))
    raise Problem("bad-usage", detail=filled, command=_now.command)


def later(name: str, release: str) -> NoReturn:
    """Raises Problem later-release: `name` comes with `release`."""
    raise Problem("later-release", name=name, release=release)
