"""The instant at which running clocks are read, by shop: never the computer's clock."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from merchant_cli.basics import days
from merchant_cli.desks.base import Scope
from merchant_cli.desks.scope import MOVES_AS_OF, newest_day

ZONES = "SELECT shop, zone FROM shops WHERE no > 0"
_KINDS = ", ".join(f"'{kind}'" for kind in MOVES_AS_OF)
EXPORTED = f"SELECT max(exported_at) FROM coverage WHERE kind IN ({_KINDS})"
ORDERS_EXPORTED = "SELECT shop, max(exported_at) FROM coverage WHERE kind = 'orders' AND day <= :as_of GROUP BY shop"


class ShopTime(NamedTuple):
    """A shop's IANA zone, the as-of instant, and when the newest orders file of the shop was made (UTC seconds)."""

    zone: str
    now: int
    exported: int | None

    def day(self, instant: int) -> str:
        """The shop's calendar day of an instant."""
        return days.day_of(instant, self.zone)

    def shown(self, instant: int) -> str:
        """An instant as people in the shop's zone read it: `2026-11-14 09:30`."""
        zone = ZoneInfo(self.zone) if self.zone else UTC
        return datetime.fromtimestamp(instant, zone).strftime("%Y-%m-%d %H:%M")


def shop_times(db: sqlite3.Connection, scope: Scope) -> dict[str, ShopTime]:
    """Shop of the scope → its time on the as-of day; empty without an as-of day.

    On the newest day it is when the shop's newest orders file was made: what was exported at 08:30 is asked about as
    of 08:30, also on the morning after. A shop that lags takes the newest export of all shops, at most the end of the
    day in its zone; every other as-of day is taken at its end.
    """
    newest, as_of = newest_day(db), scope.as_of
    if as_of is None or newest is None:
        return {}
    exported = db.execute(EXPORTED).fetchone()[0]
    orders = dict(db.execute(ORDERS_EXPORTED, {"as_of": as_of}).fetchall())
    found = {}
    for shop, zone in db.execute(ZONES):
        if not scope.shops or shop in scope.shops:
            now, own = days.end_of(as_of, zone), orders.get(shop)
            if as_of == newest:
                now = own if own is not None and own >= days.start_of(as_of, zone) else min(now, exported or now)
            found[shop] = ShopTime(zone, now, own)
    return found
