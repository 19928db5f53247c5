"""Text from files, made harmless for a terminal: one function at every human edge."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_CONTROLS = {i: chr(0x2400 + i) for i in range(0x20)}
_CONTROLS[0x0A] = "⏎"
_CONTROLS[0x7F] = "␡"
_CONTROLS |= {i: f"⟨U+{i:04X}⟩" for i in range(0x80, 0xA0)}
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def safe_text(text: str, *, one_line: bool = True, limit: int | None = None) -> str:
    """`text` in NFC with control, bidi and invisible characters made visible.

    `limit` cuts to so many terminal cells and ends in "…"; `one_line=False` keeps newlines.
    """
    text = unicodedata.normalize("NFC", text)
    if _SUSPECT.search(text):
        text = "".join(_visible(c, one_line) for c in text)
    return text if limit is None else cut(text, limit)


def _visible(char: str, one_line: bool) -> str:
    if char == "\n" and not one_line:
        return char
    if (shown := _CONTROLS.get(ord(char))) is not None:
        return shown
    if unicodedata.category(char) in ("Cf", "Zl", "Zp") and char != "\u200d":
        return f"⟨U+{ord(char):04X}⟩"
    return char


def json_text(value: Any) -> str:
    """`value` as one line of JSON, with control, bidi and invisible characters escaped; it says the same."""
    import json

    return _SUSPECT.sub(_escaped, json.dumps(value, ensure_ascii=False, default=str))


def _escaped(found: re.Match[str]) -> str:
    pairs = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[i] << 8 | pairs[i + 1]:04x}" for i in range(0, len(pairs), 2))


def width(text: str) -> int:
    """Terminal cells that `text` takes: wide and full-width characters take two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, cells: int) -> str:
    """`text` cut to `cells` terminal cells, with "…" where something was cut off."""
    if width(text) <= cells:
        return text
    out, used = [], 1
    for char in text:
        used += width(char)
        if used > cells:
            break
        out.append(char)
    return "".join(out) + "…"


def pad(text: str, cells: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `cells` terminal cells; `right` puts the spaces before it."""
    gap = " " * max(0, cells - width(text))
    return gap + text if right else text + gap


def masked(text: str) -> str:
    """Personal data as it may be shown: `138****8000`, `张*`, `a***@example.com`."""
    if "@" in text:
        name, _, domain = text.partition("@")
        return f"{name[:1]}***@{domain}"
    if len(text) <= 4:
        return text[:1] + "*" * max(1, len(text) - 1)
    return text[:3] + "****" + text[-4:] if len(text) >= 9 else text[:1] + "***" + text[-1:]


_CONTACT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")


def contacts_masked(text: str) -> str:
    """Free text with the e-mail addresses and mobile numbers in it masked."""
    return _CONTACT.sub(lambda found: masked(found[0]), text)
