"""Amazon's Manage FBA Inventory (MYI): what lies in Amazon's warehouses now, as a count of the location `FBA`.

On hand is what can be sold and what is reserved for orders and on its way between warehouses; what cannot be sold and
what is still to arrive is not. What the seller ships himself is his own stock, which his listings report tells.
The file bears no date: it is the day of its name, of --exported, or the one on which it was taken in.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon._words import FBA
from importers.base import Draft, Facts, Importer, Into, constant, count, id_
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A SKU that Amazon does not keep makes no count."""
    for draft in drafts:
        row = draft.values
        if row.get("_fulfillable") is None:
            draft.ignored = "blank"
        else:
            row["units"] = row["_fulfillable"] + (row.get("committed") or 0)
        yield draft


fba_inventory = Importer(
    platform="amazon",
    name="fba-inventory",
    title=Phrase("Amazon FBA inventory", "亚马逊物流库存"),
    menu=Phrase(
        "Seller Central › Reports › Fulfillment › Inventory › Manage FBA Inventory › Request download",
        "亚马逊卖家后台 › 数据报告 › 库存和销售报告 › 管理亚马逊物流库存 › 请求下载",
    ),
    known_by=frozenset({"sku", "fnsku", "afn-fulfillable-quantity", "afn-reserved-quantity"}),
    kind="stock",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    reshape=reshape,
    into=(
        Into(
            {
                "stock_counts": {
                    "location": constant(FBA),
                    "code": id_("sku", required=True),
                    "_fulfillable": count("afn-fulfillable-quantity", least=0),
                    "committed": count("afn-reserved-quantity", least=0),
                }
            }
        ),
    ),
)
