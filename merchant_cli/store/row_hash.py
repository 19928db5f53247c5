"""The hash of a fact row: unchanged?, bit rot, compare-and-swap, digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

MASK = (1 << 64) - 1


def row_hash(shop: str, values: Sequence[Any]) -> int:
    """The first 8 bytes of BLAKE2b over the shop's name and the canonical values, as a signed integer.

    Integers are written as decimals, NULL as \\x00, all joined by \\x1f.
    """
    text = "\x1f".join(["\x00" if v is None else v if v.__class__ is str else str(v) for v in values])
    return int.from_bytes(blake2b(f"{shop}\x1f{text}".encode(), digest_size=8).digest(), "big", signed=True)


def added(total: int, hashes: Iterable[int]) -> int:
    """The sum of hashes mod 2^64, as a signed integer that SQLite can hold."""
    value = (total + sum(hashes)) & MASK
    return value - (1 << 64) if value >> 63 else value
