"""For every question one row that must be told and one near miss that must not, with the reason of each.

A key is that of the row; for a question whose rows have no single key it is their key columns with `/` between. Where
the row itself is there in both cases, `column` and `value` say what must stand in it.
"""

from collections.abc import Callable
from datetime import timedelta

from example_catalogue import TAOBAO
from example_orders import Order, counts, is_paid, past
from example_plan import LOSS_COUPON, NEW_EXPORT, Campaign
from example_plants import HARMLESS_REVIEW, YOUNG_REVIEW
from example_reports import Day, taobao_days
from example_reviews import Review
from example_world import World

Case = dict[str, object]
HOUR, MARGIN = timedelta(hours=1), timedelta(minutes=15)
"""Nothing is planted within MARGIN of a limit: the instant of an export is known to some minutes only."""


def case(key: str, because: str, near: str, not_because: str, column: str = "", value: str = "") -> Case:
    found: Case = {
        "true": {"key": key, "because": because},
        "near_miss": {"key": near, "because": not_because},
    }
    return found | ({"column": column, "value": value} if column else {})


LISTINGS = {
    "listings/unmapped": case(
        "code:taobao/main/JJ-3002GN", "the code of Taobao differs from the SKU JJ-3002-GN in spelling only",
        "code:taobao/main/BZ-2009-WH", "no sheet has it and its title is that of BZ-2009-BL, but one shop sells both",
    ),
    "listings/costs": case(
        "sku:BZ-2001-NA", "it sells well and its cell in the cost sheet is blank",
        "sku:BZ-2002-BL", "Shopify's file has no cost of it, but the cost sheet has",
    ),
    "listings/below-floor": case(
        "listing:shopify/main/wool-blend-throw/Caramel", "37.50 less 1.39 of fees is below its cost of 36.62 dollars",
        "listing:shopify/main/waffle-bath-towel-set/Mist Blue", "28.00 less 1.11 of fees is above its cost of 26.76",
    ),
    "listings/words": case(
        "code:taobao/main/CJ-1010-BK", "the title boasts of the highest grade",
        "code:taobao/main/CJ-1009-WH", "the title says newest model, which is no boast",
    ),
    "listings/limits": case(
        "code:taobao/main/BZ-2006-NA", "61 half-widths, Taobao takes 60",
        "code:taobao/main/JJ-3004-WH", "60 half-widths exactly",
    ),
    "listings/prices": case(
        "shopify/main/incense-holder/Celadon", "struck at 24.00, but it cost 19.00 in the thirty days before",
        "shopify/main/wool-blend-throw/Caramel", "struck at 59.00, and that is what it cost in the thirty days before",
        "claim", "too-high",
    ),
    "listings/side-by-side": case(
        "CJ-1008-WH/shopify/main/ceramic-tea-caddy/Moon White", "Taobao sells it too",
        "JJ-3005-BR/shopify/main/rattan-storage-basket/Dark Brown", "Taobao does not sell it",
    ),
}  # fmt: skip
INVENTORY = {
    "inventory/reorder": case(
        "sku:CJ-1001-WH", "it lasts a week, and lead time and review are 32 days",
        "sku:JJ-3001-L", "it lasts some days longer than the 15 days of lead time and review",
    ),
    "inventory/sold-out": case(
        "sku:BZ-2002-GN", "the campaign took the last ones, and both shops sell it",
        "sku:JJ-3005-NA", "few are left: it runs out, but it is not out",
    ),
    "inventory/oversold": case(
        "sku:CJ-1010-BK", "9 are free in Shanghai and Shopify offers 12 of them",
        "sku:CJ-1007-ZN", "Shopify offers just what is free in Shanghai",
    ),
    "inventory/dead": case(
        "sku:JJ-3007-BK", "60 lie there and 5 were sold in 60 days: enough for 720",
        "sku:JJ-3008-WA", "12 lie there and 2 were sold in 60 days: enough for 360, a year is the limit",
    ),
    "inventory/stale": case(
        "stock:样品间", "counted 15 days ago, and its goods were sold since",
        "stock:市集摊位", "counted 7 days ago, which is still fresh",
    ),
}  # fmt: skip
COUPONS = {
    "coupons/book": case(
        "coupon:shopify/main/COZY40", "it stands in the sheet and in Shopify's export",
        "coupon:taobao/main/示例：T50-5", "it is the sheet's own example row",
    ),
    "coupons/uses": case(
        "coupon:shopify/main/COZY40", "17 orders name it",
        "coupon:shopify/main/AUTOMATIC DISCOUNTS", "orders name it, but nobody typed it: it is no code",
    ),
    "coupons/losing": case(
        "coupon:shopify/main/COZY40", "40 % off goods whose cost is over 60 % of the price",
        "coupon:shopify/main/FALL15", "15 % off leaves something",
    ),
    "coupons/over-budget": case(
        "coupon:shopify/main/WELCOME10", "it took off 300.20 dollars of 250.00",
        "coupon:shopify/main/TEATIME5", "it took off 15.00 dollars of 20.00, and 5 days at its pace are below 5.00",
    ),
    "coupons/ending": case(
        "coupon:shopify/main/TEATIME5", "it ends in 5 days and is used",
        "coupon:shopify/main/MEMBER5", "it is used and ends in 8 days",
    ),
    "coupons/expired-used": case(
        "coupon:shopify/main/FALL15", "it ended on 10 October and two orders of late October used it",
        "coupon:shopify/main/COZY40", f"an order used it on {LOSS_COUPON.last}, which was its last day",
    ),
}  # fmt: skip
CAMPAIGNS = {
    "campaigns/calendar": case(
        "campaign:双12暖冬专场", "it shares 12 December and BZ-2001-NA with the clearance sale on Taobao",
        "campaign:Holiday gifts", "it shares days with both, but it is another shop's",
        "collides", "年终清仓",
    ),
    "campaigns/retro": case(
        f"campaign:{Campaign.name}", "it ended on 11 November",
        "campaign:双11返场", "the as-of day is its last day: it runs",
    ),
    "campaigns/skus": case(
        f"campaign:{Campaign.name}/JJ-3001-S", "it was in the campaign",
        f"campaign:{Campaign.name}/CJ-1001-BK", "it sold and was advertised on those days, but was not in the campaign",
    ),
    "campaigns/due": case(
        f"campaign:{Campaign.name}", "it ended 4 days ago",
        "campaign:中秋礼遇季", "it ended 51 days ago: nobody writes its retro any more",
    ),
}  # fmt: skip
FILES = {
    "files/missing": case(
        "gap:taobao/main/traffic/2026-09-08", "the shop report leaves out two days",
        "file:taobao/main/orders", "the last of two files, 46 days apart: that is no rhythm, so none is late",
    )
}  # fmt: skip
FINANCE = {
    "finance/vitals": case(
        "taobao/main:visitors", "Taobao's own report tells them", "shopify/main:visitors", "no file of Shopify does"
    )
}


def key_of(order: Order) -> str:
    return f"order:{order.shop}/{order.order_id}"


def review_key(review: Review) -> str:
    return f"review:{review.order.shop}/{review.number}"


def nearest(orders: list[Order], left: Callable[[Order], timedelta], least: timedelta, most: timedelta) -> Order:
    """The order whose time left lies between the two and is nearest to now, both kept at a distance."""
    found = [order for order in orders if least + MARGIN <= left(order) <= most - MARGIN]
    return min(found, key=lambda order: (abs(left(order)), order.order_id))


def order_cases(world: World) -> dict[str, Case]:
    """Clocks of Taobao, whose export was made in the morning of the cut day."""
    at = NEW_EXPORT
    seen = [order for order in world.orders[TAOBAO] if order.created <= at]
    waiting = [o for o in seen if is_paid(o, at) and counts(o, at) and not past(o.shipped_at, at)]
    unpaid = [o for o in seen if o.fate == "unpaid"]
    sent = [o for o in seen if past(o.shipped_at, at) and not past(o.completed_at, at) and not past(o.closed_at, at)]

    def to_ship(order: Order) -> timedelta:
        return (order.paid_at or at) + 48 * HOUR - at

    def to_pay(order: Order) -> timedelta:
        return order.created + 24 * HOUR - at

    def on_its_way(order: Order) -> timedelta:
        return at - (order.shipped_at or at)

    due, later = nearest(waiting, to_ship, 0 * HOUR, 24 * HOUR), nearest(waiting, to_ship, 24 * HOUR, 48 * HOUR)
    late = nearest(waiting, to_ship, -96 * HOUR, 0 * HOUR)
    open_, closed = nearest(unpaid, to_pay, 0 * HOUR, 24 * HOUR), nearest(unpaid, to_pay, -48 * HOUR, 0 * HOUR)
    stuck = nearest(sent, on_its_way, 240 * HOUR, 480 * HOUR)
    moving = max((o for o in sent if on_its_way(o) <= 240 * HOUR - MARGIN), key=on_its_way)
    return {
        "orders/ship-due": case(
            key_of(due), f"paid {due.paid_at}: 48 hours end within a day of the export",
            key_of(later), f"paid {later.paid_at}: it can wait longer than a day",
        ),
        "orders/overdue": case(
            key_of(late), f"paid {late.paid_at}, not sent, and 48 hours are over",
            key_of(due), f"paid {due.paid_at}: not sent, but 48 hours are not over",
        ),
        "orders/unpaid": case(
            key_of(open_), f"placed {open_.created} and not paid: it is closed after a day",
            key_of(closed), f"placed {closed.created} and never paid, but closed already",
        ),
        "orders/stuck": case(
            key_of(stuck), f"sent {stuck.shipped_at} and not received: over ten days",
            key_of(moving), f"sent {moving.shipped_at} and not received, but not for ten days yet",
        ),
    }  # fmt: skip


def review_cases(reviews: list[Review]) -> dict[str, Case]:
    """Reviews of Taobao, which stand in the merchant's own sheet."""
    young = next(review for review in reviews if review.text == YOUNG_REVIEW[1])
    harmless = next(review for review in reviews if review.text == HARMLESS_REVIEW[1])
    faulty = [review for review in reviews if review.faulty and not review.reply]
    scalding = next(review for review in faulty if "烫到" in review.text)
    return {
        "reviews/inbox": case(
            review_key(scalding), "one of many of the same SKU in few days: the lid leaks, and somebody was scalded",
            review_key(harmless), "it speaks of scalding and says that it does not: five stars",
        ),
        "reviews/due": case(
            review_key(faulty[-1]), "one or two stars, unanswered for over two days",
            review_key(young), "three stars of the last full day: three days are given, two are left",
        ),
    }  # fmt: skip


def make_cases(world: World, reviews: list[Review]) -> dict[str, Case]:
    """Address of the question -> its two cases."""
    fixed = LISTINGS | INVENTORY | COUPONS | CAMPAIGNS | FILES | FINANCE
    return dict(sorted((fixed | order_cases(world) | review_cases(reviews)).items()))


def report_truth(world: World) -> Case:
    """Why Taobao's own daily figure differs from what counts as sold: fen by day."""
    days: list[Day] = list(taobao_days(world.orders[TAOBAO]))
    return {
        "file": "店铺取数_20261115.csv",
        "days": len(days),
        "closed_later_minor": {one.day.isoformat(): one.closed for one in days if one.closed},
        "not_in_order_files_minor": {one.day.isoformat(): one.paid for one in days if not one.orders},
    }
