"""Money in bills and settlements whose order is not known."""

from __future__ import annotations

import sqlite3
from typing import Any, NamedTuple

from merchant_cli.basics.money import plain
from merchant_cli.basics.moves import RULES
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term, alert_columns
from merchant_cli.desks.finance import finance
from merchant_cli.desks.finance._moves import Bills, first_step
from merchant_cli.desks.finance._told import CLASS, KEPT
from merchant_cli.desks.sales import Rates, in_base

P = Phrase

# By the order's number that a bill names; of the logs that tell the same money the first.
UNKNOWN = f"""
WITH told AS (
  SELECT shop, order_id, currency, {CLASS} AS class, sum(amount_minor) AS amount, count(*) AS moves,
    min(day) AS first_day, max(day) AS last_day, min(account) AS account,
    coalesce(min(CASE WHEN kind IN ('sale', 'subsidy', 'refund') THEN rule END), min(rule)) AS rule,
    max(orders_found) AS orders_found
  FROM money_moves
  WHERE order_id IS NOT NULL AND order_shop IS NULL AND kind NOT IN ({KEPT}) AND day BETWEEN :first AND :until
  GROUP BY shop, order_id, currency, {CLASS}
)
SELECT shop, account, order_id, currency, amount, moves, first_day, last_day, rule, orders_found FROM (
  SELECT shop, account, order_id, currency, amount, moves, first_day, last_day, rule, orders_found,
    row_number() OVER (PARTITION BY shop, order_id ORDER BY class, currency) AS n FROM told
) AS ranked WHERE n = 1
"""
# Money of sales for which the bill names no order at all.
NAMELESS = f"""
SELECT shop, account, move_id, currency, amount_minor, 1, day, day, NULL, 0 FROM money_moves
WHERE order_id IS NULL AND kind IN ('sale', 'refund', 'subsidy') AND amount_minor <> 0
  AND day BETWEEN :first AND :until AND {CLASS} < 2
"""
ANY = "SELECT 1 FROM money_moves LIMIT 1"
MOVES = """
SELECT account, move_id, amount_minor, currency, day, import_no, line FROM money_moves
WHERE shop = :shop AND (order_id = :name OR (order_id IS NULL AND account = :account AND move_id = :name))
ORDER BY day, account, move_id
"""
NONE = P("{amount} {currency} of {day} name order {name}, which no orders file has.",
         "{day} 的 {amount} {currency} 对应订单 {name}，订单文件中没有这个订单。")  # fmt: skip
SEVERAL = P("{amount} {currency} of {day} name order {name}, which several shops have.",
            "{day} 的 {amount} {currency} 对应订单 {name}，有多个店铺存在这个订单号，无法确定。")  # fmt: skip
NO_NUMBER = P("{amount} {currency} of {day} name no order.", "{day} 的 {amount} {currency} 没有订单号。")
FOUND = {
    "unknown": P("order not known", "找不到订单"),
    "ambiguous": P("ambiguous", "无法确定"),
    "no-number": P("no order named", "没有订单号"),
}
HELP = {"past_days": P("Days of bills that are looked at", "查看最近多少天的账单")}


class Unmatched(NamedTuple):
    """Movements of one order's number, or one movement without a number. Signed money in minor units."""

    shop: str
    account: str
    name: str
    currency: str | None
    amount: int | None
    moves: int
    first_day: str
    last_day: str
    rule: str | None
    orders_found: int
    numbered: bool

    @property
    def key(self) -> str:
        return f"bill:{self.shop}/{self.name}" if self.numbered else f"bill:{self.shop}/{self.account}/{self.name}"

    @property
    def found(self) -> str:
        return "no-number" if not self.numbered else "ambiguous" if self.orders_found > 1 else "unknown"


def _read(db: sqlite3.Connection, scope: Scope, past_days: int) -> tuple[list[Unmatched], dict[str, int]]:
    """The movements without an order, and by shop how many are left out because none of its bill finds one."""
    bills = Bills(db, scope, past_days)
    known = {bill for bills_of in bills.served.values() for bill in bills_of}
    found: list[Unmatched] = []
    left: dict[str, int] = {}
    for sql, numbered in ((UNKNOWN, True), (NAMELESS, False)):
        for row in db.execute(sql, bills.span):
            one = Unmatched._make((*row, numbered))
            if scope.shops and one.shop not in scope.shops:
                continue
            if one.shop in known:
                found.append(one)
            else:
                left[one.shop] = left.get(one.shop, 0) + one.moves
    return found, left


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, past_days: int = 90) -> Explanation:
    """The movements that add up to the row. Raises Problem no-such-row."""
    for one in _read(db, scope, past_days)[0] if scope.as_of else []:
        if one.key == key:
            return _explained(db, one)
    raise Problem("no-such-row", key=key, desk="finance", question="unmatched")


def _explained(db: sqlite3.Connection, one: Unmatched) -> Explanation:
    behind = []
    for account, move, amount, currency, day, import_no, line in db.execute(
        MOVES, {"shop": one.shop, "account": one.account, "name": one.name}
    ):
        what = f"{day} {plain(amount or 0, currency)}"
        behind.append(Behind("money_moves", f"{one.shop} {account} {move}", what, import_no, line))
    total = Term("amount", P("Amount", "金额"), one.amount, "money", one.currency, is_total=True)
    part = Term("amount", P("Movements of the bill", "账单金额"), one.amount, "money", one.currency)
    return Explanation([part, total], behind)


@finance.alert(P("Money without an order", "账单无对应订单"), action="find-order", at_stake="cash_out", explain=explain,
               help=HELP)  # fmt: skip
def unmatched(db: sqlite3.Connection, scope: Scope, *, past_days: int = 90) -> Answer:
    """Movements of bills and settlements whose order is not known: the number is in no orders file, in those of
    several shops, or (of sales, subsidies and refunds only) the bill names none.

    A row for each order's number, its movements added up with their signs; of logs that tell the same money one.
    Transfers, withdrawals, deposits and purchases belong to no order and are left out. Bills of which no movement at
    all finds an order are counted in a note: there the orders file is missing. Looked at are the last `past_days`
    days; on the newest as-of day to the bills' own end. How an order is found: `merchant finance settled`.
    at_stake = the amount without its sign in the base currency.
    """
    answer = Answer(_columns(scope.currency), [], ("key",), scope.as_of, scope.shops, scope.currency)
    if scope.as_of is None:
        answer.notes.append(first_step(scope))
        return answer
    found, left = _read(db, scope, past_days)
    if not found and not left and not db.execute(ANY).fetchone():
        answer.notes.append(first_step(scope))
        return answer
    rates = Rates(db, scope.as_of)
    rows = [_row(one, scope.currency, rates) for one in found]
    answer.rows = sorted(rows, key=lambda row: (row[3] is None, -(row[3] or 0), row[0]))
    answer.notes = [Note("no-orders-of", P(
        "{count} {count:movement|movements} of {shop} {count:names|name} orders of which none is known: import the"
        " orders of that shop.", "{shop} 的 {count} 笔账单所对应的订单都不在库中：请导入该店铺的订单文件。"),
        {"shop": shop, "count": count}) for shop, count in sorted(left.items())]  # fmt: skip
    return answer


def _columns(currency: str | None) -> tuple[Column, ...]:
    return (
        *alert_columns(currency, P("Amount without its sign", "金额（不计正负）")),
        Column("shop", P("Bill of", "账单来源"), "id"),
        Column("account", P("Account", "账户"), "id"),
        Column("order_id", P("Order named", "账单中的订单号"), "id"),
        Column("found", P("State", "状态"), "id", words=FOUND),
        Column("rule", P("Found by", "匹配依据"), "id", words=RULES),
        Column("amount", P("Amount", "金额"), "money"),
        Column("currency", P("Currency", "币种"), "id"),
        Column("moves", P("Movements", "笔数"), "count"),
        Column("first_day", P("From", "起始日"), "day"),
        Column("last_day", P("To", "截止日"), "day"),
    )


def _row(one: Unmatched, base: str | None, rates: Rates) -> tuple[Any, ...]:
    phrase = {"unknown": NONE, "ambiguous": SEVERAL, "no-number": NO_NUMBER}[one.found]
    amount = plain(one.amount or 0, one.currency)
    why = Note(one.found, phrase, {
        "amount": amount, "currency": one.currency or "", "day": one.last_day, "name": one.name,
    })  # fmt: skip
    stake = None if one.amount is None else in_base({one.currency: abs(one.amount)}, base, rates)
    named = one.name if one.numbered else None
    told = {"shop": one.shop, "account": one.account, "name": one.name}
    return (
        one.key, f"{one.shop} {one.name}", why, stake, None, "find-order", told, one.shop, one.account, named,
        one.found, one.rule, one.amount, one.currency, one.moves, one.first_day, one.last_day,
    )  # fmt: skip
