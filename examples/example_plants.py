"""What is planted for the questions beside the great plans of example_plan.py, each with a Random of its own.

example_cases.py says of each question which row must be told and which near miss must not.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from example_catalogue import SHOPIFY, TAOBAO
from example_life import sales_tax, take_off
from example_orders import Order
from example_plan import AUTOMATIC_FROM, COUPONS, SEED, Campaign

# What the merchant typed on Taobao for a SKU that is called otherwise everywhere else.
TYPED_OTHERWISE = {"JJ-3002-GN": "JJ-3002GN"}

# Free units in a shop, instead of what example_stock.py works out.
FREE = {
    (TAOBAO, "BZ-2002-GN"): 0, (SHOPIFY, "BZ-2002-GN"): 0,  # sold out after the campaign
    (TAOBAO, "JJ-3001-L"): 6, (SHOPIFY, "JJ-3001-L"): 5,  # lasts a little longer than an order takes
    (TAOBAO, "JJ-3008-WA"): 12,  # 360 days at 2 units in 60
    (TAOBAO, "BZ-2009-WH"): 15, (TAOBAO, "JJ-3008-NA"): 25,
    (TAOBAO, "CJ-1010-BK"): 9, (TAOBAO, "CJ-1007-ZN"): 30,
}  # fmt: skip
# Goods that lie in Shanghai only, whoever sells them, and how many Shopify offers beyond what is free there.
FROM_SHANGHAI = {"CJ-1010-BK": 3, "CJ-1007-ZN": 0}

OTHER_PLACES = [
    ("样品间", date(2026, 10, 31), {"CJ-1008-WH": 2, "BZ-2003-GY": 1}),
    ("市集摊位", date(2026, 11, 8), {"CJ-1008-BL": 4}),
]
"""Counts of small places: the first is 15 days old on the as-of day, the second 7."""

OLD_LISTINGS = date(2026, 10, 10)
"""The day of an older products export; until then nothing was reduced."""
REDUCED = {"JJ-3002-GN": (1700, 2400), "BZ-2004-BR": (3750, 5900), "BZ-2005-BL": (2800, 4400)}
"""Price and struck price in cents of what is reduced since. The celadon holder never cost 24.00 but 19.00."""


@dataclass(frozen=True)
class Planned:
    """A line of the campaign sheet; days are (month, day) of 2026, goals and budget minor units of the currency."""

    name: str
    begins: tuple[int, int]
    ends: tuple[int, int]
    shop: str
    skus: tuple[str, ...]
    sales: int
    orders: int
    budget: int
    currency: str = "CNY"

    @property
    def first(self) -> date:
        return date(2026, *self.begins)

    @property
    def last(self) -> date:
        return date(2026, *self.ends)


CAMPAIGNS = [
    Planned("中秋礼遇季", (9, 15), (9, 25), TAOBAO, ("CJ-1003-BL", "CJ-1007-ZN"), 80000, 4, 30000),
    Planned(Campaign.name, (11, 1), (11, 11), TAOBAO, Campaign.skus, 800000, 100, 200000),
    Planned("双11返场", (11, 12), (11, 15), TAOBAO, ("CJ-1002-GY", "CJ-1003-BL"), 80000, 8, 20000),
    Planned("双12暖冬专场", (12, 8), (12, 12), TAOBAO, ("BZ-2001-NA", "CJ-1001-BK"), 500000, 40, 80000),
    Planned("年终清仓", (12, 12), (12, 20), TAOBAO, ("BZ-2001-NA", "JJ-3008-WA"), 300000, 30, 0),
    Planned("Holiday gifts", (12, 10), (12, 20), SHOPIFY, ("CJ-1008-WH",), 60000, 15, 10000, "USD"),
]  # fmt: skip

YOUNG_REVIEW = (3, "东西还行，盒子有点压到了。")
HARMLESS_REVIEW = (5, "杯壁厚实，倒开水也不烫手，很满意。")

# Which codes are typed into orders that had none: (code, first day, last day) of the order.
LATE_CODE = "FALL15"
TYPED_CODES = [
    ("TEATIME5", date(2026, 10, 20), date(2026, 10, 31)),
    ("TEATIME5", date(2026, 10, 20), date(2026, 10, 31)),
    ("TEATIME5", date(2026, 11, 2), date(2026, 11, 12)),
    ("MEMBER5", date(2026, 11, 2), date(2026, 11, 12)),
    (LATE_CODE, date(2026, 10, 20), date(2026, 10, 25)),
    (LATE_CODE, date(2026, 10, 26), date(2026, 10, 31)),
]


def plain(order: Order, first: date, last: date) -> bool:
    """An order that a code can still be typed into: paid at once by day, nothing taken off nor given back."""
    usual = order.fate == "sale" and order.paid_at == order.created and not order.coupon and not order.refund()
    fits = COUPONS["TEATIME5"].threshold <= order.listed <= AUTOMATIC_FROM
    return usual and fits and first <= order.created.date() <= last and 9 <= order.created.hour <= 17


def plant_codes(orders: list[Order]) -> None:
    """Type the codes into orders of Shopify; price and tax follow, postage stays as it was."""
    rng = Random(f"{SEED}:typed codes")
    for code, first, last in TYPED_CODES:
        order = rng.choice([order for order in orders if plain(order, first, last)])
        coupon, order.coupon = COUPONS[code], code
        take_off(order, (order.listed * coupon.face + 50) // 100 if coupon.kind == "折扣" else coupon.face)
        order.tax = sales_tax(order)


assert any((one.first, one.last) == (Campaign.first, Campaign.last) for one in CAMPAIGNS)
