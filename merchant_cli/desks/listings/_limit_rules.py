"""The rule file `limits`: how long a title may be on each platform, counted the platform's own way."""

from __future__ import annotations

from typing import Any, NamedTuple

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules

P = Phrase

UNITS = {
    "gbk": P("half-widths (a Chinese character counts 2)", "字符（汉字算 2 个）"),
    "characters": P("characters", "个字"),
}


class Limit(NamedTuple):
    """From `day` on a title has `least` to `most` of `counted` (a key of UNITS). `sure` False: not confirmed."""

    platform: str
    day: str
    counted: str
    least: int
    most: int
    sure: bool

    def length(self, text: str) -> int:
        """How long the platform takes `text` to be."""
        return len(text) if self.counted == "characters" else sum(1 if char.isascii() else 2 for char in text)

    def fitting(self, text: str) -> str:
        """The beginning of `text` that still fits."""
        while self.length(text) > self.most:
            text = text[:-1]
        return text.rstrip()


class Limits:
    """The limits by platform; the newest that began by a day holds."""

    def __init__(self, limits: list[Limit], checked: str) -> None:
        self.checked = checked
        self._by: dict[str, list[Limit]] = {}
        for limit in sorted(limits, key=lambda limit: limit.day):
            self._by.setdefault(limit.platform, []).append(limit)

    def on(self, platform: str, day: str | None) -> Limit | None:
        """The platform's limit on a day (None: the newest); None if there is none."""
        rows = [limit for limit in self._by.get(platform, ()) if day is None or limit.day <= day]
        return rows[-1] if rows else None

    @property
    def platforms(self) -> list[str]:
        return sorted(self._by)


def load() -> tuple[Limits, list[Note]]:
    """The limits, and a note if the merchant's own file is faulty."""
    return rules.load("limits", _parse)


def _parse(table: dict[str, Any]) -> Limits:
    rows = table.get("limit")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise rules.BadRule("[[limit]]", P("it is missing", "缺少此项"))
    return Limits([_limit(f"[[limit]] {n}", row) for n, row in enumerate(rows, 1)], str(table.get("checked", "")))


def _limit(entry: str, row: dict[str, Any]) -> Limit:
    platform, day, count = row.get("platform"), row.get("from"), row.get("count")
    least, most, sure = row.get("least", 1), row.get("most"), row.get("sure", True)
    if not isinstance(platform, str) or count not in UNITS or not isinstance(sure, bool):
        raise rules.BadRule(
            entry,
            P("`platform`, `count` or `sure` is missing or unknown", "`platform`、`count`、`sure` 缺少或不认识"),
        )
    if not isinstance(day, str) or not is_day(day):
        raise rules.BadRule(entry, P("`from` is no day like 2026-11-14", "`from` 不是 2026-11-14 这样的日期"))
    if type(least) is not int or type(most) is not int or not 0 <= least <= most:
        raise rules.BadRule(
            entry, P("`least` and `most` are no whole numbers in order", "`least`、`most` 不是从小到大的整数")
        )
    return Limit(platform, day, str(count), least, most, sure)
