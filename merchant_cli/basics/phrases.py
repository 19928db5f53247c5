"""Sentences for people, in English and Chinese."""

from __future__ import annotations

import os
from typing import Any, NamedTuple


class Phrase(NamedTuple):
    """One sentence in both languages; `{name}` marks a parameter."""

    en: str
    zh: str

    def show(self, lang: str, **params: Any) -> str:
        """The sentence in `lang` ("en" or "zh"); a parameter that is itself a Phrase is shown in `lang` too."""
        text = self.zh if lang == "zh" else self.en
        if not params:
            return text
        return text.format_map({k: v.show(lang) if isinstance(v, Phrase) else v for k, v in params.items()})


def language(asked: str | None = None) -> str:
    """The language to speak: `asked`, else MERCHANT_LANG, else the locale's; "en" or "zh"."""
    for value in (asked, os.environ.get("MERCHANT_LANG")):
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh" if os.environ[name].lower().startswith("zh") else "en"
    return "en"
