"""Which stock figures are too old to go by, while sales went on."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.inventory import inventory
from merchant_cli.desks.inventory._said import NO_STOCK
from merchant_cli.desks.words import STOCK_SOURCES

P = Phrase

LOOK_BACK = 60  # days over which sales since an old count are added up

COUNTED = """
SELECT location, max(counted_day), count(DISTINCT sku) FROM stock_counts
WHERE counted_day <= :as_of AND units IS NOT NULL GROUP BY location
"""
# Listed units stand in for a count where there is none; the prices of a products file tell its day.
LISTED = """
SELECT l.shop, (SELECT max(p.seen_day) FROM prices p WHERE p.shop = l.shop AND p.seen_day <= :as_of), l.skus
FROM (
  SELECT shop, count(DISTINCT sku) AS skus FROM listings
  WHERE listed_units IS NOT NULL AND sku NOT IN (
    SELECT sku FROM stock_counts WHERE units IS NOT NULL AND counted_day <= :as_of AND sku IS NOT NULL)
  GROUP BY shop
) l
"""
SOLD_OF_COUNTED = """
SELECT sum(units), count(DISTINCT sku) FROM sold_units
WHERE day > :since AND day <= :as_of AND sku IN (
  SELECT sku FROM stock_counts WHERE location IN (:location, :other) AND units IS NOT NULL AND counted_day <= :as_of)
"""
SOLD_OF_LISTED = """
SELECT sum(units), count(DISTINCT sku) FROM sold_units
WHERE shop = :shop AND day > :since AND day <= :as_of AND sku IN (
  SELECT sku FROM listings WHERE shop = :shop AND listed_units IS NOT NULL)
  AND sku NOT IN (
    SELECT sku FROM stock_counts WHERE units IS NOT NULL AND counted_day <= :as_of AND sku IS NOT NULL)
"""
NEWEST_ROWS = """
SELECT coalesce(shop, '') || ' ' || location || ' ' || code, units, import_no, line FROM stock_counts
WHERE location IN (:location, :other) AND counted_day = :since AND units IS NOT NULL ORDER BY code LIMIT 20
"""
LISTING_ROWS = """
SELECT shop || ' ' || listing_id || ' ' || variant_id, listed_units, import_no, line FROM listings
WHERE shop = :shop AND listed_units IS NOT NULL ORDER BY listing_id, variant_id LIMIT 20
"""
COUNT_OLD = P("Last counted on {day}, {age} {age:day|days} ago; {units} units of {skus} {skus:SKU|SKUs} were sold"
              " since.", "最近盘点于 {day}（{age} 天前），此后售出 {skus} 个 SKU 共 {units} 件。")  # fmt: skip
LIST_OLD = P("The products file is of {day}, {age} {age:day|days} ago, and stands in for a count; {units} units of"
             " {skus} {skus:SKU|SKUs} were sold since.",
             "商品文件停留在 {day}（{age} 天前），库存以其为准，此后售出 {skus} 个 SKU 共 {units} 件。")  # fmt: skip
HELP = {"behind_days": P("Days that a count may lie behind the newest data", "盘点可比最新数据早多少天")}
SUMMARY = P("Stock figures of {count} {count:place is|places are} old, the oldest of {day}",
            "{count} 处库存数据已过时，最早为 {day}")  # fmt: skip


class Stale(NamedTuple):
    """One place whose stock figure is old: a `location` ('' for the only one), or a `shop` whose listings stand in;
    the day and age of the figure, and the SKUs that it holds. `units` of `sold` SKUs were sold since (at most
    LOOK_BACK days)."""

    source: str
    shop: str
    location: str
    day: str
    age: int
    skus: int
    units: int
    sold: int

    @property
    def key(self) -> str:
        return "stock:" + (self.shop or self.location or "own")


def _places(db: sqlite3.Connection, scope: Scope) -> list[tuple[str, str, str, str | None, int]]:
    """Source, shop, location, newest day and SKUs of each place. As in stock_now a blank location is the only one."""
    params = {"as_of": scope.as_of}
    counted = {location: (day, skus) for location, day, skus in db.execute(COUNTED, params)}
    if len(counted) == 2 and "" in counted:
        (day, skus), (named, (other, more)) = counted.pop(""), next((k, v) for k, v in counted.items() if k)
        counted = {named: (max(day, other), max(skus, more))}
    places: list[tuple[str, str, str, str | None, int]] = [
        ("counted", "", location, day, skus) for location, (day, skus) in counted.items()
    ]
    for shop, day, skus in db.execute(LISTED, params):
        if not scope.shops or shop in scope.shops:
            places.append(("listed", shop, "", day, skus))
    return places


def _read(db: sqlite3.Connection, scope: Scope, behind_days: int) -> tuple[list[Stale], bool]:
    """What is old, and whether any stock is known."""
    assert scope.as_of is not None
    places = _places(db, scope)
    found = []
    for source, shop, location, day, skus in places:
        if day is None or (age := days.between(day, scope.as_of)) <= behind_days:
            continue
        since = max(day, days.add(scope.as_of, -LOOK_BACK))
        params = _of(shop, location, places) | {"since": since, "as_of": scope.as_of}
        sql = SOLD_OF_COUNTED if source == "counted" else SOLD_OF_LISTED
        units, sold = db.execute(sql, params).fetchone() or (0, 0)
        if units and units > 0:
            found.append(Stale(source, shop, location, day, age, skus, units, sold))
    return sorted(found, key=lambda one: (one.day, one.key)), bool(places)


def _of(shop: str, location: str, places: list[Any]) -> dict[str, str]:
    """What its rows are found by; those without a location are the only one's."""
    alone = sum(place[0] == "counted" for place in places) == 1
    return {"shop": shop, "location": location, "other": "" if alone else location}


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, behind_days: int = 7) -> Explanation:
    """The age in days, and the first rows of the newest count or products file. Raises Problem no-such-row."""
    for one in _read(db, scope, behind_days)[0] if scope.as_of else ():
        if one.key == key:
            terms = [
                Term("age_days", P("Days since the figure", "距今天数"), one.age),
                Term("age_days", P("Days since the figure", "距今天数"), one.age, is_total=True),
                Term("units_since", P("Units sold since", "此后售出件数"), one.units),
                Term("units_since", P("Units sold since", "此后售出件数"), one.units, is_total=True),
            ]
            sql, table = (NEWEST_ROWS, "stock_counts") if one.source == "counted" else (LISTING_ROWS, "listings")
            params = _of(one.shop, one.location, _places(db, scope)) | {"since": one.day}
            behind = [
                Behind(table, where, f"{one.day} {units}", import_no, line)
                for where, units, import_no, line in db.execute(sql, params)
            ]
            return Explanation(terms, behind)
    raise Problem("no-such-row", key=key, desk="inventory", question="stale")


@inventory.alert(P("Stock out of date", "库存数据过时"), action="count-stock", explain=explain, help=HELP)
def stale(db: sqlite3.Connection, scope: Scope, *, behind_days: int = 7) -> Answer:
    """Places whose newest stock figure lies more than `behind_days` days behind the as-of day while sales went on.

    A place is a location, whoever counted it: a platform's stock file or the merchant; where SKUs were never counted
    and listed units stand in, it is the shop, and the day is that of its newest products file. units_since = units of
    the place's SKUs sold after that day in any shop (listed: in that shop), within the last 60 days; without any the
    figure is still right and not listed. Nothing is at stake that could be measured: what rests on stock is wrong.
    """
    answer = Answer(_columns(), [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        answer.notes.append(NO_STOCK)
        return answer
    found, known = _read(db, scope, behind_days)
    answer.rows = [_row(one) for one in found]
    if not known:
        answer.notes.append(NO_STOCK)
    if found:
        answer.notes.append(Note("summary", SUMMARY, {"count": len(found), "day": found[0].day}))
    return answer


def _columns() -> tuple[Column, ...]:
    return (
        *alert_columns(None),
        Column("shop", P("Shop", "店铺"), "id"),
        Column("location", P("Location", "仓库"), "text"),
        Column("stock_source", P("Stock from", "库存来源"), "id", words=STOCK_SOURCES),
        Column("day", P("Newest figure", "最新数据日"), "day"),
        Column("age_days", P("Days old", "距今天数"), "count"),
        Column("skus", P("SKUs", "SKU 数"), "count"),
        Column("units_since", P("Units sold since", "此后售出件数"), "count"),
    )


def _row(one: Stale) -> tuple[Any, ...]:
    counted = one.source == "counted"
    why = Note("count-old" if counted else "listing-old", COUNT_OLD if counted else LIST_OLD, {
        "day": one.day, "age": one.age, "units": one.units, "skus": one.sold,
    })  # fmt: skip
    params = {"shop": one.shop, "location": one.location, "command": "merchant template stock -o stock.xlsx"}
    return (
        one.key, one.shop or one.location or P("Own count", "自盘库存"), why, None, None, "count-stock", params,
        one.shop or None, one.location or None, one.source, one.day, one.age, one.skus, one.units,
    )  # fmt: skip
