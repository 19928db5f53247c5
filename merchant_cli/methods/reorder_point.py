"""When to order and how much, from a mean demand: periodic review with a fixed lead time, in whole numbers.

Demand is `units / days` a day. An order placed now arrives after the lead time; the next chance to order is one
review later. So stock must last lead + review; it is filled up to lead + review + cover.
"""

from __future__ import annotations

from typing import NamedTuple


class Demand(NamedTuple):
    """`units` sold in `days` full covered days (days > 0); the rate is their exact quotient."""

    units: int
    days: int


def add(one: Demand, other: Demand) -> Demand:
    """The sum of two rates, exact."""
    if one.days == other.days:
        return Demand(one.units + other.units, one.days)
    return Demand(one.units * other.days + other.units * one.days, one.days * other.days)


def runs_out(available: int, demand: Demand, until: int) -> bool:
    """Whether the stock does not last `until` days."""
    return demand.units > 0 and available * demand.days < demand.units * until


def whole_days(available: int, demand: Demand) -> int:
    """Days that the stock lasts, rounded down; negative where more is reserved than there is."""
    return available * demand.days // demand.units


def quantity(available: int, demand: Demand, until: int, pack: int, least: int) -> tuple[int, int]:
    """Units that make the stock last `until` days, rounded up; and the same as whole packs, at least `least`."""
    exact = -((available * demand.days - demand.units * until) // demand.days)
    needed = max(0, exact)
    ordered = max(needed, least)
    return needed, -(-ordered // pack) * pack


class Margin(NamedTuple):
    """Price and cost of one unit as exact quotients over one denominator, in minor units of one currency."""

    price: int
    cost: int
    over: int


def lost(available: int, demand: Demand, until: int, margin: Margin) -> tuple[int, int]:
    """Sales and cost of the units missing by day `until`, minor units; their difference is the lost margin.

    The difference is rounded half up, the cost too; the sales are their sum, so that the terms add up exactly.
    """
    missing = max(0, demand.units * until - available * demand.days)
    below = demand.days * margin.over
    total = half_up(missing * (margin.price - margin.cost), below)
    cost = half_up(missing * margin.cost, below)
    return total + cost, cost


def half_up(number: int, over: int) -> int:
    """`number / over` (over > 0) rounded to the nearest whole number, halves up."""
    return (2 * number + over) // (2 * over)
