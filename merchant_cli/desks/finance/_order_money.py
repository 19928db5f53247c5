"""What `settled`, `no-money` and `differing` share: their columns, the terms and the rows behind an order's money."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from merchant_cli.basics.money import plain
from merchant_cli.basics.moves import RULES
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.finance._moves import STATES, Bills, Paid, first_step, left_out, read
from merchant_cli.desks.finance._told import SOLD
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

MOVES = """
SELECT shop, account, move_id, amount_minor, currency, day, import_no, line FROM money_moves
WHERE order_shop = :shop AND order_id = :order_id ORDER BY day, shop, account, move_id
"""
ORIGIN = "SELECT import_no, line FROM orders WHERE shop = :shop AND order_id = :order_id"
EXPECTED = P("Expected", "应到账")
CAME = P("Came in", "已到账")
BACK = P("Refunded by the bill", "账单退款")
GAP = P("Difference", "差额")


def order_columns() -> tuple[Column, ...]:
    """Which order it is and what came of it; money in the order's own currency."""
    return (
        Column("shop", P("Shop", "店铺"), "id"),
        Column("order_id", P("Order", "订单号"), "id"),
        Column("day", P("Day of the sale", "成交日"), "day"),
        Column("currency", P("Currency", "币种"), "id"),
        Column("paid", P("Paid by the buyer", "买家实付"), "money"),
        Column("refunded", P("Refunded by the order", "订单退款"), "money"),
        Column("expected", EXPECTED, "money"),
        Column("came", CAME, "money"),
        Column("back", BACK, "money"),
        Column("costs", P("Fees", "费用"), "money"),
        Column("gap", GAP, "money"),
        Column("bill", P("Bill of", "账单来源"), "id"),
        Column("rule", P("Found by", "匹配依据"), "id", words=RULES),
        Column("last_day", P("Newest movement", "最近到账日"), "day"),
    )


def order_cells(one: Paid) -> tuple[Any, ...]:
    """The cells of `order_columns`."""
    return (
        one.shop, one.order_id, one.day, one.currency, one.paid, one.refunded, one.expected, one.came,
        one.back, one.costs, one.gap, one.bill, one.rule, one.last_day,
    )  # fmt: skip


STATE = Column("state", P("State", "状态"), "id", words=STATES)


def alerted(
    db: sqlite3.Connection, scope: Scope, found: list[tuple[Paid, str]] | None, states: tuple[str, ...],
    why: Callable[[Paid, str], Note], action: str, stake: Phrase,
) -> Answer:  # fmt: skip
    """The alert's answer: the orders that are in one of `states`, the largest difference first.

    at_stake: the difference without sign, in the base currency.
    """
    answer = Answer((*alert_columns(scope.currency, stake), *order_columns()), [], ("key",), scope.as_of,
                    scope.shops, scope.currency)  # fmt: skip
    if found is None:
        answer.notes.append(first_step(scope))
        return answer
    rates, rows = Rates(db, scope.as_of), []
    for one, state in found:
        if state in states:
            at_stake = in_base({one.currency: abs(one.gap or 0)}, scope.currency, rates)
            told = {"shop": one.shop, "order_id": one.order_id}
            subject = f"{one.shop} {one.order_id}"
            rows.append((one.key, subject, why(one, state), at_stake, None, action, told, *order_cells(one)))
    answer.rows = sorted(rows, key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    answer.notes = left_out([state for _, state in found])
    return answer


def explained(db: sqlite3.Connection, scope: Scope, key: str, past_days: int, question: str) -> Explanation:
    """The terms of the difference of one order, and the rows behind. Raises Problem no-such-row."""
    if scope.as_of is not None:
        bills = Bills(db, scope, past_days)
        for one in read(db, scope, bills, SOLD):
            if one.key == key:
                return Explanation(_terms(one), _behind(db, one))
    raise Problem("no-such-row", key=key, desk="finance", question=question)


def _terms(one: Paid) -> list[Term]:
    said = {"kind": "money", "unit": one.currency}
    expected = None if one.expected is None else -one.expected
    rest = None if one.gap is None or expected is None else one.gap - (one.came or 0) - (one.back or 0) - expected
    terms = [
        Term("gap", CAME, one.came or 0, "money", one.currency),
        Term("gap", BACK, one.back or 0, "money", one.currency),
        Term("gap", P("Expected: what the buyer paid less refunds", "应到账（实付减退款）"), expected, **said),  # type: ignore[arg-type]
    ]
    if rest:
        terms.append(
            Term("gap", P("Campaign costs, taxes and refunds", "营销、税费与退款"), rest, "money", one.currency)
        )
    return [*terms, Term("gap", GAP, one.gap, "money", one.currency, is_total=True)]


def _behind(db: sqlite3.Connection, one: Paid) -> list[Behind]:
    """The order and every movement that names it, those that tell the same money again too."""
    where = {"shop": one.shop, "order_id": one.order_id}
    found = [
        Behind("orders", f"{one.shop} {one.order_id}", one.day or "", import_no, line)
        for import_no, line in db.execute(ORIGIN, where)
    ]
    for shop, account, move, amount, currency, day, import_no, line in db.execute(MOVES, where):
        what = f"{day} {plain(amount or 0, currency)}"
        found.append(Behind("money_moves", f"{shop} {account} {move}", what, import_no, line))
    return found
