"""Shopify's products_export*.csv and the product template: one row per variant, further rows for images only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Importer, Into, barcode, by_row, choice, count, flag, id_, money, text
from importers.shopify import _options as options
from merchant_cli.basics.phrases import Phrase

STATES = {"active": "live", "draft": "draft", "archived": "off", "unlisted": "live"}  # unlisted: provisional
INHERITED = ("title", "category", "state", "state_raw", "_published", "_name1", "_name2", "_name3")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Makes a listing, a price and, where it is stated, a cost of each variant row."""
    first: dict[str, Any] = {}
    costs: dict[str, int] = {}
    for row in by_row(drafts):
        listing, price, cost = (draft.values for draft in row)
        if not _is_variant(listing):
            row[0].ignored = "image"
            yield row[0]
            continue
        first = _inherit(listing, first)
        _complete(listing, facts)
        yield row[0]
        if listing.get("price") is not None:
            price |= {k: listing.get(k) for k in ("listing_id", "variant_id", "price", "compare_at", "currency")}
            price["seen_day"] = facts.as_of_day
            yield row[1]
        # Two variants of one SKU that cost differently: the first holds.
        amount = cost.get("cost")
        if amount is not None and costs.setdefault(listing["code"], amount) == amount:
            cost |= {"sku": listing["code"], "from_day": "", "currency": facts.currency}
            yield row[2]


def _is_variant(row: dict[str, Any]) -> bool:
    """Rows of further images have a handle and no word about a product or variant."""
    return any(row.get(name) is not None for name in ("title", "code", "price", "_value1", "_value2", "_value3"))


def _inherit(listing: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
    """Rows that follow a product's first one repeat its handle and leave the rest to it; returns the first row."""
    handle = listing.get("listing_id")
    if handle is None and listing.get("title") is None:
        handle = listing["listing_id"] = first.get("listing_id")
    if handle is None:
        listing["listing_id"] = handle = _slug(listing["title"] or "")
    if handle != first.get("listing_id"):
        return listing
    for name in INHERITED:
        if listing.get(name) is None:
            listing[name] = first.get(name)
    return first


def _slug(title: str) -> str:
    """The handle that Shopify makes of a title."""
    return "-".join("".join(c if c.isalnum() else " " for c in title.casefold()).split()) or "?"


def _complete(listing: dict[str, Any], facts: Facts) -> None:
    listing["code"] = options.code(listing.get("code"), listing["title"], listing)
    chosen = options.values(listing)
    listing["variant_id"] = " / ".join(chosen)
    named = zip((listing.get(f"_name{n}") for n in (1, 2, 3)), chosen, strict=False)
    listing["options"] = "; ".join(f"{name}: {value}" if name else value for name, value in named) or None
    listing["currency"] = facts.currency
    if listing.get("_tracker", "") is None:  # the file has the column, and nothing counts this variant
        listing["listed_units"] = None
    published, state = listing.get("_published"), listing.get("state")
    if state is None and published is not None:
        listing["state_raw"] = "published" if published else "unpublished"
    if published is not None and state in (None, "live"):
        listing["state"] = "live" if published else "off"


products = Importer(
    platform="shopify",
    name="products",
    title=Phrase("Shopify products", "Shopify 商品"),
    menu=Phrase("Admin › Products › Export › all products, plain CSV", "后台 › 商品 › 导出 › 全部商品"),
    tried_on="shopifypartners/product-csvs: home-and-garden.csv",
    known_by=frozenset({"Handle|URL handle", "Title", "Option1 Name", "Option1 Value", "Variant Price|Price"}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("Handle", "URL handle"),
                    "code": id_("Variant SKU", "SKU"),
                    "title": text("Title"),
                    "category": text("Product Category", "Type"),
                    "price": money("Variant Price", "Price"),
                    "compare_at": money("Variant Compare At Price", "Compare-at price"),
                    "listed_units": count("Variant Inventory Qty", "Inventory quantity"),
                    "_barcode": barcode("Variant Barcode", "Barcode"),
                    "_tracker": text("Variant Inventory Tracker", "Inventory tracker"),
                    "_published": flag("Published", "Published on online store"),
                    "state": choice("Status", STATES),
                    "state_raw": text("Status"),
                    **options.option_cells(),
                },
                "prices": {"price": money("Variant Price", "Price")},
                "costs": {"cost": money("Cost per item")},
            }
        ),
    ),
)

# What we write ourselves where only quantities change: a file with a price would set that, too.
quantities = products.but(
    name="quantities",
    title=Phrase("Shopify quantities (our upload)", "Shopify 数量（本程序的上传文件）"),
    menu=Phrase(
        "Written by `merchant send`; to be uploaded at Products › Import",
        "由 `merchant send` 生成；在 商品 › 导入 处上传",
    ),
    tried_on="",
    known_by=frozenset(
        {"Handle|URL handle", "Title", "Option1 Name", "Option1 Value", "Variant Inventory Qty|Inventory quantity"}
    ),
    never=frozenset({"Variant Price", "Price", "Location"}),
)
