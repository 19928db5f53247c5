"""What a question is asked about: the as-of day, the shops and the base currency, read from the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope

P = Phrase

# Only these kinds of file move the as-of day; campaign, coupon and due dates never do.
MOVES_AS_OF = ("orders", "refunds", "stock", "traffic", "ads")
_KINDS = ", ".join(f"'{kind}'" for kind in MOVES_AS_OF)

NEWEST_DAYS = f"SELECT shop, max(day) FROM coverage WHERE kind IN ({_KINDS}) GROUP BY shop"
# Where no such file is there, what else tells of days past gives the day: who only counts stock, collects reviews or
# keeps bills. Coupons, campaigns, costs and rates begin on days that may lie ahead.
OTHER_DAYS = """
SELECT max(counted_day) FROM stock_counts WHERE units IS NOT NULL
UNION ALL SELECT max(day) FROM reviews
UNION ALL SELECT max(day) FROM coverage WHERE kind NOT IN ('coupons', 'campaigns', 'costs', 'rates')
"""
ORDER_DAYS = "SELECT shop, max(day) FROM coverage WHERE kind = 'orders' GROUP BY shop"


def shops(db: sqlite3.Connection) -> dict[str, str | None]:
    """The shops that exist, `platform/name` → currency; the merchant himself (number 0) is none."""
    return dict(db.execute("SELECT shop, currency FROM shops WHERE no > 0 ORDER BY shop").fetchall())


def newest_day(db: sqlite3.Connection) -> str | None:
    """The newest day that the files which move it cover, else that of a stock count, a review or a bill, else None."""
    found = max((day for _, day in db.execute(NEWEST_DAYS)), default=None)
    return found or max((day for (day,) in db.execute(OTHER_DAYS) if day), default=None)


def base_currency(db: sqlite3.Connection) -> str | None:
    """The setting `currency`, else the only currency of the shops, else CNY if a shop has it, else the first."""
    row = db.execute("SELECT value FROM settings WHERE name = 'currency'").fetchone()
    if row is not None:
        return str(row[0])
    found = [currency for currency in shops(db).values() if currency]
    if not found or "CNY" in found:
        return "CNY" if found else None
    return found[0]


def make(
    db: sqlite3.Connection,
    *,
    only: Sequence[str] = (),
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> Scope:
    """The scope over the shops `only` (empty: all that exist); `as_of` None is the newest covered day."""
    named = tuple(dict.fromkeys(only)) or tuple(shops(db))
    return Scope(as_of or newest_day(db), named, since, until, base_currency(db))


def notes(db: sqlite3.Connection, scope: Scope) -> list[Note]:
    """What to know before reading an answer of this scope: an as-of day in the past, days that no data cover yet,
    and shops that lag."""
    found = []
    newest = newest_day(db)
    if scope.as_of and newest and scope.as_of < newest:
        found.append(Note("as-of-past", P(
            "Rows dated up to {day} as known now; states of orders are not rewound.",
            "截至 {day} 的数据，按现在所知；订单状态不回退。"), {"day": scope.as_of}))  # fmt: skip
    if scope.as_of and scope.since and scope.since > scope.as_of:
        found.append(Note("since-unknown", P(
            "The data end on {day}; of what came since {since} nothing is known.",
            "数据只到 {day}，{since} 以来的情况未知。"), {"day": scope.as_of, "since": scope.since}))  # fmt: skip
    late = [
        (shop, day)
        for shop, day in db.execute(ORDER_DAYS).fetchall()
        if shop in scope.shops and scope.as_of and day < scope.as_of
    ]
    if len(late) == 1:
        found.append(Note("shop-lags", P(
            "{shop} lags: its orders end on {day}.", "{shop} 的订单只到 {day}，较其他数据滞后。"),
            {"shop": late[0][0], "day": late[0][1]}))  # fmt: skip
    elif late:
        found.append(Note("shop-lags", P(
            "{count} shops lag; their orders end on: {shops}.", "{count} 个店铺数据滞后，订单分别只到：{shops}。"),
            {"count": len(late), "shops": _listed(f"{shop} {day}" for shop, day in late)}))  # fmt: skip
    return found


def _listed(parts: Iterable[str]) -> Phrase:
    found = list(parts)
    return P(", ".join(found), "、".join(found))
