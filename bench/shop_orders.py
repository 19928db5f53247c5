"""Orders of the invented shop, drawn one by one in the sequence of time.

A buyer is a number from which name and address are computed.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from shop_catalogue import Catalogue
from shop_days import DAY, DAYS, END, moment

NEW_BUYER = 0.3076
STILL_OPEN = (0.9, 0.5, 0.2, 0.05)  # share not yet sent, by age in days
CODES = (  # code, percent off, amount off, smallest order; the last one is no coupon
    ("WELCOME10", 10, 0, 0), ("SAVE5", 0, 500, 3000), ("VIP20", 20, 0, 5000),
    ("AUTOMATIC DISCOUNTS", 5, 0, 0),
)  # fmt: skip


@dataclass(slots=True)
class Order:
    number: int
    buyer: int
    at: int
    items: list[tuple[int, int]]  # variant, quantity
    code: int  # place in CODES, -1 for none
    express: bool
    fate: str
    state: str
    step: int  # when it was sent, or cancelled


def fate_state_step(draw: Callable[[], float], at: int, lines: int) -> tuple[str, str, int]:
    age, chance, step = DAYS - 1 - at // DAY, draw(), min(at + 7_200 + int(draw() * 140_000), END)
    if chance < 0.02:
        return ("voided" if chance < 0.014 else "cancelled"), "unfulfilled", step
    if age < len(STILL_OPEN) and draw() < STILL_OPEN[age]:
        return "kept", ("partial" if lines > 1 and draw() < 0.2 else "unfulfilled"), step
    fate = "kept" if chance >= 0.06 or age < 4 else "refunded" if chance < 0.036 else "partial"
    return fate, "fulfilled", step


def draw_orders(catalogue: Catalogue, lines: int, key: str) -> Iterator[Order]:
    """Orders in the sequence of time with exactly `lines` lines in all."""
    draw, done, buyers, number = random.Random(key).random, 0, 0, 1000
    while done < lines:
        at, items = moment(done / lines), catalogue.basket(draw, lines - done)
        known = max(min(int(buyers * (1 - draw() ** 2)), buyers - 1), 0)  # rather one who bought lately
        buyer = buyers if draw() < NEW_BUYER else known
        buyers, number, done = max(buyers, buyer + 1), number + 1, done + len(items)
        code = int(draw() * len(CODES)) if draw() < 0.22 else -1
        yield Order(number, buyer, at, items, code, draw() < 0.1, *fate_state_step(draw, at, len(items)))


def changed_later(order: Order, draw: Callable[[], float]) -> Order:
    """The same order a day later: sent, partly refunded, or with one more unit."""
    if order.fate == "kept" and order.state != "fulfilled":
        return replace(order, state="fulfilled", step=END + 36_000)
    if order.fate == "kept" and draw() < 0.6:
        return replace(order, fate="partial")
    (variant, quantity), *others = order.items
    return replace(order, items=[(variant, quantity + 1), *others])
