"""How one cell of a file is read: cleaned, then taken as text, id, count, money, rate, moment or choice.

A reader returns the value, None for an empty cell, or a Bad that says what is wrong with it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from merchant_cli.basics.money import decimals


class Bad(NamedTuple):
    """Why a cell cannot be taken: the code of a fault and the parameters of its sentences."""

    code: str
    params: dict[str, Any]


Reader = Callable[[str], Any]

EDGES = " \t\r\n\u00a0\u3000\ufeff\u200b"
_WRAPPED = re.compile(r'=\s*"(.*)"|=(\S+)', re.DOTALL)
NOTHING = frozenset({"", "-", "--", "—", "——", "/", "无", "null", "NULL", "None", "N/A", "n/a", "not stocked"})
_SCIENTIFIC = re.compile(r"[+-]?\d(\.\d+)?[eE]\+\d{2}")
_PLAIN_ID = re.compile(r"[#A-Za-z0-9][\w/#-]*", re.ASCII)  # nothing to clean off, no point, no "+"
_MONEY = re.compile(r"(-)?(?:[A-Z]{0,3} ?[¥￥$£€₹])?(-)?(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d+))?(?:元|円)?", re.ASCII)
_WORDEDGES = str.maketrans({"，": ",", "（": "(", "）": ")", "：": ":"})


def clean(raw: str) -> str:
    """The cell without what platforms wrap round it: `="x"`, a leading `'` or backtick, blanks and tabs."""
    text = raw.strip(EDGES)
    if text[:1] == "=" and (found := _WRAPPED.fullmatch(text)):
        text = (found[1] if found[1] is not None else found[2]).strip(EDGES)
    if text[:1] in ("'", "`"):
        text = text[1:].strip(EDGES)
    return text


def read_text(raw: str) -> str | None:
    """Free text as written, cleaned of wrappers; lone surrogates become U+FFFD, NUL bytes are dropped."""
    return kept_text(clean(raw))


def kept_text(text: str) -> str | None:
    """A cleaned text as it is kept: without what no text can hold; None if nothing is left."""
    if not text or text in ("NULL", "null"):
        return None
    if not text.isascii():
        text = text.encode("utf-8", "replace").decode("utf-8") if _has_surrogate(text) else text
    return text.replace("\0", "") or None


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in text)


def read_id(raw: str) -> str | Bad | None:
    """An id as text. `10160070484512.0` loses its `.0`; scientific notation is damage: Bad id-ruined."""
    if _PLAIN_ID.fullmatch(raw) and raw not in NOTHING:
        return raw
    found = id_of(clean(raw))
    return read_text(found) if isinstance(found, str) else found


def id_of(text: str) -> str | Bad | None:
    """A cleaned id: `.0` of a spreadsheet is off, scientific notation is damage."""
    if text in NOTHING:
        return None
    if _SCIENTIFIC.fullmatch(text):
        return Bad("id-ruined", {"value": text})
    if text.endswith(".0") and text[:-2].isdigit():
        return text[:-2] if len(text) <= 17 else Bad("id-ruined", {"value": text})
    return text


_PLAIN_IDS = re.compile(r"(?:[#A-Za-z0-9][\w/#-]*\n)*", re.ASCII)
_WRAPPED_IDS = re.compile(r'(?:="[#A-Za-z0-9][\w/#-]*"\n)*', re.ASCII)


def ids_at_once(raws: list[str]) -> list[str] | None:
    """A whole column of ids, all as they stand or all in `="…"`; None if one is empty or needs to be looked at."""
    joined = "\n".join(raws) + "\n"
    if _PLAIN_IDS.fullmatch(joined) is None:
        if _WRAPPED_IDS.fullmatch(joined) is None:
            return None
        raws = [raw[2:-1] for raw in raws]
    return raws if NOTHING.isdisjoint(raws) else None


def read_count(raw: str) -> int | Bad | None:
    """A whole number, thousands separators allowed."""
    text = clean(raw)
    if text in NOTHING:
        return None
    if text.isascii() and text.isdigit() and len(text) < 16:
        return int(text)
    found = re.fullmatch(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.0*)?", text, re.ASCII)
    if not found:
        return Bad("bad-number", {"value": text})
    return int(found[1] + found[2].replace(",", ""))


def read_rate(raw: str) -> int | Bad | None:
    """A rate or percentage in millionths: `7.1` → 7100000, `12.34%` → 123400."""
    text = clean(raw)
    if text in NOTHING:
        return None
    found = re.fullmatch(r"(-?\d{1,9}(?:\.\d{1,10})?)(%?)", text, re.ASCII)
    if not found:
        return Bad("bad-number", {"value": text})
    value = Decimal(found[1]) * (10**4 if found[2] else 10**6)
    return int(value.to_integral_value(ROUND_HALF_UP))


def money_reader(currency: str | None, rounded: Callable[[str], None] | None = None) -> Reader:
    """Reads amounts in major units of `currency` to integer minor units; more decimals round half up.

    `¥1,299.90`, `0元`, `(5.00)` as negative and a bracket note behind the number are understood. `rounded` is told of
    each amount that had to be rounded.
    """
    places = decimals(currency)
    scale = 10**places

    def read_money(raw: str) -> int | Bad | None:
        text = clean(raw)
        if text in NOTHING or text == "无退款申请":
            return None
        found = _MONEY.fullmatch(text)
        if not found:
            found = _MONEY.fullmatch(_stripped_note(text))
        if not found or not (found[3] or found[4]):
            return Bad("bad-money", {"value": text})
        digits, rest = (found[3] or "0").replace(",", ""), found[4] or ""
        if len(digits) > 15:
            return Bad("bad-money", {"value": text})
        if len(rest) <= places:
            value = int(digits) * scale + (int(rest.ljust(places, "0")) if places else 0)
        else:
            value = int((Decimal(f"{digits}.{rest}") * scale).to_integral_value(ROUND_HALF_UP))
            if rounded is not None and rest[places:].strip("0"):
                rounded(text)
        return -int(value) if found[1] or found[2] else int(value)

    return read_money


def _stripped_note(text: str) -> str:
    if text.startswith("(") and text.endswith(")"):
        return "-" + text[1:-1].strip()
    return re.sub(r"[（(][^（()）]*[)）]$", "", text).strip() if text[:1] not in "(（" else text


def exact_reader(raw: str) -> Decimal | Bad | None:
    """A unit price as an exact decimal, for products of two columns (prices finer than a minor unit exist)."""
    text = clean(raw)
    if text in NOTHING:
        return None
    found = _MONEY.fullmatch(text)
    if not found or not (found[3] or found[4]):
        return Bad("bad-money", {"value": text})
    value = Decimal((found[3] or "0").replace(",", "") + "." + (found[4] or "0"))
    return -value if found[1] or found[2] else value


def choice_reader(
    words: Mapping[str, str], *, strict: bool = False, patterns: Mapping[str, str] | None = None
) -> Reader:
    """Reads a status word to the store's word. An unknown word becomes "unknown" (Bad unknown-word if `strict`).

    Full-width punctuation, blanks and letter case do not matter; `patterns` are regular expressions tried in order.
    """
    folded = {_folded(word): value for word, value in words.items()}
    tried = [(re.compile(p), value) for p, value in (patterns or {}).items()]

    def read_choice(raw: str) -> str | Bad | None:
        text = clean(raw)
        if not text:
            return None
        if (value := folded.get(_folded(text))) is not None:
            return value
        for pattern, value in tried:
            if pattern.search(text):
                return value
        if strict:
            return Bad("unknown-word", {"value": text, "choices": ", ".join(words)})
        return "unknown"

    return read_choice


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_WORDEDGES)
    return "".join(folded.split()).casefold()


def read_flag(raw: str) -> int | None:
    """1 for yes, true, 1, 是; 0 for no, false, 0, 否; None for an empty cell or anything else."""
    text = clean(raw).casefold()
    if text in ("1", "yes", "true", "y", "是", "有"):
        return 1
    return 0 if text in ("0", "no", "false", "n", "否", "无") else None


def read_present(raw: str) -> int:
    """1 if the cell holds anything that is not a word for nothing, else 0."""
    return 0 if clean(raw) in NOTHING else 1
