"""What the invented shop sells, and who makes it: products, variants, suppliers, prices and costs.

Amounts are minor units (fen, cents). Rates are purchases a day, before quantities.
"""

from dataclasses import dataclass

SHOP_NAME = "云岫茶居"
TAOBAO = "taobao/main"
SHOPIFY = "shopify/main"
VENDOR = "Yunxiu Tea House"


@dataclass(frozen=True)
class Supplier:
    """Who makes a product; days are calendar days, pack and minimum are units."""

    name: str
    lead_days: int
    review_days: int
    pack: int
    minimum: int


@dataclass(frozen=True)
class Product:
    """One listing with its variants; a price of 0 means that it is not sold there."""

    code: str
    zh: str
    en: str
    kind_zh: str
    kind_en: str
    cny: int
    usd: int
    cost: int
    grams: int
    supplier: str
    taobao_rate: float
    shopify_rate: float
    variants: str


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
        return whole * self.share

    def price(self, shop: str) -> int:
        """Asked price of one unit in the shop's currency, minor units."""
        return self.product.cny if shop == TAOBAO else self.product.usd


SUPPLIERS = {
    "D": Supplier("德化陶坊", 18, 14, 12, 60),
    "L": Supplier("龙泉青窑", 25, 14, 6, 30),
    "N": Supplier("南通织造", 12, 7, 10, 50),
    "Y": Supplier("义乌竹木", 8, 7, 24, 48),
}

# code | Chinese title | English title | kind | type | fen | cents | cost in fen | grams | supplier
#      | purchases a day on Taobao | on Shopify | suffix:Chinese:English:share ...
TABLE = """
CJ-1001|[热卖]手作粗陶茶壶家用泡茶单壶300ml||茶具||12800|0|5200|620|D|2.55|0|BK:黑色:Black:.56 WH:米白:Ivory:.30 BR:茶褐:Brown:.14
CJ-1002|便携旅行茶具一壶两杯户外套装|Travel Tea Set with Case|茶具|Teaware|8900|3600|3800|580|D|1.75|.90|BK:黑色:Black:.58 GY:灰色:Grey:.26 GN:豆绿:Pea Green:.16
CJ-1003|龙泉青瓷小茶壶功夫茶单壶180ml||茶具||15800|0|6600|410|L|2.0|0|GN:梅子青:Plum Green:.72 BL:粉青:Powder Blue:.28
CJ-1004|德化白瓷盖碗三才碗150ml||茶具||5900|0|2100|260|D|2.0|0|WH:甜白:Sweet White:.66 RD:祭红:Ritual Red:.34
CJ-1005|柴烧主人杯单杯品茗杯|Wood-Fired Tea Cup|茶具|Teaware|6800|2800|2600|140|D|.85|.75|AS:落灰:Ash:.5 BR:火痕:Flame:.3 BK:乌金:Black Gold:.2
CJ-1006|加厚耐热玻璃公道杯分茶器|Heatproof Glass Pitcher|茶具|Teaware|3900|1800|1300|210|Y|.75|.45|CL:透明:Clear:.7 AM:琥珀:Amber:.3
CJ-1007|宜兴紫砂壶西施壶手工|Yixing Clay Teapot|茶具|Teaware|28800|9800|12000|450|L|.20|.22|ZN:紫泥:Purple Clay:.6 ZS:朱泥:Red Clay:.4
CJ-1008|密封陶瓷茶叶罐中号|Ceramic Tea Caddy|茶具|Teaware|7600|3200|2800|520|D|.70|.60|WH:月白:Moon White:.5 BL:霁蓝:Sky Blue:.3 BK:玄黑:Black:.2
CJ-1009|快客杯一人用办公室泡茶杯||茶具||4900|0|1700|300|D|.45|0|WH:白色:White:.6 GY:灰色:Grey:.4
CJ-1010|手工铸铁壶烧水壶老铁壶|Cast Iron Kettle|茶具|Teaware|39800|13900|19000|1900|L|.06|.12|BK:黑色:Black:1
BZ-2001|水洗亚麻桌布长方形茶几布||布艺||16800|0|7800|700|N|2.05|0|NA:原麻:Natural:.62 BL:靛蓝:Indigo:.38
BZ-2002|棉麻茶席桌旗Ａ款（３０×１８０ｃｍ）|Cotton Linen Table Runner|布艺|Textiles|5800|2700|2200|180|N|1.3|.55|NA:原色:Natural:.5 BL:靛蓝:Indigo:.3 GN:艾绿:Sage:.2
BZ-2003|加厚棉纱茶巾吸水不掉毛三条装|Cotton Tea Cloths, Set of 3|布艺|Textiles|2900|1600|900|120|N|1.15|.55|GY:灰色:Grey:.6 BR:棕色:Brown:.4
BZ-2004||Wool Blend Throw|布艺|Textiles|0|5900|26000|1100|N|0|1.0|NA:本白:Oatmeal:.5 GY:灰色:Grey:.3 BR:焦糖:Caramel:.2
BZ-2005||Waffle Bath Towel Set|布艺|Textiles|0|4400|19000|950|N|0|.75|WH:白色:White:.6 BL:雾蓝:Mist Blue:.4
BZ-2006|提花抱枕套靠垫套45x45|Jacquard Cushion Cover|布艺|Textiles|4500|2200|1600|160|N|.70|.55|NA:米色:Sand:.5 GN:墨绿:Forest:.5
BZ-2007|加厚隔热手套防烫烤箱手套一对||布艺||3200|0|1100|190|N|1.35|0|BL:藏蓝:Navy:.62 RD:砖红:Brick:.38
BZ-2008|帆布围裙茶艺工作服|Canvas Apron|布艺|Textiles|6900|3400|2700|320|N|.45|.40|BK:黑色:Black:.6 NA:卡其:Khaki:.4
BZ-2009|日式棉麻门帘半帘隔断||布艺||7900|0|3100|400|N|.30|0|BL:青海波:Wave:.5 WH:素色:Plain:.5
JJ-3001|重竹茶盘家用排水小茶台|Bamboo Tea Tray|家居|Home|11800|4900|4600|1500|Y|.95|.45|S:小号:Small:.6 L:大号:Large:.4
JJ-3002|陶瓷倒流香插摆件|Incense Holder|家居|Home|3600|1900|1100|230|D|.45|.45|BK:黑陶:Black:.6 GN:青釉:Celadon:.4
JJ-3003|胡桃木杯垫隔热垫四只装|Walnut Coasters, Set of 4|家居|Home|4200|2400|1500|200|Y|.90|.70|RD:圆形:Round:.6 SQ:方形:Square:.4
JJ-3004|粗陶花瓶侘寂风插花器|Stoneware Vase|家居|Home|9800|4200|3900|980|D|.40|.45|WH:白:White:.5 BK:黑:Black:.5
JJ-3005||Rattan Storage Basket|家居|Home|0|3800|6800|850|Y|0|1.15|NA:原藤:Natural:.7 BR:深棕:Dark Brown:.3
JJ-3006|黄铜茶匙茶勺|Brass Tea Spoon|家居|Home|2600|1500|800|45|Y|.30|.35|YE:黄铜:Brass:1
JJ-3007|铁艺烛台复古摆件|Iron Candle Holder|家居|Home|4800|2600|1900|360|Y|.05|.06|BK:黑色:Black:1
JJ-3008|免打孔实木壁挂置物架||家居||6600|0|2600|900|Y|.06|0|WA:胡桃色:Walnut:.5 NA:原木色:Natural:.5
JJ-3009|紫砂茶宠小和尚可养摆件||家居||3500|0|1000|150|L|1.15|0|ZN:紫泥:Purple Clay:.78 DN:段泥:Buff Clay:.22
00871|竹制茶则茶漏六君子配件|Bamboo Tea Scoop|茶具|Teaware|1900|1200|500|40|Y|.95|.45|:默认::1
"""


def read_table() -> list[Product]:
    """The products of TABLE, in its order."""
    products = []
    for line in TABLE.strip().splitlines():
        cell = line.split("|")
        numbers = [int(text) for text in cell[5:9]]
        products.append(Product(*cell[:5], *numbers, cell[9], float(cell[10]), float(cell[11]), cell[12]))
    return products


def skus_of(product: Product) -> list[Sku]:
    """The variants of a product; a variant without suffix carries the product's own code."""
    found = []
    for text in product.variants.replace("Black Gold", "Black~Gold").split(" "):
        if text.count(":") == 3:
            found.append(text)
        else:
            found[-1] += " " + text
    return [variant(product, text.replace("~", " ")) for text in glue(found, product.variants)]


def glue(_: list[str], variants: str) -> list[str]:
    return variants.split(" ")
