"""Money that came, order by order: what bills and settlements say of each order beside what the order came to."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Scope
from merchant_cli.desks.finance._told import BILLED, OPEN, SERVED
from merchant_cli.desks.scope import newest_day

P = Phrase

SEEN = "SELECT seen_at FROM orders WHERE shop = :shop AND order_id = :order_id"
STATES = {
    "agrees": P("agrees", "一致"),
    "waiting": P("not due yet", "未到结算期"),
    "not-covered": P("bills do not cover it", "账单未覆盖"),
    "no-bill": P("no bill of its kind", "没有相应账单"),
    "other-currency": P("paid in another currency", "结算币种不同"),
    "no-amount": P("amount not known", "金额未知"),
    "no-money": P("no money came", "未到账"),
    "short": P("less came", "少到账"),
    "over": P("more came", "多到账"),
}
HELP = {
    "done_days": P("Days after completion within which the money must have come", "交易完成后多少天内应到账"),
    "shipped_days": P(
        "Days after shipping within which it must have come, where no completion is known",
        "没有完成时间的订单，发货后多少天内应到账",
    ),
    "past_days": P("Days of orders that are looked at", "查看最近多少天的订单"),
}


class Paid(NamedTuple):
    """One order and its money, in minor units of `currency`; `came` and what follows are None where none was told.

    `paid` by the buyer; `due`: goods, shipping and tax, whoever paid; `received`: what the platform says it pays out;
    `tax` on top of the prices.
    `back` is below zero. `bill`: the account's shop; `rule`: how the order was found.
    """

    shop: str
    order_id: str
    day: str
    currency: str | None
    payment: str | None
    counts: int
    open: int
    shipped_day: str | None
    done_day: str | None
    paid: int | None
    due: int | None
    received: int | None
    tax: int | None
    refunded: int
    in_currency: str | None
    came: int | None
    back: int | None
    promoted: int | None
    taxed: int | None
    costs: int | None
    bill: str | None
    rule: str | None
    last_day: str | None

    @property
    def key(self) -> str:
        return f"order:{self.shop}/{self.order_id}"

    @property
    def sums(self) -> tuple[int, ...]:
        """What came on balance: the money of the order alone, with campaign costs, and with taxes besides."""
        own = (self.came or 0) + (self.back or 0)
        with_promotion = own + (self.promoted or 0)
        return own, with_promotion, with_promotion + (self.taxed or 0)

    @property
    def expected(self) -> int | None:
        """Of the order's own amounts the one that is nearest to what came; None if it states none."""
        if not self.counts:
            return 0
        gross = [amount - self.refunded for amount in self._gross]
        found = gross + ([self.received] if self.received is not None else [])
        return min(found, key=lambda amount: abs(self.sums[0] - amount), default=None)

    @property
    def gap(self) -> int | None:
        """What came less what was expected; None where it cannot be said. 0: some of the sums agree to the cent."""
        if self.expected is None or (self.in_currency or self.currency) != self.currency:
            return None
        if self.counts and self._agrees():
            return 0
        return self.sums[0] - self.expected

    @property
    def _gross(self) -> set[int]:
        """What the order came to, also without a tax that the marketplace keeps: its bill tells none on balance."""
        found = {amount for amount in (self.paid, self.due) if amount is not None}
        return found | {amount - self.tax for amount in found} if self.tax and not self.taxed else found

    def _agrees(self) -> bool:
        gross = self._gross
        net = {amount - self.refunded for amount in gross} | {self.received}
        back = self.back or 0
        return any(one in net or (back == 0 and self.came is not None and one in gross) for one in self.sums)


class Bills:
    """Which bills tell of which orders, and the days that they cover."""

    def __init__(self, db: sqlite3.Connection, scope: Scope, past_days: int) -> None:
        """The scope must have an as-of day. On the newest day bills count up to their own end: money comes later
        than orders."""
        assert scope.as_of is not None
        newest = scope.as_of == newest_day(db)
        self.db = db
        self.until = "9999-12-31" if newest else scope.as_of
        last = min(scope.as_of, scope.until or scope.as_of)
        self.span = {
            "first": max(days.add(scope.as_of, -past_days), scope.since or ""), "last": last, "until": self.until,
        }  # fmt: skip
        self.served: dict[tuple[str, str | None], set[str]] = defaultdict(set)
        for shop, payment, bill in db.execute(SERVED, self.span):
            self.served[shop, payment].add(bill)
        self.runs: dict[str, list[list[str]]] = defaultdict(list)  # first and last of days without a gap
        for shop, day in db.execute(BILLED):
            if day <= self.until:
                runs = self.runs[shop]
                if runs and days.add(runs[-1][1], 1) == day:
                    runs[-1][1] = day
                else:
                    runs.append([day, day])

    def state(self, one: Paid, done_days: int, shipped_days: int) -> str:
        """Which of STATES an order is in."""
        gap = one.gap
        if gap is None:
            return "no-amount" if one.expected is None else "other-currency"
        if gap == 0:
            return "agrees"
        if gap > 0:
            return "waiting" if not one.counts and self._older(one) else "over"
        if one.open or (one.back and self._older(one)):
            return "waiting"
        bills = self.served.get((one.shop, one.payment))
        if not bills:
            return "no-bill"
        length, since = (done_days, one.done_day) if one.done_day else (shipped_days, one.shipped_day or one.day)
        deadline = days.add(since or one.day, length)
        for bill in bills:
            if not any(first <= one.day and deadline <= last for first, last in self.runs[bill]):
                known = max((last for _, last in self.runs[bill]), default="")
                return "waiting" if deadline > known else "not-covered"
        return "short" if one.came or one.back else "no-money"

    def _older(self, one: Paid) -> bool:
        """Whether the newest file that holds the order is older than its money: it cannot know of it."""
        (seen,) = self.db.execute(SEEN, {"shop": one.shop, "order_id": one.order_id}).fetchone()
        return one.last_day is not None and days.day_of(seen, "UTC") < one.last_day


def read(db: sqlite3.Connection, scope: Scope, bills: Bills, sql: str) -> Iterator[Paid]:
    """The orders of the scope's shops that SOLD or OPEN finds."""
    for row in db.execute(sql, bills.span):
        if not scope.shops or row[0] in scope.shops:
            yield Paid(*row)


def to_look_at(
    db: sqlite3.Connection, scope: Scope, done_days: int, shipped_days: int, past_days: int
) -> list[tuple[Paid, str]] | None:
    """The orders whose money does not agree with them, and their state; None where no bill names an order yet.

    The last answer is kept: two alerts of one worklist ask alike. A change of the store asks anew.
    """
    revision = (db.total_changes, db.execute("PRAGMA data_version").fetchone()[0])
    return _to_look_at(db, revision, scope, done_days, shipped_days, past_days)


@lru_cache(maxsize=1)
def _to_look_at(
    db: sqlite3.Connection, revision: tuple[int, int], scope: Scope, done_days: int, shipped_days: int, past_days: int
) -> list[tuple[Paid, str]] | None:
    bills = Bills(db, scope, past_days) if scope.as_of else None
    if bills is None or not bills.served:
        return None
    return [(one, bills.state(one, done_days, shipped_days)) for one in read(db, scope, bills, OPEN)]


def first_step(scope: Scope) -> Note:
    if scope.as_of is None:
        return Note("no-orders", P(
            "No orders yet. Import an orders export first: `merchant import FILE`",
            "还没有订单。请先导入订单文件：`merchant import 文件`"))  # fmt: skip
    return Note("no-bills", P(
        "No bill names an order that is known here. Import the bills and settlements of your shops and of Alipay or"
        " WeChat Pay: `merchant import FILE`",
        "还没有能对应到订单的账单。请导入店铺账单、结算单和支付宝、微信账单：`merchant import 文件`"))  # fmt: skip


def left_out(states: list[str]) -> list[Note]:
    """How many orders could not be compared, and why."""
    said = {
        "not-covered": P(
            "{count} {count:order is|orders are} not judged: the bills do not cover all days on which the money could"
            " have come.", "{count} 个订单未作判断：账单没有覆盖可能到账的全部日期。"),
        "no-bill": P(
            "{count} {count:order is|orders are} not judged: no bill is known that tells of money paid that way.",
            "{count} 个订单未作判断：没有对应支付方式的账单。"),
        "other-currency": P(
            "{count} {count:order is|orders are} not compared: the money came in another currency.",
            "{count} 个订单未作比较：结算币种与订单不同。"),
    }  # fmt: skip
    return [Note(code, phrase, {"count": n}) for code, phrase in said.items() if (n := states.count(code))]
