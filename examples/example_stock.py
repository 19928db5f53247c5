"""What lies in the two warehouses when the exports are made."""

import math
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from example_catalogue import SHOPIFY, SKUS, TAOBAO, Sku
from example_orders import Order, counts, line_shipped, past
from example_plan import EXPORTED, MEAN_QUANTITY, RUN_OUT, SEED, SLOW
from example_plants import FREE, FROM_SHANGHAI

Key = tuple[str, str]
"""Shop and SKU."""


@dataclass
class Stock:
    """Units a shop and SKU: on hand, sold but not sent, and committed (reserved and unpaid)."""

    on_hand: Counter[Key] = field(default_factory=Counter)
    reserved: Counter[Key] = field(default_factory=Counter)
    committed: Counter[Key] = field(default_factory=Counter)


def daily_units(shop: str, sku: Sku) -> float:
    """Expected units on an ordinary day."""
    return sku.rate(shop) * MEAN_QUANTITY


def available(rng: Random, shop: str, sku: Sku) -> int:
    """Free units: days of cover as planned, ample otherwise."""
    pace = daily_units(shop, sku)
    if sku.code in RUN_OUT:
        return math.ceil(pace * RUN_OUT[sku.code])
    if sku.code in SLOW:
        return max(30, math.ceil(pace * 220))
    return max(15, math.ceil(pace * rng.randrange(95, 140)))


def open_units(order: Order) -> list[tuple[str, int]]:
    """SKU and units of the lines that are not sent yet."""
    at = EXPORTED[order.shop]
    lines = [line for n, line in enumerate(order.lines) if not line_shipped(order, n, at)]
    return [(line.sku.code, line.units) for line in lines]


def make_stock(orders: dict[str, list[Order]]) -> Stock:
    stock, rng = Stock(), Random(f"{SEED}:stock")
    for shop in (TAOBAO, SHOPIFY):
        at = EXPORTED[shop]
        for order in orders[shop]:
            if order.created > at or past(order.closed_at, at):
                continue
            for code, units in open_units(order):
                stock.committed[shop, code] += units
                stock.reserved[shop, code] += units if counts(order, at) else 0
        for sku in (sku for sku in SKUS if sku.sold_in(shop)):
            free = available(rng, shop, sku)
            stock.on_hand[shop, sku.code] = FREE.get((shop, sku.code), free) + stock.committed[shop, sku.code]
    for code in FROM_SHANGHAI:
        stock.on_hand[TAOBAO, code] += stock.committed[SHOPIFY, code]
        stock.on_hand[SHOPIFY, code] = 0
    return stock


def offered(stock: Stock, code: str) -> int:
    """What Shopify offers of a SKU: what is free in Brooklyn, unless it is sent from Shanghai."""
    if code not in FROM_SHANGHAI:
        return stock.on_hand[SHOPIFY, code] - stock.committed[SHOPIFY, code]
    return stock.on_hand[TAOBAO, code] - sum(stock.reserved[s, code] for s in (TAOBAO, SHOPIFY)) + FROM_SHANGHAI[code]
