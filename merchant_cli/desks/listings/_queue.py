"""The mapping queue: codes whose own SKU is only assumed, why that is doubtful, and what they could be."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings._codes import Code, Known, known
from merchant_cli.desks.listings._listed import Variant
from merchant_cli.desks.listings._suggest import Finder, Suggestion, Target
from merchant_cli.methods.likeness import Name, comparable, resemble


@dataclass
class Doubt:
    """A code, or a listing without one, with the reason: `titles-differ`, `no-code` or `lookalike`."""

    reason: str
    shop: str
    code: Code
    listing: Variant | None
    suggestion: Suggestion | None
    unlike: str = ""

    @property
    def key(self) -> str:
        return self.listing.key if self.listing else f"code:{self.shop}/{self.code.code}"


@dataclass
class Queue:
    """The doubts of the shops asked about, what is known, and SKUs whose titles are in two scripts."""

    doubts: list[Doubt]
    known: Known
    scripts: int


def queue(db: sqlite3.Connection, scope: Scope, window_days: int, least: int) -> Queue:
    """All doubts, the codes that sold most first. `least`: the points from which a suggestion is made."""
    found = known(db, scope, window_days)
    names = {place: _name(code) for place, code in found.codes.items()}
    ranks = _ranks(found)
    finder = Finder(_targets(found, names, ranks))
    differ, scripts = _differing(found, names, ranks)
    doubts = []
    for place, code in found.codes.items():
        if code.mapped or not (code.sold > 0 or any(one.on_sale for one in code.variants)):
            continue
        if scope.shops and code.shop not in scope.shops:
            continue
        doubt = _doubt(code, names[place], ranks[place], differ.get(place), found, finder, least)
        if doubt is not None:
            doubts.append(doubt)
    for one in found.without:
        if one.on_sale and (not scope.shops or one.shop in scope.shops):
            code = Code(one.shop, "", "", one.title, one.options, given=False, variants=[one])
            doubts.append(Doubt("no-code", one.shop, code, one, finder.best(_name(code), least)))
    return Queue(sorted(doubts, key=lambda doubt: (-doubt.code.sold, doubt.key)), found, scripts)


def _name(code: Code) -> Name:
    return Name(code.code if code.given else None, code.title, code.options)


Place = tuple[str, str]
Rank = tuple[int, int, int]


def _ranks(found: Known) -> dict[Place, Rank]:
    """Of two codes that could be one good the lower is mapped to the higher: kept by the merchant, sold more."""
    order = sorted(found.codes, reverse=True)
    return {
        place: (int(found.codes[place].sku in found.own), found.codes[place].sold, i) for i, place in enumerate(order)
    }


def _targets(found: Known, names: dict[Place, Name], ranks: dict[Place, Rank]) -> list[Target]:
    """Every name that an own SKU has: in the merchant's sheets, and in each shop under a code that he gave."""
    best: dict[str, Rank] = {}
    for place, code in found.codes.items():
        best[code.sku] = max(best.get(code.sku, (0, 0, -1)), ranks[place])
    own = [Target(sku, "", sku, best.get(sku, (1, 0, -1)), Name(sku, title, None)) for sku, title in found.own.items()]
    return own + [
        Target(code.sku, code.shop, code.code, best[code.sku], names[place])
        for place, code in found.codes.items()
        if code.given or code.mapped
    ]


def _differing(found: Known, names: dict[Place, Name], ranks: dict[Place, Rank]) -> tuple[dict[Place, str], int]:
    """Codes whose title resembles no other of their SKU, with such a title; and SKUs with titles in two scripts."""
    together: dict[str, list[Place]] = defaultdict(list)
    for place, code in found.codes.items():
        together[code.sku].append(place)
    differ, scripts = {}, 0
    for sku, places in together.items():
        title = found.own.get(sku)
        named = [(Name(None, title, None), title or "")] if title else []
        if len(places) + len(named) < 2:
            continue
        for place in sorted(places, key=lambda place: ranks[place], reverse=True):
            others = [(name, said) for name, said in named if comparable(name, names[place])]
            if others and not any(resemble(name, names[place]) for name, _ in others):
                differ[place] = others[0][1]
            named.append((names[place], found.codes[place].title or ""))
        scripts += len({name.chinese for name, _ in named if name.title}) > 1
    return differ, scripts


def _doubt(
    code: Code, name: Name, rank: Rank, unlike: str | None, found: Known, finder: Finder, least: int
) -> Doubt | None:
    if not code.given and code.sku not in found.costed:
        return Doubt("no-code", code.shop, code, None, finder.best(name, least, but={code.sku}))
    if unlike is not None:
        best = finder.best(name, least, but={code.sku}, not_in=code.shop)
        return Doubt("titles-differ", code.shop, code, None, best, unlike)
    best = finder.best(name, least, but={code.sku}, not_in=code.shop, above=rank)
    if best is None or (code.sku in found.own and best.likeness.by != "code"):
        return None
    return None if best.several and best.likeness.by != "code" else Doubt("lookalike", code.shop, code, None, best)
