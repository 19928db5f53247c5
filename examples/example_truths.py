"""What is true of the simulated shop, from the world itself and not from the files it writes.

Amounts are minor units of the shop's currency. Days are the shop's own.
"""

from collections import Counter, defaultdict
from datetime import date, timedelta

from example_cases import make_cases, report_truth
from example_catalogue import BY_CODE, SHOPIFY, SKUS, TAOBAO, Sku
from example_life import is_faulty
from example_orders import Order, counts, past, refund_seen
from example_plan import (
    COUPONS,
    DEARER,
    DEARER_FROM,
    EPISODES,
    EXPORTED,
    FIRST_DAY,
    LAST_FULL_DAY,
    LOCATION,
    LOSS_COUPON,
    NEW_EXPORT,
    NEW_EXPORT_FROM,
    NO_COST,
    NO_COST_ABSENT,
    NO_COST_BLANK,
    NO_COST_GOOD_SELLERS,
    OLD_EXPORT,
    QUIET,
    RUN_OUT,
    Campaign,
    Fault,
)
from example_reviews import Review
from example_shopify import has_cost
from example_stock import Stock, daily_units
from example_taobao import changes
from example_world import World

Truth = dict[str, object]
Sums = dict[str, int]


def sales(world: World, shop: str) -> list[Order]:
    """The orders that count when the exports are made."""
    at = EXPORTED[shop]
    return [order for order in world.orders[shop] if order.created <= at and counts(order, at)]


def units_sold(world: World, shop: str, code: str, first: date, last: date) -> int:
    orders = (order for order in sales(world, shop) if first <= order.day <= last)
    return sum(line.units for order in orders for line in order.lines if line.sku.code == code)


def money_of(order: Order) -> Sums:
    """One order's amounts in the words of the store."""
    return {
        "orders": 1,
        "units": sum(line.units for line in order.lines),
        "gross_minor": order.listed,
        "discount_minor": order.discount,
        "sold_minor": order.sold,
        "shipping_minor": order.shipping,
        "tax_minor": order.tax,
        "platform_discount_minor": order.card + order.points,
        "refunds_by_order_minor": refund_seen(order, EXPORTED[order.shop]),
    }


def booked_month(order: Order) -> str:
    """The month in which a store that knows no refund dates books a refund.

    The order's own month if its oldest export showed it, else the month of the export that did.
    """
    at = EXPORTED[order.shop]
    in_old = order.shop == TAOBAO and order.created <= OLD_EXPORT
    return f"{at if in_old and not past(order.refunded_at, OLD_EXPORT) else order.day:%Y-%m}"


def add(into: dict[str, Sums], key: str, amounts: Sums) -> None:
    for name, value in amounts.items():
        into[key][name] = into[key].get(name, 0) + value


def totals(world: World, shop: str) -> Truth:
    """Orders, and money a month of those that count; the cut day is given once more by itself."""
    at, orders = EXPORTED[shop], [o for o in world.orders[shop] if o.created <= EXPORTED[shop]]
    months: dict[str, Sums] = defaultdict(dict)
    for order in sales(world, shop):
        add(months, f"{order.day:%Y-%m}", money_of(order))
        if refund_seen(order, at):
            add(months, booked_month(order), {"refunds_booked_minor": refund_seen(order, at)})
        add(months, "all", money_of(order))
        if order.day == at.date():
            add(months, "cut_day", money_of(order))
    cut, whole = months.pop("cut_day", {}), months.pop("all")
    return {
        "currency": "CNY" if shop == TAOBAO else "USD",
        "orders_in_files": len(orders),
        "orders_counting": whole["orders"],
        "orders_not_counting": dict(Counter(o.fate for o in orders if not counts(o, at))),
        "cut_day": at.date().isoformat(),
        "all_days": whole,
        "on_the_cut_day": cut,
        "months": dict(sorted(months.items())),
    }


def stock_truth(world: World, stock: Stock, shop: str, sku: Sku) -> Truth:
    """Stock and pace of a SKU in one shop; the pace seen is over 28 full days."""
    since = LAST_FULL_DAY - timedelta(28 if shop == SHOPIFY else 27)
    last = EXPORTED[shop].date() - timedelta(1)
    key, pace = (shop, sku.code), daily_units(shop, sku)
    free = stock.on_hand[key] - stock.reserved[key]
    return {
        "shop": shop,
        "location": LOCATION[shop],
        "daily_units_simulated": round(pace, 3),
        "units_in_last_28_full_days": units_sold(world, shop, sku.code, since, last),
        "on_hand": stock.on_hand[key],
        "reserved": stock.reserved[key],
        "available": free,
        "days_of_cover": round(free / pace, 1),
    }


def stock_truths(world: World, stock: Stock, codes: list[str]) -> list[Truth]:
    rows: list[Truth] = []
    for sku in (BY_CODE[code] for code in codes):
        supplier, shops = sku.product.supplier, [s for s in (TAOBAO, SHOPIFY) if sku.sold_in(s)]
        where = [stock_truth(world, stock, shop, sku) for shop in shops]
        terms = {
            "supplier": supplier.name,
            "lead_days": supplier.lead_days,
            "review_days": supplier.review_days,
        }
        rows.append({"sku": sku.code, **terms, "shops": where})
    return rows


def episode_truths(world: World) -> list[Truth]:
    """Days without stock; the days on either side had sales."""
    rows: list[Truth] = []
    for episode in EPISODES:
        sku = BY_CODE[episode.sku]
        lost = daily_units(episode.shop, sku) * ((episode.last - episode.first).days + 1)
        rows.append({
            "shop": episode.shop, "location": LOCATION[episode.shop], "sku": episode.sku,
            "first_day": episode.first.isoformat(), "last_day": episode.last.isoformat(),
            "zero_counts_in_file": episode.counted, "lost_units_expected": round(lost, 1),
            "units_sold": units_sold(world, episode.shop, episode.sku, episode.first, episode.last),
        })  # fmt: skip
    return rows


def campaign_truth(world: World) -> Truth:
    """Units that only the campaign sold, less those that it took from the days after."""
    rows, extra, moved = [], Counter[str](), world.pulled_forward
    inside = [order for order in sales(world, TAOBAO) if Campaign.on(order.day)]
    for line in (line for order in inside for line in order.lines):
        extra[line.sku.code] += line.units if line.extra else 0
    for code in Campaign.skus:
        sold = units_sold(world, TAOBAO, code, Campaign.first, Campaign.last)
        rows.append({
            "sku": code, "units_in_campaign": sold, "extra_units": extra[code], "pulled_forward": moved[code],
            "incremental_units": extra[code] - moved[code],
            "daily_units_simulated": round(daily_units(TAOBAO, BY_CODE[code]), 3),
        })  # fmt: skip
    return {
        "campaign": Campaign.name, "shop": TAOBAO,
        "first_day": Campaign.first.isoformat(), "last_day": Campaign.last.isoformat(),
        "uplift_factor": Campaign.uplift, "percent_off": Campaign.percent_off,
        "dip_factor": Campaign.dip, "dip_last_day": Campaign.dip_last.isoformat(),
        "extra_units": extra.total(), "pulled_forward_units": moved.total(),
        "incremental_units": extra.total() - moved.total(), "skus": rows,
    }  # fmt: skip


def coupon_uses(world: World, code: str, shop: str) -> Truth:
    """Uses on orders that count, after the discount and before refunds."""
    used = [order for order in sales(world, shop) if order.coupon == code]
    face, percent = COUPONS[code].face, COUPONS[code].kind == "折扣"
    discount, sold = sum(o.discount if percent else face for o in used), sum(o.sold for o in used)
    return {"coupon": code, "shop": shop, "uses": len(used), "discount_minor": discount, "sold_minor": sold}


def coupon_truth(world: World) -> Truth:
    """The coupon that sells below cost, with landed costs as Shopify's products file has them."""
    used = [order for order in sales(world, SHOPIFY) if order.coupon == LOSS_COUPON.code]
    lines = [line for order in used for line in order.lines]
    cost = sum(line.sku.cost_cents * line.units for line in lines)
    supplier_cost = sum(line.sku.product.cost_fen * line.units for line in lines)
    sold = sum(order.sold for order in used)
    return {
        **coupon_uses(world, LOSS_COUPON.code, SHOPIFY),
        "currency": "USD", "percent_off": LOSS_COUPON.face, "scope": list(LOSS_COUPON.scope),
        "cost_minor": cost, "supplier_cost_cny_minor": supplier_cost,
        "margin_after_coupon_minor": sold - cost,
        "margin_without_coupon_minor": sum(order.listed for order in used) - cost,
    }  # fmt: skip


def fault_truth(world: World, reviews: list[Review]) -> Truth:
    """The bad lot: which orders carried it, which were refunded, which were reviewed."""
    hit = [o for o in sales(world, TAOBAO) if any(is_faulty(o, line) for line in o.lines)]
    back = [o for o in hit if refund_seen(o, NEW_EXPORT)]
    rest = [o for o in sales(world, TAOBAO) if o not in hit and any(x.sku.code == Fault.sku for x in o.lines)]
    bad = [review for review in reviews if review.faulty]
    return {
        "sku": Fault.sku, "lot": Fault.lot, "shop": TAOBAO,
        "shipped_from": Fault.first.isoformat(), "shipped_to": Fault.last.isoformat(),
        "complaint": "盖子不严，漏水", "orders_shipped": len(hit),
        "orders": [o.order_id for o in hit], "refunded_orders": [o.order_id for o in back],
        "refund_minor": sum(refund_seen(o, NEW_EXPORT) for o in back),
        "bad_reviews": [review.number for review in bad],
        "other_orders_of_the_sku": len(rest),
        "other_orders_refunded": sum(1 for o in rest if refund_seen(o, NEW_EXPORT)),
    }  # fmt: skip


def no_cost_truth(world: World) -> Truth:
    """SKUs without any cost, and how well they sell."""
    units = {
        sku.code: sum(units_sold(world, shop, sku.code, FIRST_DAY, LAST_FULL_DAY) for shop in (TAOBAO, SHOPIFY))
        for sku in SKUS
    }
    ranks = sorted(units, key=lambda code: -units[code])
    good = [{"sku": c, "units": units[c], "rank": ranks.index(c) + 1} for c in NO_COST_GOOD_SELLERS]
    return {
        "skus": sorted(NO_COST), "good_sellers": good,
        "blank_in_sheet": sorted(NO_COST_BLANK), "absent_from_sheet": sorted(NO_COST_ABSENT),
        "with_cost_on_shopify": [sku.code for sku in SKUS if sku.sold_in(SHOPIFY) and has_cost(sku)],
        "dearer_from": {code: [DEARER_FROM.isoformat(), cost] for code, cost in DEARER.items()},
    }  # fmt: skip


def make_truths(world: World, stock: Stock, reviews: list[Review], rows: dict[str, int]) -> Truth:
    """All planted truths, for tests that ask whether the toolkit finds them."""
    taobao = world.orders[TAOBAO]
    overlap = [order for order in taobao if NEW_EXPORT_FROM <= order.created <= OLD_EXPORT]
    return {
        "period": {"first_day": FIRST_DAY.isoformat(), "last_full_day": LAST_FULL_DAY.isoformat()},
        "exported_at_shop_time": {shop: at.isoformat(" ") for shop, at in EXPORTED.items()},
        "questions": make_cases(world, reviews),
        "will_run_out": stock_truths(world, stock, list(RUN_OUT)),
        "quiet": stock_truths(world, stock, QUIET),
        "stock_outs": episode_truths(world),
        "campaign": campaign_truth(world),
        "loss_coupon": coupon_truth(world),
        "coupon_uses": [coupon_uses(world, c.code, c.shop) for c in COUPONS.values() if c.on_order],
        "fault": fault_truth(world, reviews),
        "no_cost": no_cost_truth(world),
        "own_report": report_truth(world),
        "totals": {shop: totals(world, shop) for shop in (TAOBAO, SHOPIFY)},
        "rows": rows,
        "in_both_taobao_exports": len(overlap),
        "changed_between_exports": changes(taobao),
    }  # fmt: skip
