"""What Amazon's files share: marketplaces with their zones and currencies of two decimals, and on which of them prices
are quoted without tax."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from merchant_cli.basics.days import day_of

# By `sales-channel`, in lower case. Amazon's North American marketplaces keep Pacific time.
ZONES = {
    "amazon.com": "America/Los_Angeles",
    "amazon.ca": "America/Los_Angeles",
    "amazon.com.mx": "America/Los_Angeles",
    "amazon.com.br": "America/Sao_Paulo",
    "amazon.co.uk": "Europe/London",
    "amazon.ie": "Europe/Dublin",
    "amazon.de": "Europe/Berlin",
    "amazon.fr": "Europe/Paris",
    "amazon.it": "Europe/Rome",
    "amazon.es": "Europe/Madrid",
    "amazon.nl": "Europe/Amsterdam",
    "amazon.com.be": "Europe/Brussels",
    "amazon.se": "Europe/Stockholm",
    "amazon.pl": "Europe/Warsaw",
    "amazon.com.tr": "Europe/Istanbul",
    "amazon.ae": "Asia/Dubai",
    "amazon.sa": "Asia/Riyadh",
    "amazon.eg": "Africa/Cairo",
    "amazon.co.za": "Africa/Johannesburg",
    "amazon.in": "Asia/Kolkata",
    "amazon.co.jp": "Asia/Tokyo",
    "amazon.sg": "Asia/Singapore",
    "amazon.com.au": "Australia/Sydney",
}
CURRENCIES = {
    "amazon.com": "USD", "amazon.ca": "CAD", "amazon.com.mx": "MXN", "amazon.com.br": "BRL", "amazon.co.uk": "GBP",
    **dict.fromkeys(("amazon.ie", "amazon.de", "amazon.fr", "amazon.it", "amazon.es", "amazon.nl", "amazon.com.be"),
                    "EUR"),
    "amazon.se": "SEK", "amazon.pl": "PLN", "amazon.com.tr": "TRY", "amazon.ae": "AED", "amazon.sa": "SAR",
    "amazon.eg": "EGP", "amazon.co.za": "ZAR", "amazon.in": "INR", "amazon.sg": "SGD", "amazon.com.au": "AUD",
}  # fmt: skip
FBA = "FBA"  # the location of what Amazon keeps and ships
TAX_ON_TOP = frozenset({"amazon.com", "amazon.ca"})


def market(channel: str | None) -> str:
    """A marketplace as `ZONES` names it; `SI CA Prod Marketplace` and the like stay as they are."""
    return (channel or "").strip().casefold()


def local_day(row: Mapping[str, Any], name: str, channel: str | None, zone: str) -> str | None:
    """The day of the moment `name` of a row: in the shop's zone, else in that of the marketplace, else as written."""
    at, day = row.get(f"{name}_at"), row.get(f"{name}_day")
    place = zone or ZONES.get(market(channel), "")
    return day_of(at, place) if at is not None and place else day
