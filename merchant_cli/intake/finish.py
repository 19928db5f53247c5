"""Makes finished rows of what a file says of its orders, and notes what the receipt should tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from merchant_cli.intake.job import Orders
from merchant_cli.store.order_set import Finisher, Row, Stated, cannot_tell, identity_gap, refunded_above


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

    def order(self, order: Stated, lines: Sequence[Stated]) -> None:
        """Notes one finished order, and its lines as stated."""
        self.known(order, lines)
        if order["status"] == "cancelled" and cannot_tell(order):
            self.cannot_tell += 1

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
                if len(self.gap_orders) < 5:
                    self.gap_orders.append(order["order_id"])


def finished(
    message: Orders, finisher: Finisher, import_no: int, noticed: Noticed
) -> tuple[list[Row], list[Row], list[Row], list[int]]:
    """Rows of orders, lines and refunds, and from how many file rows each order was made."""
    orders: list[Row] = []
    lines: list[Row] = []
    refunds: list[Row] = []
    file_rows = []
    for values, said, line, at, claim in message.said:
        order, its_lines, its_refunds = finisher.finish(values, said, import_no, line, at if said else (), claim=claim)
        orders.append(order)
        lines += its_lines
        if its_refunds:
            refunds += its_refunds
        file_rows.append(len(set(at)) or 1)
        noticed.order(finisher.order, said)
    return orders, lines, refunds, file_rows
