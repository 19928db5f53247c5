"""A mapped listings file keeps with each listing the price seen on the file's day, as the platforms' own files do."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, by_row


def with_history(importer: Importer) -> Importer:
    """The same importer, filling prices from the rows that fill listings, unless it says itself what they are."""
    into = tuple(
        Into({**one.fills, "prices": {}}, one.when) if "listings" in one.fills and "prices" not in one.fills else one
        for one in importer.into
    )
    return importer if into == importer.into else importer.but(into=into, reshape=seen_prices)


def seen_prices(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Fills the price of each listing's row; a listing without a price has none to keep."""
    for row in by_row(drafts):
        listing = next((draft.values for draft in row if draft.table == "listings"), {})
        for draft in row:
            if draft.table != "prices" or draft.values:
                yield draft
            elif listing.get("price") is not None:
                draft.values = {name: listing.get(name) for name in ("listing_id", "price", "compare_at")} | {
                    "variant_id": listing.get("variant_id") or "", "seen_day": facts.as_of_day,
                    "currency": listing.get("currency") or facts.currency,
                }  # fmt: skip
                yield draft
