"""Small hand-made shops as the simulator keeps them: the last exports of Shopify, WooCommerce and Amazon.

Each offers 12 mugs of which 10 are there, at 20.00 with a cost of 25.00; a plate beside it has nothing wrong.
"""

from __future__ import annotations

from pathlib import Path

SHOPIFY_PRODUCTS = (
    "Handle,Title,Vendor,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,"
    "Variant Inventory Qty,Variant Price,Variant Compare At Price,Status\n"
)
SHOPIFY_ROWS = (
    "mug,Mug,Kiln,Color,Blue,,,,,M-1,12,20.00,,active\n"
    "mug,,,,Red,,,,,M-2,5,60.00,70.00,\n"
    'plate,"Plate, round",Kiln,Title,Default Title,,,,,P-1,5,30.00,,active\n'
)
INVENTORY_HEAD = (
    "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,SKU,Location,"
    "Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)\n"
)
INVENTORY_ROWS = (
    "mug,Mug,Color,Blue,,,,,M-1,Cellar,0,0,4,4,\n"
    "mug,Mug,Color,Blue,,,,,M-1,Shop,0,1,8,9,\n"
    "mug,Mug,Color,Red,,,,,M-2,Shop,0,0,5,5,\n"
    'plate,"Plate, round",Title,Default Title,,,,,P-1,Cellar,,,,not stocked,\n'
    'plate,"Plate, round",Title,Default Title,,,,,P-1,Shop,0,0,5,5,\n'
)
WOO = (
    "ID,Type,SKU,Name,Published,In stock?,Stock,Sale price,Regular price,Parent,Attribute 1 name,Attribute 1 value(s)\n"
    "100,variable,M,Mug,1,1,,,,,Color,Blue\n"
    "101,variation,M-1,Mug - Blue,1,1,12,,20.00,M,Color,Blue\n"
    "200,simple,P-1,Plate,1,1,5,,30.00,,,\n"
)
AMAZON = (
    "item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\topen-date\tproduct-id-type\titem-condition\t"
    "asin1\tproduct-id\tfulfillment-channel\tmerchant-shipping-group\tstatus\n"
    'Mug 3" blue\t\t0101A\tM-1\t20.00\t12\t2025-01-05 10:00 PST\t1\t11\tB000000001\tB000000001\tDEFAULT\tMail\tActive\n'
    "Plate\t\t0102A\tP-1\t30.00\t5\t2025-01-05 10:00 PST\t1\t11\tB000000002\tB000000002\tDEFAULT\tMail\tActive\n"
    "Bowl\t\t0103A\tB-1\t9.00\t\t2025-01-05 10:00 PST\t1\t11\tB000000003\tB000000003\tAMAZON_NA\t\tActive\n"
)
FILES = {
    "shopify": {"products_export_1.csv": SHOPIFY_PRODUCTS + SHOPIFY_ROWS},
    "woocommerce": {"wc-product-export.csv": WOO},
    "amazon": {"All+Listings+Report.txt": AMAZON},
}
INVENTORY = {"inventory_export_1.csv": INVENTORY_HEAD + INVENTORY_ROWS}


def make(folder: Path, files: dict[str, str]) -> Path:
    """The folder with these files in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
