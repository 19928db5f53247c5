"""The currency that an amount is written in, from the sign before it, for files that do not name it."""

from __future__ import annotations

import re
from collections.abc import Iterable

# `$` alone is the US dollar: provisional.
CURRENCIES = {
    "$": "USD", "US$": "USD", "£": "GBP", "€": "EUR", "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD",
    "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "MX$": "MXN", "R$": "BRL", "₹": "INR",
}  # fmt: skip
_SIGN = re.compile(r"\(?-?([A-Z]{0,3} ?[$£€₹])")


def currency_in(amounts: Iterable[str | None]) -> str | None:
    """The currency of the first of `amounts` that has a sign; None if it is none that we know."""
    for amount in amounts:
        if amount and (found := _SIGN.match(amount.strip())):
            return CURRENCIES.get(found[1].replace(" ", ""))
    return None
