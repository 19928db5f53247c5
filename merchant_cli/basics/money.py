"""Money: integer minor units and a currency."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

# ISO 4217 currencies whose minor unit is not a hundredth.
_DECIMALS = {
    "BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0,
    "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
    "BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}  # fmt: skip

_COMMA = re.compile(r"-?\d+,\d{1,2}", re.ASCII)  # three digits behind the comma would be thousands as well


def decimals(currency: str | None) -> int:
    """Digits after the point of `currency` (ISO 4217); 2 if unknown."""
    return _DECIMALS.get(currency or "", 2)


def major(minor: int, currency: str | None) -> int | float:
    """Minor units as a number in major units, for JSON: exact to the currency's decimals."""
    places = decimals(currency)
    return minor if places == 0 else round(minor / 10**places, places)


def plain(minor: int, currency: str | None) -> str:
    """Minor units as `-1234.50`, without thousands separators: for CSV."""
    places = decimals(currency)
    sign, digits = "-" if minor < 0 else "", str(abs(minor)).rjust(places + 1, "0")
    return sign + (digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}")


def comma_decimals(amounts: Iterable[str]) -> bool:
    """Whether amounts that one program wrote have a decimal comma: one of them proves it, and none has a point."""
    said = [amount.strip() for amount in amounts]
    return any(_COMMA.fullmatch(amount) for amount in said) and not any("." in amount for amount in said)


def shown(minor: int, currency: str | None) -> str:
    """Minor units for people: `1,234.50`; the currency stands in the column's header."""
    text = plain(abs(minor), currency)
    whole, point, rest = text.partition(".")
    return ("-" if minor < 0 else "") + f"{int(whole):,}" + point + rest


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """`total` split in proportion to `weights` (non-negative integers), the parts adding up to it exactly.

    What rounding down leaves goes unit by unit to the largest remainders, ties to the earlier weight
    (Hamilton's method). All weights zero count as equal.
    """
    if total < 0:
        return [-part for part in largest_remainder(-total, weights)]
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    if left:
        order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
        for i in order[:left]:
            parts[i] += 1
    return parts
