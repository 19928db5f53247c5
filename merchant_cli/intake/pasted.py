"""Reviews as a person pastes them: one per line, or one per block between blank lines.

A review begins with `[DAY] STARS SKU [order:NUMBER]`, separated by blanks, tabs or commas; the rest is its text. Where
every line of a block begins like this (with a SKU that is known or looks like a code), each line is a review; else the
block is one review, and its other lines are text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Set
from dataclasses import dataclass

from importers.cells import Bad
from importers.moments import Moments
from merchant_cli.basics.phrases import Phrase

P = Phrase

_GAPS = " \t,，;；|\u3000"
_TOKEN = re.compile(rf"[{_GAPS}]*([^{_GAPS}]+)(?:[{_GAPS}]+|$)")
_STARS = re.compile(r"(\d{1,9})(?:星|分|★|⭐|\*|stars?|/5)?\ufe0f?", re.IGNORECASE)
_DRAWN = re.compile(r"(?:(★)|⭐\ufe0f?){1,5}☆{0,4}")
_ORDER = re.compile(r"(?:order|订单|订单号|订单编号)[:：](.+)", re.IGNORECASE)

NO_STARS = P("it begins with no number of stars: STARS SKU TEXT", "开头不是星级，应为：星级 SKU 内容")
ODD_STARS = P("stars are 1 to 5, not {stars}", "星级为 1 到 5，不能是 {stars}")
NO_SKU = P("no SKU stands behind the stars (or give --sku)", "星级后面没有 SKU（也可以用 --sku 指定）")


@dataclass(frozen=True)
class Pasted:
    """One review. `day` None: not said; `line` is where it begins, from 1."""

    line: int
    day: str | None
    stars: int
    sku: str
    order_id: str
    text: str


class BadPaste(ValueError):
    """A review that cannot be read: the line where it begins, and why, with the parameters of the sentence."""

    def __init__(self, line: int, why: Phrase, **params: object) -> None:
        super().__init__(why.en)
        self.line, self.why, self.params = line, why, params


def parse(text: str, known: Set[str], sku: str = "") -> list[Pasted]:
    """The reviews of a paste; `known` are SKUs of the store, `sku` is that of all reviews (then none is written).

    Raises BadPaste for the first that cannot be read.
    """
    found = []
    for block in _blocks(text):
        found += _of_block(block, known, sku)
    return found


def _blocks(text: str) -> list[list[tuple[int, str]]]:
    """Lines with their numbers, split where lines are blank."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.replace("\0", "").splitlines(), 1):
        if line.strip(_GAPS + "\ufeff\u200b"):
            blocks[-1].append((number, line.strip("\ufeff")))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _of_block(block: list[tuple[int, str]], known: Set[str], sku: str) -> list[Pasted]:
    heads: list[Pasted] = []
    try:
        heads = [_head(number, line, sku) for number, line in block]
    except BadPaste:
        heads = []
    if len(block) == 1 or (heads and all(_is_code(one.sku, known, sku) for one in heads)):
        return heads or [_head(*block[0], sku)]
    first = _head(*block[0], sku)
    whole = "\n".join([first.text, *(line for _, line in block[1:])]).strip()
    return [Pasted(first.line, first.day, first.stars, first.sku, first.order_id, whole)]


def _is_code(sku: str, known: Set[str], given: str) -> bool:
    """Whether a word behind stars is a SKU, not the second word of a sentence (`5 minutes later`)."""
    return bool(given) or sku in known or any(c.isdigit() for c in sku)


def _head(number: int, line: str, sku: str) -> Pasted:
    """A line as a review of its own. Raises BadPaste."""
    rest = line.strip()
    day, rest = _taken(rest, _day)
    stars, after = _taken(rest, lambda word: _stars(number, word))
    if stars is None:
        raise BadPaste(number, NO_STARS)
    said, after = (sku, after) if sku else _taken(after, lambda word: word)
    if not said:
        raise BadPaste(number, NO_SKU)
    order_id, after = _taken(after, _order)
    return Pasted(number, day, int(stars), said, order_id or "", after.strip())


def _taken(text: str, read: Callable[[str], str | None]) -> tuple[str | None, str]:
    """What `read` makes of the next word, and the rest; None and all of the text if it makes nothing of it."""
    found = _TOKEN.match(text)
    value = read(found[1]) if found else None
    return (value, text[found.end() :]) if found and value is not None else (None, text)


def _day(word: str) -> str | None:
    if len(word) < 8 or not word[0].isdigit():
        return None
    value = Moments("")(unicodedata.normalize("NFKC", word))
    return None if value is None or isinstance(value, Bad) else value[1]


def _stars(number: int, word: str) -> str | None:
    if _DRAWN.fullmatch(word):
        return str(word.count("★") + word.count("⭐"))
    found = _STARS.fullmatch(unicodedata.normalize("NFKC", word))
    if found is None:
        return None
    if not 1 <= int(found[1]) <= 5:
        raise BadPaste(number, ODD_STARS, stars=int(found[1]))
    return found[1]


def _order(word: str) -> str | None:
    found = _ORDER.fullmatch(word)
    return found[1].strip() if found else None
