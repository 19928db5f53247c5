"""Makes finished rows of what a file says of its orders, and notes what the receipt should tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from merchant_cli.intake.job import Message, Orders
from merchant_cli.store.order_set import Finisher, Row, Stated, cannot_tell, identity_gap, refunded_above

NAMED = 5  # orders whose amounts do not add up that a receipt names


@dataclass
class Noticed:
    """Over all orders of a file: the days covered, whether amounts add up, what the file leaves open."""

    first_day: str | None = None
    last_day: str | None = None
    checked: int = 0
    gaps: int = 0
    gap_orders: list[str] = field(default_factory=list)
    cannot_tell: int = 0
    refunded_above: list[str] = field(default_factory=list)
    undated: int = 0

    def order(self, order: Stated, lines: Sequence[Stated]) -> None:
        """Notes one finished order, and its lines as stated."""
        self.known(order, lines)
        if order["status"] == "cancelled" and cannot_tell(order):
            self.cannot_tell += 1
        if order["counts"] and order["day"] is None:
            self.undated += 1

    def known(self, order: Stated, lines: Sequence[Stated]) -> None:
        """Notes the days and amounts of an order and its lines as stated, with its `counts`."""
        day = order.get("placed_day") or order.get("paid_day")
        if day is not None:
            if self.first_day is None or day < self.first_day:
                self.first_day = day
            if self.last_day is None or day > self.last_day:
                self.last_day = day
        if refunded_above(order, lines):
            self.refunded_above.append(order["order_id"])
        gap = identity_gap(order)
        if gap is not None:
            self.checked += 1
            if gap:
                self.gaps += 1
                if len(self.gap_orders) < NAMED:
                    self.gap_orders.append(order["order_id"])

    def add(self, other: Noticed) -> None:
        """Takes in what was noticed of later orders of the file."""
        self.first_day = min(filter(None, (self.first_day, other.first_day)), default=None)
        self.last_day = max(filter(None, (self.last_day, other.last_day)), default=None)
        self.checked += other.checked
        self.gaps += other.gaps
        self.gap_orders = [*self.gap_orders, *other.gap_orders][:NAMED]
        self.cannot_tell += other.cannot_tell
        self.refunded_above += other.refunded_above
        self.undated += other.undated


@dataclass
class Finished:
    """Rows of orders, lines and refunds, from how many file rows each order was made, and what was noticed."""

    orders: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    refunds: list[Row] = field(default_factory=list)
    file_rows: list[int] = field(default_factory=list)
    noticed: Noticed = field(default_factory=Noticed)


Told = Message | Finished  # what a reader says


def finished(message: Orders, finisher: Finisher, import_no: int) -> Finished:
    """The orders of one message as rows of the store."""
    done = Finished()
    for values, said, line, at, claim in message.said:
        order, lines, refunds = finisher.finish(values, said, import_no, line, at if said else (), claim=claim)
        done.orders.append(order)
        done.lines += lines
        if refunds:
            done.refunds += refunds
        done.file_rows.append(len(set(at)) or 1)
        done.noticed.order(finisher.order, said)
    return done
