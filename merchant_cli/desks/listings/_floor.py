"""What is left of a variant's price after the platform's fee and its cost, against the floor that the merchant sets."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from merchant_cli.basics.problems import Note
from merchant_cli.desks import fees
from merchant_cli.desks.base import Scope
from merchant_cli.desks.listings._listed import Variant, price_day, variants
from merchant_cli.desks.listings._sold import Sales, Units, sold
from merchant_cli.desks.sales import Rates
from merchant_cli.methods.reorder_point import half_up

# The newest cost on or before the as-of day comes last.
COSTS = """
SELECT sku, cost_minor, currency, from_day FROM costs
WHERE from_day <= :day AND cost_minor IS NOT NULL ORDER BY sku, from_day
"""


class Low(NamedTuple):
    """A variant below its floor. Money of one unit of the variant, in minor units of the variant's currency.

    `fee` None: no fee schedule, none is taken off. `lowest`: the lowest price that meets the floor; None: none does.
    `sold`: own units of its code in the window; `units`: units of the variant that count, at least the next one to be
    sold; both None if not known. `at_stake` is in the base currency, None without a rate or units.
    """

    variant: Variant
    price: int
    fee: int | None
    cost: int
    floor: int
    lowest: int | None
    cost_day: str = ""
    sold: Units | None = None
    units: int | None = None
    at_stake: int | None = None
    shared: bool = False  # other variants of the shop carry its code

    @property
    def place(self) -> tuple[str, str | None]:
        return self.variant.shop, self.variant.code

    @property
    def left(self) -> int:
        return self.price - (self.fee or 0) - self.cost

    @property
    def short(self) -> int:
        return self.floor - self.left


@dataclass
class Compared:
    """All variants compared: those below their floor, the window of sales, and how many could not be measured."""

    low: list[Low]
    base: str | None
    sales: Sales | None
    checked: str
    measured: int = 0
    unmeasured: Counter[str] = field(default_factory=Counter)  # no-cost, no-rate, no-fee, no-worth
    notes: list[Note] = field(default_factory=list)


def compared(db: sqlite3.Connection, scope: Scope, window_days: int, floor_percent: float) -> Compared:
    """Every variant that is on sale, against its floor: `floor_percent` of its price."""
    schedules, notes = fees.load()
    day, _ = price_day(db, scope)
    found = Compared([], scope.currency, None, schedules.checked, notes=list(notes))
    if day is None:
        return found
    rates, points = Rates(db, day), round(floor_percent * 100)
    costs = {sku: row for sku, *row in db.execute(COSTS, {"day": day})}
    on_sale = [one for one in variants(db, scope) if one.on_sale and one.price is not None]
    codes = Counter((one.shop, one.code) for one in on_sale)  # what several carry cannot be told apart
    for one in on_sale:
        cost = costs.get(one.sku or "")
        own = cost and _exchanged(cost[0] * one.times, cost[1], one.currency, found.base, rates)
        if cost is None or own is None:
            found.unmeasured["no-cost" if cost is None else "no-rate"] += 1
            continue
        fee = schedules.on(one.shop, day)
        found.measured += 1
        found.unmeasured["no-fee"] += fee is None
        if (low := _low(one, fee, own, points)) is not None:
            found.low.append(low._replace(cost_day=cost[2]))
    if found.low:
        found.sales = sold(db, scope, window_days)
        found.low = [_with_stake(low, found, rates, codes[low.place] == 1) for low in found.low]
    return found


def _exchanged(amount: int, currency: str | None, wanted: str | None, base: str | None, rates: Rates) -> int | None:
    """An amount in another currency, by its rate or by way of the base currency, rounded half up.

    None without a rate. A cost without a currency is taken to be in that of the price.
    """
    if currency in (None, wanted):
        return amount
    if (worth := rates(currency, wanted)) is not None:
        return half_up(amount * worth.times, worth.over)
    one, other = rates(currency, base), rates(wanted, base)
    return None if one is None or other is None else half_up(amount * one.times * other.over, one.over * other.times)


def _with_stake(low: Low, found: Compared, rates: Rates, alone: bool) -> Low:
    """With what the variant's code sold in the window, unless no day of its shop is known or others carry the code."""
    worth = rates(low.variant.currency, found.base)
    found.unmeasured["no-worth"] += worth is None
    low = low._replace(shared=not alone)
    if not alone or found.sales is None or not found.sales.days.get(low.variant.shop):
        return low
    own = found.sales.units.get((low.variant.shop, low.variant.code or ""), Units())
    units = max(1, (own.sold - own.back) // low.variant.times)
    stake = None if worth is None else half_up(low.short * units * worth.times, worth.over)
    return low._replace(sold=own, units=units, at_stake=stake)


class Unit(NamedTuple):
    """One unit at a price: the fee of an order of this one unit, and the floor."""

    price: int
    fee: int
    floor: int

    def meets(self, cost: int) -> bool:
        return self.price - self.fee - cost >= self.floor


def _low(one: Variant, fee: fees.Fee | None, cost: int, points: int) -> Low | None:
    """The variant if its price is below the floor. `points`: the floor in hundredths of a per cent of the price."""
    assert one.price is not None
    unit = _unit(one.price, fee, one.currency, points)
    if unit.meets(cost):
        return None
    # What is left of a price after fee and floor must pay the cost and the fixed part of the fee.
    lowest, share = None, 1_000_000 - (fee.rate if fee else 0) - points * 100
    if share > 0:
        fixed = fee.fixed if fee and fee.currency == one.currency else 0
        lowest = max(0, (cost + fixed) * 1_000_000 // share - 2)
        while not _unit(lowest, fee, one.currency, points).meets(cost):
            lowest += 1  # the last steps, since fee and floor are rounded
    return Low(one, unit.price, unit.fee if fee else None, cost, unit.floor, lowest)


def _unit(price: int, fee: fees.Fee | None, currency: str | None, points: int) -> Unit:
    taken = 0
    if fee is not None:
        taken = half_up(price * fee.rate, 1_000_000) + (fee.fixed if fee.currency == currency else 0)
    return Unit(price, taken, half_up(price * points, 10_000))


def by_stake(low: list[Low]) -> Iterator[Low]:
    """The largest stake first; what is not measurable comes last."""
    return iter(sorted(low, key=lambda one: (one.at_stake is None, -(one.at_stake or 0), -one.short, one.variant.key)))
