"""What came of a campaign: its sales and contribution, its buyers, and the same weekdays of the weeks before."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.campaigns._plan import Campaign
from merchant_cli.desks.contribution import Contribution, Sums, contributions, lines
from merchant_cli.desks.sales import Rates, in_base

WEEKS = 8  # before the campaign, whose same weekdays it is set against
LEAST = 2  # full covered days of a weekday without which its average is not known

COVERED = """
SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1 AND day BETWEEN :since AND :until
"""
FIRST_DAYS = "SELECT shop, buyer, first_day FROM buyers WHERE first_day < :before"
SPENT = """
SELECT currency, sum(spend_minor), min(import_no), min(line) FROM ads
WHERE lower(campaign) = lower(:name) AND from_day >= :since AND to_day <= :until GROUP BY currency
"""


def by_day(where: str) -> str:
    """What was sold of the goods that `where` (Campaign.where) means, by shop, day and currency."""
    return f"""
SELECT shop, day, currency, sum(units), sum(sold_minor), count(DISTINCT order_id) FROM sold_units
WHERE day BETWEEN :since AND :until AND {where} GROUP BY shop, day, currency
"""


def bought(where: str) -> str:
    """Who bought those goods, and in how many orders."""
    return f"""
SELECT o.shop, coalesce(o.buyer, ''), count(*) FROM (
  SELECT DISTINCT shop AS at_shop, order_id AS number FROM sold_units
  WHERE day BETWEEN :since AND :until AND {where}
) AS bought JOIN orders o ON o.shop = at_shop AND o.order_id = number
GROUP BY o.shop, coalesce(o.buyer, '')
"""


class Usual(NamedTuple):
    """What the same weekdays of the weeks before bring on average, over as many days as the campaign has."""

    sold: int
    orders: float
    units: float


class Result(NamedTuple):
    """A campaign up to the as-of day. Money in minor units of `found.currency`; None: not measurable.

    `later`: refunds done after the last day; `skus`: own SKU → contribution; `known_orders`: with a known buyer.
    """

    campaign: Campaign
    found: Contribution
    skus: dict[str, Contribution]
    orders: int
    units: int
    buyers: int
    new_buyers: int
    known_orders: int
    later: int | None
    ads: int | None
    usual: Usual | None
    covered: int
    notes: list[Note]


FirstDays = Mapping[tuple[str, str], str]


def first_days(db: sqlite3.Connection, campaigns: Sequence[Campaign]) -> FirstDays:
    """(shop, buyer) → the day of his first order there, of buyers older than the newest of these campaigns.

    It reads all orders, so it is asked once for all campaigns.
    """
    before = max((one.first for one in campaigns), default="")
    rows = db.execute(FIRST_DAYS, {"before": before}) if campaigns else ()
    return {(shop, buyer): day for shop, buyer, day in rows}


def result(db: sqlite3.Connection, scope: Scope, campaign: Campaign, firsts: FirstDays) -> Result:
    """What came of one campaign. The scope must have an as-of day; all shops of the campaign are asked."""
    assert scope.as_of is not None
    rates, every = Rates(db, scope.as_of), replace(scope, shops=campaign.shops)
    currency = campaign.currency or scope.currency
    where, params = campaign.where()
    until = min(campaign.last, scope.as_of)
    sums, notes = contributions(db, every, lines("sku", where), campaign.first, until, **params)
    found = _all(list(sums.values())).valued(currency, rates)
    by_sku: dict[str, Sums] = defaultdict(Sums)
    for (_, sku), one in sums.items():
        by_sku[sku].add(one)
    skus = {sku: one.valued(currency, rates) for sku, one in by_sku.items()}
    span = {"since": campaign.first, "until": until, **params}
    sold_days = _by_day(db, campaign, span, days.add(campaign.first, -7 * WEEKS), currency, rates)
    buyers = _buyers(db, where, span)
    known = {who: n for who, n in buyers.items() if who[1]}
    unknown = sum(n for who, n in buyers.items() if not who[1])
    return Result(
        campaign, found, skus, sum(buyers.values()),
        sum(one.units for (_, day), one in sold_days.items() if day >= campaign.first),
        len(known) + unknown, sum(firsts.get(who, campaign.first) >= campaign.first for who in known),
        sum(known.values()),
        _later(db, every, campaign, where, params, found, rates, until), _ads(db, campaign, scope, currency, rates),
        _usual(db, campaign, sold_days), _covered(db, campaign, until), notes,
    )  # fmt: skip


def _all(every: list[Sums]) -> Sums:
    total = Sums()
    for one in every:
        total.add(one)
    return total


class _Day(NamedTuple):
    units: int
    sold: int
    orders: int


def _by_day(
    db: sqlite3.Connection, campaign: Campaign, span: dict[str, str], since: str, currency: str | None, rates: Rates
) -> dict[tuple[str, str], _Day]:
    """(shop, day) → what was sold of the campaign's goods, before refunds, from `since` to the campaign's end."""
    where, _ = campaign.where()
    found: dict[tuple[str, str], _Day] = {}
    for shop, day, unit, units, sold, orders in db.execute(by_day(where), span | {"since": since}):
        worth = in_base({unit: sold or 0}, currency, rates)
        old = found.get((shop, day), _Day(0, 0, 0))
        found[shop, day] = _Day(old.units + (units or 0), old.sold + (worth or 0), old.orders + orders)
    return found


def _buyers(db: sqlite3.Connection, where: str, span: dict[str, str]) -> dict[tuple[str, str], int]:
    """(shop, buyer) → orders with the campaign's goods; buyer '' is nobody known."""
    return {(shop, buyer): n for shop, buyer, n in db.execute(bought(where), span)}


def _later(
    db: sqlite3.Connection, scope: Scope, campaign: Campaign, where: str, params: dict[str, str],
    found: Contribution, rates: Rates, until: str,
) -> int | None:  # fmt: skip
    """What of the refunds was done after the campaign's last day."""
    if found.unknown == "no-rate" or not scope.as_of or scope.as_of <= campaign.last:
        return None
    if not found.refunds:
        return 0
    then = replace(scope, as_of=campaign.last)
    sums, _ = contributions(db, then, lines("sku", where), campaign.first, until, **params)
    return found.refunds - _all(list(sums.values())).valued(found.currency, rates).refunds


def _ads(
    db: sqlite3.Connection, campaign: Campaign, scope: Scope, currency: str | None, rates: Rates
) -> int | None:  # fmt: skip
    """What ad reports of the campaign's name and days spent; None if there are none, or a rate is missing."""
    span = {"name": campaign.name, "since": campaign.first, "until": campaign.last}
    spent = {unit or scope.currency: amount or 0 for unit, amount, _, _ in db.execute(SPENT, span)}
    return in_base(dict(spent), currency, rates) if spent else None


def _usual(db: sqlite3.Connection, campaign: Campaign, sold: dict[tuple[str, str], _Day]) -> Usual | None:
    """Σ over the campaign's days and shops of the average of the same weekday in the WEEKS weeks before it.

    Only full covered days; None if a weekday of a shop has fewer than LEAST of them.
    """
    since, until = days.add(campaign.first, -7 * WEEKS), days.add(campaign.first, -1)
    full = set(db.execute(COVERED, {"since": since, "until": until}))
    totals = [0.0, 0.0, 0.0]
    for shop in campaign.shops:
        for n in range(campaign.length):
            same = [days.add(campaign.first, n - 7 * k) for k in range(1, WEEKS + 1 + n // 7)]
            known = [day for day in same if since <= day <= until and (shop, day) in full]
            if len(known) < LEAST:
                return None
            rows = [sold.get((shop, day), _Day(0, 0, 0)) for day in known]
            totals[0] += sum(row.sold for row in rows) / len(rows)
            totals[1] += sum(row.orders for row in rows) / len(rows)
            totals[2] += sum(row.units for row in rows) / len(rows)
    return Usual(round(totals[0]), totals[1], totals[2]) if campaign.shops else None


def _covered(db: sqlite3.Connection, campaign: Campaign, until: str) -> int:
    """How many (shop, day) of the campaign up to `until` are fully covered by order files."""
    full = set(db.execute(COVERED, {"since": campaign.first, "until": until}))
    return sum(shop in campaign.shops for shop, _ in full)
