"""A month of an invented merchant over five platforms: orders, what came for them, what went wrong, by plain sums.

Nothing here knows the program: amounts are fen, days are dates. `truth` works out what the program must answer.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
PLATFORMS = ("taobao", "jd", "pinduoduo", "douyin", "youzan")
BILLS = {"taobao": "alipay", "jd": "jd", "pinduoduo": "pinduoduo", "douyin": "douyin", "youzan": "wechat_pay"}
GOODS = (
    ("BEI-W", "手作粗陶杯 米白", 5900),
    ("HU-L", "提梁壶 大", 12800),
    ("JIN", "茶巾 灰", 1990),
    ("PAN", "点心盘", 4500),
)


@dataclass
class Line:
    code: str
    title: str
    price: int
    units: int

    @property
    def listed(self) -> int:
        return self.price * self.units


@dataclass
class Order:
    """`shop_off` and `other_off`: discounts that the shop and that others bear. `done`: None until it is received."""

    platform: str
    n: int
    number: str
    day: date
    lines: list[Line]
    shop_off: int = 0
    other_off: int = 0
    shipping: int = 0
    refund: int = 0
    refund_day: date | None = None
    closed: bool = False  # never paid
    done: date | None = None

    @property
    def listed(self) -> int:
        return sum(line.listed for line in self.lines)

    @property
    def sold(self) -> int:
        return self.listed - self.shop_off

    @property
    def paid(self) -> int:
        return self.sold - self.other_off + self.shipping


@dataclass
class Came:
    """Money of one order in a bill; `number` is what the bill calls it, None where it names none."""

    platform: str
    number: str | None
    day: date
    sale: int = 0
    other: int = 0  # what others than the buyer paid of the price
    refund: int = 0  # >= 0
    fee: int = 0  # >= 0
    nth: int = 0


@dataclass
class Month:
    orders: list[Order] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)  # by platform of the bill, what was taken out to the bank
    unmatched: dict[tuple[str, str | None], int] = field(default_factory=dict)  # (bill, number) → what came before fees
    no_money: dict[tuple[str, str], int] = field(default_factory=dict)  # (platform, order) → expected
    differing: dict[tuple[str, str], int] = field(default_factory=dict)  # (platform, order) → came − expected


def number(platform: str, n: int, day: date) -> str:
    return {
        "taobao": f"61000000000000{n:04d}",
        "jd": f"29800000{n:04d}",
        "pinduoduo": f"{day:%y%m%d}-10000000000{n:04d}",
        "douyin": f"692600000000000{n:04d}",
        "youzan": f"E{day:%Y%m%d}10000000{n:04d}",
    }[platform]


def make(seed: int = 7) -> Month:
    """The month; the same for the same seed."""
    month = Month()
    for platform in PLATFORMS:
        random = Random(f"{platform} {seed}")
        orders = [_order(platform, n, random) for n in range(1, 41)]
        month.orders += orders
        for order in orders:
            month.came += _came(order)
        _plant(month, platform, orders)
        month.kept[BILLS[platform]] = 10000 + random.randrange(100) * 100
    for nth, one in enumerate(month.came, 1):
        one.nth = nth
    return month


def _order(platform: str, n: int, random: Random) -> Order:
    day = FIRST + timedelta((n - 1) * 30 // 39)
    goods = random.sample(GOODS, 1 if platform == "pinduoduo" else random.choice((1, 2)))
    lines = [Line(code, title, price, random.randint(1, 3)) for code, title, price in goods]
    order = Order(platform, n, number(platform, n, day), day, lines)
    if n % 3 == 0:
        order.shop_off = 500
    if n % 4 == 0 and platform != "jd":
        order.other_off = 150
    if n % 5 == 0 and platform != "douyin":
        order.shipping = 600
    order.closed = n % 13 == 0
    if not order.closed and order.day + timedelta(5) <= LAST:
        order.done = order.day + timedelta(5)
    if n % 10 == 7 and not order.closed and platform != "jd":
        whole = platform in ("pinduoduo", "douyin")  # their order files tell of whole refunds only
        order.refund = order.paid if whole else 1000
        order.refund_day = order.day + timedelta(3)
        if whole:
            order.done = None
    return order


def _came(order: Order) -> list[Came]:
    """What the bill says of one order: WeChat Pay at once, the platforms the day after it was received."""
    if order.closed:
        return []
    fee = (order.paid * 6 + 500) // 1000
    if order.platform == "youzan":
        found = [Came("youzan", order.number, order.day, order.paid, 0, 0, fee)]
    elif order.done is None and order.platform != "pinduoduo":
        return []
    else:
        day = (order.done or order.day + timedelta(2)) + timedelta(1)
        other = order.other_off if order.platform in ("pinduoduo", "douyin") else 0
        found = (
            [Came(order.platform, order.number, day, order.paid, other, 0, fee)] if order.done or order.refund else []
        )
    if order.refund and order.refund_day and found:
        found.append(Came(order.platform, order.number, order.refund_day, refund=order.refund))
    return [one for one in found if one.day <= LAST]


def _plant(month: Month, platform: str, orders: list[Order]) -> None:
    """An order that no file has, one without money, an amount that differs; in Alipay's log a sale without number."""
    bill = BILLS[platform]
    unknown = number(platform, 9001, date(2026, 5, 12))
    month.came.append(Came(platform, unknown, date(2026, 5, 12), sale=4321, fee=26))
    month.unmatched[bill, unknown] = 4321 - 26
    if platform == "taobao":
        month.came.append(Came(platform, None, date(2026, 5, 13), sale=777))
        month.unmatched[bill, None] = 777
    plain = [one for one in orders if one.done and not one.refund and one.day <= date(2026, 5, 15)]
    silent, wrong = plain[2], plain[4]
    month.came = [one for one in month.came if (one.platform, one.number) != (platform, silent.number)]
    month.no_money[platform, silent.number] = silent.paid
    gap = {"taobao": -300, "jd": 500, "pinduoduo": -250, "douyin": -400, "youzan": 100}[platform]
    for one in month.came:
        if (one.platform, one.number) == (platform, wrong.number):
            one.sale += gap
    month.differing[platform, wrong.number] = gap


Money = dict[str, int]


def daily_money(month: Month) -> dict[tuple[str, str], Money]:
    """(platform, day) → orders, units, gross, discount, refunds, net, shipping. Youzan's file tells no units."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for order in month.orders:
        if order.closed:
            continue
        own = found.setdefault((order.platform, order.day.isoformat()), Counter())
        own["orders"] += 1
        own["units"] += 0 if order.platform == "youzan" else sum(line.units for line in order.lines)
        own["gross"] += order.listed
        own["discount"] += order.shop_off
        own["shipping"] += order.shipping
        if order.refund and order.refund_day:
            # Only Taobao has a refund report, with a day; what an order file tells is booked on the order's day.
            day = order.refund_day if order.platform == "taobao" else order.day
            found.setdefault((order.platform, day.isoformat()), Counter())["refunds"] += order.refund
    names = ("orders", "units", "gross", "discount", "refunds", "shipping")
    return {
        key: {name: one[name] for name in names} | {"net": one["gross"] - one["discount"] - one["refunds"]}
        for key, one in found.items()
    }


def sides(month: Month) -> Money:
    """What all bills come to: income, cost, and what only moved to the bank."""
    return {
        "income": sum(one.sale + one.other - one.refund for one in month.came),
        "cost": -sum(one.fee for one in month.came),
        "neither": -sum(month.kept[bill] for bill in month.kept if bill not in ("jd", "wechat_pay")),
    }
