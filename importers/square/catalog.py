"""Square's item library (catalog export, also the template that is sent back): a row per variation.

Location names stand in the headers (`Current Quantity Main Street`). Grade C: the columns are known from one file of
2022 and a list of 2025; that Token is the variation's, and what Square counts is a count, are provisional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, by_row, described, flag, id_, others, raw, text
from importers.cells import Bad, clean, money_reader, read_count
from importers.signs import currency_in
from merchant_cli.basics.phrases import Phrase

QUANTITY = re.compile(r"current quantity (.+)", re.IGNORECASE)
ALONE = ("Regular", "")
UNPRICED = "variable"  # the price is asked for at the till


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A listing of each row, and where they are stated a price, a cost and a count at each location."""
    for row in by_row(drafts):
        draft = row[0]
        listing = draft.values
        said = {name: listing.get(name) or "" for name in ("_price", "_cost")}
        listing["currency"] = currency_in(said.values()) or facts.currency
        read = money_reader(listing["currency"])
        found = {name: None if clean(s).casefold() == UNPRICED else read(s) for name, s in said.items()}
        if wrong := next((name for name in found if isinstance(found[name], Bad)), ""):
            yield draft.line, "bad-money", wrong.strip("_").title(), {"value": said[wrong]}, []
            continue
        yield from _of_row(draft, found, facts)


def _of_row(draft: Draft, found: dict[str, Any], facts: Facts) -> Iterator[Draft]:
    listing = draft.values
    name = listing.get("options") or ""
    listing["options"] = None if name in ALONE else name
    listing["listing_id"] = listing.get("listing_id") or described(listing["title"])
    listing["variant_id"] = "" if name in ALONE else name
    listing["code"] = listing.get("code") or described(listing["title"], listing["options"])
    listing["price"] = found["_price"]
    listing["state"] = "off" if listing.get("_archived") else "live"
    stock = {m[1].strip(): read_count(cell) for h, cell in listing["_others"].items() if (m := QUANTITY.match(h))}
    counts = {place: units for place, units in stock.items() if isinstance(units, int)}
    listing["listed_units"] = sum(counts.values()) if counts else None
    yield draft
    own = {column: listing.get(column) for column in ("listing_id", "variant_id", "price", "currency")}
    if listing["price"] is not None:
        yield Draft("prices", own | {"seen_day": facts.as_of_day}, draft.line)
    if found["_cost"] is not None:
        cost = {"sku": listing["code"], "from_day": "", "cost": found["_cost"], "currency": listing["currency"]}
        yield Draft("costs", cost, draft.line)
    for place, units in counts.items():
        yield Draft("stock_counts", {"location": place, "code": listing["code"], "units": units}, draft.line)


catalog = Importer(
    platform="square",
    name="catalog",
    title=Phrase("Square item library", "Square 商品库"),
    menu=Phrase(
        "Square Dashboard › Items › Item library › Actions › Export library",
        "后台 › 商品 › 商品库 › 操作 › 导出",
    ),
    known_by=frozenset({"Token", "Item Name", "Variation Name", "SKU", "Price"}),
    kind="listings",
    grade="C",
    unlocks=("listings/costs", "inventory/reorder"),
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("Token"),
                    "title": text("Item Name", required=True),
                    "options": text("Variation Name"),
                    "code": id_("SKU"),
                    "category": text("Category", "Categories"),
                    "_price": raw("Price"),
                    "_cost": raw("Default Unit Cost"),
                    "_archived": flag("Archived"),
                    "_others": others(),
                },
                "prices": {},
                "costs": {},
                "stock_counts": {},
            }
        ),
    ),
)
