"""What the invented shop sells and who makes it, read from example_catalogue.csv.

Prices and costs are minor units (fen, cents); a price of 0 means that the thing is not sold there.
Rates are purchases on an ordinary day, before quantities and before PACE (how busy a shop is).
"""

import csv
from dataclasses import dataclass
from pathlib import Path

SHOP_NAME = "云岫茶居"
VENDOR = "Yunxiu Tea House"
TAOBAO = "taobao/main"
SHOPIFY = "shopify/main"
PACE = {TAOBAO: 0.74, SHOPIFY: 0.65}
TABLE = Path(__file__).with_name("example_catalogue.csv")


@dataclass(frozen=True)
class Supplier:
    """Who makes a product; days are calendar days, pack and minimum are units."""

    name: str
    lead_days: int
    review_days: int
    pack: int
    minimum: int


SUPPLIERS = {
    "D": Supplier("德化陶坊", 18, 14, 12, 60),
    "L": Supplier("龙泉青窑", 25, 14, 6, 30),
    "N": Supplier("南通织造", 12, 7, 10, 50),
    "Y": Supplier("义乌竹木", 8, 7, 24, 48),
}


@dataclass(frozen=True)
class Product:
    """One listing with its variants."""

    code: str
    zh: str
    en: str
    kind_zh: str
    kind_en: str
    fen: int
    cents: int
    cost_fen: int
    grams: int
    supplier: Supplier
    taobao_rate: float
    shopify_rate: float

    def price(self, shop: str) -> int:
        """Asked price of one unit in the shop's currency, minor units."""
        return self.fen if shop == TAOBAO else self.cents

    @property
    def handle(self) -> str:
        """The product's address on Shopify."""
        return self.en.lower().replace(",", "").replace(" ", "-")


@dataclass(frozen=True)
class Sku:
    """One thing that can be counted; `share` is its part of the product's purchases."""

    code: str
    product: Product
    zh: str
    en: str
    share: float

    def rate(self, shop: str) -> float:
        """Purchases a day in that shop on an ordinary day."""
        whole = self.product.taobao_rate if shop == TAOBAO else self.product.shopify_rate
        return whole * self.share * PACE[shop]

    def sold_in(self, shop: str) -> bool:
        return self.product.price(shop) > 0

    @property
    def cost_cents(self) -> int:
        """What one unit costs when it lies in Brooklyn: cost at 7.10 plus a twentieth for the voyage."""
        return round(self.product.cost_fen / 7.10 * 1.05)


def read_product(row: dict[str, str]) -> Product:
    texts = [row[name] for name in ("code", "zh", "en", "kind_zh", "kind_en")]
    numbers = [int(row[name]) for name in ("fen", "cents", "cost_fen", "grams")]
    rates = [float(row[name]) for name in ("taobao_rate", "shopify_rate")]
    return Product(*texts, *numbers, SUPPLIERS[row["supplier"]], *rates)


def read_variants(product: Product, text: str) -> list[Sku]:
    """The variants of a product; one without suffix carries the product's own code."""
    skus = []
    for part in text.split(";"):
        suffix, zh, en, share = part.split(":")
        skus.append(Sku("-".join(filter(None, (product.code, suffix))), product, zh, en, float(share)))
    return skus


def read_catalogue() -> list[Sku]:
    """All SKUs in the order of the table."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    return [sku for row in rows for sku in read_variants(read_product(row), row["variants"])]


SKUS = read_catalogue()
BY_CODE = {sku.code: sku for sku in SKUS}
