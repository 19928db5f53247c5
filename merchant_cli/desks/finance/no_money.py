"""Which orders were delivered, and no money came for them."""

from __future__ import annotations

import sqlite3

from merchant_cli.basics.money import plain
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Explanation, Scope
from merchant_cli.desks.finance import finance
from merchant_cli.desks.finance._moves import HELP, Paid, to_look_at
from merchant_cli.desks.finance._order_money import alerted, explained

P = Phrase

DONE = P("Completed {day}; {amount} {currency} should have come, and no bill names the order.",
         "{day} 交易完成，应到账 {amount} {currency}，账单中没有这个订单。")  # fmt: skip
SHIPPED = P("Shipped {day}; {amount} {currency} should have come, and no bill names the order.",
            "{day} 发货，应到账 {amount} {currency}，账单中没有这个订单。")  # fmt: skip


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 90
) -> Explanation:
    """The terms of the difference and the rows behind. Raises Problem no-such-row."""
    return explained(db, scope, key, past_days, "no-money")


@finance.alert(P("No money came", "订单未到账"), action="claim-money", at_stake="cash_out", explain=explain, help=HELP)
def no_money(
    db: sqlite3.Connection, scope: Scope, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 90
) -> Answer:
    """Orders that are completed for more than `done_days`, or shipped for more than `shipped_days`, and for which no
    bill tells of money.

    Judged are only orders of a shop and way of payment of which bills tell money of other orders, and where these
    bills cover every day from the sale to the end of that time; the rest is counted in a note. What is expected is
    paid by the buyer less refunds; an order that was refunded in full expects nothing. How orders and bills are
    joined: `merchant finance settled`. at_stake = the expected money in the base currency.
    """
    found = to_look_at(db, scope, done_days, shipped_days, past_days)
    return alerted(db, scope, found, ("no-money",), _why, "claim-money", P("Money that did not come", "未到账金额"))


def _why(one: Paid, state: str) -> Note:
    params = {"day": one.done_day or one.shipped_day or one.day, "amount": plain(one.expected or 0, one.currency),
              "currency": one.currency or ""}  # fmt: skip
    return Note("done" if one.done_day else "shipped", DONE if one.done_day else SHIPPED, params)
