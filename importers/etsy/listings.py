"""Etsy's listings (EtsyListingsDownload.csv): a row per listing, its header in the language of the shop.

There is no listing id: a listing is known by its title, one of several of that title by title and SKU. Its variations
share one price and one stock; several SKUs in one cell are those of the variations, so that the listing has none of its
own. Header names beside the English, Italian, German and Spanish ones are provisional.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, by_row, constant, count, described, id_, money, text
from merchant_cli.basics.phrases import Phrase

TITLE = ("TITLE", "TITOLO", "TITRE", "TITEL", "TÍTULO", "TYTUŁ")
PRICE = ("PRICE", "PREZZO", "PRIX", "PREIS", "PRECIO", "PREÇO", "PRIJS", "CENA")
QUANTITY = ("QUANTITY", "QUANTITÀ", "QUANTITÉ", "ANZAHL", "STÜCKZAHL", "CANTIDAD", "QUANTIDADE", "AANTAL", "ILOŚĆ")
CURRENCY = ("CURRENCY_CODE", "WÄHRUNGSCODE", "CÓDIGO DE DIVISA")
SKU = ("SKU", "BESTANDSEINHEIT")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A listing and a price of each row."""
    found = list(by_row(drafts))
    times = Counter(described(listing.values["title"]) for listing, _ in found)
    seen: Counter[str] = Counter()
    for listing, price in found:
        row = listing.values
        skus = [sku.strip() for sku in (row.get("_sku") or "").split(",") if sku.strip()]
        title = described(row["title"])
        if times[title] > 1:  # several of one title: by their SKUs, else by their place
            title = described(row["title"], " ".join(skus))
            seen[title] += 1
            title += f"#{seen[title]}" if seen[title] > 1 else ""
        row["listing_id"], row["variant_id"] = title, ""
        row["code"] = skus[0] if len(skus) == 1 else row["listing_id"]
        yield listing
        if row["price"] is not None:
            price.values |= {name: row[name] for name in ("listing_id", "variant_id", "price", "currency")}
            price.values["seen_day"] = facts.as_of_day
            yield price


listings = Importer(
    platform="etsy",
    name="listings",
    title=Phrase("Etsy listings", "Etsy 商品"),
    menu=Phrase(
        "Shop Manager › Settings › Options › Download Data › Currently for Sale Listings",
        "店铺管理 › 设置 › 选项 › 下载数据 › 在售商品",
    ),
    tried_on="sabaceramics/website: EtsyListingsDownload.csv",
    known_by=frozenset({"|".join(TITLE), "|".join(PRICE), "|".join(CURRENCY), "|".join(QUANTITY), "|".join(SKU)}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "title": text(*TITLE, required=True),
                    "_sku": id_(*SKU),
                    "price": money(*PRICE, least=0),
                    "currency": text(*CURRENCY),
                    "listed_units": count(*QUANTITY, least=0),
                    "state": constant("live"),
                },
                "prices": {"price": money(*PRICE)},
            }
        ),
    ),
)
