"""Amazon's All Listings and Active Listings Reports: one row per SKU of the seller, tab separated and never quoted."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, by_row, choice, count, id_, money, norm, raw, text
from merchant_cli.basics.phrases import Phrase

# `Incomplete` and `Suppressed` are provisional.
STATES = {"Active": "live", "Inactive": "off", "Incomplete": "draft", "Suppressed": "blocked"}
AMAZONS = "AMAZON_"  # begins the channel of what Amazon keeps and ships (FBA); the seller's own is DEFAULT


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A listing and a price of each SKU. Units are the seller's own: those that Amazon keeps are not his to set."""
    for listing, price in by_row(drafts):
        row = listing.values
        row["variant_id"], row["currency"] = "", facts.currency
        if norm("status") not in facts.columns:  # the Active Listings Report: all of it is on sale
            row["state"] = "live"
        channel = row.get("_channel") or ""
        if channel.upper().startswith(AMAZONS):
            row["listed_units"] = None
            row["state_raw"] = " / ".join(filter(None, (row.get("state_raw"), channel.upper())))
        yield listing
        if row["price"] is not None:
            price.values |= {name: row[name] for name in ("listing_id", "variant_id", "price", "currency")}
            price.values["seen_day"] = facts.as_of_day
            yield price


listings = Importer(
    platform="amazon",
    name="listings",
    title=Phrase("Amazon listings", "亚马逊商品报表"),
    menu=Phrase(
        "Seller Central › Inventory › Inventory Reports › Active Listings Report (or All Listings Report)",
        "亚马逊卖家后台 › 库存 › 库存报告 › 在售商品报告或全部商品报告",
    ),
    known_by=frozenset({"item-name", "listing-id", "seller-sku", "price", "quantity", "asin1|product-id"}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("seller-sku", required=True),
                    "code": id_("seller-sku"),
                    "title": text("item-name"),
                    "price": money("price"),
                    "listed_units": count("quantity"),
                    "state": choice("status", STATES),
                    "state_raw": text("status"),
                    "_channel": raw("fulfillment-channel"),
                },
                "prices": {},
            }
        ),
    ),
)
