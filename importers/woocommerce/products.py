"""WooCommerce's product CSV: simple products, and variable ones followed by a row for each variation.

Its headers are in the language of the site (_headers.py), its prices in the decimals of the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, by_row, choice, described, id_, others, raw, text
from importers.woocommerce import _headers as headers
from importers.woocommerce._cells import Cells
from merchant_cli.basics.phrases import Phrase

# Published: 1 published, 0 private, -1 draft, 2 waiting for review.
STATES = {"1": "live", "0": "off", "-1": "draft", "2": "draft"}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Puts variations under their parents, which may stand further down; a parent itself is not for sale."""
    rows = list(by_row(drafts))
    cells = Cells((row[0].values for row in rows), facts.currency)
    known = _products(row[0].values for row in rows)
    parents = {known.get(parent) for row in rows if (parent := row[0].values.get("_parent"))}
    for row in rows:
        listing = row[0].values
        parent = listing.get("_parent")
        product = listing["_id"] or (f"~{listing['code']}" if listing["code"] else described(listing["title"]))
        if parent is None and product in parents:
            row[0].ignored = "parent"
            yield row[0]
            continue
        if (fault := cells.take(listing)) is not None:
            column, wrong = fault
            yield row[0].line, wrong.code, column, wrong.params, list(listing["_others"].values())
            continue
        _place(listing, product, (known.get(parent) or _unknown(parent)) if parent else None)
        _price(listing, facts)
        yield row[0]
        if listing["price"] is not None:
            price = {k: listing.get(k) for k in ("listing_id", "variant_id", "price", "compare_at", "currency")}
            row[1].values.update(price, seen_day=facts.as_of_day)
            yield row[1]


def _products(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """How a variation may name its parent (`id:100` or SKU) → the parent's id."""
    known = {}
    for row in rows:
        number, code = row["_id"], row["code"]
        if number:
            known[f"id:{number}"] = number
        if code:
            known[code] = number or f"~{code}"
    return known


def _unknown(parent: str) -> str:
    """The id of a parent that the file does not have: the number that its variation names, else `~` and the SKU, so
    that nobody takes an SKU of digits for a number."""
    return parent.removeprefix("id:") if parent.startswith("id:") else f"~{parent}"


def _place(listing: dict[str, Any], product: str, parent: str | None) -> None:
    """Listing and variant ids, the code (SKU, else WooCommerce's number) and the options of a variation."""
    listing["listing_id"], listing["variant_id"] = product, ""
    if parent is not None:
        listing["listing_id"], listing["variant_id"] = parent, product
        listing["options"] = headers.options(listing["_others"])
    if listing["code"] is None:
        listing["code"] = product


def _price(listing: dict[str, Any], facts: Facts) -> None:
    """The sale price while the sale runs on the file's day, with the regular one to compare; else the regular one."""
    starts, ends, day = (listing.get("_starts") or "")[:10], (listing.get("_ends") or "9")[:10], facts.as_of_day
    regular, sale = listing["_regular"], listing["_sale"]
    on_sale = sale is not None and starts <= day <= ends
    listing["price"], listing["compare_at"] = (sale, regular) if on_sale else (regular, None)
    listing["currency"] = facts.currency


products = Importer(
    platform="woocommerce",
    name="products",
    title=Phrase("WooCommerce products", "WooCommerce 商品"),
    menu=Phrase(
        "WordPress › Products › All Products › Export › Generate CSV",
        "网站后台 › 商品 › 全部商品 › 导出 › 生成表格",
    ),
    tried_on="woocommerce/woocommerce: plugins/woocommerce/sample-data/sample_products.csv",
    known_by=frozenset(
        {"ID"}
        | {headers.either(*names) for names in (headers.TYPE, headers.SKU, headers.NAME, headers.PUBLISHED)}
        | {headers.either(*headers.REGULAR)}
    ),
    kind="listings",
    file_name=r"^wc-product-export",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "_id": id_("ID"),
                    "_parent": id_(*headers.PARENT),
                    "code": id_(*headers.SKU),
                    "title": text(*headers.NAME),
                    "category": text(*headers.CATEGORIES),
                    "_sale": raw(*headers.SALE),
                    "_regular": raw(*headers.REGULAR),
                    "_starts": raw(*headers.STARTS),
                    "_ends": raw(*headers.ENDS),
                    "_stock": raw(*headers.STOCK),
                    "state": choice(headers.PUBLISHED, STATES),
                    "state_raw": text(*headers.PUBLISHED),
                    "_others": others(),
                },
                "prices": {},
            }
        ),
    ),
)
