"""The rule file `ship_by`: by when each platform wants an order shipped, when an unpaid one is gone, and the fine."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from merchant_cli.basics.days import is_day
from merchant_cli.basics.money import decimals
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules

P = Phrase

MILLION = 1_000_000
MOST_HOURS = 24 * 365


class Clock(NamedTuple):
    """From `day` on. `hours` from payment to shipping and `cancel_hours` from placing to closing; None: none set.

    The fine of one late order is `fine`, or `rate` (millionths) of what was paid, from `least` to `most`; minor
    units of `currency`. None: not known.
    """

    platform: str
    day: str
    hours: int | None
    cancel_hours: int | None
    fine: int | None
    rate: int | None
    least: int
    most: int | None
    currency: str | None
    sure: bool

    def fined(self, paid: int | None, currency: str | None) -> int | None:
        """The fine in minor units of `self.currency`; a share of money in another currency is not known."""
        if self.fine is not None:
            return self.fine
        if self.rate is None or paid is None or currency != self.currency:
            return None
        share = max(self.least, (paid * self.rate * 2 + MILLION) // (2 * MILLION))
        return share if self.most is None else min(share, self.most)


class Clocks:
    """The clocks by platform; the newest that began by a day holds."""

    def __init__(self, clocks: list[Clock], checked: str) -> None:
        self.checked = checked
        self._by: dict[str, list[Clock]] = {}
        for clock in sorted(clocks, key=lambda clock: clock.day):
            self._by.setdefault(clock.platform, []).append(clock)

    def on(self, shop: str, day: str) -> Clock | None:
        """The clock of `platform/name` on a day; None if there is none."""
        rows = [clock for clock in self._by.get(shop.partition("/")[0], ()) if clock.day <= day]
        return rows[-1] if rows else None


def load() -> tuple[Clocks, list[Note]]:
    """The clocks, and a note if the merchant's own file is faulty."""
    return rules.load("ship_by", _parse)


def _parse(table: dict[str, Any]) -> Clocks:
    rows = table.get("clock", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise rules.BadRule("[[clock]]", P("is no list of entries", "应为条目列表"))
    return Clocks([_clock(n, row) for n, row in enumerate(rows, 1)], str(table.get("checked", "")))


def _clock(n: int, row: dict[str, Any]) -> Clock:
    entry = f"[[clock]] {n}"
    for name in ("platform", "from"):
        if not isinstance(row.get(name), str):
            raise rules.BadRule(entry, P(f"{name} is missing or not in quotes", f"缺少 `{name}`，或未加引号"))
    if not is_day(row["from"]):
        raise rules.BadRule(entry, P("from is no day like 2026-11-14", "`from` 不是 2026-11-14 这样的日期"))
    currency = row.get("currency")
    money = {name: _amount(entry, name, row.get(name), currency) for name in ("fine", "fine_least", "fine_most")}
    return Clock(
        row["platform"], row["from"], _hours(entry, "hours", row), _hours(entry, "cancel_hours", row),
        money["fine"], _share(entry, row.get("fine_rate")), money["fine_least"] or 0, money["fine_most"], currency,
        row.get("sure") is not False,
    )  # fmt: skip


def _hours(entry: str, name: str, row: dict[str, Any]) -> int | None:
    hours = row.get(name)
    if hours is None:
        return None
    if type(hours) is not int or not 0 < hours <= MOST_HOURS:
        why = P(f"{name} is no whole number from 1 to {MOST_HOURS}", f"`{name}` 应为 1 到 {MOST_HOURS} 的整数")
        raise rules.BadRule(entry, why)
    return hours


def _number(entry: str, name: str, said: object) -> Decimal | None:
    """A number in quotes; raises BadRule unless it is a finite one of 0 or more."""
    if said is None:
        return None
    try:
        number = Decimal(said) if isinstance(said, str) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number <= MILLION:
        raise rules.BadRule(entry, P(f"{name} is no number in quotes", f"`{name}` 应为引号内的数字"))
    return number


def _amount(entry: str, name: str, said: object, currency: object) -> int | None:
    number = _number(entry, name, said)
    if number is None:
        return None
    if not isinstance(currency, str):
        raise rules.BadRule(entry, P(f"{name} has no currency", f"`{name}` 缺少币种"))
    return int(number * 10 ** decimals(currency))


def _share(entry: str, said: object) -> int | None:
    number = _number(entry, "fine_rate", said)
    if number is not None and number > 1:
        raise rules.BadRule(entry, P("fine_rate lies outside 0 to 1", "`fine_rate` 不在 0 到 1 之间"))
    return None if number is None else int(number * MILLION)
