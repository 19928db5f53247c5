"""What each code, and what was taken off without one, cost and left."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Column, Explanation, Scope, Term
from merchant_cli.desks.contribution import Contribution, Sums, terms
from merchant_cli.desks.coupons import _uses, coupons
from merchant_cli.desks.coupons._alert import empty, no_rate
from merchant_cli.desks.coupons._book import BEARERS, Coupon, read
from merchant_cli.desks.coupons._explained import coupon_rows, orders_naming, orders_taken_off
from merchant_cli.desks.coupons._results import by_bearer, by_code, valued
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

ORDERS_BY_DAY = """
SELECT shop, day, count(*) FROM order_money WHERE counts = 1 AND day BETWEEN :since AND :until GROUP BY shop, day
"""
KINDS = {
    "coupon": P("code", "优惠码"), "pseudo": P("automatic or by hand", "自动或手动优惠"),
    "discount": P("no code named", "未写优惠码"),
}  # fmt: skip
HELP = {"window_days": P("Days of orders that are looked at", "统计订单的天数")}
ESTIMATES = frozenset({"fees", "contribution"})

COLUMNS = (
    Column("key", P("Key", "编号"), "id"),
    Column("shop", P("Shop", "店铺"), "id"),
    Column("kind", P("Kind", "类型"), "id", words=KINDS),
    Column("code", P("Code", "优惠码"), "id"),
    Column("bearer", P("Borne by", "承担方"), "id", words=BEARERS),
    Column("orders", P("Orders", "订单数"), "count"),
    Column("use_rate", P("Use rate", "使用率"), "rate"),
    Column("discount", P("Taken off", "优惠金额"), "money"),
    Column("shared", P("Shared with other codes", "与其他优惠码共用"), "money"),
    Column("sold", P("Sold", "售出"), "money"),
    Column("refunds", P("Refunded", "退款"), "money"),
    Column("cost", P("Cost of goods", "商品成本"), "money"),
    Column("fees", P("Platform fees", "平台费用"), "money"),
    Column("contribution", P("Contribution", "贡献毛利"), "money"),
    Column("unknown_share", P("Sales without a known cost", "成本未知的销售占比"), "rate"),
    Column("currency", P("Currency", "币种"), "id"),
)


class Line(NamedTuple):
    """One row before it is shown; `coupon` None: not in the book, or no code."""

    key: str
    shop: str
    kind: str
    code: str | None
    bearer: str
    use_rate: float | None
    discount: int | None
    shared: int | None
    found: Contribution
    coupon: Coupon | None
    cells: list[str]


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, window_days: int = 90) -> Explanation:
    """The terms of net sales and contribution, and the orders behind them."""
    span = scope.window(window_days)
    lines, _ = _lines(db, scope, span) if span else ([], [])
    line = next((one for one in lines if one.key == key), None)
    if line is None or span is None:
        raise Problem("no-such-row", key=key, desk="coupons", question="uses")
    kind: dict[str, Any] = {"kind": "money", "unit": line.found.currency}
    label = P("Taken off", "优惠金额")
    made = [Term("discount", P("Taken off by the shop", "店铺优惠"), line.discount, **kind)]
    if line.bearer == "platform" and line.kind == "discount":
        made = [Term("discount", P("Taken off by the platform", "平台优惠"), line.discount, **kind)]
    made.append(Term("discount", label, line.discount, is_total=True, **kind))
    if line.kind == "discount":
        behind, notes = orders_taken_off(db, line.shop, line.bearer, *span)
    else:
        behind, notes = orders_naming(db, [(line.shop, cell) for cell in line.cells], *span)
    own = coupon_rows(line.coupon) if line.coupon else []
    return Explanation([*made, *terms(line.found)], [*own, *behind], notes)


@coupons.question(P("Uses and what they left", "使用与贡献"), explain=explain, help=HELP)
def uses(db: sqlite3.Connection, scope: Scope, *, window_days: int = 90) -> Answer:
    """What the orders of the last `window_days` days that used a code left, by shop and code; beside them the orders
    that something was taken off without a code, by shop and bearer.

    orders = orders that count, by day of sale, whose coupon cell names the code (any case). use_rate = those placed
    while the coupon ran ÷ all orders of the shop on these days. discount = what the shop took off the orders that
    name no other code; `shared` = off those that do, of which no file says how the codes share it. Words that a
    platform writes without a code (rule file pseudo_codes) are rows of kind `pseudo`. A row of kind `discount` is
    what the shop took off without naming a code, or what the platform (a creator or a bank among them) took off.
    contribution = sold (after the shop's discount; what the platform takes off is paid to the merchant) − refunds −
    cost of the goods that were kept, by the unit cost on the day of sale − platform fees (rule file fees, estimated),
    all in minor units of the base currency, or of the shop's own where a rate is missing. Sales without a known cost
    are outside of it, and so is their part of the fees; `unknown_share` is their share of net sales. Shipping, tax
    and advertising are outside.
    """
    answer = empty(COLUMNS, scope)
    span = scope.window(window_days)
    if span is None:
        return answer
    lines, notes = _lines(db, scope, span)
    answer.rows = [_row(line) for line in lines]
    answer.estimated = ESTIMATES
    answer.notes += [*notes, *_notes(lines)]
    return answer


def _row(line: Line) -> tuple[Any, ...]:
    found = line.found
    unrated = found.unknown == "no-rate"
    amounts = (None,) * 4 if unrated else (found.sold, found.refunds, found.cost, found.fees)
    sold, refunds, cost, fees = amounts
    return (
        line.key, line.shop, line.kind, line.code, line.bearer, found.orders, line.use_rate, line.discount, line.shared,
        sold, refunds, None if found.unknown == "no-cost" else cost, None if found.unknown == "no-fees" else fees,
        found.left, found.unknown_share, found.currency,
    )  # fmt: skip


def _lines(db: sqlite3.Connection, scope: Scope, span: tuple[str, str]) -> tuple[list[Line], list[Note]]:
    """The rows, codes before discounts without one, those that took off most first."""
    kept, rates = read(db), Rates(db, scope.as_of)
    used = _uses.read(db, scope, kept.codes, span[0])
    daily: dict[str, dict[str, int]] = defaultdict(dict)
    for shop, day, count in db.execute(ORDERS_BY_DAY, {"since": span[0], "until": span[1]}):
        daily[shop][day] = count
    lines = []
    results, notes = by_code(db, scope, kept, span)
    for (shop, code), result in results.items():
        pseudo = used.pseudo.has(shop, code) and kept.find(shop, code) is None
        coupon = kept.find(shop, code)
        found = valued(result.sums, shop, kept, scope, rates)
        shared = in_base(dict(result.shared.discount), found.currency, rates) if result.shared.orders else None
        lines.append(Line(
            f"{'pseudo' if pseudo else 'coupon'}:{shop}/{coupon.code if coupon else result.code}", shop,
            "pseudo" if pseudo else "coupon", coupon.code if coupon else result.code,
            coupon.bearer if coupon else "shop", _rate(used.of([shop], code), coupon, daily[shop], span),
            in_base(dict(result.taken_off.discount), found.currency, rates), shared, found, coupon, result.cells,
        ))  # fmt: skip
    for (shop, bearer), sums in by_bearer(db, scope, span).items():
        found = valued(sums, shop, kept, scope, rates)
        lines.append(_without_code(shop, bearer, sums, found, rates, daily[shop]))
    order = list(KINDS)
    lines.sort(key=lambda line: (order.index(line.kind), -(line.discount or 0), line.key))
    return lines, [*used.notes, *notes]


def _without_code(shop: str, bearer: str, sums: Sums, found: Contribution, rates: Rates, daily: dict[str, int]) -> Line:
    taken = sums.discount if bearer == "shop" else sums.platform_discount
    share = round(sums.orders / sum(daily.values()), 4) if daily else None
    return Line(f"discount:{shop}/{bearer}", shop, "discount", None, bearer, share,
                in_base(dict(taken), found.currency, rates), None, found, None, [])  # fmt: skip


def _rate(
    used: Iterable[_uses.Used], coupon: Coupon | None, daily: dict[str, int], span: tuple[str, str]
) -> float | None:
    """Orders that used it ÷ all orders of the shop, on the days of the span on which it ran."""
    first = max(span[0], (coupon.first if coupon else None) or span[0])
    last = min(span[1], (coupon.last if coupon else None) or span[1])
    orders = sum(count for day, count in daily.items() if first <= day <= last)
    return round(sum(u.orders for u in used if first <= u.day <= last) / orders, 4) if orders else None


def _notes(lines: list[Line]) -> list[Note]:
    notes = []
    missing = [line for line in lines if line.found.unknown_share]
    if missing:
        notes.append(Note("cost-unknown", P(
            "In {count} {count:row|rows} the cost of some goods is unknown; those sales are outside of the"
            " contribution: `merchant listings costs`",
            "有 {count} 行的部分商品缺少成本，相应销售未计入贡献毛利：`merchant listings costs`"),
            {"count": len(missing)}))  # fmt: skip
    if shops := sorted({line.shop for line in lines if line.found.unknown == "no-fees"}):
        notes.append(Note("fees-unknown", P(
            "No fee schedule is known for {shops}: contributions there are not measurable.",
            "{shops} 没有平台费率，无法衡量贡献毛利。"), {"shops": ", ".join(shops)}))  # fmt: skip
    if outside := [line.code for line in lines if line.kind == "coupon" and line.coupon is None]:
        notes.append(Note("not-in-book", P(
            "{count} {count:code is|codes are} not in the coupon book, so nobody knows from when to when"
            " {count:it holds|they hold}.",
            "{count} 个优惠码不在台账中，有效期未知。"), {"count": len(outside)}))  # fmt: skip
    return notes + no_rate({line.found.currency for line in lines if line.found.unknown == "no-rate"})
