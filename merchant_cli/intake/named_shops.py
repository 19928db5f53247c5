"""Which shop a cell of an own sheet names.

The reader of a file knows no database: it is given the words beforehand, and the writer turns the names that it found
into numbers. `<platform>/main` is the first shop of a platform whether or not one of its files has come yet, so that
it does not matter which file comes first.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from importers import catalogue
from importers.base import norm
from importers.cells import Bad, clean
from merchant_cli.store.shops import USUAL

# What merchants call the platforms.
CALLED = {"淘宝": "taobao", "天猫": "taobao", "拼多多": "pinduoduo", "抖音": "douyin", "抖店": "douyin"}


@dataclass(frozen=True)
class NamedShops:
    """`words`: what a cell may hold → `platform/name`; `there`: the shops that exist; `currencies` as far as known."""

    words: Mapping[str, str] = field(default_factory=dict)
    there: tuple[str, ...] = ()
    currencies: Mapping[str, str] = field(default_factory=dict)

    def read(self, cell: str) -> str | Bad | None:
        """The shop that the cell names; None for a blank one. A name of several shops is as unknown as one of none."""
        said = clean(cell)
        if not said:
            return None
        found = self.words.get(said) or self.words.get(norm(said))
        return found or Bad("unknown-shop", {"value": said, "shops": ", ".join(self.there) or "–"})


def named_shops(db: sqlite3.Connection) -> NamedShops:
    """The shops by name, by the label that their files carry, and by platform where a platform has one shop."""
    shops = db.execute("SELECT shop, platform, label, currency FROM shops ORDER BY shop").fetchall()
    meant: dict[str, set[str]] = defaultdict(set)
    platforms = {entry.platform for entry in catalogue.entries()} - {"own"}
    for shop, platform, label, _ in shops:
        for word in (shop, platform, label):
            if word:
                meant[norm(word)].add(shop)
    for platform in platforms:
        first = f"{platform}/main"
        if not meant[platform]:
            meant[platform].add(first)
        meant[first].add(first)
    for word, platform in CALLED.items():
        meant[word] |= meant[platform]
    words = {word: next(iter(found)) for word, found in meant.items() if len(found) == 1}
    words |= {shop: shop for shop, *_ in shops}
    usual = {f"{platform}/main": USUAL[platform][1] for platform in platforms if platform in USUAL}
    currencies = usual | {shop: currency for shop, _, _, currency in shops if currency}
    return NamedShops(words, tuple(shop for shop, *_ in shops), currencies)
