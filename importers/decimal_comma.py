"""Amounts of files that may have a decimal comma (`1.234,56`, `1 234,56`): the same mark in a whole file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from importers.cells import Bad, clean, exact_reader, money_reader, read_count

_BLANKS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d)")
_SIGNS = re.compile(r"^(?:€|[A-Z]{3}) ?|(?<=\d) ?(?:€|[A-Z]{3})$")  # of a currency
_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_WITH_COMMA = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


def comma_in(cells: Iterable[str]) -> bool:
    """Whether one of the cells has a comma as its decimal mark."""
    return any(_COMMA.fullmatch(_joined(cell)) for cell in cells)


def _joined(cell: str) -> str:
    """The cell without the blanks that part its thousands."""
    return _BLANKS.sub("", clean(cell))


def amounts(currency: str | None, comma: bool) -> Callable[[str], Any]:
    """Reads amounts to minor units of `currency`; one that is written otherwise than its file is Bad."""
    read = money_reader(currency)
    return _european(read) if comma else read


def exact_amounts(comma: bool) -> Callable[[str], Any]:
    """Reads unit prices to exact decimals; one that is written otherwise than its file is Bad."""
    return _european(exact_reader) if comma else exact_reader


def _european(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def read_european(raw: str) -> Any:
        text = _joined(raw)
        if text in ("", "-", "--", "—"):
            return None
        text = _SIGNS.sub("", text)
        if not _WITH_COMMA.fullmatch(text):
            return Bad("bad-money", {"value": text})
        return read(text.replace(".", "").replace(",", "."))

    return read_european


def counts(comma: bool) -> Callable[[str], Any]:
    """Reads whole numbers; in a file with a decimal comma points and blanks part thousands: `1.204`, `1 204`."""
    if not comma:
        return read_count

    def read_european(raw: str) -> int | Bad | None:
        text = _joined(raw)
        return read_count(text.replace(".", "") if _THOUSANDS.fullmatch(text) else text)

    return read_european
