"""The rule file `review_words`: words that make a review urgent or name its reason, and how soon it is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules
from merchant_cli.desks.reviews._text import folded

P = Phrase

STARS = ("1", "2", "3", "4", "5", "none")
BEFORE = 40  # characters before a word in which it may be denied


class Group(NamedTuple):
    """Words of one kind. `weight` multiplies the harm; `reply_days`: answered within so many days (None: by stars)."""

    name: str
    weight: float
    reply_days: int | None
    words: tuple[str, ...]


class Words:
    """The groups, each word looked up in one pass per language; denied and harmless words are none."""

    def __init__(self, groups: list[Group], reply_days: dict[str, int], harmless: list[str], denied: Denied) -> None:
        self.groups = {group.name: group for group in groups}
        self.reply_days = reply_days
        self.denied = denied
        self.group_of = {folded(word): group.name for group in groups for word in group.words}
        plain = [folded(word) for word in harmless]
        self.patterns = [
            _pattern(
                [w for w in self.group_of if latin == w.isascii()], [w for w in plain if latin == w.isascii()], latin
            )
            for latin in (False, True)
        ]

    def found(self, text: str) -> dict[str, list[str]]:
        """Group → its words that the folded `text` says, in the order of the groups."""
        hits: dict[str, list[str]] = {}
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                word = match["word"]
                if word and not self.denied.before(text[max(0, match.start("word") - BEFORE) : match.start("word")]):
                    said = hits.setdefault(self.group_of[word], [])
                    if word not in said:
                        said.append(word)
        return {name: hits[name] for name in self.groups if name in hits}


class Denied:
    """Words that deny what follows them: `没有漏电`, `no fire`; and those that only look so: `不得不起诉`."""

    def __init__(self, zh: list[str], between: list[str], never: list[str], en: list[str]) -> None:
        glue = f"(?:{_any(between)})*$" if between else "$"
        self.zh = re.compile(f"(?:{_any(zh)}){glue}") if zh else None
        self.never = re.compile(f"(?:{_any(never)}){glue}") if never else None
        # At most two words may stand between, and no comma or full stop.
        self.en = re.compile(rf"(?:(?<![a-z])(?:{_any(en)})|n't)[ -]+(?:[a-z]+[ -]+){{0,2}}$") if en else None

    def before(self, text: str) -> bool:
        """Whether the text that ends before a word denies it."""
        if self.never and self.never.search(text):
            return False
        return bool((self.zh and self.zh.search(text)) or (self.en and self.en.search(text)))


def _any(words: Iterable[str]) -> str:
    """One of the words, the longest that fits."""
    return "|".join(re.escape(word) for word in sorted({folded(w) for w in words}, key=lambda w: (-len(w), w)))


def _pattern(words: list[str], harmless: list[str], latin: bool) -> re.Pattern[str]:
    """Finds harmless phrases and words, whichever begins first; a harmless phrase is found without a `word`."""
    if not words:
        return re.compile(r"(?P<word>(?!))")
    begins = "".join(re.escape(c) for c in sorted({w[0] for w in (*words, *harmless)}))
    inside = (f"(?:{_any(harmless)})|" if harmless else "") + f"(?P<word>{_any(words)})"
    edges = ("(?<![a-z0-9])", "(?![a-z0-9])") if latin else ("", "")
    return re.compile(f"{edges[0]}(?=[{begins}])(?:{inside}){edges[1]}")


def load() -> tuple[Words, list[Note]]:
    """The words, and a note if the merchant's own file is faulty."""
    return rules.load("review_words", _parse)


def _parse(table: dict[str, Any]) -> Words:
    groups = [_group(n, row) for n, row in enumerate(_tables(table, "group"), 1)]
    if len({group.name for group in groups}) < len(groups):
        raise rules.BadRule("[[group]]", P("two groups have one name", "两个组同名"))
    by_stars = table.get("reply_days")
    by_stars = by_stars if isinstance(by_stars, dict) else {}
    days = {stars: _number(by_stars.get(stars), f"[reply_days] {stars}", 0, 365) for stars in STARS}
    harmless, denied = table.get("harmless", {}), table.get("denied", {})
    names = {name: _words(denied.get(name, []), f"[denied] {name}") for name in ("zh", "zh_between", "zh_never", "en")}
    plain = [word for lang in ("zh", "en") for word in _words(harmless.get(lang, []), f"[harmless] {lang}")]
    return Words(groups, {s: int(n) for s, n in days.items()}, plain,
                 Denied(names["zh"], names["zh_between"], names["zh_never"], names["en"]))  # fmt: skip


def _tables(table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    rows = table.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise rules.BadRule(f"[[{name}]]", P("is no list of tables", "应为表的列表"))
    return rows


def _group(n: int, row: dict[str, Any]) -> Group:
    entry = f"[[group]] {n}"
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise rules.BadRule(entry, P("name is missing or not in quotes", "缺少 `name`，或未加引号"))
    weight = _number(row.get("weight", 1), f"{entry} weight", 1, 100)
    days = row.get("reply_days")
    said = [word for lang in ("zh", "en") for word in _words(row.get(lang, []), f"{entry} {lang}")]
    return Group(name, weight, None if days is None else int(_number(days, f"{entry} reply_days", 0, 365)), tuple(said))


def _number(value: Any, entry: str, least: int, most: int) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise rules.BadRule(entry, P(f"takes a number from {least} to {most}", f"应为 {least} 到 {most} 之间的数字"))
    return value


def _words(value: Any, entry: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and folded(word).strip() for word in value):
        raise rules.BadRule(entry, P("is no list of words in quotes", "应为加引号的词的列表"))
    return value
