"""Text that was garbled before the file was written: decoded wrongly somewhere, and what it probably was.

Only a suggestion: `Ã©` could be meant. Nothing that was lost (`锟斤拷`, U+FFFD) can be found again.
"""

from __future__ import annotations

import re

_LOST = re.compile("\ufffd|锟斤|烫烫烫|屯屯屯")
# What bytes above 7F become in the code page of western Windows.
_SPECIAL = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_HIGH = re.compile(f"[\u0080-\u00ff{_SPECIAL}]{{2,}}")
_HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff]{3,}")
_USUAL = re.compile("[\u00a0-\u017f\u0400-\u04ff\u2010-\u203a\u20ac\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+")
_CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def garbled(text: str) -> str | None:
    """What a garbled text probably was, "" if that is lost; None for a text that looks sound."""
    if text.isascii():
        return None
    if _LOST.search(text):
        return ""
    better = _HAN.sub(lambda run: _as(run[0], "gb18030", "utf-8", _CHINESE), _HIGH.sub(_of_western, text))
    return None if better == text else better


def _of_western(run: re.Match[str]) -> str:
    """A run that only had to be read as UTF-8, or as Chinese, which takes at least two characters to be believed."""
    text = run[0]
    better = _as(text, "western", "utf-8", _USUAL)
    return _as(text, "western", "gb2312", _CHINESE) if better == text and len(text) >= 4 else better


def _as(text: str, written: str, read: str, usual: re.Pattern[str]) -> str:
    """`text` written in one encoding and read in another; as it is where that gives no usual text."""
    try:
        better = (_western(text) if written == "western" else text.encode(written)).decode(read)
    except UnicodeError:
        return text
    return better if usual.fullmatch(better) else text


def _western(text: str) -> bytes:
    return b"".join(c.encode("cp1252") if c in _SPECIAL else c.encode("latin-1") for c in text)
