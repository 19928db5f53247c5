"""Which own SKU a code could be: names are compared only where they share a code or rare words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from merchant_cli.methods.likeness import Likeness, Name, likeness

RARE = 60  # a word that more names have finds nothing by itself
COMPARED = 40  # names that one name is compared with at most
SAME = 3  # points within which two suggestions are equally good


class Target(NamedTuple):
    """One name of an own SKU. `shop`: where it stands, '' for the merchant's own sheets; `rank`: larger is better."""

    sku: str
    shop: str
    code: str
    rank: tuple[int, ...]
    name: Name


class Suggestion(NamedTuple):
    """The target that resembles most, how much, and whether another SKU does as well."""

    target: Target
    likeness: Likeness
    several: bool


class Finder:
    """Finds the targets that resemble a name."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self._targets = list(targets)
        self._having: dict[str, list[int]] = defaultdict(list)
        self._skus: dict[str, set[str]] = defaultdict(set)  # of each shop
        for i, target in enumerate(self._targets):
            if target.shop:
                self._skus[target.shop].add(target.sku)
            for mark in target.name.marks:
                self._having[mark].append(i)

    def best(
        self, name: Name, least: int, *, but: Collection[str] = (), not_in: str = "", above: tuple[int, ...] = ()
    ) -> Suggestion | None:
        """The best target with at least `least` points; None if there is none.

        Never an SKU of `but`, nor one that the shop `not_in` has under another code: two codes of one shop are two
        goods. `above`: only targets of a higher rank.
        """
        found: dict[str, tuple[int, tuple[int, ...], Target, Likeness]] = {}
        for i in self._near(name):
            target = self._targets[i]
            if target.sku in but or target.rank <= above or target.sku in self._skus[not_in]:
                continue
            alike = likeness(name, target.name)
            if alike is None or alike.score < least:
                continue
            held = found.get(target.sku)
            if held is None or (alike.score, target.rank) > held[:2]:
                found[target.sku] = (alike.score, target.rank, target, alike)
        if not found:
            return None
        ordered = sorted(found.values(), key=lambda row: (-row[0], [-r for r in row[1]], row[2].sku))
        several = len(ordered) > 1 and ordered[0][0] - ordered[1][0] < SAME
        return Suggestion(ordered[0][2], ordered[0][3], several)

    def _near(self, name: Name) -> list[int]:
        """The targets that share the most telling marks; a mark tells the more the fewer names have it."""
        weights: Counter[int] = Counter()
        common = []
        for mark in name.marks:
            having = self._having.get(mark, ())
            if len(having) > RARE:
                common.append(having)
                continue
            for i in having:
                weights[i] += 1_000 // len(having)
        if not weights and common:
            weights.update(dict.fromkeys(min(common, key=len)[:RARE], 1))
        return [i for i, _ in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:COMPARED]]
