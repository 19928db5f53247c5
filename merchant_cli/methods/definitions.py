"""Which definition makes two series of sums agree: the parts that one side counts and the other does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

MOST = 8  # parts that are tried in all combinations: 256


def best(differences: Sequence[int], parts: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """The names of the parts whose sum leaves the least of `differences` unexplained.

    `differences[i]` = theirs − ours on day i, `parts[name][i]` = what theirs would have more on that day if it
    counted this part. Least means the least Σ |rest|; of equals the combination with fewer parts, then the one named
    first. A part that is 0 on every day is never chosen. At most MOST parts.
    """
    live = [name for name, amounts in parts.items() if any(amounts)][:MOST]
    found: tuple[int, int, tuple[str, ...]] | None = None
    for size in range(len(live) + 1):
        for names in combinations(live, size):
            left = sum(abs(rest) for rest in rests(differences, [parts[name] for name in names]))
            if found is None or left < found[0]:
                found = (left, size, names)
        if found is not None and found[0] == 0:
            break
    return found[2] if found is not None else ()


def rests(differences: Sequence[int], chosen: Sequence[Sequence[int]]) -> list[int]:
    """What the chosen parts leave of each day's difference."""
    return [gap - sum(part[i] for part in chosen) for i, gap in enumerate(differences)]
