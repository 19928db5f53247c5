"""Tmall's and Taobao's item master (发布模板.xlsx): a row per SKU with its price and stock.

Provisional (grade C): of the header names only 商品Id and skuId are proven, the others come from one program that read
such a file. What state an item is in the file does not say.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, by_row, count, id_, money, text
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A listing for each SKU, or for the item where it has none; its price is also the price of the file's day."""
    for row in by_row(drafts):
        listing = row[0].values
        listing["variant_id"] = listing.get("variant_id") or ""
        code, whole = listing.get("code"), listing.get("_item_code")
        listing["code"] = code or whole or listing["variant_id"] or listing["listing_id"]
        if listing.get("price") is None:
            listing["price"] = listing.get("_item_price")
        listing["options"] = listing.get("options") or listing.get("_pairs")
        listing["currency"] = facts.currency
        yield row[0]
        if listing["price"] is not None:
            price = {name: listing[name] for name in ("listing_id", "variant_id", "price", "currency")}
            row[1].values.update(price, seen_day=facts.as_of_day)
            yield row[1]


products = Importer(
    platform="taobao",
    name="products",
    title=Phrase("Taobao item master", "淘宝商品发布模板"),
    menu=Phrase(
        "Qianniu back office `千牛` › goods `商品` › my goods `我的宝贝` › export as a table",
        "千牛卖家中心 › 商品 › 我的宝贝 › 批量导出",
    ),
    known_by=frozenset({"商品Id", "skuId", "商品标题"}),
    kind="listings",
    grade="C",
    sheet_name=r"^发布模板$",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "listings": {
                    "listing_id": id_("商品Id", required=True),
                    "variant_id": id_("skuId"),
                    "code": id_("SKU商家编码"),
                    "_item_code": id_("商品商家编码"),
                    "title": text("商品标题"),
                    "options": text("销售属性"),
                    "_pairs": text("属性对"),
                    "category": text("类目名称"),
                    "price": money("SKU价格", least=0),
                    "_item_price": money("一口价", least=0),
                    "listed_units": count("SKU库存", least=0),
                },
                "prices": {},
            }
        ),
    ),
)
