"""What buyers wrote: mostly content, a few grumbles, and one complaint that belongs to one lot."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from example_catalogue import SHOPIFY, TAOBAO
from example_life import is_faulty
from example_orders import Line, Order
from example_plan import LAST_FULL_DAY, SEED, Fault
from example_plants import HARMLESS_REVIEW, YOUNG_REVIEW

GOOD = (
    "做工很细致，釉色温润，朋友都说好看。",
    "包装很用心，一点没磕碰，下次还来。",
    "和图片一样，手感不错，大小合适。",
    "老板人好，发货快，东西也实在。",
    "用了几天再来评，很顺手，值这个价。",
    "送妈妈的，她很喜欢，谢谢店家。",
)
MIDDLING = ("东西还行，就是快递慢了点。", "颜色比图片深一点，能接受。", "中规中矩，尺寸比想象的小。")
POOR = ("快递太慢了，等了一个星期。", "颜色和图片差得有点多。", "收到有一点划痕，懒得换了。")
FAULTY = (
    "壶盖盖不严，一倒茶就从盖子边上漏水，烫到手了。",
    "盖子合不上，有缝，倒水漏得到处都是。",
    "漏水！盖子和壶口对不上，质量太差了。",
    "盖子松松垮垮，倒茶的时候水从盖边漏出来，失望。",
    "壶盖不密合，一斜就漏水，根本没法用。",
    "第二次买了，这次的盖子不严，漏水，跟上次差远了。",
)
ENGLISH = {
    5: (
        "Beautiful work, exactly as pictured.",
        "Lovely gift, well packed.",
        "Great quality, will buy again.",
    ),
    4: ("Nice, a little smaller than I thought.", "Good, shipping took a while."),
    2: ("Arrived late and the box was dented.", "Color is off from the photo."),
}
REPLY = "非常抱歉给您带来不便，我们已为您登记，客服会尽快联系您处理。"


@dataclass(frozen=True)
class Review:
    """One review of one SKU in one order."""

    number: str
    order: Order
    sku: str
    day: date
    stars: int
    text: str
    follow_up: str = ""
    reply: str = ""
    faulty: bool = False


def fault_review(rng: Random, order: Order, line: Line) -> Review | None:
    """The complaint about the lid, some days after dispatch."""
    if rng.random() >= Fault.bad_review_share or order.shipped_at is None:
        return None
    day = order.shipped_at.date() + timedelta(rng.randrange(4, 11))
    follow_up = "追评：换了一只还是漏水。" if rng.random() < 0.2 else ""
    reply = REPLY if rng.random() < 0.3 else ""
    stars = 1 if rng.random() < 0.7 else 2
    return Review("", order, line.sku.code, day, stars, rng.choice(FAULTY), follow_up, reply, faulty=True)


def plain_review(rng: Random, order: Order, line: Line) -> Review | None:
    """What a buyer writes about a thing that is as it should be."""
    if rng.random() >= (0.12 if order.shop == TAOBAO else 0.06) or order.completed_at is None:
        return None
    day = order.completed_at.date() + timedelta(rng.randrange(0, 5))
    luck = rng.random()
    if order.shop == SHOPIFY:
        stars = 5 if luck < 0.75 else 4 if luck < 0.93 else 2
        return Review("", order, line.sku.code, day, stars, rng.choice(ENGLISH[stars]))
    if luck < 0.86:
        return Review("", order, line.sku.code, day, 5, rng.choice(GOOD))
    if luck < 0.95:
        return Review("", order, line.sku.code, day, rng.choice((3, 4)), rng.choice(MIDDLING))
    return Review("", order, line.sku.code, day, rng.choice((1, 2)), rng.choice(POOR))


def make_reviews(orders: dict[str, list[Order]]) -> list[Review]:
    """All reviews up to the last full day, by day; numbers follow, in each shop by itself."""
    found = []
    for shop in (TAOBAO, SHOPIFY):
        rng = Random(f"{SEED}:reviews:{shop}")
        for order in orders[shop]:
            if order.fate != "sale":
                continue
            bad = [line for line in order.lines if is_faulty(order, line)]
            line = bad[0] if bad else rng.choice(order.lines)
            review = fault_review(rng, order, line) if bad else plain_review(rng, order, line)
            if review and review.day <= LAST_FULL_DAY:
                found.append(review)
    found += planted_reviews(orders[TAOBAO], found)
    found.sort(key=lambda review: (review.day, review.order.shop, review.order.order_id))
    counted, numbered = Counter[str](), []
    for review in found:
        counted[review.order.shop] += 1
        mark = "PJ" if review.order.shop == TAOBAO else "JM"
        numbered.append(replace(review, number=f"{mark}{counted[review.order.shop]:05d}"))
    return numbered


def planted_reviews(orders: list[Order], found: list[Review]) -> list[Review]:
    """One that nobody need hurry with, and one that names a danger and denies it: of orders that nobody reviewed."""
    rng, told = Random(f"{SEED}:planted reviews"), {review.order.order_id for review in found}
    late = [o for o in orders if o.completed_at and o.completed_at.date() == LAST_FULL_DAY - timedelta(3)]
    free = [o for o in late if o.order_id not in told and o.fate == "sale" and not o.refund()]
    return [
        Review("", order, order.lines[0].sku.code, LAST_FULL_DAY, stars, text)
        for order, (stars, text) in zip(rng.sample(free, 2), (YOUNG_REVIEW, HARMLESS_REVIEW), strict=True)
    ]
