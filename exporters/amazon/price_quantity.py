"""New prices and quantities as Amazon's Price & Quantity file: tab separated, never quoted, a blank cell leaves the
value. Prices alone stand in a file of their own, which needs no word about who ships.

Known of the template: only `sku` is required, `price` or `quantity` may be blank, a SKU stands once. That blank
minimum and maximum prices and handling times stay as they are is what the template says; no upload of ours proved it
(provisional). So is the decimal point: marketplaces of countries with a decimal comma may want that.
"""

from __future__ import annotations

import re

from exporters.base import Exporter, Item, Job, Rows, as_text, sensible
from merchant_cli.basics.phrases import Phrase

P = Phrase

PRICE = ("listings.price", "listings._least", "listings._most")
QUANTITY = ("listings.listed_units", "listings._handling", "listings._channel")
OWN = "DEFAULT"  # the seller ships


def spread(item: Item) -> Rows:
    row = {"listings.listing_id": item.facts["listing_id"], **dict.fromkeys(PRICE)}
    if "price" in item.changes:
        row["listings.price"] = item.new("price")
    if "listed_units" in item.changes:
        row |= {"listings.listed_units": item.new("listed_units"), "listings._handling": None, "listings._channel": OWN}
    return [row]


def nameable(item: Item) -> Phrase | None:
    """The file knows no quoting, so a SKU cannot hold what would break its rows."""
    if re.search(r'[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029"]', item.facts["listing_id"]):
        return P("Its SKU has a tab, a line break or a quotation mark, which the file cannot hold: change it on Amazon"
                 " by hand.",
                 "它的 SKU 含有制表符、换行或引号，上传文件无法表示，请在亚马逊后台手动修改。")  # fmt: skip
    return None


def sellers(item: Item) -> Phrase | None:
    """Units are the seller's to set only where he keeps them; his report then states them."""
    channel = item.facts.get("state_raw") or ""
    if "listed_units" in item.changes and ("AMAZON_" in channel or item.facts.get("listed_units") is None):
        return P("Amazon keeps and ships it (FBA): its units cannot be set.",
                 "由亚马逊仓库备货和配送（FBA），数量不能由商家设置。")  # fmt: skip
    return None


def write(exporter: Exporter, job: Job) -> bytes:
    return as_text(exporter, job, delimiter="\t", quoted=False)


price_quantity = Exporter(
    platform="amazon",
    name="price-quantity",
    title=P("Amazon price and quantity", "亚马逊价格与数量"),
    fields=frozenset({"price", "listed_units"}),
    importer="amazon price-quantity",
    columns=("listings.listing_id", *PRICE, *QUANTITY),
    spread=spread,
    check=lambda item: nameable(item) or sellers(item) or sensible(item),
    suffix=".txt",
    write=write,
    whole=False,
)
