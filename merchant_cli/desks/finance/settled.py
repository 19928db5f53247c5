"""Each order beside the money that came for it."""

from __future__ import annotations

import sqlite3

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Answer, Column, Explanation, Scope
from merchant_cli.desks.finance import finance
from merchant_cli.desks.finance._moves import HELP, Bills, first_step, left_out, read
from merchant_cli.desks.finance._order_money import STATE, explained, order_cells, order_columns
from merchant_cli.desks.finance._told import SOLD

P = Phrase

COLUMNS = (Column("key", P("Key", "编号"), "id"), STATE, *order_columns())


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 30
) -> Explanation:
    """The terms of the difference and the rows behind. Raises Problem no-such-row."""
    return explained(db, scope, key, past_days, "settled")


@finance.question(P("Orders and their money", "订单对账"), explain=explain, help=HELP)
def settled(
    db: sqlite3.Connection, scope: Scope, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 30
) -> Answer:
    """The orders of the last `past_days` days (`--since`, `--until`: days of the sale) with the money that bills and
    settlements tell of them.

    An order is found by its number in the bill (column `rule` says where it stood), in the bill's own shop, else in
    the one shop of its platform, or of any platform for Alipay, WeChat Pay, Stripe, PayPal and own sheets in the same
    currency, that has it. Transfers, withdrawals, deposits and purchases are never counted. Where several logs tell
    the same money, one is added up: the account's own, else the settlement, else the ledger.
    came = sales + subsidies, back = refunds (below zero), costs = fees and the like, all signed. expected = what the
    buyer paid, or goods + shipping + tax whoever paid, less refunds; or what the platform says it pays out: the one
    nearest to what came. gap = came + back − expected; it is 0 where what came, with campaign costs and taxes or
    without, is one of these amounts to the cent. Each row in the currency of its order.
    States: agrees; waiting (less than `done_days` after completion, else `shipped_days` after shipping); no-money;
    short; over; and not-covered, no-bill, other-currency, no-amount where nothing can be said. On the newest as-of
    day bills are read to their own end.
    """
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, None)
    bills = Bills(db, scope, past_days) if scope.as_of else None
    if bills is None or not bills.served:
        answer.notes.append(first_step(scope))
        return answer
    found = [(one, bills.state(one, done_days, shipped_days)) for one in read(db, scope, bills, SOLD)]
    answer.rows = sorted((one.key, state, *order_cells(one)) for one, state in found)
    answer.notes = left_out([state for _, state in found])
    return answer
