"""How much two shops' names for goods resemble each other: by code, title and chosen options."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz

_TOKENS = re.compile(r"[\u3400-\u9fff]|\d+(?:\.\d+)?|[^\W\d_\u3400-\u9fff]+")
_OPTION_NAME = re.compile(r"[^:：;；/]*[:：]")
_YEAR = re.compile(r"20[12]\d")
_SIZES = frozenset(["xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl", "2xl", "3xl", "4xl", "5xl"])
_CODE_PIECES = re.compile(r"[^\W\d_]+|\d+")

CHINESE = "\u3400"  # characters from here on are taken as Chinese
# Titles below these do not resemble each other: of Chinese ones two in a hundred unlike goods reach that, of English
# ones, which share letters, one in ten.
UNLIKE_CHINESE, UNLIKE_LATIN = 40, 50
UNSAID = 75  # the most points where one name chooses what the other does not mention: which red, which size?
SAME_CODE = 95  # the least score of two codes that are one but for their spelling


class Likeness(NamedTuple):
    """0 to 100, and what it rests on: `code`, `code-title`, `title` or `title-options`."""

    score: int
    by: str


class Name:
    """What one shop calls a good, ready to be compared. `code` None: it has none that the merchant gave."""

    def __init__(self, code: str | None, title: str | None, options: str | None) -> None:
        self.pieces: tuple[str, ...] = tuple(_CODE_PIECES.findall(_plain(code))) if code else ()
        self.title: tuple[str, ...] = tuple(_TOKENS.findall(_plain(title)))
        self.options: tuple[str, ...] = tuple(_TOKENS.findall(_plain(_OPTION_NAME.sub(" ", options or ""))))

    @cached_property
    def code_key(self) -> str:
        """The code without capitals, spaces and signs; empty if it says too little to be compared."""
        key = "".join(self.pieces)
        return key if len(key) >= 3 else ""

    @cached_property
    def sorted_title(self) -> str:
        return _sorted(self.title)

    @cached_property
    def sorted_options(self) -> str:
        return _sorted(self.options)

    @cached_property
    def sorted_whole(self) -> str:
        return _sorted(self.title + self.options)

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Numbers of title and options, years left out: 350 ml is not 500 ml."""
        found = (token for token in self.title + self.options if token[0].isdigit())
        return frozenset(token for token in found if not _YEAR.fullmatch(token))

    @cached_property
    def sizes(self) -> frozenset[str]:
        return _SIZES & frozenset(self.options)

    @cached_property
    def chinese(self) -> bool:
        return sum(token >= CHINESE for token in self.title) >= 2

    @cached_property
    def words(self) -> frozenset[str]:
        """The title's words and numbers, and its pairs of neighbouring Chinese characters."""
        return _words(self.title)

    @cached_property
    def marks(self) -> frozenset[str]:
        """What it can be found by: its code, and the words of title and options."""
        return self.words | _words(self.options) | ({f"#{self.code_key}"} if self.code_key else set())


def comparable(one: Name, other: Name) -> bool:
    """Whether their titles are in one script; a Chinese and an English title say nothing about each other."""
    return bool(one.title and other.title) and one.chinese == other.chinese


def titles_alike(one: Name, other: Name) -> int:
    """0 to 100: how much two titles of one script resemble each other; one that only says more is alike."""
    common = len(one.words & other.words) / (min(len(one.words), len(other.words)) or 1)
    return round(max(fuzz.ratio(one.sorted_title, other.sorted_title), 100 * common))


def resemble(one: Name, other: Name) -> bool:
    """Whether two titles of one script could be those of one good."""
    return titles_alike(one, other) >= (UNLIKE_CHINESE if one.chinese else UNLIKE_LATIN)


def likeness(one: Name, other: Name) -> Likeness | None:
    """How much two names look like one good; None if something speaks against it.

    Codes that differ in spelling only are one, unless their titles speak against it. Else the titles are compared
    word by word in any order, by rapidfuzz's ratio of insertions and deletions; where both have options, these count
    for three tenths; where one has, the other's title should mention them, else it is worth 75 points at most. Other
    numbers, sizes or options speak against it.
    """
    same_script = comparable(one, other)
    if one.code_key and one.code_key == other.code_key:
        if same_script and not resemble(one, other):
            return None
        return Likeness(SAME_CODE + (titles_alike(one, other) // 20 if same_script else 0), "code")
    if not same_script or _apart(one.numbers, other.numbers) or _apart(one.sizes, other.sizes):
        return None
    if one.options and other.options:
        chosen = fuzz.ratio(one.sorted_options, other.sorted_options)
        if chosen < 75:
            return None
        score, by = 0.7 * fuzz.ratio(one.sorted_title, other.sorted_title) + 0.3 * chosen, "title-options"
    else:
        score, by = fuzz.ratio(one.sorted_whole, other.sorted_whole), "title"
        if not _mentioned(one.options, other.title) or not _mentioned(other.options, one.title):
            score = min(score, UNSAID)
    if _within(one.pieces, other.pieces) or _within(other.pieces, one.pieces):
        score, by = min(100.0, score + 15), "code-title"
    return Likeness(round(score), by)


def _sorted(tokens: tuple[str, ...]) -> str:
    """The tokens in one order: Latin words apart, Chinese characters close together."""
    found = sorted(tokens)
    first = next((i for i, token in enumerate(found) if token >= CHINESE), len(found))
    return " ".join([*found[:first], "".join(found[first:])]).strip()


def _words(tokens: tuple[str, ...]) -> frozenset[str]:
    pairs = {a + b for a, b in pairwise(tokens) if min(a, b) >= CHINESE}
    return frozenset(pairs | {token for token in tokens if token < CHINESE})


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFKC", text or "").casefold()


def _mentioned(options: tuple[str, ...], title: tuple[str, ...]) -> bool:
    """Whether a title says at least half of what was chosen of the other good: red, 350 ml."""
    return 2 * sum(token in title for token in options) >= len(options)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both say something and neither says all that the other does."""
    return bool(one and other) and not (one <= other or other <= one)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether a code stands in a longer one as whole pieces: `A100` in `SHOP-A100`."""
    size = len(part)
    if size == 0 or size >= len(whole) or sum(map(len, part)) < 4:
        return False
    return any(whole[i : i + size] == part for i in range(len(whole) - size + 1))
