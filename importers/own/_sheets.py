"""The merchant's own sheets as they are written: columns in order, with the headers that the importers declare.

`merchant template` makes them. Headers and vocabularies stand in the importers beside this file and nowhere else;
of a header's names the first is the Chinese one, the second the English one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from importers.base import Cell, Importer
from importers.own import ads, campaigns, costs, coupons, reviews, stock
from merchant_cli.basics.phrases import Phrase

P = Phrase

# Sheets of a template that hold no rows to take in: what to fill in, and the lists behind the drop-downs.
READ_ME, LISTS = P("Read me", "说明"), "_lists"


def holds_no_rows(sheet: str) -> bool:
    """Whether a sheet of that name is the template's own read-me or list sheet."""
    return sheet in (*READ_ME, LISTS)


class OwnColumn(NamedTuple):
    """One column: its name in the importer, its header, its kind, and the words that it takes.

    `kind`: id, text, count, money, day, or what its drop-down offers: choice, currency, shop, sku, stars.
    `told`: the column tells the merchant something and is not for him to fill; the importer does not read it.
    """

    name: str
    label: Phrase
    kind: str
    vocabulary: Mapping[str, Phrase]
    told: bool = False


@dataclass(frozen=True)
class OwnSheet:
    """One sheet of the merchant's own."""

    kind: str
    title: Phrase
    columns: tuple[OwnColumn, ...]


KNOWN = OwnColumn("known", P("Known now (not read)", "账面数量（不导入）"), "count", {}, told=True)
TITLE = OwnColumn("title", P("Title", "标题"), "text", {}, told=True)  # of a counted SKU

_KINDS = {"moment": "day", "raw": "money"}
_OFFERS = {"currency": "currency", "rating": "stars", "item": "sku"}


def _sheet(importer: Importer, *columns: str | OwnColumn, offers: Mapping[str, str] = _OFFERS) -> OwnSheet:
    """The sheet that `importer` reads, its columns by their names there."""
    cells = {name: cell for into in importer.into for fills in into.fills.values() for name, cell in fills.items()}
    made = [c if isinstance(c, OwnColumn) else _column(c, cells[c], offers.get(c)) for c in columns]
    return OwnSheet(importer.name, importer.title, tuple(made))


def _column(name: str, cell: Cell, offered: str | None) -> OwnColumn:
    zh, en = cell.names[:2]
    return OwnColumn(name, P(en, zh), offered or _KINDS.get(cell.kind, cell.kind), _vocabulary(cell.words))


def _vocabulary(words: Mapping[str, str]) -> dict[str, Phrase]:
    """The store's word → the first English and the first Chinese word of the sheet for it."""
    found: dict[str, Phrase] = {}
    for ours in dict.fromkeys(words.values()):
        said = [word for word, store in words.items() if store == ours]
        en = next((word for word in said if word.isascii()), said[0])
        found[ours] = P(en, next((word for word in said if not word.isascii()), said[0]))
    return found


SHEETS: dict[str, OwnSheet] = {
    sheet.kind: sheet
    for sheet in (
        _sheet(
            costs.costs,
            "sku", "title", "cost", "currency", "from_day", "supplier", "lead_days", "review_days", "pack", "moq",
        ),
        _sheet(stock.stock, "code", TITLE, "location", "units", "counted", KNOWN),
        _sheet(
            coupons.coupons,
            "coupon_id", "title", "_in_shop", "bearer", "kind", "_face", "threshold", "scope", "budget", "currency",
            "from_day", "to_day",
        ),
        _sheet(
            campaigns.campaigns,
            "campaign", "from_day", "to_day", "shops", "skus", "goal_sales", "goal_orders", "budget", "currency",
        ),
        _sheet(
            reviews.reviews,
            "review_id", "_in_shop", "order_id", "code", "at", "rating", "body", "follow_up", "reply",
            offers={**_OFFERS, "code": "sku"},
        ),
        _sheet(
            ads.ads,
            "from", "to", "_in_shop", "account", "campaign", "item", "spend", "currency", "impressions", "clicks",
        ),
    )
}  # fmt: skip
