"""A review's words: folded for looking words up, and masked and cut for showing. Both take hostile text."""

from __future__ import annotations

import re
import unicodedata

from merchant_cli.basics.safe_text import contacts_masked, cut, masked

MOST = 2000  # characters that are looked at for showing

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_GAP = r"[\s().·\-\u200b-\u200d\u2060\ufeff]{0,2}"
_NUMBER = re.compile(rf"(?<!\d)\+?\d(?:{_GAP}\d){{6,29}}")
_DATE = re.compile(r"(?:19|20)\d\d[-./ ][01]?\d[-./ ][0-3]?\d")
_ACCOUNT = re.compile(
    r"((?:微信|微信号|vx|wx|wechat|qq)(?:号|是|[:：\s]){0,3})([a-z0-9][\w-]{4,24})", re.IGNORECASE | re.ASCII
)


def folded(text: str) -> str:
    """NFKC, case folded, on one line, without escape sequences and characters that nobody sees."""
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in text)
    return text


def shown(text: str | None, cells: int) -> str | None:
    """The text on one line, its phone numbers, ids, accounts and e-mail addresses masked, cut to so many cells."""
    if not text:
        return None
    text = " ".join(_ESCAPES.sub("", text[:MOST]).split())
    text = contacts_masked(text)
    text = _ACCOUNT.sub(lambda found: found[1] + masked(found[2]), text)
    return cut(_NUMBER.sub(_number, text), cells) or None


def _number(found: re.Match[str]) -> str:
    """A number of seven digits or more, masked; a date stays."""
    return found[0] if _DATE.fullmatch(found[0]) else masked("".join(c for c in found[0] if c.isdigit()))
