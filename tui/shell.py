"""What holds for one run of the screens: where the store lies, the language, what may be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from merchant_cli.basics.phrases import Phrase


@dataclass
class Shell:
    """Made by the app and given to every screen; only `lang` changes while it runs.

    `keys`: binding id → keys, from the merchant's keys.toml.
    """

    store: Path
    lang: str = "en"
    read_only: bool = False
    keys: dict[str, str] = field(default_factory=dict)

    def show(self, phrase: Phrase, **params: Any) -> str:
        """The phrase in the language of now."""
        return phrase.show(self.lang, **params)
