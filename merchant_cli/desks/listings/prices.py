"""What every variant costs now, its lowest and highest price of the last days, and whether its struck price holds."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._history import SEEN, TWICE, Step, histories, span
from merchant_cli.desks.listings._listed import Variant, price_day, variants

P = Phrase

CLAIMS = {
    "holds": P("holds", "成立"),
    "too-high": P("too high", "虚高"),
    "no-reduction": P("no reduction", "并未降价"),
    "unknown": P("not known", "未知"),
}
COLUMNS = (
    Column("shop", P("Shop", "店铺"), "id"),
    Column("listing", P("Listing", "商品编号"), "id"),
    Column("variant", P("Variant", "规格编号"), "id"),
    Column("sku", P("SKU", "SKU"), "sku"),
    Column("title", P("Title", "标题"), "text"),
    Column("currency", P("Currency", "币种"), "id"),
    Column("price", P("Price", "现价"), "money"),
    Column("since", P("Seen since", "现价始见于"), "day"),
    Column("lowest", P("Lowest", "最低价"), "money"),
    Column("lowest_day", P("Lowest on", "最低价日期"), "day"),
    Column("highest", P("Highest", "最高价"), "money"),
    Column("known_days", P("Days known", "已知天数"), "count"),
    Column("compare_at", P("Struck price", "划线价"), "money"),
    Column("prior", P("Lowest before", "降价前最低价"), "money"),
    Column("claim", P("Struck price holds?", "划线价是否成立"), "id", words=CLAIMS),
    Column("twice", P("Two prices on one day", "同日两价"), "flag"),
)
HELP = {"window_days": P("Days over which the lowest price is looked for", "查找最低价的天数"),
        "claimed": P("Only variants with a struck price", "只看有划线价的规格")}  # fmt: skip
NO_PRICES = Note("no-prices", P(
    "No prices yet. Import a products export first: `merchant import FILE`",
    "还没有价格数据。请先导入商品文件：`merchant import 文件`"))  # fmt: skip


@listings.question(P("Prices", "价格"), help=HELP)
def prices(db: sqlite3.Connection, scope: Scope, *, window_days: int = 30, claimed: bool = False) -> Answer:
    """Per variant: the price now, the lowest and highest price of the last `window_days` days, and its struck price.

    Prices are those that products files showed, in minor units of the listing's currency; one holds until the next
    file. `known_days`: how many of the days any file tells of; what changed between two files is not seen. The day
    asked about is the as-of day, or the day of a newer products file. A struck price (compare-at) higher than the
    price claims a reduction: it holds if it is not above `prior`, the lowest price of the `window_days` days before
    the last reduction (EU Directive 98/6/EC, art. 6a, asks for 30 days), is `too-high` if it is, and `unknown` if not
    all of those days are known and none of them says otherwise. Not higher than the price: `no-reduction`. China
    compares with the lowest price really paid in the seven days before, which no products file tells.
    """
    day, _ = price_day(db, scope)
    answer = Answer(COLUMNS, [], ("shop", "listing", "variant"), day or scope.as_of, scope.shops)
    known = histories(db, day) if day else {}
    shown = [one for one in variants(db, scope) if one.price is not None]
    if day is None or not shown:
        answer.notes.append(NO_PRICES)
        return answer
    first, last = scope.window(window_days, day) or (day, day)
    twice = db.execute(TWICE, {"since": first, "until": last}).fetchall()
    double = {row[:3] for row in twice}
    rows = [_row(one, known.get(one.place, []), first, last, window_days, one.place in double) for one in shown]
    answer.rows = [row for row in rows if not claimed or row[14] is not None]
    answer.notes += _notes(db, scope, day, rows, [row for row in twice if not scope.shops or row[0] in scope.shops])
    return answer


def _row(one: Variant, steps: list[Step], first: str, last: str, window: int, twice: bool) -> tuple[Any, ...]:
    found = span(steps, first, last)
    since = steps[-1].day if steps else None
    low, low_day, high, count = found or (one.price, None, one.price, 0)
    prior, claim = _claim(one, steps, window)
    return (one.shop, one.listing_id, one.variant_id, one.sku, one.name, one.currency, one.price, since,
            low, low_day, high, count, one.compare_at, prior, claim, int(twice))  # fmt: skip


def _claim(one: Variant, steps: list[Step], window: int) -> tuple[int | None, str | None]:
    """The lowest price of the days before the price was reduced, and whether the struck price may be claimed."""
    if one.compare_at is None or one.price is None:
        return None, None
    if one.compare_at <= one.price:
        return None, "no-reduction"
    down = [i for i in range(1, len(steps)) if steps[i].price < steps[i - 1].price]
    begun = steps[down[-1]].day if down else steps[0].day if steps else None
    before = begun and span(steps, days.add(begun, -window), days.add(begun, -1))
    if not before:
        return None, "unknown"
    if one.compare_at > before.lowest:
        return before.lowest, "too-high"
    return before.lowest, "holds" if before.known == window else "unknown"


def _notes(
    db: sqlite3.Connection, scope: Scope, day: str, rows: list[tuple[Any, ...]], twice: list[tuple[Any, ...]]
) -> list[Note]:
    notes = []
    for shop, seen in db.execute(SEEN, {"day": day}).fetchall():
        if seen < day and (not scope.shops or shop in scope.shops):
            notes.append(Note("prices-old", P(
                "The newest prices of {shop} were seen on {seen}.", "{shop} 的最新价格见于 {seen}。"),
                {"shop": shop, "seen": seen}))  # fmt: skip
    if twice:
        named = ", ".join("/".join(filter(None, row[:3])) + " " + row[3] for row in twice[:3])
        notes.append(Note("two-prices", P(
            "Two prices of a variant on one day, {count} {count:time|times}; the newer file holds: {named}",
            "同一规格同一天有两个价格，共 {count} 次，以较新的文件为准：{named}"),
            {"count": len(twice), "named": named + (" …" if len(twice) > 3 else "")}))  # fmt: skip
    if wrong := sum(row[14] in ("too-high", "no-reduction") for row in rows):
        notes.append(Note("claims", P(
            "{count} struck {count:price does|prices do} not hold: `merchant listings prices --claimed`",
            "{count} 个划线价不成立：`merchant listings prices --claimed`"), {"count": wrong}))  # fmt: skip
    return notes
