"""Which SKUs the shops together offer more of than there is."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.money import largest_remainder
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.inventory import inventory
from merchant_cli.desks.inventory._plans import PRODUCTS
from merchant_cli.desks.inventory._reorder_explained import COUNTS_BEHIND, summed
from merchant_cli.desks.inventory._said import NO_STOCK
from merchant_cli.desks.inventory._stock import Stock, stock
from merchant_cli.desks.sales import Rates, Worth
from merchant_cli.methods.reorder_point import half_up

P = Phrase

# What can be bought: a listing whose state no file tells may be live.
LISTED = """
SELECT shop, listing_id, variant_id, code, sku, title, listed_units, price_minor, currency, import_no, line
FROM listings WHERE listed_units IS NOT NULL AND sku IS NOT NULL AND coalesce(state, 'live') IN ('live', 'unknown')
ORDER BY shop, listing_id, variant_id
"""
MULTIPLIERS = "SELECT shop, code, multiplier FROM mappings WHERE multiplier <> 1"
SEEN = "SELECT shop, max(seen_day) FROM prices WHERE seen_day <= :as_of GROUP BY shop"
SOLD_SINCE = """
SELECT shop, day, sku, sum(units) FROM sold_units WHERE day > :seen AND day <= :as_of GROUP BY shop, day, sku
"""
WHY = P("{shops} {shops:shop offers|shops offer} {listed}, {free} {free:is|are} free to sell: {over} too many.",
        "{shops} 家店铺共上架 {listed} 件，可售 {free} 件：多上架 {over} 件。")  # fmt: skip
SHORT = P("{short} {short:unit is|units are} ordered that are not there; {shops} {shops:shop offers|shops offer}"
          " {listed} more.", "已下单但缺货 {short} 件；{shops} 家店铺仍上架 {listed} 件。")  # fmt: skip
STAKE = P("May have to be paid back", "可能要退的金额")
HELP = {
    "buffer": P("Units of each SKU that are kept back from the shops", "每个 SKU 预留不上架的件数"),
    "listed_days": P("Age in days up to which listed units are still looked at", "上架数量在多少天内视为有效"),
}
ESTIMATES = frozenset({"at_stake", "listed", "on_hand", "reserved", "free", "over"})


class Offer(NamedTuple):
    """One listing: own units that it offers now, price of one own unit in the base currency (None: not known).

    `stated`: the units that its products file says, of `pack` own units each.
    """

    shop: str
    listing_id: str
    variant_id: str
    stated: int
    pack: int
    title: str | None
    units: int
    price: Worth | None
    import_no: int
    line: int

    @property
    def key(self) -> str:
        return f"{self.shop} {self.listing_id} {self.variant_id}".strip()


class Over(NamedTuple):
    """A SKU of which more is offered than is free. `stake` in minor units of the base currency, None: not known."""

    held: Stock
    offers: list[Offer]
    listed: int
    kept: int
    free: int
    over: int
    stake: int | None


class Found(NamedTuple):
    """What is offered too much; SKUs without a count; shops whose listings are too old, with their day."""

    over: list[Over]
    uncounted: int
    old: dict[str, str]
    stocked: bool


def _read(db: sqlite3.Connection, scope: Scope, buffer: int, listed_days: int) -> Found:
    assert scope.as_of is not None
    seen = dict(db.execute(SEEN, {"as_of": scope.as_of}).fetchall())
    oldest = days.add(scope.as_of, -listed_days)
    fresh = {shop: day for shop, day in seen.items() if day >= oldest}
    offers = _offers(db, scope, fresh)
    held: Mapping[str, Stock] = stock(db, scope.as_of) if offers else {}
    found, uncounted = [], 0
    for sku, of in offers.items():
        if scope.shops and not any(offer.shop in scope.shops for offer in of):
            continue
        one = held.get(sku)
        if one is None or one.source != "counted":
            uncounted += 1
        elif (over := _over(one, of, buffer)).over > 0:
            found.append(over)
    old = {shop: day for shop, day in seen.items() if shop not in fresh and (not scope.shops or shop in scope.shops)}
    return Found(found, uncounted, old, bool(held) or not offers)


def _offers(db: sqlite3.Connection, scope: Scope, fresh: dict[str, str]) -> dict[str, list[Offer]]:
    """SKU → its listings in shops whose listings are fresh; what they sold since then is off."""
    sold: dict[tuple[str, str], int] = defaultdict(int)
    if fresh:
        for shop, day, sku, units in db.execute(SOLD_SINCE, {"seen": min(fresh.values()), "as_of": scope.as_of}):
            if shop in fresh and day > fresh[shop]:
                sold[shop, sku] += units or 0
    packs = {(shop, code): multiplier for shop, code, multiplier in db.execute(MULTIPLIERS)}
    rates = Rates(db, scope.as_of)
    found: dict[str, list[Offer]] = defaultdict(list)
    for shop, listing, variant, code, sku, title, units, price, currency, import_no, line in db.execute(LISTED):
        if shop in fresh:
            pack = packs.get((shop, code), 1)
            own = max(0, units) * pack
            gone = min(own, sold[shop, sku])
            sold[shop, sku] -= gone
            worth = rates(currency, scope.currency) if price is not None else None
            each = Worth(price * worth.times, pack * worth.over) if worth is not None and price is not None else None
            found[sku].append(Offer(shop, listing, variant, units, pack, title, own - gone, each, import_no, line))
    return found


def _over(held: Stock, offers: list[Offer], buffer: int) -> Over:
    listed = sum(offer.units for offer in offers)
    kept = buffer if listed else 0
    free = held.available - kept
    over = listed - free
    return Over(held, offers, listed, kept, free, over, _stake(offers, over))


def _stake(offers: list[Offer], over: int) -> int | None:
    """`over` units at the mean price of what is offered; where nothing is, at the mean of the prices."""
    weighed = [(offer.units, offer.price) for offer in offers if offer.units]
    weighed = weighed or [(1, offer.price) for offer in offers]
    times, below = 0, 1
    for units, price in weighed:
        if price is None:
            return None
        times, below = times * price.over + units * price.times * below, below * price.over
    return half_up(over * times, below * sum(units for units, _ in weighed))


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, buffer: int = 0, listed_days: int = 14) -> Explanation:
    """What each shop offers beside what is free to sell, and the listings and counts behind. Raises no-such-row."""
    for one in _read(db, scope, buffer, listed_days).over if scope.as_of else ():
        if f"sku:{one.held.sku}" == key:
            return Explanation(_terms(one, scope.currency), _behind(db, scope, one))
    raise Problem("no-such-row", key=key, desk="inventory", question="oversold")


def _terms(one: Over, currency: str | None) -> list[Term]:
    held, estimated = one.held, bool(one.held.estimated)
    by_shop: dict[str, int] = defaultdict(int)
    for offer in one.offers:
        by_shop[offer.shop] += offer.units
    shops = [(P(f"Offered by {shop}", f"{shop} 上架"), units) for shop, units in sorted(by_shop.items())]
    listed, free = P("Offered by all shops", "各店上架合计"), P("Free to sell", "可售数量")
    return [
        *summed("listed", listed, shops),
        *summed("free", free, [
            (P("On hand", "现有库存"), held.on_hand), (P("Reserved", "待发货占用"), -held.reserved),
            (P("Kept back", "预留"), -one.kept),
        ], estimated=estimated),
        *summed("over", P("Too many", "多上架"), [(listed, one.listed), (free, -one.free)], estimated=estimated),
        Term("at_stake", P("Units too many × mean price", "多上架件数 × 平均价"), one.stake, "money", currency),
        Term("at_stake", STAKE, one.stake, "money", currency, is_total=True),
    ]  # fmt: skip


def _behind(db: sqlite3.Connection, scope: Scope, one: Over) -> list[Behind]:
    found = [Behind("listings", offer.key, str(offer.units), offer.import_no, offer.line) for offer in one.offers]
    params = {"sku": one.held.sku, "as_of": scope.as_of, "since": scope.as_of}
    for table, key, day, units, import_no, line in db.execute(COUNTS_BEHIND, params):
        found.append(Behind(table, key, f"{day} {units}", import_no, line))
    return found


@inventory.alert(P("Oversold", "超卖"), action="lower-listed-units", at_stake="refund_risk", explain=explain, help=HELP)
def oversold(db: sqlite3.Connection, scope: Scope, *, buffer: int = 0, listed_days: int = 14) -> Answer:
    """SKUs of which all shops together offer more than there is free to sell.

    listed = Σ listed units of live listings over all shops, in own units (× the multiplier of a mapped code), less
    what each shop sold after the day its products file was made. free = on hand − reserved − `buffer` (which is kept
    back only where something is offered), from counted stock of all locations. Listed if listed > free; equal is
    right. at_stake = (listed − free) × mean price of the offered units, in the base currency: what would have to be
    paid back if all of it were ordered; empty where a price or rate is missing. Shops whose products file is older
    than `listed_days` are left out and named. `--shop`: SKUs that this shop offers; the sums stay those of all shops.
    """
    first = Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        first.notes.append(NO_STOCK)
        return first
    found = _read(db, scope, buffer, listed_days)
    titles = {sku: title for sku, title, *_ in db.execute(PRODUCTS) if title}
    rows = [_row(one, scope.as_of, titles) for one in found.over]
    first.rows = sorted(rows, key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    first.notes, first.estimated = _notes(found, listed_days), ESTIMATES
    return first


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency, STAKE),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("listed", P("Offered", "上架数量"), "count"),
        Column("on_hand", P("On hand", "现有库存"), "count"),
        Column("reserved", P("Reserved", "待发货占用"), "count"),
        Column("free", P("Free to sell", "可售数量"), "count"),
        Column("over", P("Too many", "多上架"), "count"),
        Column("shops", P("Shops", "店铺"), "text"),
    )


def _row(one: Over, as_of: str, titles: dict[str, str]) -> tuple[Any, ...]:
    held = one.held
    shops = sorted({offer.shop for offer in one.offers if offer.units}) or sorted({o.shop for o in one.offers})
    title = titles.get(held.sku) or next((offer.title for offer in one.offers if offer.title), held.sku)
    short = -held.available
    why = Note("oversold-short" if short > 0 else "oversold", SHORT if short > 0 else WHY, {
        "shops": len(shops), "listed": one.listed, "free": one.free, "over": one.over, "short": short,
    })  # fmt: skip
    params = {"sku": held.sku, "free": max(0, one.free), "listed": {o.key: o.units for o in one.offers},
              "changes": _changes(one)}  # fmt: skip
    return (
        f"sku:{held.sku}", title, why, one.stake, as_of, "lower-listed-units", params, held.sku, title, one.listed,
        held.on_hand, held.reserved, one.free, one.over, ", ".join(shops),
    )  # fmt: skip


def _changes(one: Over) -> list[dict[str, Any]]:
    """What is free, shared over the listings in proportion to what they offer now, in whole packs."""
    shares = largest_remainder(max(0, one.free), [offer.units for offer in one.offers])
    return [
        {"shop": offer.shop, "listing_id": offer.listing_id, "variant_id": offer.variant_id, "field": "listed_units",
         "old": offer.stated, "new": share // offer.pack}
        for offer, share in zip(one.offers, shares, strict=True) if share // offer.pack != offer.stated
    ]  # fmt: skip


def _notes(found: Found, listed_days: int) -> list[Note]:
    notes = [] if found.stocked else [NO_STOCK]
    if found.uncounted:
        notes.append(Note("not-counted", P(
            "{count} {count:SKU is|SKUs are} offered but never counted: nothing can be compared.",
            "{count} 个 SKU 已上架但从未盘点，无法比较。"), {"count": found.uncounted}))  # fmt: skip
    for shop, day in sorted(found.old.items()):
        notes.append(Note("listings-old", P(
            "The listings of {shop} are those of {day}, over {days} days ago: they are left out. Import its products"
            " file.", "{shop} 的商品文件停留在 {day}，已超过 {days} 天，未计入。请导入新的商品文件。"),
            {"shop": shop, "day": day, "days": listed_days}))  # fmt: skip
    return notes
