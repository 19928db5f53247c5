"""Which variants sell for less than they cost once the platform has taken its fee, or below the merchant's floor."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics import money
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.listings import listings
from merchant_cli.desks.listings._alert import columns
from merchant_cli.desks.listings._floor import Compared, Low, by_stake, compared

P = Phrase

BELOW_COST = P("Sells at {price}: after fee and cost {short} are lost with each.",
               "售价 {price}：扣除平台费和成本，每件亏 {short}。")  # fmt: skip
BELOW_FLOOR = P(
    "Sells at {price}: after fee and cost {left} are left, {short} below the floor.",
    "售价 {price}：扣除平台费和成本只剩 {left}，比底线低 {short}。",
)
LOWEST = P(" At least {lowest} would do.", "至少应卖 {lowest}。")
SEVERAL = P(" Its sales cannot be told apart: several variants of this shop carry its code.",
            "同店多个规格共用这个编码，无法区分各自销量。")  # fmt: skip
ESTIMATES = frozenset({"at_stake", "due", "fee", "left", "lowest"})
HELP = {
    "window_days": P("Days of sales that tell how much is at stake", "按多少天的销量估算涉及金额"),
    "floor_percent": P("The margin that must be left, per cent of the price", "至少应留的毛利，占售价的百分比"),
}
LINES_BEHIND = """
SELECT order_id, line_key, day, units, import_no, line FROM sold_units
WHERE shop = :shop AND code = :code AND day BETWEEN :since AND :until
  AND (shop, day) IN (SELECT shop, day FROM coverage WHERE kind = 'orders' AND "full" = 1)
ORDER BY day, order_id, line_key
"""
COST_BEHIND = """
SELECT sku, from_day, import_no, line FROM costs WHERE sku = :sku AND from_day = :from_day
"""
FIRST_STEP = Note("no-prices", P(
    "No prices yet. Import a products export first: `merchant import FILE`",
    "还没有价格数据。请先导入商品文件：`merchant import 文件`"))  # fmt: skip


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 28, floor_percent: float = 0
) -> Explanation:
    """What is left of one unit, the units, and what they add up to; the rows behind. Raises Problem no-such-row."""
    found = compared(db, scope, window_days, floor_percent)
    for low in found.low:
        if low.variant.key == key:
            return Explanation(_terms(low, found.base), _behind(db, low, found))
    raise Problem("no-such-row", key=key, desk="listings", question="below-floor")


def _terms(low: Low, base: str | None) -> list[Term]:
    own = low.variant.currency
    kind: dict[str, Any] = {"kind": "money", "unit": own, "estimated": True}
    terms = [
        Term("over floor", P("Price", "售价"), low.price, **kind),
        Term("over floor", P("Platform's fee", "平台费"), -(low.fee or 0), **kind),
        Term("over floor", P("Unit cost", "成本"), -low.cost, **kind),
        Term("over floor", P("Floor", "底线"), -low.floor, **kind),
        Term("over floor", P("Left over the floor", "高出底线"), -low.short, is_total=True, **kind),
    ]
    label = P("Money at stake", "涉及金额")
    if low.units is None or low.sold is None or low.at_stake is None:
        return [*terms, Term("at_stake", label, None, "money", base, is_total=True, estimated=True)]
    net = low.units * low.variant.times
    terms += [
        Term("units", P("Own units sold", "售出件数"), low.sold.sold),
        Term("units", P("Returned", "退回件数"), -low.sold.back),
        Term("units", P("The next one; parts of a pack are left out", "至少计一件；不足一包不计"),
             net - low.sold.sold + low.sold.back),
        Term("units", P("Units that count", "计入件数"), net, is_total=True),
    ]  # fmt: skip
    short = low.short * low.units
    terms += [
        Term("short", P("Cost of these units", "这些件的成本"), low.cost * low.units, **kind),
        Term("short", P("Fees", "平台费"), (low.fee or 0) * low.units, **kind),
        Term("short", P("Floor", "底线"), low.floor * low.units, **kind),
        Term("short", P("Their sales at this price", "按此价格的销售额"), -low.price * low.units, **kind),
        Term("short", P("What is missing", "差额"), short, is_total=True, **kind),
    ]
    rate = P(f"What is missing, from {own} by the rate", f"差额，按汇率由 {own} 换算")
    named = P("What is missing", "差额") if own == base else rate
    kind["unit"] = base
    terms += [
        Term("at_stake", named, low.at_stake, **kind),
        Term("at_stake", label, low.at_stake, is_total=True, **kind),
    ]
    return terms


def _behind(db: sqlite3.Connection, low: Low, found: Compared) -> list[Behind]:
    one = low.variant
    rows = [Behind("listings", " ".join(filter(None, one.place)), one.name, one.import_no, one.line)]
    for sku, day, import_no, line in db.execute(COST_BEHIND, {"sku": one.sku, "from_day": low.cost_day}):
        rows.append(Behind("costs", f"{sku} {day}".strip(), "", import_no, line))
    if found.sales is not None and low.sold is not None:
        params = {"shop": one.shop, "code": one.code, "since": found.sales.first, "until": found.sales.last}
        for order_id, line_key, day, units, import_no, line in db.execute(LINES_BEHIND, params):
            rows.append(Behind("order_lines", f"{one.shop} {order_id} {line_key}", f"{day} {units}", import_no, line))
    return rows


def _columns(currency: str | None) -> tuple[Column, ...]:
    return columns(
        currency,
        Column("shop", P("Shop", "店铺"), "id"),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("currency", P("Currency", "币种"), "id"),
        Column("price", P("Price", "售价"), "money"),
        Column("fee", P("Platform's fee", "平台费"), "money"),
        Column("cost", P("Unit cost", "成本"), "money"),
        Column("left", P("Left", "剩余"), "money"),
        Column("lowest", P("Lowest price that does", "至少应卖"), "money"),
        Column("units", P("Units sold", "销量"), "count"),
        stake=P("Margin at stake", "涉及毛利"),
    )


@listings.alert(
    P("Below floor", "低于底价"), action="reprice", at_stake="lost_margin", explain=explain, help=HELP,
    limits={"floor_percent": (0, 90)},
)  # fmt: skip
def below_floor(db: sqlite3.Connection, scope: Scope, *, window_days: int = 28, floor_percent: float = 0) -> Answer:
    """Variants on sale whose price, less the platform's fee and the unit cost, is below the floor.

    left = price − fee − unit cost × units in the pack; a variant is listed if left < `floor_percent` of its price (0:
    below cost). The fee is that of an order of one unit by the rule file `fees`, so what depends on it is an estimate;
    a platform without a schedule counts as taking nothing. at_stake = (floor − left) × net units of its code in its
    shop over the full covered days of the window that ends with the newest full day, at least one: the next to be sold.
    Prices are minor units of the listing's currency, into which a cost is exchanged by the merchant's rates; at_stake
    is in the base currency. Discounts, shipping and tax are not in it. A variant without a cost, a price or a rate is
    not measured; notes count them.
    """
    found = compared(db, scope, window_days, floor_percent)
    answer = Answer(_columns(found.base), [], ("key",), scope.as_of, scope.shops, found.base, found.notes, ESTIMATES)
    if not found.measured and not found.unmeasured:
        answer.notes.append(FIRST_STEP)
        return answer
    answer.rows = [_row(low, scope) for low in by_stake(found.low)]
    answer.notes += _notes(found, scope)
    return answer


def _row(low: Low, scope: Scope) -> tuple[Any, ...]:
    one = low.variant
    sold = None if low.sold is None else (low.sold.sold - low.sold.back) // one.times
    params = {
        "shop": one.shop, "listing": one.listing_id, "variant": one.variant_id, "sku": one.sku,
        "price": one.price, "lowest": low.lowest, "currency": one.currency, "changes": _changes(low),
    }  # fmt: skip
    return (one.key, one.name, _why(low), low.at_stake, scope.as_of, "reprice", params,
            one.shop, one.sku, one.name, one.currency, low.price, low.fee, low.cost, low.left, low.lowest,
            sold)  # fmt: skip


def _changes(low: Low) -> list[dict[str, Any]]:
    """The cell that would have to change: to the lowest price that does."""
    one = low.variant
    if low.lowest is None:
        return []
    place = {"shop": one.shop, "listing_id": one.listing_id, "variant_id": one.variant_id, "currency": one.currency}
    return [{**place, "field": "price", "old": one.price, "new": low.lowest}]


def _why(low: Low) -> Note:
    one = low.variant
    said = [BELOW_COST if low.left < 0 else BELOW_FLOOR]
    if low.lowest is not None:
        said.append(LOWEST)
    if low.shared:
        said.append(SEVERAL)
    phrase = P("".join(p.en for p in said), "".join(p.zh for p in said))
    lost = -low.left if low.left < 0 else low.short
    return Note("below-cost" if low.left < 0 else "below-floor", phrase, {
        name: f"{money.shown(amount or 0, one.currency)} {one.currency or ''}".strip()
        for name, amount in (("price", one.price), ("left", low.left), ("short", lost), ("lowest", low.lowest))
    })  # fmt: skip


def _notes(found: Compared, scope: Scope) -> list[Note]:
    notes = [Note("fees", P(
        "Fees are estimates by the published rates of {day}; your own go into the rule file `fees`.",
        "平台费按 {day} 的公开费率估算；您自己的费率可写入规则文件 `fees`。"), {"day": found.checked})]  # fmt: skip
    if count := found.unmeasured["no-cost"]:
        notes.append(Note("cost-missing", P(
            "{count} {count:variant has|variants have} no known cost and {count:is|are} not measured:"
            " `merchant listings costs`",
            "{count} 个规格缺少成本，未衡量：`merchant listings costs`"), {"count": count}))  # fmt: skip
    if count := found.unmeasured["no-rate"]:
        notes.append(Note("no-rate", P(
            "{count} {count:variant is|variants are} not measured: price and cost are in two currencies without a rate."
            " `merchant rates set`",
            "{count} 个规格的售价和成本币种不同且缺少汇率，未衡量。`merchant rates set`"),
            {"count": count}))  # fmt: skip
    if (count := found.unmeasured["no-worth"]) and found.base is None:
        notes.append(Note("no-currency", P(
            "The money at stake is not known: no file says the currency of these prices, orders do.",
            "无法估算涉及金额：文件没有写明这些售价的币种，订单文件中会有。")))  # fmt: skip
    elif count:
        notes.append(Note("no-worth", P(
            "For {count} {count:row|rows} the money at stake is not known: a rate to {base} is missing."
            " `merchant rates set`",
            "{count} 行缺少兑 {base} 的汇率，无法估算涉及金额。`merchant rates set`"),
            {"count": count, "base": found.base}))  # fmt: skip
    if count := found.unmeasured["no-fee"]:
        notes.append(Note("no-fee", P(
            "{count} {count:variant stands|variants stand} on a platform without a fee schedule: no fee is taken off.",
            "{count} 个规格所在平台没有费率，未扣平台费。"), {"count": count}))  # fmt: skip
    if found.low and found.sales is None:
        notes.append(Note("no-orders", P(
            "No day of orders is fully covered: what is at stake is not known.",
            "还没有完整覆盖一天的订单，无法估算涉及金额。")))  # fmt: skip
    return notes
