"""The other files of the invented shop: products, stock, costs, coupons, campaigns."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from shop_catalogue import Catalogue
from shop_days import FIRST_DAY
from shop_orders import CODES
from shop_table import Values, open_table, template, text
from shop_taobao import TAOBAO_OFF

PRODUCT = """Handle={handle}|Title={title}|Body (HTML)="<p>{title}, made to last.</p>"|Vendor={vendor}
|Product Category|Type|Tags="home, gift"|Published=true|Option1 Name={option1}|Option1 Value={value1}
|Option1 Linked To|Option2 Name={option2}|Option2 Value={value2}|Option2 Linked To|Option3 Name
|Option3 Value|Option3 Linked To|Variant SKU={sku}|Variant Grams=350.0|Variant Inventory Tracker=shopify
|Variant Inventory Qty={stock}|Variant Inventory Policy=deny|Variant Fulfillment Service=manual
|Variant Price={price}|Variant Compare At Price|Variant Requires Shipping=true|Variant Taxable=true
|Unit Price Total Measure|Unit Price Total Measure Unit|Unit Price Base Measure
|Unit Price Base Measure Unit|Variant Barcode|Image Src|Image Position|Image Alt Text|Gift Card=false
|SEO Title|SEO Description|Variant Image|Variant Weight Unit=g|Variant Tax Code|Cost per item={cost}
|Status=active"""
INVENTORY = """Handle={handle}|Title={title}|Option1 Name={option1}|Option1 Value={value1}
|Option2 Name={option2}|Option2 Value={value2}|Option3 Name|Option3 Value|SKU={sku}|HS Code|COO
|Location=Main|Bin name|Incoming (not editable)=0|Unavailable (not editable)=0|Committed (not editable)=0
|Available (not editable)={stock}|On hand (current)={stock}|On hand (new)"""
COSTS = """商家编码={sku}|标题={zh}|成本={cost}|币种={currency}|生效日期={since}|供应商=供应商-{vendor}
|交货天数=14|补货间隔天数=28|每箱件数=6|起订量=12"""
COUNTS = "商家编码={sku}|标题={zh}|仓库=主仓|实盘数量={stock}|盘点日期=2026-11-14"
COUPONS = """优惠券编号={id}|优惠券名称={id}|店铺={shop}|承担方=店铺|优惠方式={kind}|面额={value}
|门槛={smallest}|适用范围=全店|预算=20000|币种={currency}|开始日期=2024-11-15|结束日期=2026-12-31"""
CAMPAIGNS = """活动名称={year}{title}|开始日期={year}-{first}|结束日期={year}-{last}|店铺={shop}
|活动商品={skus}|目标销售额=50000|目标订单数=800|预算=5000|币种={currency}"""


def write_table(path: Path, layout: str, rows: Iterable[Values], encoding: str = "utf-8-sig") -> None:
    """A whole table; a row that does not open a product keeps only its variant's columns."""
    full = template(layout)
    variant = template(layout, ("Handle", "Variant", "Option1 V", "Option2 V", "Cost"))
    with open_table(path, layout, encoding) as file:
        for row in rows:
            opens = layout is not PRODUCT or row["opens"]
            file.write((full if opens else variant).format_map(row) + "\n")


def write_listings(folder: Path, catalogue: Catalogue, currency: str) -> None:
    def rows() -> Iterator[Values]:
        for index in range(catalogue.listings):
            item = catalogue.variant(index)
            cost = item["cost"] * (7 if currency == "CNY" else 1)
            yield text(item) | text({"cost": cost}) | {"currency": currency, "since": FIRST_DAY}

    products = (text(catalogue.variant(index)) for index in range(catalogue.listings))
    write_table(folder / "products_export_20261115.csv", PRODUCT, products, "utf-8")
    write_table(folder / "inventory_export_20261115.csv", INVENTORY, rows(), "utf-8")
    write_table(folder / "成本与供应商.csv", COSTS, rows())
    write_table(folder / "库存.csv", COUNTS, rows())


def write_plans(folder: Path, catalogue: Catalogue, layout: str) -> None:
    """Coupons of every shop; campaigns of the main one, for five SKUs."""
    dollars, yuan = {"shop": "shopify", "currency": "USD"}, {"shop": "山谷小铺", "currency": "CNY"}
    coupons = []
    for code, percent, off, least in CODES[:-1] if layout != "taobao" else ():
        kind, value = ("折扣", str(percent)) if percent else ("满减", off)
        coupons.append(text({"id": code, "kind": kind, "value": value, "smallest": least}) | dollars)
    for least, off in TAOBAO_OFF if layout != "shopify" else ():
        name = f"满{least // 100}减{off // 100}"
        coupons.append(text({"id": name, "kind": "满减", "value": off, "smallest": least}) | yuan)
    shared = yuan if layout == "taobao" else dollars
    shared["skus"] = ";".join(item["sku"] for item in catalogue.items[:5])
    seasons = (("春季上新", "03-10", "03-23"), ("年中大促", "06-01", "06-18"), ("双11", "11-01", "11-11"))
    campaigns = [shared | {"year": str(year), "title": title, "first": first, "last": last}
                 for year in (2025, 2026) for title, first, last in seasons]  # fmt: skip
    write_table(folder / "优惠券.csv", COUPONS, coupons)
    write_table(folder / "活动.csv", CAMPAIGNS, campaigns)
