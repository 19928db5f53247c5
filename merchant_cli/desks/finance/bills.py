"""What the bills and settlements tell, by kind, and how much of it found its order."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from merchant_cli.basics.money import plain
from merchant_cli.basics.moves import AGAIN, COST, INCOME, OPEN, STAYS, WORDS
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note, Problem
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Scope, Term
from merchant_cli.desks.finance import finance
from merchant_cli.desks.finance._moves import first_step
from merchant_cli.desks.scope import newest_day

P = Phrase

MOVES = """
SELECT shop, account, kind, currency, count(*), sum(amount_minor), count(order_shop),
  sum(CASE WHEN order_id IS NOT NULL AND orders_found = 0 THEN 1 ELSE 0 END),
  sum(CASE WHEN orders_found > 1 THEN 1 ELSE 0 END),
  sum(CASE WHEN order_id IS NULL THEN 1 ELSE 0 END), min(day), max(day)
FROM money_moves WHERE day BETWEEN :first AND :until
GROUP BY shop, account, kind, currency ORDER BY shop, account, kind, currency
"""
BEHIND = """
SELECT move_id, day, amount_minor, order_id, import_no, line FROM money_moves
WHERE shop = :shop AND account = :account AND kind = :kind AND currency = :currency AND day BETWEEN :first AND :until
ORDER BY day, move_id LIMIT :most
"""
MOST = 200  # movements listed behind a row
SIDES = {
    INCOME: P("income", "收入"), COST: P("cost", "成本费用"), STAYS: P("neither", "不计收支"),
    OPEN: P("open", "未说明"),
}  # fmt: skip
HELP = {"past_days": P("Days of bills that are looked at", "查看最近多少天的账单")}
COLUMNS = (
    Column("key", P("Key", "编号"), "id"),
    Column("shop", P("Bill of", "账单来源"), "id"),
    Column("account", P("Account", "账户"), "id"),
    Column("kind", P("Kind", "类型"), "id", words={kind: one.title for kind, one in WORDS.items()}),
    Column("side", P("Side", "收支"), "id", words=SIDES),
    Column("again", P("Told again", "重复记载"), "flag"),
    Column("currency", P("Currency", "币种"), "id"),
    Column("moves", P("Movements", "笔数"), "count"),
    Column("amount", P("Amount", "金额"), "money"),
    Column("matched", P("With their order", "已匹配订单"), "count"),
    Column("unknown", P("Order not known", "找不到订单"), "count"),
    Column("ambiguous", P("Ambiguous", "无法确定"), "count"),
    Column("no_number", P("No order named", "没有订单号"), "count"),
    Column("match_rate", P("Match rate", "匹配率"), "rate"),
    Column("first_day", P("From", "起始日"), "day"),
    Column("last_day", P("To", "截止日"), "day"),
)


def _span(db: sqlite3.Connection, scope: Scope, past_days: int) -> dict[str, str] | None:
    """The days of the movements; on the newest as-of day to the bills' own end."""
    window = scope.window(past_days)
    if window is None:
        return None
    to_the_end = scope.as_of == newest_day(db) and scope.until is None
    return {"first": window[0], "until": "9999-12-31" if to_the_end else window[1]}


def explain(db: sqlite3.Connection, scope: Scope, key: str, *, past_days: int = 90) -> Explanation:
    """The amount, and the first of its movements. Raises Problem no-such-row."""
    row = next((row for row in bills(db, scope, past_days=past_days).rows if row[0] == key), None)
    span = _span(db, scope, past_days)
    if row is None or span is None:
        raise Problem("no-such-row", key=key, desk="finance", question="bills")
    _, shop, account, kind, _, _, currency, *_ = row
    asked = span | {"shop": shop, "account": account, "kind": kind, "currency": currency, "most": MOST}
    behind = [
        Behind(
            "money_moves",
            f"{shop} {account} {move}",
            f"{day} {plain(amount or 0, currency)} {order or ''}".rstrip(),
            import_no,
            line,
        )
        for move, day, amount, order, import_no, line in db.execute(BEHIND, asked)
    ]
    term = Term("amount", WORDS[kind].title if kind in WORDS else P(kind, kind), row[8], "money", currency)
    return Explanation([term, Term("amount", P("Amount", "金额"), row[8], "money", currency, is_total=True)], behind)


@finance.question(P("Bills by kind", "账单汇总"), explain=explain, help=HELP)
def bills(db: sqlite3.Connection, scope: Scope, *, past_days: int = 90) -> Answer:
    """What bills and settlements tell in the last `past_days` days (`--since`, `--until`: days of the movements), by
    account, kind and currency.

    amount: signed, what comes in is positive, in the row's currency. side: income, cost, open where the bill does not
    say, or neither: transfers, withdrawals, deposits and purchases, where the money stays the merchant's.
    again: the account tells money that another tells too; the totals in the notes leave it out wherever its shop has
    an account of its own. match_rate = movements whose order is known ÷ movements that name an order. How an order is
    found: `merchant finance settled`; what is not found: `merchant finance unmatched`.
    """
    answer = Answer(COLUMNS, [], ("key",), scope.as_of, scope.shops, None)
    span = _span(db, scope, past_days)
    if span is None:
        answer.notes.append(first_step(scope))
        return answer
    found = [row for row in db.execute(MOVES, span) if not scope.shops or row[0] in scope.shops]
    answer.rows = [_row(row) for row in found]
    answer.notes = _totals(found) if found else [first_step(scope)]
    return answer


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    shop, account, kind, currency, moves, amount, matched, unknown, ambiguous, no_number, first, last = row
    named = matched + unknown + ambiguous
    return (
        f"{shop}/{account}/{kind}/{currency or ''}", shop, account, kind, _side(kind), int(account in AGAIN), currency,
        moves, amount, matched, unknown, ambiguous, no_number, matched / named if named else None, first, last,
    )  # fmt: skip


def _side(kind: str) -> str:
    return WORDS[kind].side if kind in WORDS else OPEN


def _totals(found: list[tuple[Any, ...]]) -> list[Note]:
    """Income, cost, neither and open by currency, each money once."""
    first_hand = {row[0] for row in found if row[1] not in AGAIN}
    sums: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SIDES, 0))
    for shop, account, kind, currency, _, amount, *_ in found:
        if account not in AGAIN or (account == "settlement" and shop not in first_hand):
            sums[currency or ""][_side(kind)] += amount or 0
    return [
        Note("totals", P(
            "{currency}: income {income}, cost {cost}; {open} of which the bill does not say; {neither} moved between"
            " own accounts.",
            "{currency}：收入 {income}，成本费用 {cost}，未说明 {open}；账户间往来 {neither}（不计收支）。"),
            {"currency": currency} | {side: plain(amount, currency or None) for side, amount in of.items()})
        for currency, of in sorted(sums.items())
    ]  # fmt: skip
