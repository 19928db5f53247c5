"""Coupon codes as orders name them: several in one cell, in any case; and the words that are no codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules

P = Phrase

_BETWEEN = re.compile(r"[,;，；\r\n]+")


def fold(code: str) -> str:
    """A code for comparison: platforms take `save10` for `SAVE10`."""
    return " ".join(unicodedata.normalize("NFKC", code).casefold().split())


def codes_of(cell: str, known: Collection[str] = ()) -> list[str]:
    """The codes that a cell names, as they are written, each once. A cell that is one of the `known` (folded) codes
    names that one, whatever stands in it."""
    if fold(cell) in known:
        return [cell.strip()]
    return list({fold(part): part.strip() for part in _BETWEEN.split(cell) if part.strip()}.values())


class PseudoCodes(NamedTuple):
    """(platform, folded word); `automatic`: those that stand for discounts which applied by themselves."""

    words: frozenset[tuple[str, str]]
    automatic: frozenset[tuple[str, str]]

    def has(self, shop: str, code: str) -> bool:
        return (shop.partition("/")[0], code) in self.words

    def is_automatic(self, shop: str, code: str) -> bool:
        return (shop.partition("/")[0], code) in self.automatic


def pseudo_codes() -> tuple[PseudoCodes, list[Note]]:
    """The words that are no codes, and a note if the merchant's own file is faulty."""
    return rules.load("pseudo_codes", _parse)


def _parse(table: dict[str, Any]) -> PseudoCodes:
    words, automatic = set(), set()
    for n, row in enumerate(table.get("word", []), 1):
        for name in ("word", "platform"):
            if not isinstance(row.get(name), str) or not row[name].strip():
                raise rules.BadRule(
                    f"[[word]] {n}", P(f"{name} is missing or not in quotes", f"缺少 {name}，或未加引号")
                )
        word = (row["platform"].strip().lower(), fold(row["word"]))
        words.add(word)
        if row.get("automatic") is True:
            automatic.add(word)
    return PseudoCodes(frozenset(words), frozenset(automatic))
