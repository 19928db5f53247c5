"""Amounts of Amazon's reports: in Europe the decimal mark may be a comma (`1.234,56`), the same in a whole file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from importers.cells import Bad, clean, money_reader

_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}")
_WITH_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


def comma_in(cells: Iterable[str]) -> bool:
    """Whether one of the cells has a comma as its decimal mark."""
    return any(_COMMA.fullmatch(clean(cell)) for cell in cells)


def amounts(currency: str | None, comma: bool) -> Callable[[str], Any]:
    """Reads amounts to minor units of `currency`; one that is written otherwise than its file is Bad."""
    read = money_reader(currency)
    if not comma:
        return read

    def read_european(raw: str) -> int | Bad | None:
        text = clean(raw)
        if not text:
            return None
        if not _WITH_COMMA.fullmatch(text):
            return Bad("bad-money", {"value": text})
        found: int | Bad | None = read(text.replace(".", "").replace(",", "."))
        return found

    return read_european
