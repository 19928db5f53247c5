"""What a mapping need not ask: currency, zone and shops that the sheet or the store tell already."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from importers.cells import choice_reader, clean
from merchant_cli.intake.plan import Plan
from merchant_cli.intake.shapes import CURRENCIES
from merchant_cli.intake.synonyms import Field, synonyms
from merchant_cli.store import open as opening
from merchant_cli.store import shops
from merchant_cli.store.shops import Shop

# Currencies of places that keep one time.
ZONES = {
    "CNY": "Asia/Shanghai", "HKD": "Asia/Hong_Kong", "TWD": "Asia/Taipei", "JPY": "Asia/Tokyo", "KRW": "Asia/Seoul",
    "SGD": "Asia/Singapore", "INR": "Asia/Kolkata", "THB": "Asia/Bangkok", "VND": "Asia/Ho_Chi_Minh",
    "PHP": "Asia/Manila", "MYR": "Asia/Kuala_Lumpur", "GBP": "Europe/London", "CHF": "Europe/Zurich",
    "SEK": "Europe/Stockholm", "NOK": "Europe/Oslo", "DKK": "Europe/Copenhagen", "PLN": "Europe/Warsaw",
    "CZK": "Europe/Prague", "TRY": "Europe/Istanbul", "ZAR": "Africa/Johannesburg", "AED": "Asia/Dubai",
    "SAR": "Asia/Riyadh", "ILS": "Asia/Jerusalem", "NZD": "Pacific/Auckland",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"[(（\[]\s*([A-Za-z]{3}|元|£|€)\s*[)）\]]")
_BY_SIGN = {"元": "CNY", "£": "GBP", "€": "EUR"}


def shops_known(store: Path) -> list[Shop]:
    """The shops that the store has; none where it has no file yet."""
    try:
        with closing(opening.read(store)) as db:
            found = db.execute("SELECT shop FROM shops WHERE no > 0 ORDER BY no").fetchall()
            return [one for (name,) in found if (one := shops.by_name(db, name)) is not None]
    except sqlite3.Error:
        return []


def currency_of(plan: Plan, shop: Shop | None, store: Path) -> str:
    """The currency that the shop, the cells or the headers name, or that is the base currency; "" if none does."""
    signs = {shape.sign for shape in plan.shapes("money")} - {None}
    headers = {_named_in(fill.header.text) for fill in plan.fills.values() if fill.field.kind == "money"} - {""}
    stated = {str(sign) for sign in signs} | headers
    if len(stated) == 1:
        return stated.pop()
    if stated:
        return ""
    if shop is not None and shop.currency:
        return shop.currency
    if shop is None and plan.of_a_shop:
        return shops.USUAL.get(plan.shop.partition("/")[0], shops.OTHERWISE)[1] or ""
    return "" if plan.of_a_shop else _base(store)


def _named_in(header: str) -> str:
    found = _IN_BRACKETS.search(header)
    named = found[1].upper() if found else ""
    return _BY_SIGN.get(named, named if named in CURRENCIES else "")


def _base(store: Path) -> str:
    """The base currency: as set, else that of all shops if it is one."""
    try:
        with closing(opening.read(store)) as db:
            row = db.execute("SELECT value FROM settings WHERE name = 'currency'").fetchone()
    except sqlite3.Error:
        return ""
    if row:
        return str(row[0])
    currencies = {shop.currency for shop in shops_known(store) if shop.currency}
    return str(currencies.pop()) if len(currencies) == 1 else ""


def zone_of(plan: Plan, shop: Shop | None) -> str:
    """The zone of the shop, else of its platform, else of the only place that has the currency; "" if unknown."""
    if shop is not None and shop.zone:
        return shop.zone
    usual = shops.USUAL.get(plan.shop.partition("/")[0], shops.OTHERWISE)[0]
    return usual or (ZONES.get(plan.currency, "") if plan.of_a_shop else "")


def states_of(one: Field) -> list[str]:
    """The store's words for a field with a vocabulary, in the order in which they follow each other."""
    return list(dict.fromkeys(synonyms().words.get(one.columns[0], {}).values()))


def unknown_words(plan: Plan) -> dict[str, list[str]]:
    """By field, the words of the sample that its vocabulary does not have, the most frequent first."""
    found: dict[str, list[str]] = {}
    for name, fill in plan.fills.items():
        if fill.field.kind != "choice":
            continue
        read = choice_reader({**synonyms().words.get(fill.field.columns[0], {}), **plan.words.get(name, {})})
        cells = [clean(cell) for cell in fill.header.cells]
        words = sorted({cell for cell in cells if cell}, key=lambda word: (-cells.count(word), word))
        found[name] = [word for word in words if read(word) == "unknown"]
    return {name: words for name, words in found.items() if words}
