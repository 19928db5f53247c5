"""The hash of a fact row: unchanged?, bit rot, compare-and-swap, digest."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from marshal import dumps
from typing import Any

MASK = (1 << 64) - 1
from_bytes = int.from_bytes


def row_hash(shop: str, values: tuple[Any, ...]) -> int:
    """The first 8 bytes of BLAKE2b over the shop's name and the values (text, integer, None), as a signed integer.

    The values are written in Python's marshal format of version 2, which is the same in every Python 3: a tuple of
    `N` (None), `i` + 4 bytes (longer integers `l`), `u` + length + UTF-8. Text formatting took five times as long.
    """
    return from_bytes(blake2b(dumps((shop, values), 2), digest_size=8).digest(), "big", signed=True)


def added(total: int, hashes: Iterable[int]) -> int:
    """The sum of hashes mod 2^64, as a signed integer that SQLite can hold."""
    value = (total + sum(hashes)) & MASK
    return value - (1 << 64) if value >> 63 else value
