"""Which units and how much money of an order came back: one rule for every answer that nets refunds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from merchant_cli.basics.money import largest_remainder


class Sold(NamedTuple):
    """A goods line of an order: own units, money in minor units (None: the file does not say)."""

    line_key: str
    code: str | None
    units: int | None
    money: int | None


class Refund(NamedTuple):
    """A refund that was done. `detail` False: the order's total, which the details may explain already."""

    line_key: str
    code: str | None
    units: int | None
    money: int | None
    detail: bool


class Back(NamedTuple):
    """What came back of one line."""

    units: int
    money: int


def returned(lines: Sequence[Sold], refunds: Sequence[Refund], goods: int | None) -> list[Back]:
    """What came back of each line. `goods`: what the buyer paid for goods, minor units; None if unknown.

    Refunds that reach `goods` take everything back. Else a detail takes its own units and money off its line
    (by line key, else by code), never more than the line has; money that names no line is spread over what is
    left of the lines' money by largest remainder and takes no units.
    """
    stated = sum(r.money or 0 for r in refunds if r.detail)
    total = max(stated, sum(r.money or 0 for r in refunds if not r.detail))
    if goods is not None and total > 0 and total >= goods:
        return [Back(line.units or 0, line.money or 0) for line in lines]
    units, money = [0] * len(lines), [0] * len(lines)
    for refund in refunds:
        if refund.detail:
            _take(refund, lines, units, money)
    left = [max(0, (line.money or 0) - taken) for line, taken in zip(lines, money, strict=True)]
    spread = min(max(0, total - sum(money)), sum(left))
    parts = largest_remainder(spread, left) if spread else [0] * len(lines)
    return [Back(u, m + p) for u, m, p in zip(units, money, parts, strict=True)]


def _take(refund: Refund, lines: Sequence[Sold], units: list[int], money: list[int]) -> None:
    named = [i for i, line in enumerate(lines) if refund.line_key and line.line_key == refund.line_key]
    named = named or [i for i, line in enumerate(lines) if refund.code and line.code == refund.code]
    want_units, want_money = refund.units or 0, refund.money or 0
    for i in named:
        got = min(want_units, max(0, (lines[i].units or 0) - units[i]))
        paid = min(want_money, max(0, (lines[i].money or 0) - money[i]))
        units[i], money[i] = units[i] + got, money[i] + paid
        want_units, want_money = want_units - got, want_money - paid
