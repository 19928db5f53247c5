"""The apostrophe before text that a spreadsheet would run as a formula: how it is put there and taken off again.

In CSV for people `=1+1` stands as `'=1+1`. Text that already looks so gets one more, so taking one off always gives
the text back, and an apostrophe before anything else (`'90s mug`) is the merchant's own and stays.
"""

from __future__ import annotations

import re

# What Excel, or a Chinese spreadsheet program, takes for the beginning of a formula.
STARTS = "=+-@\t\r\n＝＋－＠"

_RUNS = re.compile(f"'*[{re.escape(STARTS)}]")
_GUARDED = re.compile(f"'+[{re.escape(STARTS)}]")
QUOTED = re.compile(r'=\s*"(.*)"', re.DOTALL)  # `="00871"`: how exports keep a spreadsheet from changing an id


def guarded(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would run it, or if `bare` would take one off."""
    return "'" + text if _RUNS.match(text) else text


def guarded_id(text: str) -> str:
    """The same for an id, from which readers take any apostrophe or backtick off."""
    return "'" + text if text[:1] in ("'", "`") or _RUNS.match(text) else text


def kept(text: str, *, code: bool = False) -> str:
    """Text for a typed cell, which runs nothing: an apostrophe only where reading it would change the text."""
    changed = text[:1] in ("'", "`") if code else _GUARDED.match(text)
    return "'" + text if changed or QUOTED.fullmatch(text) else text


def bare(text: str) -> str:
    """`text` without the apostrophe that `guarded` or `kept` put before it."""
    return text[1:] if _GUARDED.match(text) else text
