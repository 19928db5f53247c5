"""What a platform keeps of a sale: the dated rule file `fees`, an estimate unless the merchant put his own terms in."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from merchant_cli.basics.days import is_day
from merchant_cli.basics.money import decimals
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import rules

P = Phrase


class Fee(NamedTuple):
    """From `day` on: `rate` as millionths of the goods' money, `fixed` minor units of `currency` per order."""

    platform: str
    day: str
    rate: int
    fixed: int
    currency: str | None
    about: str


class Fees:
    """Fee schedules by platform; the newest that began by a day holds."""

    def __init__(self, fees: list[Fee], checked: str) -> None:
        self.checked = checked
        self._by: dict[str, list[Fee]] = {}
        for fee in sorted(fees, key=lambda fee: fee.day):
            self._by.setdefault(fee.platform, []).append(fee)

    def on(self, shop: str, day: str) -> Fee | None:
        """The schedule of `platform/name` on a day; None if there is none."""
        rows = [fee for fee in self._by.get(shop.partition("/")[0], ()) if fee.day <= day]
        return rows[-1] if rows else None

    def of(self, shop: str, day: str, sold: int, currency: str | None, orders: int = 1) -> int | None:
        """The fee of `sold` minor units of `currency` in `orders` orders, rounded half up; None: no schedule.

        A fixed part in another currency is left out, since no rate is known here.
        """
        fee = self.on(shop, day)
        if fee is None:
            return None
        fixed = fee.fixed * orders if fee.currency == currency else 0
        return (sold * fee.rate * 2 + 1_000_000) // 2_000_000 + fixed


def load() -> tuple[Fees, list[Note]]:
    """The schedules, and a note if the merchant's own file is faulty."""
    return rules.load("fees", _parse)


def _parse(table: dict[str, Any]) -> Fees:
    return Fees([_fee(n, row) for n, row in enumerate(table.get("fee", []), 1)], str(table.get("checked", "")))


def _fee(n: int, row: dict[str, Any]) -> Fee:
    entry = f"[[fee]] {n}"
    for name in ("platform", "from", "rate"):
        if not isinstance(row.get(name), str):
            raise rules.BadRule(entry, P(f"{name} is missing or not in quotes", f"缺少 `{name}`，或未加引号"))
    if not is_day(row["from"]):
        raise rules.BadRule(entry, P("from is no day like 2026-11-14", "`from` 不是 2026-11-14 这样的日期"))
    try:
        rate, fixed = Decimal(row["rate"]), Decimal(row.get("fixed", "0"))
    except InvalidOperation:
        raise rules.BadRule(entry, P("rate or fixed is no number", "`rate` 或 `fixed` 不是数字")) from None
    if not 0 <= rate < 1 or fixed < 0:
        raise rules.BadRule(
            entry, P("rate lies outside 0 to 1, or fixed is negative", "`rate` 不在 0 到 1 之间，或 `fixed` 为负")
        )
    currency = row.get("currency")
    minor = int(fixed * 10 ** decimals(currency)) if currency else 0
    return Fee(row["platform"], row["from"], int(rate * 1_000_000), minor, currency, str(row.get("about", "")))
