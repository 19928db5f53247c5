"""Amazon's Price & Quantity file, which changes listings that exist: a blank cell leaves what is there. It is what
`merchant send` writes."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, count, id_, money, raw
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    for draft in drafts:
        draft.values["variant_id"] = ""
        yield draft


price_quantity = Importer(
    platform="amazon",
    name="price-quantity",
    title=Phrase("Amazon price and quantity", "亚马逊价格与数量"),
    menu=Phrase(
        "Written by `merchant send`; to be uploaded at Catalog › Upload inventory (Price & Quantity file)",
        "由 `merchant send` 生成；在 目录 › 批量上传商品 处上传",
    ),
    known_by=frozenset({"sku", "price", "minimum-seller-allowed-price", "maximum-seller-allowed-price"}),
    never=frozenset({"asin", "product-id", "item-condition", "rule-name", "seller-sku"}),
    kind="listings",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("sku", required=True),
                    "code": id_("sku"),
                    "price": money("price"),
                    "_least": raw("minimum-seller-allowed-price"),
                    "_most": raw("maximum-seller-allowed-price"),
                    "listed_units": count("quantity"),
                    "_handling": raw("leadtime-to-ship", "handling-time"),
                    "_channel": raw("fulfillment-channel"),
                }
            }
        ),
    ),
)
