"""Sentences for people, in English and Chinese."""

from __future__ import annotations

import os
import re
from typing import Any, NamedTuple

_FORMS = re.compile(r"\{(\w+):([^{}|]*)\|([^{}|]*)\}")


class Phrase(NamedTuple):
    """One sentence in both languages; `{name}` marks a parameter.

    `{name:day|days}` is the word that goes with the parameter: the first for 1, the second for any other number.
    """

    en: str
    zh: str

    def show(self, lang: str, **params: Any) -> str:
        """The sentence in `lang` ("en" or "zh"); a parameter that is itself a Phrase is shown in `lang` too."""
        text = self.zh if lang == "zh" else self.en
        if not params:
            return text
        if "|" in text:
            text = _FORMS.sub(lambda form: form[2] if str(params[form[1]]) == "1" else form[3], text)
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
