"""Shopify's inventory_export*.csv: what is on hand at each location; a count as of the file's date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, count, id_, others, text
from importers.cells import Bad, read_count
from importers.shopify import _options as options
from merchant_cli.basics.phrases import Phrase

# Columns that are no location, beside those that the older layout's importer reads.
NO_LOCATION = frozenset({"HS Code", "COO", "Bin name", *(f"Option{n} Linked To" for n in (1, 2, 3))})


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """One count per row; a variant that the location does not stock makes none."""
    for draft in drafts:
        row = draft.values
        row["code"] = options.code(row.get("code"), row.get("_title"), row)
        if row.get("_new") is not None:  # the merchant edited the file: this is what is on hand once it is uploaded
            row["units"] = row["_new"]
        if row.get("units") is None:
            draft.ignored = "blank"
        yield draft


def reshape_old(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """One count for each column named after a location."""
    for draft in drafts:
        row = draft.values
        code = options.code(row.get("code"), row.get("_title"), row)
        places = {name.strip(): cell for name, cell in row["_others"].items() if name.strip() not in NO_LOCATION}
        stocked = {name: units for name, cell in places.items() if (units := read_count(cell)) is not None}
        wrong = next((name for name, units in stocked.items() if isinstance(units, Bad)), None)
        if wrong is not None:
            yield draft.line, "bad-number", wrong, {"value": places[wrong]}, list(row["_others"].values())
        elif not stocked:
            draft.ignored = "blank"
            yield draft
        else:
            for place, units in stocked.items():
                yield Draft("stock_counts", {"location": place, "code": code, "units": units}, draft.line)


VARIANT: dict[str, Any] = {
    "_listing_id": text("Handle", "URL handle"),
    "_title": text("Title"),
    "code": id_("SKU"),
    **options.option_cells(),
}

inventory = Importer(
    platform="shopify",
    name="inventory",
    title=Phrase("Shopify inventory", "Shopify 库存"),
    known_by=frozenset({"Handle", "Title", "Option1 Value", "SKU", "Location", "On hand (current)|On hand"}),
    kind="stock",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "stock_counts": {
                    **VARIANT,
                    "location": text("Location", required=True),
                    "units": count("On hand (current)", "On hand"),
                    "_new": count("On hand (new)"),
                    "committed": count("Committed (not editable)", "Committed"),
                }
            }
        ),
    ),
)

inventory_old = inventory.but(
    name="inventory-by-column",
    title=Phrase("Shopify inventory, a column per location", "Shopify 库存（每个地点一列）"),
    known_by=frozenset({"Handle", "Title", "Option1 Value", "SKU", "HS Code", "COO"}),
    never=frozenset({"Location", "On hand (current)", "On hand", "Variant SKU"}),
    reshape=reshape_old,
    into=(Into({"stock_counts": {**VARIANT, "_others": others()}}),),
)
