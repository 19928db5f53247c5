"""Amazon's FBA inventory planning (inventory health): available and reserved units of a day, as a count of `FBA`.

As in Manage FBA Inventory, on hand is what is available and what is reserved. A SKU that stands on several rows, one
for each marketplace, with other units waits after its first.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon._words import FBA
from importers.base import Draft, Facts, Importer, Into, constant, count, id_, moment
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    for draft in drafts:
        row = draft.values
        row["units"] = row["_available"] + (row.get("committed") or 0)
        yield draft


fba_planning = Importer(
    platform="amazon",
    name="fba-planning",
    title=Phrase("Amazon FBA inventory planning", "亚马逊物流库存规划"),
    menu=Phrase(
        "Seller Central › Inventory › FBA Inventory › Inventory planning › Download",
        "亚马逊卖家后台 › 库存 › 库存规划 › 下载",
    ),
    known_by=frozenset({"snapshot-date", "sku", "fnsku", "available", "Total Reserved Quantity"}),
    kind="stock",
    footers=r"(?!)",
    footer_starts="",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "stock_counts": {
                    "location": constant(FBA),
                    "code": id_("sku", required=True),
                    "counted_at": moment("snapshot-date", required=True),
                    "_available": count("available", required=True, least=0),
                    "committed": count("Total Reserved Quantity", least=0),
                }
            }
        ),
    ),
)
