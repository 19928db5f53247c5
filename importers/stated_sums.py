"""Whether the movements of a bill come to the sums that the bill states above or below them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from importers.base import Draft, Facts, Fault
from importers.cells import clean, money_reader
from merchant_cli.basics.money import plain

Item = Draft | Fault
# The sums that a file states by name, as it writes them, of the texts above its header and its footers.
Stated = Callable[[tuple[str, ...], list[list[str]]], Mapping[str, str]]
# Which sums a movement belongs to, and by what amount.
Counted = Callable[[Mapping[str, Any]], Iterable[tuple[str, int]]]


def checked(items: Iterable[Item], facts: Facts, counted: Counted, stated: Stated) -> Iterator[Item]:
    """The items as they come; once all rows are read, sums that differ are told to `facts.sums`.

    Compared is without sign: some bills write what goes out below zero, some do not. A sum that the file does not
    state, or not in a number, is not compared.
    """
    sums: dict[str, int] = {}
    for item in items:
        if isinstance(item, Draft) and not item.ignored:
            for name, amount in counted(item.values):
                sums[name] = sums.get(name, 0) + amount
        yield item
    read = money_reader(facts.currency)
    for name, written in stated(facts.above, facts.sums.footers).items():
        said = read(clean(written))
        if isinstance(said, int) and abs(said) != abs(sums.get(name, 0)):
            found = plain(abs(sums.get(name, 0)), facts.currency)
            facts.sums.differing.append((name, found, plain(abs(said), facts.currency)))


def in_texts(pattern: str) -> Stated:
    """The sums that `pattern` finds in the texts above and below: its first group names one, the second is it."""
    rule = re.compile(pattern)

    def stated(above: tuple[str, ...], footers: list[list[str]]) -> dict[str, str]:
        texts = (*above, *(",".join(row) for row in footers))
        return {found[1]: re.sub("[, ]", "", found[2]) for text in texts for found in rule.finditer(text)}

    return stated


AMOUNT = r"(-?[\d, ]*\d(?:\.\d+)?)"
IN_AND_OUT = in_texts(rf"(收入合计|支出合计)[:：].*?共\s*{AMOUNT}\s*元")  # #收入合计：4笔，共1342.90元
PERSONAL = in_texts(rf"^[\s,]*(收入|支出|不计收支|中性交易)[:：]\s*\d+笔\s*{AMOUNT}\s*元")  # 收入：2笔 133.00元


def by_direction(move: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """A signed movement belongs to what came in or to what went out."""
    if amount := move.get("amount"):
        yield ("收入合计" if amount > 0 else "支出合计"), amount


def counted_by_way(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The rows of a personal bill, whose sums by 收/支 stand above its header; closed deals count in them too."""

    def counted(move: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        if amount := move.get("amount"):
            way = move.get("_way") or ""
            yield from ((name, amount) for name in ([way] if way in ("收入", "支出") else ["不计收支", "中性交易"]))

    for item in checked(drafts, facts, counted, PERSONAL):
        if isinstance(item, Draft):
            yield item
