"""What is planted in the example shop, in one place: every constant here comes back in shop_truths.json."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from example_catalogue import BY_CODE, SHOPIFY, SKUS, TAOBAO, Sku

SEED = "yunxiu-2026"
FIRST_DAY = date(2026, 7, 18)
LAST_FULL_DAY = date(2026, 11, 14)
NOT_REPORTED = (date(2026, 9, 8), date(2026, 9, 9))
"""Days that the shop report of Taobao leaves out."""
OLD_EXPORT = datetime(2026, 9, 30, 8, 59)
NEW_EXPORT = datetime(2026, 11, 15, 8, 0)
NEW_EXPORT_FROM = datetime(2026, 9, 6)
SHOPIFY_EXPORT = datetime(2026, 11, 14, 19, 0)
"""The instant of NEW_EXPORT on a clock in New York."""
EXPORTED = {TAOBAO: NEW_EXPORT, SHOPIFY: SHOPIFY_EXPORT}
QUANTITIES = {1: 82, 2: 12, 3: 4, 4: 2}
MEAN_QUANTITY = sum(units * share for units, share in QUANTITIES.items()) / 100
LOCATION = {TAOBAO: "上海仓", SHOPIFY: "Brooklyn"}


@dataclass(frozen=True)
class Episode:
    """A stretch of days on which a shop had none left; `counted` days are in the merchant's count sheet."""

    shop: str
    sku: str
    first: date
    last: date
    counted: bool

    def covers(self, shop: str, sku: Sku, day: date) -> bool:
        return (shop, sku.code) == (self.shop, self.sku) and self.first <= day <= self.last

    def edges(self, shop: str, sku: Sku, day: date) -> bool:
        """The last day before and the first day after: something was sold then."""
        around = {self.first - timedelta(1), self.last + timedelta(1)}
        return (shop, sku.code) == (self.shop, self.sku) and day in around


EPISODES = [
    Episode(TAOBAO, "CJ-1001-BK", date(2026, 8, 14), date(2026, 8, 24), True),
    Episode(SHOPIFY, "JJ-3005-NA", date(2026, 9, 1), date(2026, 9, 18), True),
    Episode(TAOBAO, "BZ-2001-NA", date(2026, 9, 22), date(2026, 10, 3), False),
    Episode(TAOBAO, "CJ-1004-WH", date(2026, 10, 19), date(2026, 10, 27), True),
]

# Days that the available stock lasts, in every shop that sells the SKU; all shorter than the supplier's lead.
RUN_OUT = {"CJ-1001-WH": 6, "CJ-1002-BK": 5, "BZ-2007-BL": 4, "JJ-3009-ZN": 8, "JJ-3005-NA": 1, "00871": 3}
# SKUs that lie in stock for 220 ordinary days, at least 30 in a shop.
SLOW = [
    "CJ-1007-ZS", "CJ-1009-GY", "CJ-1010-BK", "BZ-2008-NA", "BZ-2009-BL", "BZ-2009-WH",
    "JJ-3006-YE", "JJ-3007-BK", "JJ-3008-WA", "JJ-3008-NA",
]  # fmt: skip
# Nothing is wrong with these: no alert may name them.
QUIET = [
    "CJ-1001-BR", "CJ-1002-GN", "CJ-1007-ZS", "BZ-2002-BL", "BZ-2007-RD", "BZ-2008-BK", "BZ-2008-NA",
    "BZ-2009-BL", "JJ-3005-BR", "JJ-3006-YE",
]  # fmt: skip
NO_COST_GOOD_SELLERS = ["BZ-2001-NA", "CJ-1004-RD", "JJ-3003-RD"]
NO_COST_BLANK = ["CJ-1006-AM", "CJ-1009-GY", "JJ-3004-BK", *NO_COST_GOOD_SELLERS]
NO_COST_ABSENT = ["BZ-2009-WH", "JJ-3008-NA", "CJ-1005-BK"]
NO_COST = [*NO_COST_BLANK, *NO_COST_ABSENT]
DEARER = {"CJ-1002-BK": 4200, "JJ-3001-S": 5100}
DEARER_FROM = date(2026, 10, 1)


class Campaign:
    """A sale on Taobao: purchases of its SKUs are multiplied, and fall below normal on the days after."""

    name = "双11年度大促"
    first, last = date(2026, 11, 1), date(2026, 11, 11)
    skus = ("BZ-2002-NA", "BZ-2002-BL", "BZ-2002-GN", "CJ-1006-CL", "JJ-3003-RD", "JJ-3001-S", "CJ-1004-RD")
    uplift = 3.5
    dip_last = date(2026, 11, 15)
    dip = 0.35
    percent_off = 12

    @classmethod
    def on(cls, day: date) -> bool:
        return cls.first <= day <= cls.last


class GiftReturns:
    """Mid-Autumn gifts (25 September) that came back: refunds that only the newer export knows."""

    first, last = date(2026, 9, 21), date(2026, 9, 28)
    refund_share = 0.15


class Fault:
    """One lot of one SKU whose lid does not close; known by its days of dispatch."""

    sku = "CJ-1003-GN"
    lot = "L2610-03"
    first, last = date(2026, 10, 8), date(2026, 10, 26)
    refund_share = 0.5
    bad_review_share = 0.65


@dataclass(frozen=True)
class Coupon:
    """One coupon; face and threshold are minor units, or percent off. `in_sheet`: the merchant's own sheet has it."""

    code: str
    name: str
    shop: str
    bearer: str
    kind: str
    face: int
    threshold: int
    scope: tuple[str, ...]
    budget: int
    first: date
    last: date
    in_sheet: bool = True

    @property
    def on_order(self) -> bool:
        """Taken off a whole order by the shop: not on campaign lines, not paid by the platform."""
        return self.code not in ("D11-12", "TMALL-D11")


LOSS_SCOPE = tuple(sku.code for sku in SKUS if sku.product.code in ("BZ-2004", "BZ-2005"))
SUMMER, YEAR_END = date(2026, 7, 1), date(2026, 12, 31)
COUPONS = {
    coupon.code: coupon
    for coupon in (
        Coupon("T59-5", "新客满59减5", TAOBAO, "店铺", "满减", 500, 5900, (), 200000, SUMMER, YEAR_END),
        Coupon("T99-10", "满99减10", TAOBAO, "店铺", "满减", 1000, 9900, (), 500000, SUMMER, YEAR_END),
        Coupon("T199-25", "满199减25", TAOBAO, "店铺", "满减", 2500, 19900, (), 500000, SUMMER, YEAR_END),
        Coupon("D11-12", "双11主推款立减12%", TAOBAO, "店铺", "折扣", Campaign.percent_off, 0, Campaign.skus,
               300000, Campaign.first, Campaign.last),
        Coupon("TMALL-D11", "双11平台消费券", TAOBAO, "平台", "满减", 1000, 8000, (), 0,
               Campaign.first, Campaign.last),
        Coupon("WELCOME10", "Welcome 10%", SHOPIFY, "店铺", "折扣", 10, 0, (), 25000, SUMMER, YEAR_END),
        Coupon("FALL15", "Fall sale 15%", SHOPIFY, "店铺", "折扣", 15, 0, (), 60000,
               date(2026, 9, 20), date(2026, 10, 10)),
        Coupon("COZY40", "Cozy home 40%", SHOPIFY, "店铺", "折扣", 40, 0, LOSS_SCOPE, 80000,
               date(2026, 10, 5), date(2026, 11, 6)),
        Coupon("TEATIME5", "Tea time $5", SHOPIFY, "店铺", "满减", 500, 4000, (), 2000,
               date(2026, 10, 20), date(2026, 11, 20)),
        Coupon("MEMBER5", "Members $5", SHOPIFY, "店铺", "满减", 500, 4000, (), 0,
               date(2026, 10, 20), date(2026, 11, 23), in_sheet=False),
    )
}  # fmt: skip
LOSS_COUPON = COUPONS["COZY40"]
AUTOMATIC = "AUTOMATIC DISCOUNTS"
AUTOMATIC_PERCENT, AUTOMATIC_FROM = 8, 12000

assert {*RUN_OUT, *SLOW, *QUIET, *NO_COST, *Campaign.skus, Fault.sku, *DEARER} <= BY_CODE.keys()
