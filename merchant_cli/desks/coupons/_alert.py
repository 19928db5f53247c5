"""What the questions of this desk share: the columns of every alert, first steps, and rates that are missing."""

from __future__ import annotations

from collections.abc import Iterable

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks.base import Answer, Column, Scope, alert_columns

P = Phrase

FIRST_STEP = Note("no-orders", P(
    "No orders yet. Import an orders export first: `merchant import FILE`",
    "还没有订单。请先导入订单文件：`merchant import 文件`"))  # fmt: skip
NO_COUPONS = Note("no-coupons", P(
    "No coupons yet. Import a shop's discount export, or fill your own sheet:"
    " `merchant template coupons -o coupons.xlsx`",
    "还没有优惠券。请导入店铺的折扣文件，或填写自己的优惠券表："
    "`merchant template coupons -o coupons.xlsx`"))  # fmt: skip


def columns(currency: str | None, *more: Column) -> tuple[Column, ...]:
    """The columns that every alert has, then its own; the stake is in the base currency."""
    return (
        *alert_columns(currency),
        *more,
    )


def empty(shown: tuple[Column, ...], scope: Scope) -> Answer:
    """An answer without rows; without an as-of day it says what to import first."""
    notes = [FIRST_STEP] if scope.as_of is None else []
    return Answer(shown, [], ("key",), scope.as_of, scope.shops, scope.currency, notes)


def no_rate(currencies: Iterable[str | None]) -> list[Note]:
    """A note that names the currencies whose rate is missing."""
    names = sorted(currency or "?" for currency in currencies)
    said = P("No rate for {currencies}: amounts there have no sum. `merchant rates set`",
             "缺少 {currencies} 的汇率，相关金额无法合计。`merchant rates set`")  # fmt: skip
    return [Note("no-rate", said, {"currencies": ", ".join(names)})] if names else []
