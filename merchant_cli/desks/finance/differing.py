"""For which orders more or less money came than they came to."""

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

SHORT = P("{came} {currency} came, {gap} less than the {expected} of the order; fees are not the reason.",
          "到账 {came} {currency}，比订单的 {expected} 少 {gap}，且与手续费无关。")  # fmt: skip
OVER = P("{came} {currency} came, {gap} more than the {expected} of the order.",
         "到账 {came} {currency}，比订单的 {expected} 多 {gap}。")  # fmt: skip
NO_SALE = P("{came} {currency} came for an order that is closed or was never paid.",
            "订单已关闭或未付款，却有 {came} {currency} 到账。")  # fmt: skip


def explain(
    db: sqlite3.Connection, scope: Scope, key: str, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 90
) -> Explanation:
    """The terms of the difference and the rows behind. Raises Problem no-such-row."""
    return explained(db, scope, key, past_days, "differing")


@finance.alert(
    P("Another amount came", "到账金额不符"), action="check-amount", at_stake="cash_out", explain=explain, help=HELP
)
def differing(
    db: sqlite3.Connection, scope: Scope, *, done_days: int = 7, shipped_days: int = 30, past_days: int = 90
) -> Answer:
    """Orders for which the money that came is not what they came to, beyond fees.

    Compared is what came before fees (sales, subsidies and refunds of the bill) with what the buyer paid, or goods +
    shipping + tax whoever paid, less refunds, or with what the platform says it pays out; one of them to the cent is
    enough, with campaign costs and taxes or without. Less is listed once the time has passed (`done_days` after
    completion, else `shipped_days` after shipping) and the bills cover it; more at once, also money of an order that
    is closed or was never paid. An order whose newest file is older than its refund waits. at_stake = the difference
    without sign, in the base currency.
    """
    found = to_look_at(db, scope, done_days, shipped_days, past_days)
    return alerted(db, scope, found, ("short", "over"), _why, "check-amount", P("Difference", "差额"))


def _why(one: Paid, state: str) -> Note:
    amounts = {"came": one.sums[0], "gap": abs(one.gap or 0), "expected": one.expected or 0}
    params = {name: plain(amount, one.currency) for name, amount in amounts.items()}
    code = state if one.counts else "no-sale"
    phrase = {"short": SHORT, "over": OVER, "no-sale": NO_SALE}[code]
    return Note(code, phrase, params | {"currency": one.currency or ""})
