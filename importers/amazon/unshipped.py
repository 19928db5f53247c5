"""Amazon's unshipped orders report: what is to be shipped, one row per item, without prices; never quoted.

The report names no marketplace; days are those of the country that the order goes to (provisional). Its lines are known
again in the All Orders report by SKU, since that has no `order-item-id`. Who receives the order is not kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.amazon._words import local_day
from importers.base import Draft, Facts, Importer, Into, buyer, constant, count, id_, moment, promised, text
from merchant_cli.basics.phrases import Phrase

# The marketplace of a country.
MARKETS = {
    "US": "amazon.com", "CA": "amazon.ca", "MX": "amazon.com.mx", "BR": "amazon.com.br", "GB": "amazon.co.uk",
    "IE": "amazon.ie", "DE": "amazon.de", "FR": "amazon.fr", "IT": "amazon.it", "ES": "amazon.es", "NL": "amazon.nl",
    "BE": "amazon.com.be", "SE": "amazon.se", "PL": "amazon.pl", "TR": "amazon.com.tr", "AE": "amazon.ae",
    "SA": "amazon.sa", "EG": "amazon.eg", "ZA": "amazon.co.za", "IN": "amazon.in", "JP": "amazon.co.jp",
    "SG": "amazon.sg", "AU": "amazon.com.au",
}  # fmt: skip


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    for draft in drafts:
        order = draft.values
        place = MARKETS.get(order.get("_country") or "")
        for name in ("placed", "paid"):
            order[f"{name}_day"] = local_day(order, name, place, facts.zone)
        for line in draft.lines:
            line["listing_id"] = line.get("code")
            line["_ship_by_day"] = local_day(line, "_ship_by", place, facts.zone)
        promised(order, draft.lines)
        order["status"] = "part_shipped" if any(line.get("_shipped") for line in draft.lines) else "paid"
        yield draft


unshipped = Importer(
    platform="amazon",
    name="unshipped",
    title=Phrase("Amazon unshipped orders", "亚马逊待发货订单"),
    menu=Phrase(
        "Seller Central › Orders › Order Reports › Unshipped Orders › Request",
        "亚马逊卖家后台 › 订单 › 订单报告 › 等待中的订单（未发货）",
    ),
    known_by=frozenset({"order-id", "order-item-id", "purchase-date", "promise-date", "sku", "quantity-to-ship"}),
    kind="unshipped",
    sale_day="placed",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "orders": {
                    "order_id": id_("order-id", required=True),
                    "buyer": buyer("buyer-email"),
                    "placed": moment("purchase-date", required=True),
                    "paid_at": moment("payments-date"),
                    "_reported": moment("reporting-date"),
                    "_country": text("ship-country"),
                },
                "order_lines": {
                    "code": id_("sku"),
                    "title": text("product-name"),
                    "line_kind": constant("goods"),
                    "units": count("quantity-purchased", least=0),
                    "_shipped": count("quantity-shipped", least=0),
                    "_ship_by": moment("promise-date", ahead=True),
                },
            }
        ),
    ),
)
