"""Reports beside the orders: Shopify's discounts, the review app of that shop, and Taobao's own daily figures."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from example_catalogue import BY_CODE, SHOP_NAME, SHOPIFY, TAOBAO
from example_headers import JUDGEME_REVIEWS, SHOPIFY_DISCOUNTS, TAOBAO_DAYS
from example_orders import Order
from example_plan import (
    AUTOMATIC,
    AUTOMATIC_FROM,
    AUTOMATIC_PERCENT,
    COUPONS,
    FIRST_DAY,
    LAST_FULL_DAY,
    NOT_REPORTED,
    SEED,
    SHOPIFY_EXPORT,
    SUMMER,
    Coupon,
)
from example_reviews import Review
from example_shopify import money, stamp, write

DAYS_BEFORE = 2
"""Days of Taobao's report that lie before the first order file."""
AUTOMATIC_TITLE = "Spend $120, save 8%"
DISCOUNTS = {
    "Type": "Amount Off", "Discount Class": "order", "Combines with Order Discounts": "false",
    "Combines with Product Discounts": "false", "Combines with Shipping Discounts": "true",
    "Customer Selection": "all", "Context": "all", "Applies Once Per Customer": "false",
}  # fmt: skip


def discount_row(coupon: Coupon, used: int) -> dict[str, str]:
    """A code as Shopify lists it: what it takes off is written below zero."""
    percent = coupon.kind == "折扣"
    end = datetime.combine(coupon.last, time(23, 59, 59))
    least = f"Minimum purchase amount of ${money(coupon.threshold)}" if coupon.threshold else ""
    return DISCOUNTS | {
        "Name": coupon.code,
        "Value": f"-{coupon.face}.0" if percent else f"-{money(coupon.face)}",
        "Value Type": "percentage" if percent else "fixed_amount",
        "Minimum Purchase Requirements": least,
        "Times Used In Total": str(used),
        "Status": "Active" if end > SHOPIFY_EXPORT else "Expired",
        "Start": written(coupon.first, time(0)),
        "End": written(coupon.last, time(23, 59, 59)),
    }


def written(day: date, clock: time) -> str:
    """A time with New York's offset, in the future too."""
    moment = datetime.combine(day, clock)
    return stamp(moment) or f"{moment:%Y-%m-%d %H:%M:%S} -0500"


def discount_rows(orders: list[Order]) -> list[dict[str, str]]:
    """All codes of the shop, and its one automatic discount."""
    rows = []
    for coupon in COUPONS.values():
        if coupon.shop == SHOPIFY:
            rows.append(discount_row(coupon, sum(order.coupon == coupon.code for order in orders)))
    automatic = DISCOUNTS | {
        "Name": AUTOMATIC_TITLE,
        "Value": f"-{AUTOMATIC_PERCENT}.0",
        "Value Type": "percentage",
        "Minimum Purchase Requirements": f"Minimum purchase amount of ${money(AUTOMATIC_FROM)}",
        "Times Used In Total": str(sum(order.coupon == AUTOMATIC for order in orders)),
        "Status": "Active",
        "Start": written(SUMMER, time(0)),
    }
    return [*rows, automatic]


def review_row(review: Review) -> dict[str, str]:
    """A review as the app exports it: of a product, not of an order; times in UTC."""
    rng = Random(f"{SEED}:review:{review.number}")
    moment = datetime.combine(review.day, time(rng.randrange(12, 24), rng.randrange(60), rng.randrange(60)))
    product = BY_CODE[review.sku].product
    return {
        "body": review.text,
        "rating": str(review.stars),
        "review_date": f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        "source": "email",
        "curated": "ok",
        "reviewer_name": review.order.buyer.name,
        "reviewer_email": review.order.buyer.account,
        "product_id": str(7_100_000_000_000 + sum(map(ord, product.code)) * 10_007),
        "product_handle": product.handle,
        "reply": review.reply,
        "ip_address": f"203.0.113.{rng.randrange(1, 255)}",
    }


@dataclass
class Day:
    """What Taobao counts on a day; money in fen. Whoever paid is counted, also if the order was closed later."""

    day: date
    orders: list[Order]
    paid: int = 0
    buyers: int = 0
    lines: int = 0
    units: int = 0
    refunds: int = 0

    @property
    def closed(self) -> int:
        """Paid on the day, given back whole before dispatch: no sale of ours."""
        return sum(order.paid for order in self.orders if order.fate == "cancelled")


def day_of(day: date, orders: list[Order], refunds: int) -> Day:
    lines = [line for order in orders for line in order.lines]
    buyers = len({order.buyer.account for order in orders})
    units = sum(line.units for line in lines)
    return Day(day, orders, sum(o.paid for o in orders), buyers, len(lines), units, refunds)


def taobao_days(orders: list[Order]) -> Iterator[Day]:
    """Day by day up to the last full one, but for two; of those before the first order file nothing else is known."""
    rng = Random(f"{SEED}:days before")
    for n in range(DAYS_BEFORE, 0, -1):
        buyers = rng.randrange(11, 16)
        yield Day(FIRST_DAY - timedelta(n), [], buyers * rng.randrange(9000, 15000), buyers, buyers + 3, buyers + 6)
    for n in range((LAST_FULL_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(n)
        if day in NOT_REPORTED:
            continue
        paid = [order for order in orders if order.paid_at is not None and order.paid_at.date() == day]
        back = sum(o.refund() for o in orders if o.refunded_at is not None and o.refunded_at.date() == day)
        yield day_of(day, paid, back)


def day_row(one: Day) -> list[str]:
    """Visitors are invented: three to five of a hundred buy."""
    rng = Random(f"{SEED}:visitors:{one.day}")
    visitors = max(one.buyers, 3) * rng.randrange(200, 334) // 10
    views, carts = visitors * rng.randrange(21, 34) // 10, visitors * rng.randrange(6, 11) // 100
    counts = [f"{visitors:,}", f"{views:,}", str(carts), f"{one.paid / 100:,.2f}"]
    return [
        one.day.isoformat(), SHOP_NAME, *counts, str(one.buyers), str(one.lines), str(one.units),
        f"{one.refunds / 100:,.2f}",
    ]  # fmt: skip


def write_days(path: Path, orders: list[Order]) -> int:
    """As a spreadsheet on a Chinese system saves it: GB18030, CRLF."""
    text, rows = io.StringIO(newline=""), [day_row(one) for one in taobao_days(orders)]
    csv.writer(text).writerows([TAOBAO_DAYS, *rows])
    path.write_bytes(text.getvalue().encode("gb18030"))
    return len(rows)


def write_reports(folder: Path, orders: dict[str, list[Order]], reviews: list[Review]) -> dict[str, int]:
    """File name -> data rows."""
    of_shopify = [review_row(review) for review in reviews if review.order.shop == SHOPIFY]
    discounts = discount_rows([order for order in orders[SHOPIFY] if order.created <= SHOPIFY_EXPORT])
    return {
        "店铺取数_20261115.csv": write_days(folder / "店铺取数_20261115.csv", orders[TAOBAO]),
        "discounts_export_20261115.csv": write(folder / "discounts_export_20261115.csv", SHOPIFY_DISCOUNTS, discounts),
        "judgeme_export_20261115.csv": write(folder / "judgeme_export_20261115.csv", JUDGEME_REVIEWS, of_shopify),
    }
