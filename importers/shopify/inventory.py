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


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """One count per row; a variant that the location does not stock makes none."""
    yield from _added(_counted(drafts))


def _counted(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        row = draft.values
        row["code"] = options.code(row.get("code"), row.get("_title"), row)
        if row.get("_new") is not None:  # the merchant edited the file: this is what is on hand once it is uploaded
            row["units"] = row["_new"]
        if row.get("units") is None:
            draft.ignored = "blank"
        yield draft


def reshape_old(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    yield from _added(_by_column(drafts))


def _added(drafts: Iterator[Draft | Fault]) -> Iterator[Draft | Fault]:
    """Variants that have one SKU, or no SKU and one title, are counted together. One that stands in the file twice
    counts once, and is a fault if its counts differ."""
    counts: dict[tuple[str, str], Draft] = {}
    seen: dict[tuple[str, str, str], tuple[int | None, int | None]] = {}
    for draft in drafts:
        if not isinstance(draft, Draft) or draft.ignored:
            yield draft
            continue
        row = draft.values
        at, said = (row["location"], row["code"]), (row["units"], row.get("committed"))
        variant = (*at, f"{row.get('_listing_id')}/{options.variant(row)}")
        if variant in seen:
            if seen[variant] == said:
                yield Draft("", {}, draft.line, ignored="duplicate")
            else:
                yield draft.line, "duplicate-key", "", {"value": " ".join(at)}, []
            continue
        seen[variant] = said
        if (known := counts.setdefault(at, draft)) is draft:
            continue
        for name, units in zip(("units", "committed"), said, strict=True):
            if units is not None:
                known.values[name] = (known.values.get(name) or 0) + units
        if known.line != draft.line:
            yield Draft("", {}, draft.line, ignored="added")
    yield from counts.values()


def _by_column(drafts: Iterator[Draft]) -> Iterator[Draft | Fault]:
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
                yield Draft("stock_counts", row | {"location": place, "code": code, "units": units}, draft.line)


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
    menu=Phrase("Admin › Products › Inventory › Export (all states)", "后台 › 商品 › 库存 › 导出（所有状态）"),
    tried_on="otwd-srb/olt-jewellery: inventory_export_1.csv",
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
    menu=Phrase("Admin › Products › Inventory › Export (older layout)", "后台 › 商品 › 库存 › 导出（旧版）"),
    tried_on="",
    known_by=frozenset({"Handle", "Title", "Option1 Value", "SKU", "HS Code", "COO"}),
    never=frozenset({"Location", "On hand (current)", "On hand", "Variant SKU"}),
    reshape=reshape_old,
    into=(Into({"stock_counts": {**VARIANT, "_others": others()}}),),
)
