"""eBay's active listings report: a row per listing; one with variations has a row of its own before theirs.

The row above the variations names all of them (`Size=S;M`) and holds the sum of their stock: it is no variant.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, constant, count, id_, money, text
from importers.ebay._variants import code, variant
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A listing and a price of each variant; the row above several variants is left out."""
    waiting: list[Draft] = []
    for draft in drafts:
        if draft.table == "prices":
            continue
        if waiting and waiting[0].values["listing_id"] != draft.values["listing_id"]:
            yield from _of_item(waiting, facts)
            waiting = []
        waiting.append(draft)
    if waiting:
        yield from _of_item(waiting, facts)


def _of_item(rows: list[Draft], facts: Facts) -> Iterator[Draft]:
    """All rows of one item number: the first is the parent if it holds the others' stock, or they have no title."""
    parent, *variants = rows
    if not _above(parent, variants):
        variants = rows
    elif variants:
        parent.ignored = "parent"
        yield parent
    for draft in variants or rows:
        listing = draft.values
        for name in ("title", "category", "price", "currency"):
            if listing.get(name) is None:
                listing[name] = parent.values.get(name)
        listing["variant_id"] = variant(listing.get("options"))
        listing["options"] = listing["variant_id"].replace("=", ": ").replace(";", "; ") or None
        listing["code"] = code(listing.get("code"), listing["listing_id"], listing["variant_id"])
        if listing.get("price") is None:
            listing["price"] = listing.get("_start")
        yield draft
        if listing["price"] is not None:
            price = {name: listing.get(name) for name in ("listing_id", "variant_id", "price", "currency")}
            yield Draft("prices", price | {"seen_day": facts.as_of_day}, draft.line)


def _above(parent: Draft, variants: list[Draft]) -> bool:
    stock = sum(draft.values.get("listed_units") or 0 for draft in variants)
    return stock == parent.values.get("listed_units") or not any(draft.values.get("title") for draft in variants)


listings = Importer(
    platform="ebay",
    name="listings",
    title=Phrase("eBay active listings", "eBay 在售商品"),
    menu=Phrase(
        "Seller Hub › Reports › Downloads › Listings › All active listings › Download",
        "卖家中心 › 报告 › 下载 › 刊登 › 所有在售商品",
    ),
    known_by=frozenset(
        {"Item number", "Title", "Custom label (SKU)", "Available quantity", "Start price|Current price", "Format"}
    ),
    kind="listings",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("Item number", required=True),
                    "code": id_("Custom label (SKU)"),
                    "title": text("Title"),
                    "options": text("Variation details"),
                    "category": text("eBay category 1 name"),
                    "price": money("Current price", least=0),
                    "_start": money("Start price", least=0),
                    "currency": text("Currency"),
                    "listed_units": count("Available quantity", least=0),
                    "state": constant("live"),
                },
                "prices": {},
            }
        ),
    ),
)
