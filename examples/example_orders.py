"""Orders of the example shop, and what one saw of them at an instant.

All times are on the shop's own clock; all amounts are minor units of the shop's currency.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from example_catalogue import TAOBAO, Sku
from example_people import Buyer


def spread(total: int, weights: list[int]) -> list[int]:
    """Share `total` out in proportion to the weights; largest remainder, earlier lines first."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in order[: total - sum(parts)]:
        parts[n] += 1
    return parts


@dataclass
class Line:
    """Some units of one SKU; `extra` says that only the campaign made this purchase."""

    sku: Sku
    units: int
    price: int
    extra: bool = False
    discount: int = 0
    refund: int = 0

    @property
    def listed(self) -> int:
        return self.price * self.units

    @property
    def sold(self) -> int:
        return self.listed - self.discount


@dataclass
class Order:
    """An order and its whole life; a moment that never comes is None.

    fate: sale, unpaid (never paid), cancelled (paid, refunded before dispatch), voided,
    pending (awaits a transfer).
    """

    shop: str
    created: datetime
    buyer: Buyer
    lines: list[Line]
    fate: str = "sale"
    coupon: str = ""
    shipping: int = 0
    tax: int = 0
    card: int = 0
    points: int = 0
    paid_at: datetime | None = None
    shipped_at: datetime | None = None
    rest_shipped_at: datetime | None = None
    completed_at: datetime | None = None
    refunded_at: datetime | None = None
    closed_at: datetime | None = None
    order_id: str = ""
    numbers: list[str] = field(default_factory=list)

    @property
    def day(self) -> date:
        """The day of the sale: paid on Taobao, placed on Shopify."""
        return (self.paid_at if self.shop == TAOBAO and self.paid_at else self.created).date()

    @property
    def listed(self) -> int:
        return sum(line.listed for line in self.lines)

    @property
    def discount(self) -> int:
        return sum(line.discount for line in self.lines)

    @property
    def sold(self) -> int:
        return self.listed - self.discount

    @property
    def total(self) -> int:
        return self.sold + self.shipping + self.tax

    @property
    def paid(self) -> int:
        """What the buyer pays; platform-funded cards and points are not his."""
        return self.total - self.card - self.points

    def line_paid(self) -> list[int]:
        return spread(self.paid, [line.sold for line in self.lines])

    def refund(self) -> int:
        return sum(line.refund for line in self.lines)


def past(moment: datetime | None, at: datetime) -> bool:
    """Had it happened by then?"""
    return moment is not None and moment <= at


def is_paid(order: Order, at: datetime) -> bool:
    return past(order.paid_at, at)


def refund_seen(order: Order, at: datetime) -> int:
    return order.refund() if past(order.refunded_at, at) else 0


def line_shipped(order: Order, index: int, at: datetime) -> bool:
    moment = order.rest_shipped_at if index and order.rest_shipped_at else order.shipped_at
    return past(moment, at)


def counts(order: Order, at: datetime) -> bool:
    """Is it a sale, as seen then? Paid, or sent on account; not when it was closed before dispatch."""
    if past(order.closed_at, at) and not past(order.shipped_at, at):
        return False
    return is_paid(order, at) or past(order.shipped_at, at)
