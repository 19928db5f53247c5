"""Amazon's FBA customer returns: what came back to its warehouses, as stock moves.

Stock moves and no refunds, since the report tells units and no money: a return may be exchanged, and what is refunded
the settlements say. Only SELLABLE units are stock again; of others the move is 0 units and its note says what they are
like. What the buyer wrote is not kept. The report names no marketplace: without a zone of the shop days are UTC's.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon._words import FBA, local_day
from importers.base import Draft, Facts, Importer, Into, constant, count, id_, moment, text
from merchant_cli.basics.phrases import Phrase

SELLABLE = "SELLABLE"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    for draft in drafts:
        row = draft.values
        row["day"] = local_day({"at_at": row["at"], "at_day": row["day"]}, "at", None, facts.zone)
        row["note"] = " / ".join(filter(None, (row.get("_disposition"), row.get("_reason"))))
        if (row.get("_disposition") or "").upper() != SELLABLE:
            row["units"] = 0
        named = (row.get("_order"), row.get("code"), row.get("_plate"))
        row["move_id"] = "/".join(str(part) for part in named) if row.get("_plate") else None
        yield draft


fba_returns = Importer(
    platform="amazon",
    name="fba-returns",
    title=Phrase("Amazon FBA returns", "亚马逊物流退货"),
    menu=Phrase(
        "Seller Central › Reports › Fulfillment › Customer Concessions › FBA customer returns › Request download",
        "亚马逊卖家后台 › 数据报告 › 库存和销售报告 › 买家优惠 › 亚马逊物流买家退货 › 请求下载",
    ),
    known_by=frozenset({"return-date", "order-id", "sku", "quantity", "detailed-disposition", "reason"}),
    kind="returns",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    reshape=reshape,
    into=(
        Into(
            {
                "stock_moves": {
                    "source": constant("fba-returns"),
                    "kind": constant("return"),
                    "location": constant(FBA),
                    "at": moment("return-date", required=True),
                    "code": id_("sku", required=True),
                    "units": count("quantity", required=True, least=0),
                    "_order": id_("order-id"),
                    "_disposition": text("detailed-disposition"),
                    "_reason": text("reason"),
                    "_plate": id_("license-plate-number"),
                }
            }
        ),
    ),
)
