"""Sums of a shop's money, visits and ad spend over periods: what `vitals` and its explanation read."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.desks.base import Scope
from merchant_cli.desks.metrics import ADS, MONEY, TRAFFIC, Metric
from merchant_cli.desks.sales import Rates, in_base

COVERED = """
SELECT shop, kind, day FROM coverage
WHERE "full" = 1 AND kind IN ('orders', 'traffic', 'ads') AND day <= :as_of AND day >= :since
"""
# The last full day of each shop: of its orders, else of what its platform counts.
LAST = """
SELECT shop, coalesce(max(CASE WHEN kind = 'orders' THEN day END), max(day)) FROM coverage
WHERE kind IN ('orders', 'traffic') AND "full" = 1 AND day <= :as_of GROUP BY shop ORDER BY shop
"""
BOOKED = """
SELECT shop, day, currency, sum(orders), sum(units), sum(gross_minor), sum(discount_minor), sum(refunds_minor),
  sum(paid_minor), sum(CASE WHEN orders = 1 AND paid_minor IS NULL THEN 1 ELSE 0 END)
FROM money_booked WHERE day BETWEEN :since AND :until GROUP BY shop, day, currency
"""
BUYERS = """
SELECT shop, count(DISTINCT coalesce(buyer, order_id)) FROM orders
WHERE counts = 1 AND day BETWEEN :since AND :until GROUP BY shop
"""
VISITS = """
SELECT shop, from_day, sum(visitors), sum(buyers) FROM traffic
WHERE item = '' AND from_day = to_day AND from_day BETWEEN :since AND :until
GROUP BY shop, from_day HAVING count(*) = 1
"""
SPENT = """
SELECT shop, from_day, currency, sum(spend_minor) FROM ads
WHERE from_day = to_day AND from_day BETWEEN :since AND :until GROUP BY shop, from_day, currency
"""
PARTS = ("orders", "units", "gross", "discount", "refund", "paid")

Amounts = dict[str | None, int]  # currency → minor units; None for what is no money


class Period(NamedTuple):
    """First and last day of a period, and of the one before it that has the same weekdays."""

    name: str
    since: str
    until: str
    before_since: str
    before_until: str


def periods(last: str) -> tuple[Period, Period, Period]:
    """The last day, the seven days and the month to date that end with it; each against the same weekdays before:
    moved back by the least number of whole weeks that is as long as the period."""
    first = last[:8] + "01"
    return _period("day", last, last), _period("week", days.add(last, -6), last), _period("month", first, last)


def _period(name: str, since: str, until: str) -> Period:
    weeks = -(-(days.between(since, until) + 1) // 7)
    return Period(name, since, until, days.add(since, -7 * weeks), days.add(until, -7 * weeks))


class Sums:
    """What was added up by shop and day over the days that the periods of all shops need."""

    def __init__(self, db: sqlite3.Connection, scope: Scope) -> None:
        """The scope must have an as-of day."""
        asked = [row for row in db.execute(LAST, {"as_of": scope.as_of}) if not scope.shops or row[0] in scope.shops]
        self.last: dict[str, str] = dict(asked)
        self.rates = Rates(db, scope.as_of)
        self.days: dict[tuple[str, str, str], Amounts] = defaultdict(dict)
        self.known: set[tuple[str, str, str]] = set()
        self.unpaid: dict[tuple[str, str], int] = defaultdict(int)
        self.buyers: dict[tuple[str, str, str], Amounts] = defaultdict(dict)
        if self.last:
            self._read(db, min(periods(last)[2].before_since for last in self.last.values()), max(self.last.values()))

    def _read(self, db: sqlite3.Connection, since: str, until: str) -> None:
        span = {"since": since, "until": until}
        for shop, kind, day in db.execute(COVERED, {"since": since, "as_of": until}):
            self.known.add((shop, kind, day))
        for shop, day, currency, *amounts, unpaid in db.execute(BOOKED, span):
            for part, amount in zip(PARTS, amounts, strict=True):
                unit = currency if part not in ("orders", "units") else None
                _add(self.days[shop, part, day], unit, amount or 0)
            self.unpaid[shop, day] += unpaid
        for shop, day, visitors, buyers in db.execute(VISITS, span):
            self.days[shop, "visitors", day] = {None: visitors} if visitors is not None else {}
            self.days[shop, "bought", day] = {None: buyers} if buyers is not None else {}
        for shop, day, currency, spent in db.execute(SPENT, span):
            _add(self.days[shop, "spend", day], currency, spent or 0)
        for last in set(self.last.values()):
            for period in periods(last):
                for since, until in ((period.since, period.until), (period.before_since, period.before_until)):
                    for shop, number in db.execute(BUYERS, {"since": since, "until": until}):
                        _add(self.buyers[shop, since, until], None, number)

    def part(self, shop: str, part: str, needs: str, since: str, until: str) -> Amounts | None:
        """One part over a period; None unless every day of it is covered, or a file does not say the part."""
        if part == "buyers":
            return self.buyers.get((shop, since, until), {}) if self._covered(shop, MONEY, since, until) else None
        if not self._covered(shop, needs, since, until):
            return None
        total: Amounts = {}
        for day in _each(since, until):
            found = self.days.get((shop, part, day), {})
            if (needs == TRAFFIC and not found) or (part == "paid" and self.unpaid[shop, day]):
                return None
            for currency, amount in found.items():
                _add(total, currency, amount)
        return total

    def _covered(self, shop: str, kind: str, since: str, until: str) -> bool:
        return all((shop, kind, day) in self.known for day in _each(since, until))

    def value(self, shops: tuple[str, ...], metric: Metric, since: str, until: str, unit: str | None) -> float | None:
        """The metric over a period and shops: minor units of `unit` for money; None if it is not measurable."""
        if since != until and not metric.adds:
            return None
        total = 0
        for part, sign in [(p, 1) for p in metric.plus] + [(p, -1) for p in metric.minus]:
            amount = self._of_all(shops, part, metric.needs, since, until, unit if metric.kind == "money" else None)
            if amount is None:
                return None
            total += sign * amount
        if metric.over is None:
            return total
        over = self._of_all(shops, metric.over, metric.needs, since, until, None)
        if not over:
            return None
        return (2 * total + over) // (2 * over) if metric.kind == "money" else total / over

    def _of_all(
        self, shops: tuple[str, ...], part: str, needs: str, since: str, until: str, unit: str | None
    ) -> int | None:
        found: Amounts = {}
        for shop in shops:
            amounts = self.part(shop, part, needs, since, until)
            if amounts is None:
                return None
            for currency, amount in amounts.items():
                _add(found, currency, amount)
        if unit is None:
            return sum(found.values())
        return in_base(found, unit, self.rates)

    def spending(self) -> tuple[str, ...]:
        """Who ad reports are from: shops, or the merchant himself (`own/main`) for his own sheet."""
        return tuple(sorted({shop for shop, kind, _ in self.known if kind == ADS}))


def _add(amounts: Amounts, currency: str | None, amount: int) -> None:
    amounts[currency] = amounts.get(currency, 0) + amount


def _each(since: str, until: str) -> Mapping[str, None]:
    return dict.fromkeys(days.add(since, n) for n in range(days.between(since, until) + 1))
