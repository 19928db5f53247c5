"""The simulated shop: purchases a day and SKU, put together to orders. Seeded; knows no clock."""

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random

from example_catalogue import SHOPIFY, SKUS, TAOBAO, Sku
from example_life import live
from example_orders import Line, Order
from example_people import Buyer, american_buyer, chinese_buyer
from example_plan import (
    EPISODES,
    FIRST_DAY,
    LAST_FULL_DAY,
    NEW_EXPORT,
    OLD_EXPORT,
    QUANTITIES,
    SEED,
    Campaign,
)
from example_plants import plant_codes

# How busy a weekday is, Monday first; the mean is 1.
WEEK = {TAOBAO: (0.94, 0.92, 0.96, 0.98, 1.0, 1.12, 1.08), SHOPIFY: (1.1, 1.0, 0.96, 0.94, 0.9, 0.98, 1.12)}
HOURS = (1, 1, 0, 0, 0, 0, 1, 3, 5, 7, 8, 7, 6, 6, 7, 7, 6, 5, 5, 7, 10, 12, 10, 4)
# The day that the export cuts: how much of its trade came before, and until which minute.
PARTIAL = {
    (TAOBAO, NEW_EXPORT.date()): (0.35, 7 * 60 + 30),
    (SHOPIFY, LAST_FULL_DAY): (0.8, 18 * 60 + 40),
}


@dataclass
class World:
    """All orders of a shop by time of creation, and the units that the campaign only moved forward."""

    orders: dict[str, list[Order]] = field(default_factory=dict)
    pulled_forward: Counter[str] = field(default_factory=Counter)


def poisson(rng: Random, mean: float) -> int:
    """Knuth's method: fine for means of a few."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def days() -> list[date]:
    span = (NEW_EXPORT.date() - FIRST_DAY).days + 1
    return [FIRST_DAY + timedelta(n) for n in range(span)]


def purchases(rng: Random, shop: str, day: date, sku: Sku) -> tuple[int, int]:
    """Ordinary purchases of a SKU on a day, and those that only the campaign made."""
    if any(episode.covers(shop, sku, day) for episode in EPISODES):
        return 0, 0
    share, _ = PARTIAL.get((shop, day), (1.0, 0))
    mean = sku.rate(shop) * WEEK[shop][day.weekday()] * share
    base = poisson(rng, mean)
    if any(episode.edges(shop, sku, day) for episode in EPISODES):
        base = max(base, 1)
    if shop == TAOBAO and sku.code in Campaign.skus and Campaign.on(day):
        return base, poisson(rng, mean * (Campaign.uplift - 1))
    return base, 0


def day_lines(rng: Random, world: World, shop: str, day: date) -> list[Line]:
    """The lines bought on a day; after the campaign some are missing, because they were bought before."""
    lines = []
    for sku in SKUS:
        if not sku.sold_in(shop):
            continue
        base, extra = purchases(rng, shop, day, sku)
        for n in range(base + extra):
            [units] = rng.choices(list(QUANTITIES), list(QUANTITIES.values()))
            dip = shop == TAOBAO and sku.code in Campaign.skus and Campaign.last < day <= Campaign.dip_last
            if dip and rng.random() > Campaign.dip:
                world.pulled_forward[sku.code] += units
                continue
            lines.append(Line(sku, units, sku.product.price(shop), extra=n >= base))
    rng.shuffle(lines)
    return lines


def group(rng: Random, lines: list[Line]) -> list[list[Line]]:
    """Put lines together to baskets of one to four different SKUs."""
    baskets: list[list[Line]] = []
    for line in lines:
        basket = rng.choice(baskets) if baskets and rng.random() < 0.24 else []
        if basket and len(basket) < 4 and all(other.sku != line.sku for other in basket):
            basket.append(line)
        else:
            baskets.append([line])
    return baskets


def moment(rng: Random, shop: str, day: date) -> datetime:
    """When on a day an order is placed."""
    _, until = PARTIAL.get((shop, day), (1.0, 0))
    if until:
        minute = rng.randrange(10, until)
    else:
        [hour] = rng.choices(range(24), HOURS)
        minute = hour * 60 + rng.randrange(60)
    return datetime.combine(day, time(minute // 60, minute % 60, rng.randrange(60)))


class Crowd:
    """The buyers of a shop; a part of them comes back."""

    def __init__(self, shop: str) -> None:
        self.rng = Random(f"{SEED}:buyers:{shop}")
        self.make = chinese_buyer if shop == TAOBAO else american_buyer
        self.known: list[Buyer] = []

    def next(self) -> tuple[Buyer, bool]:
        """A buyer, and whether this is his first order."""
        if self.known and self.rng.random() < 0.26:
            return self.rng.choice(self.known), False
        self.known.append(self.make(self.rng, len(self.known) + 1))
        return self.known[-1], True


def fates(rng: Random, shop: str, day: date) -> list[str]:
    """What became of a day's orders that were no sales."""
    shares = {"unpaid": 0.9, "cancelled": 0.22} if shop == TAOBAO else {"voided": 0.1, "cancelled": 0.09}
    if day + timedelta(1) in (OLD_EXPORT.date(), NEW_EXPORT.date()) and shop == TAOBAO:
        shares["unpaid"] = 4.0  # so that each export has some that still wait for payment
    if shop == SHOPIFY and (LAST_FULL_DAY - day).days < 6:
        shares["pending"] = 1.0
    return [fate for fate, mean in shares.items() for _ in range(poisson(rng, mean))]


def day_orders(rng: Random, world: World, shop: str, day: date, crowd: Crowd) -> list[Order]:
    """The orders of one day with everything that will happen to them, by time."""
    baskets = [("sale", basket) for basket in group(rng, day_lines(rng, world, shop, day))]
    for fate in fates(rng, shop, day) if baskets else []:
        _, like = rng.choice(baskets)
        baskets.append((fate, [replace(line, extra=False) for line in like]))
    orders = []
    for when, (fate, basket) in sorted(
        ((moment(rng, shop, day), basket) for basket in baskets), key=lambda pair: pair[0]
    ):
        buyer, first = crowd.next()
        order = Order(shop, when, buyer, basket, fate)
        live(rng, order, first)
        orders.append(order)
    return orders


def number_taobao(orders: list[Order]) -> None:
    """19-digit order numbers that end in the buyer's six; sub-orders get numbers of their own."""
    for n, order in enumerate(orders):
        seconds = int((order.created - datetime(2026, 1, 1)).total_seconds())
        front, tail = 4_520_000_000_000 + seconds * 97 + n % 89, 700_000 + order.buyer.number * 37
        order.order_id = f"{front:013d}{tail:06d}"
        order.numbers = [order.order_id]
        if len(order.lines) > 1:
            order.numbers = [str(int(order.order_id) + 1_000_000 * (k + 1)) for k in range(len(order.lines))]


def number_shopify(orders: list[Order]) -> None:
    """Names count up; the platform's own id has 13 digits."""
    for n, order in enumerate(orders):
        order.order_id = f"#{2381 + n}"
        order.numbers = [str(6_480_000_000_000 + n * 32_771_843)]


def make_world() -> World:
    """The same world each time."""
    world = World()
    for shop, number in ((TAOBAO, number_taobao), (SHOPIFY, number_shopify)):
        rng, crowd = Random(f"{SEED}:orders:{shop}"), Crowd(shop)
        trade = [day for day in days() if shop == TAOBAO or day <= LAST_FULL_DAY]
        world.orders[shop] = [order for day in trade for order in day_orders(rng, world, shop, day, crowd)]
        number(world.orders[shop])
    plant_codes(world.orders[SHOPIFY])
    return world
