"""Net sales by shop, SKU and currency, and amounts in the base currency: what several desks read alike."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.money import decimals
from merchant_cli.desks.base import Scope
from merchant_cli.methods.netting import Back, Refund, Sold, returned
from merchant_cli.methods.reorder_point import half_up

SALES = """
SELECT shop, sku, currency, sum(units), sum(sold_minor), sum(units) FILTER (WHERE sold_minor IS NOT NULL)
FROM sold_units
WHERE day BETWEEN :since AND :until AND sku IS NOT NULL
GROUP BY sku, currency, shop
"""
SALES_FULL_DAYS = """
SELECT shop, sku, currency, sum(units), sum(sold_minor), sum(units) FILTER (WHERE sold_minor IS NOT NULL)
FROM sold_units
WHERE day BETWEEN :since AND :until AND sku IS NOT NULL
  AND (shop, day) IN (SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1)
GROUP BY sku, currency, shop
"""
# Shops whose files tell of sales; one of which only bills are known has no days to leave out.
SELLERS = "SELECT DISTINCT shop FROM coverage WHERE kind IN ('orders', 'lines')"
# A refund is never booked before the day of its order, which keeps the refunds of other years out.
REFUNDED = """
SELECT shop, order_id, day, goods_minor, line_key, code, sku, units, currency, sold_minor,
  refund_id, refund_line, refund_code, refund_units, refund_minor, detail
FROM refunded_lines
WHERE day BETWEEN :since AND :until AND (booked_day IS NULL OR booked_day BETWEEN :since AND :as_of)
ORDER BY shop, order_id, line_key, refund_id, refund_line
"""
RATES = """
SELECT from_currency, to_currency, rate_micro FROM rates
WHERE from_day <= :as_of AND rate_micro > 0 ORDER BY from_currency, to_currency, from_day
"""


class Net(NamedTuple):
    """Sales of a SKU in one shop and currency. `unpriced`: units whose money no file states."""

    units: int = 0
    sold: int = 0
    back_units: int = 0
    back_money: int = 0
    unpriced: int = 0

    def plus(self, other: Net) -> Net:
        """Both together (of one currency)."""
        return Net(*(a + b for a, b in zip(self, other, strict=True)))


class Returned(NamedTuple):
    """What came back of one line of an order, on the day of the order."""

    shop: str
    order_id: str
    day: str
    sku: str
    currency: str | None
    units: int
    money: int
    priced: bool
    code: str | None = None


Key = tuple[str, str, str | None]


def net_sales(db: sqlite3.Connection, scope: Scope, since: str, until: str) -> Mapping[Key, Net]:
    """(shop, SKU, currency) → sales of `since`..`until` net of what came back by the as-of day, by order day.

    The last answer is kept: the questions of one worklist ask alike. A change of the store asks anew.
    """
    revision = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0])
    return _net_sales(db, revision, scope, since, until)


@lru_cache(maxsize=1)
def _net_sales(
    db: sqlite3.Connection, revision: tuple[int, int], scope: Scope, since: str, until: str
) -> Mapping[Key, Net]:
    return _net(db, scope, since, until, SALES, None)


def net_sales_of(
    db: sqlite3.Connection, scope: Scope, window: list[str], full: frozenset[tuple[str, str]]
) -> dict[Key, Net]:
    """The same over the fully covered days of a window; `full` are its (shop, day)."""
    shops = {shop for shop, _ in full}
    sellers = {shop for (shop,) in db.execute(SELLERS)}
    gaps = len(full) < len(shops) * len(window) or shops != set(scope.shops) & sellers
    return _net(db, scope, window[0], window[-1], SALES_FULL_DAYS if gaps else SALES, full)


def _net(
    db: sqlite3.Connection, scope: Scope, since: str, until: str, sql: str, full: frozenset[tuple[str, str]] | None
) -> dict[Key, Net]:
    found = {}
    for shop, sku, currency, units, sold, priced in db.execute(sql, {"since": since, "until": until}):
        if not scope.shops or shop in scope.shops:
            found[shop, sku, currency] = Net(units or 0, sold or 0, 0, 0, (units or 0) - (priced or 0))
    for back in returns(db, scope, since, until):
        key = (back.shop, back.sku, back.currency)
        if key in found and (full is None or (back.shop, back.day) in full):
            unpriced = 0 if back.priced else -back.units
            found[key] = found[key].plus(Net(0, 0, back.units, back.money, unpriced))
    return found


def returns(db: sqlite3.Connection, scope: Scope, since: str, until: str) -> Iterator[Returned]:
    """What came back of the orders of `since`..`until`."""
    span = {"since": since, "until": until, "as_of": scope.as_of}
    for (shop, order_id), rows in groupby(db.execute(REFUNDED, span), key=lambda row: (row[0], row[1])):
        if not scope.shops or shop in scope.shops:
            yield from _order(shop, order_id, list(rows))


def _order(shop: str, order_id: str, rows: list[tuple[Any, ...]]) -> Iterator[Returned]:
    for row, back in netted(rows):
        if row[6] is not None and (back.units or back.money):
            priced = row[9] is not None
            yield Returned(shop, order_id, row[2], row[6], row[8], back.units, back.money, priced, row[5])


def netted(rows: list[tuple[Any, ...]]) -> Iterator[tuple[tuple[Any, ...], Back]]:
    """Each goods line of one order with what came back of it; `rows` begin with the columns of REFUNDED."""
    lines = {row[4]: row for row in rows}
    refunds = {(row[10], row[11]): Refund(row[11], row[12], row[13], row[14], row[15] == 1) for row in rows}
    sold = [Sold(row[4], row[5], row[7], row[9]) for row in lines.values()]
    yield from zip(lines.values(), returned(sold, list(refunds.values()), rows[0][3]), strict=True)


def by_sku(sales: Mapping[Key, Net]) -> dict[str, dict[str | None, Net]]:
    """SKU → currency → sales, the shops added."""
    found: dict[str, dict[str | None, Net]] = defaultdict(dict)
    for (_, sku, currency), net in sales.items():
        found[sku][currency] = found[sku][currency].plus(net) if currency in found[sku] else net
    return found


class Worth(NamedTuple):
    """What one minor unit of a currency is worth in minor units of another: `times / over`."""

    times: int
    over: int


class Rates:
    """The merchant's rates on the as-of day."""

    def __init__(self, db: sqlite3.Connection, as_of: str | None) -> None:
        self.micro: dict[tuple[str, str], int] = {}
        for one, other, micro in db.execute(RATES, {"as_of": as_of}):
            self.micro[one, other] = micro

    def __call__(self, currency: str | None, base: str | None) -> Worth | None:
        """None: no rate was given, or a currency is not known."""
        if currency is None or base is None:
            return None
        if currency == base:
            return Worth(1, 1)
        micro = self.micro.get((currency, base))
        return Worth(micro * 10 ** decimals(base), 10 ** (6 + decimals(currency))) if micro else None


def in_base(amounts: dict[str | None, int], base: str | None, rates: Rates) -> int | None:
    """Amounts by currency as one in minor units of `base`, rounded half up; None if a rate is missing."""
    total = 0
    for currency, amount in amounts.items():
        if amount:
            worth = rates(currency, base)
            if worth is None:
                return None
            total += half_up(amount * worth.times, worth.over)
    return total


def base_currency(scope: Scope, sales: Mapping[Key, Net]) -> str | None:
    """The currency of the answer: the base currency, else the only one that was sold in."""
    sold_in = {currency for (_, _, currency) in sales if currency}
    return scope.currency or (sold_in.pop() if len(sold_in) == 1 else None)


def window(last: str, length: int) -> list[str]:
    """The `length` days that end with `last`."""
    return [days.add(last, n) for n in range(1 - length, 1)]
