"""Etsy's listings (EtsyListingsDownload.csv): a row per listing, its header in the language of the shop.

There is no listing id: a listing is known by its title. Its variations share one price and one stock; several SKUs in
one cell are those of the variations, so that the listing has none of its own. Header names beside the English and
Italian ones are provisional.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, by_row, constant, count, described, id_, money, text
from merchant_cli.basics.phrases import Phrase

TITLE = ("TITLE", "TITOLO", "TITRE", "TITEL", "TÍTULO", "TYTUŁ")
PRICE = ("PRICE", "PREZZO", "PRIX", "PREIS", "PRECIO", "PREÇO", "PRIJS", "CENA")
QUANTITY = ("QUANTITY", "QUANTITÀ", "QUANTITÉ", "ANZAHL", "CANTIDAD", "QUANTIDADE", "AANTAL", "ILOŚĆ")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A listing and a price of each row."""
    for listing, price in by_row(drafts):
        row = listing.values
        row["listing_id"], row["variant_id"] = described(row["title"]), ""
        skus = [sku for sku in (row.get("_sku") or "").split(",") if sku.strip()]
        row["code"] = skus[0].strip() if len(skus) == 1 else row["listing_id"]
        yield listing
        if row["price"] is not None:
            price.values |= {name: row[name] for name in ("listing_id", "variant_id", "price", "currency")}
            price.values["seen_day"] = facts.as_of_day
            yield price


listings = Importer(
    platform="etsy",
    name="listings",
    title=Phrase("Etsy listings", "Etsy 商品"),
    known_by=frozenset({"|".join(TITLE), "|".join(PRICE), "CURRENCY_CODE", "|".join(QUANTITY), "SKU"}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "title": text(*TITLE, required=True),
                    "_sku": id_("SKU"),
                    "price": money(*PRICE, least=0),
                    "currency": text("CURRENCY_CODE"),
                    "listed_units": count(*QUANTITY, least=0),
                    "state": constant("live"),
                },
                "prices": {"price": money(*PRICE)},
            }
        ),
    ),
)
