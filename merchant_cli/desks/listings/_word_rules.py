"""The rule file `words`: which words a title must not hold, and how they are found in one."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from typing import Any, NamedTuple

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules

P = Phrase


class Rule(NamedTuple):
    """Words that one law or platform forbids from `day` on. `platforms` empty: everywhere."""

    law: Phrase
    fine: Phrase
    day: str
    platforms: frozenset[str]
    words: dict[str, str]


class Hit(NamedTuple):
    """A forbidden word in a title, as it stands there from `start` to before `end`, and what to write instead."""

    word: str
    start: int
    end: int
    instead: str
    rule: Rule


class Words(NamedTuple):
    """The rules with the day on which they were last compared with their sources."""

    checked: str
    rules: tuple[Rule, ...]
    harmless: frozenset[str]


def load() -> tuple[Words, list[Note]]:
    """The rules, and a note if the merchant's own file is faulty."""
    return rules.load("words", _parse)


class Sieve:
    """What is looked for on one platform on a day (None: all rules)."""

    def __init__(self, words: Words, platform: str, day: str | None) -> None:
        known: dict[str, Rule | None] = {}
        for rule in words.rules:
            if (day is None or rule.day <= day) and (not rule.platforms or platform in rule.platforms):
                known |= dict.fromkeys(rule.words, rule)
        known |= dict.fromkeys(words.harmless)  # what is declared harmless is so whatever a rule says
        self._by_first: dict[str, list[tuple[str, Rule | None]]] = defaultdict(list)
        for word in sorted(known, key=lambda word: (-len(word), word)):
            self._by_first[word[0]].append((word, known[word]))

    def hits(self, title: str) -> list[Hit]:
        """The forbidden words of a title from left to right, the longest at each place."""
        text, places = _folded(title)
        found, at = [], 0
        while at < len(text):
            word, rule = self._longest(text, at)
            if rule is not None:
                start, end = places[at], places[at + len(word) - 1] + 1
                found.append(Hit(title[start:end], start, end, rule.words[word], rule))
            at += len(word) or 1
        return found

    def _longest(self, text: str, at: int) -> tuple[str, Rule | None]:
        for word, rule in self._by_first.get(text[at], ()):
            if text.startswith(word, at) and _stands_alone(text, at, at + len(word)):
                return word, rule
        return "", None


def rewritten(title: str, hits: list[Hit]) -> str:
    """The title with each word replaced by what to write instead."""
    parts, at = [], 0
    for hit in hits:
        parts += [title[at : hit.start], hit.instead]
        at = hit.end
    return " ".join("".join([*parts, title[at:]]).split())


def _folded(title: str) -> tuple[str, list[int]]:
    """The title without capitals, full-width letters and invisible characters, and where each character stood."""
    text, places = [], []
    for place, char in enumerate(title):
        if unicodedata.category(char) != "Cf":
            folded = unicodedata.normalize("NFKC", char).casefold()
            text.append(folded)
            places += [place] * len(folded)
    return "".join(text), places


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether Latin letters and digits end where the word does: `cures` is not in `secures`."""
    before = start > 0 and _latin(text[start]) and _latin(text[start - 1])
    after = end < len(text) and _latin(text[end - 1]) and _latin(text[end])
    return not before and not after


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _parse(table: dict[str, Any]) -> Words:
    found = tuple(_rule(f"[[rule]] {n}", row) for n, row in enumerate(_list(table.get("rule"), "[[rule]]"), 1))
    harmless = table.get("harmless", {})
    if not isinstance(harmless, dict):
        raise rules.BadRule("[harmless]", P("it is no table", "不是一个表"))
    plain = _texts(harmless.get("words", []), "[harmless]")
    return Words(str(table.get("checked", "")), found, frozenset(_folded(word)[0] for word in plain))


def _rule(entry: str, row: dict[str, Any]) -> Rule:
    day = str(row.get("from", ""))
    if not is_day(day):
        raise rules.BadRule(entry, P("`from` is no day like 2026-11-14", "`from` 不是 2026-11-14 这样的日期"))
    words = row.get("words")
    if not isinstance(words, dict) or not words:
        raise rules.BadRule(entry, P("it has no `words`", "没有 `words`"))
    for word, instead in words.items():
        if not isinstance(instead, str) or not _folded(word)[0].strip():
            raise rules.BadRule(entry, P(f"“{word}” is empty or has no text", f"“{word}”为空，或替换词不是文字"))
    folded = {_folded(word)[0]: instead for word, instead in words.items()}
    platforms = frozenset(_texts(row.get("platforms", []), entry))
    return Rule(_both(row.get("law"), entry), _both(row.get("fine", ""), entry), day, platforms, folded)


def _both(said: Any, entry: str) -> Phrase:
    """A sentence as `{ en = "…", zh = "…" }`, or one text for both languages."""
    if isinstance(said, str):
        return P(said, said)
    if isinstance(said, dict) and isinstance(said.get("en"), str) and isinstance(said.get("zh"), str):
        return P(said["en"], said["zh"])
    raise rules.BadRule(entry, P("`law` or `fine` is missing or no text", "缺少 `law` 或 `fine`，或不是文字"))


def _texts(said: Any, entry: str) -> list[str]:
    if not isinstance(said, list) or not all(isinstance(one, str) and one for one in said):
        raise rules.BadRule(entry, P("`words` or `platforms` is no list of texts", "`words`、`platforms` 不是文字列表"))
    return said


def _list(said: Any, entry: str) -> list[dict[str, Any]]:
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise rules.BadRule(entry, P("it is missing", "缺少此项"))
    return said
