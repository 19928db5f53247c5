"""Write a big invented shop: two years of orders, listings, stock, costs, coupons, campaigns, reviews.

The same arguments give the same bytes. Orders are drawn and written one by one: memory depends on the SKUs
(at most 5,000 are ever sold), not on --lines. A buyer is a number from which name and address are computed.
Money is held in cents (fen for Taobao); `text` writes every whole number of a row's values as an amount.
"""

import argparse
import math
import random
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, TextIO

Values = dict[str, Any]
DAYS, DAY, FIRST_DAY, LAST_DAY = 730, 86_400, date(2024, 11, 15), date(2026, 11, 14)
END, SOLD_SKUS, NEW_BUYER = DAYS * DAY - 1, 5_000, 0.3076
SIZES = tuple(accumulate((0.61, 0.22, 0.09, 0.05, 0.02)))  # lines of an order: 1.68 on average
STILL_OPEN = (0.9, 0.5, 0.2, 0.05)  # share not yet sent, by age in days

# Each layout lists its columns as name=format; a column without a format stays empty.
SHOPIFY = """Name=#{number}|Email={email}|Financial Status={financial}|Paid at={paid_at}
|Fulfillment Status={state}|Fulfilled at={fulfilled}|Accepts Marketing={marketing}|Currency=USD
|Subtotal={subtotal}|Shipping={shipping}|Taxes={taxes}|Total={total}|Discount Code={code}
|Discount Amount={discount}|Shipping Method={method}|Created at={created}|Lineitem quantity={quantity}
|Lineitem name={name}|Lineitem price={price}|Lineitem compare at price|Lineitem sku={sku}
|Lineitem requires shipping=true|Lineitem taxable=true|Lineitem fulfillment status={sent}
|Billing Name={who}|Billing Street={street}|Billing Address1={road}|Billing Address2={unit}
|Billing Company|Billing City={city}|Billing Zip={zip}|Billing Province={province}|Billing Country=US
|Billing Phone={phone}|Shipping Name={who}|Shipping Street={street}|Shipping Address1={road}
|Shipping Address2={unit}|Shipping Company|Shipping City={city}|Shipping Zip={zip}
|Shipping Province={province}|Shipping Country=US|Shipping Phone={phone}|Notes={note}|Note Attributes
|Cancelled at={cancelled}|Payment Method=Shopify Payments|Payment Reference=c{number}
|Refunded Amount={refund}|Vendor={vendor}|Outstanding Balance=0.00|Employee|Location|Device ID
|Id=51{number:0>11}|Tags|Risk Level=Low|Source=web|Lineitem discount=0.00|Tax 1 Name={tax_name}
|Tax 1 Value={taxes}|Tax 2 Name|Tax 2 Value|Tax 3 Name|Tax 3 Value|Tax 4 Name|Tax 4 Value|Tax 5 Name
|Tax 5 Value|Phone|Receipt Number|Duties|Billing Province Name={province_name}
|Shipping Province Name={province_name}|Payment ID=c{number}|Payment Terms Name|Next Payment Due At
|Payment References=c{number}"""
TAOBAO = """订单编号=="{number}"|买家会员名=tb{buyer}|买家会员昵称|支付单号=26{number}|支付详情
|买家应付货款={due}|买家应付邮费={postage}|买家支付积分=0|总金额={total}|返点积分=0
|买家实际支付金额={paid}|买家实际支付积分=0|订单状态={status}|买家留言|收货人姓名=赵小{buyer}
|收货地址=浙江省 杭州市 西湖区 云杉路{buyer}号(310000)|运送方式=快递|联系电话|联系手机='138{buyer:0>8}
|虚拟号过期时间|订单创建时间={created}|订单付款时间={paid_at}|宝贝标题={titles}|宝贝种类={kinds}
|物流单号={parcel}|物流公司={carrier}|订单备注|宝贝总数量={units}|店铺Id=0|店铺名称=山谷小铺
|订单关闭原因={closed}|卖家服务费=0|买家服务费=0元|发票抬头|是否手机订单=手机订单|分阶段订单信息
|特权订金订单id|是否上传合同照片|是否上传小票|是否代付|定金排名|修改后的sku|修改后的收货地址|异常信息
|天猫卡券抵扣|集分宝抵扣|是否是O2O交易|新零售交易类型|新零售导购门店名称|新零售导购门店id
|新零售发货门店名称|新零售发货门店id|退款金额={refund}|预约门店|确认收货时间={received}
|打款商家金额={payout}|含应开票给个人的个人红包|是否信用购|体验期结束时间|前N有礼|配送类型|直播返现状态
|返现金额|延迟发货自动赔付金额|新零售成交门店昵称|新零售成交门店id|新零售成交经销商id|预售订单
|发货时间={fulfilled}|商家备忘|主订单编号=="{number}\""""
TAOBAO_LINE = """子订单编号=="{child}"|主订单编号=="{number}"|标题={zh}|价格={fen}|购买数量={quantity}
|外部系统编号={sku}|商品属性={attributes}|套餐信息|备注|订单状态={status}|商家编码={sku}
|支付单号=26{number}|买家应付货款={line_due}|买家实际支付金额={line_paid}|退款状态={refund_state}
|退款金额={line_refund}|订单创建时间={created}|订单付款时间={paid_at}"""
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
REVIEWS = """评价编号={id}|店铺={shop}|订单编号={order}|商家编码={sku}|评价日期={day}|评分={stars}
|评价内容={words}|追评内容={later}|商家回复={reply}"""

FIRST = ("Ada", "Ben", "Cora", "Dana", "Eli", "Fern", "Gus")
LAST = ("Abbott", "Barlow", "Dunmore", "Ellery", "Nye")
STREETS = ("Alder Ave", "Birch Rd", "Cedar Ln", "Dove St", "Foundry Row")
CITIES = (  # city, start of the zip, province, its name, dialling code, sales tax in 1/10,000
    ("Portland", "972", "OR", "Oregon", "503", 0), ("Seattle", "981", "WA", "Washington", "206", 1025),
    ("Boston", "021", "MA", "Massachusetts", "617", 625), ("Newark", "071", "NJ", "New Jersey", "973", 663),
)  # fmt: skip
CODES = (  # code, percent off, amount off, smallest order; the last one is no coupon
    ("WELCOME10", 10, 0, 0), ("SAVE5", 0, 500, 3000), ("VIP20", 20, 0, 5000),
    ("AUTOMATIC DISCOUNTS", 5, 0, 0),
)  # fmt: skip
TAOBAO_OFF = ((19900, 2000), (29900, 3000), (9900, 1000), (5900, 500))  # from, off
FINANCIAL = {"kept": "paid", "voided": "voided", "partial": "partially_refunded"}  # the others: refunded
MATERIALS = (("Linen", "亚麻"), ("Cotton", "纯棉"), ("Oak", "橡木"), ("Steel", "不锈钢"), ("Clay", "陶土"))
NOUNS = (("Shirt", "衬衫"), ("Bowl", "碗"), ("Lamp", "台灯"), ("Tote", "手提袋"), ("Apron", "围裙"))
PLACES = (  # ten variants make four products: which product, color, size
    (0, "", ""), (1, "", "S"), (1, "", "M"), (2, "", "S"), (2, "", "M"), (2, "", "L"),
    (3, "Blue", "S"), (3, "Blue", "M"), (3, "Sand", "S"), (3, "Sand", "M"),
)  # fmt: skip
WORDS = {  # per shop: bad, so-so and good sentences, and the shop's reply
    "shopify": (("Broke after a week.", "Two weeks late.", "Wrong size."), ("It is fine.", "A bit small."),
                ("Love it!", "Great quality.", "Fast delivery.", "Would buy again."), "Thank you!"),
    "山谷小铺": (("用了一周就坏了。", "物流太慢了。", "尺码偏小。"), ("一般般吧。", "比想象的小一点。"),
             ("很喜欢！", "质量很好，做工精细。", "发货很快。", "会回购的。"), "谢谢您的评价！"),
}  # fmt: skip


def open_table(path: Path, layout: str, encoding: str = "utf-8", quote: str = "") -> TextIO:
    """The opened file with the layout's header row in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w", encoding=encoding, newline="\n", buffering=1 << 20)
    names = (column.partition("=")[0] for column in layout.replace("\n", "").split("|"))
    file.write(",".join(quote + name + quote for name in names) + "\n")
    return file


def template(layout: str, kept: tuple[str, ...] = ("",), quote: str = "") -> str:
    """The format of one row; columns that begin with none of `kept` are left empty."""
    cells = []
    for column in layout.replace("\n", "").split("|"):
        name, _, cell = column.partition("=")
        cell = cell if name.startswith(kept) else ""
        cells.append(cell if cell.startswith('="') else quote + cell + quote)
    return ",".join(cells)


ORDER_ROW = template(SHOPIFY) + "\n"
NEXT_ROW = template(SHOPIFY, ("Name", "Email", "Created", "Lineitem", "Vendor")) + "\n"
TAOBAO_ROW, TAOBAO_LINE_ROW = template(TAOBAO, quote='"') + "\n", template(TAOBAO_LINE, quote='"') + ",\n"


def text(values: Values) -> Values:
    amounts = {key: f"{v // 100}.{v % 100:02d}" for key, v in values.items() if type(v) is int}
    return values | amounts


ALL_DAYS = [FIRST_DAY + timedelta(n) for n in range(DAYS + 2)]
DAY_TEXTS = [day.isoformat() for day in ALL_DAYS]
OFFSETS = [" -0400" if (3, 9) <= (day.month, day.day) < (11, 2) else " -0500" for day in ALL_DAYS]
RATES = [(1 + n / DAYS) * (1.3 if day.weekday() > 4 else 1) * (1.8 if day.month > 10 else 1)
         for n, day in enumerate(ALL_DAYS[:DAYS])]  # fmt: skip
UNTIL = [0.0, *accumulate(rate / math.fsum(RATES) for rate in RATES)]


def moment(share: float) -> int:
    """When `share` of all sales were made, in seconds; the shop is open from 7:00 to midnight."""
    day = min(bisect_right(UNTIL, share), DAYS) - 1
    inside = (share - UNTIL[day]) / (UNTIL[day + 1] - UNTIL[day])
    return day * DAY + 25_200 + min(int(inside * 61_199), 61_199)


def stamp(at: int) -> str:
    day, second = divmod(at, DAY)
    return f"{DAY_TEXTS[day]} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"


def make_variant(index: int, seed: int, daily: float) -> Values:
    """Variant number `index`, of which `daily` are sold a day; its stock follows from that."""
    place, color, size = PLACES[index % 10]
    product = index // 10 * 4 + place + 1
    rng, own = random.Random(f"{seed}/product/{product}"), random.Random(f"{seed}/variant/{index}")
    (material, material_zh), (noun, noun_zh) = rng.choice(MATERIALS), rng.choice(NOUNS)
    title, label = f"{material} {noun} {product}", f"{color} / {size}".strip(" /")
    price = rng.randrange(9, 120) * 100 - 1
    return {
        "sku": f"{noun[:3].upper()}-{product:05d}-{color[:1]}{size}".strip("-"), "title": title,
        "handle": title.lower().replace(" ", "-"), "name": f"{title} - {label}" if label else title,
        "option1": "Color" if color else "Size" if size else "Title",
        "value1": color or size or "Default Title", "option2": "Size" if color else "",
        "value2": size if color else "", "zh": f"{material_zh}{noun_zh}{product}号",
        "attributes": (f"颜色分类：{color};" if color else "") + (f"尺码：{size}" if size else ""),
        "vendor": f"Workshop {rng.randrange(1, 13)}", "price": price, "fen": price * 7 // 100 * 100 + 90,
        "cost": int(price * rng.uniform(0.3, 0.6)), "opens": index % 10 in (0, 1, 3, 6),
        "stock": str(0 if own.random() < 0.05 else int(daily * own.uniform(0, 60)) + own.randrange(12)),
    }  # fmt: skip


class Catalogue:
    """All variants by number, and how popular the sold ones are (the n-th sells 1 / n ** 0.9)."""

    def __init__(self, listings: int, lines: int, seed: int) -> None:
        self.listings, self.seed, self.sold = listings, seed, min(listings, SOLD_SKUS)
        weights = [1 / rank**0.9 for rank in range(1, self.sold + 1)]
        random.Random(f"{seed}/popular").shuffle(weights)
        total = math.fsum(weights)
        self.shares = [weight / total for weight in weights]
        self.until = [*list(accumulate(self.shares))[:-1], 1.0]
        self.daily = lines * 1.77 / DAYS  # units a day at the end of the two years
        self.items = [self.variant(index) for index in range(self.sold)]
        used = ("sku", "name", "price", "vendor", "zh", "fen", "attributes")  # by the rows of orders
        self.texts = [text({key: item[key] for key in used}) for item in self.items]

    def variant(self, index: int) -> Values:
        return make_variant(index, self.seed, self.daily * self.shares[index] if index < self.sold else 0.0)

    def basket(self, draw: Callable[[], float], room: int) -> list[tuple[int, int]]:
        picked: dict[int, int] = {}
        for _ in range(min(bisect_right(SIZES, draw()), room - 1, self.sold - 1) + 1):
            index = bisect_right(self.until, draw())
            while index in picked:
                index = (index + 1) % self.sold
            picked[index] = 1 + bisect_right((0.86, 0.96), draw())
        return list(picked.items())


@dataclass(slots=True)
class Order:
    number: int
    buyer: int
    at: int
    items: list[tuple[int, int]]  # variant, quantity
    code: int  # place in CODES, -1 for none
    express: bool
    fate: str
    state: str
    step: int  # when it was sent, or cancelled


def fate_state_step(draw: Callable[[], float], at: int, lines: int) -> tuple[str, str, int]:
    age, chance, step = DAYS - 1 - at // DAY, draw(), min(at + 7_200 + int(draw() * 140_000), END)
    if chance < 0.02:
        return ("voided" if chance < 0.014 else "cancelled"), "unfulfilled", step
    if age < len(STILL_OPEN) and draw() < STILL_OPEN[age]:
        return "kept", ("partial" if lines > 1 and draw() < 0.2 else "unfulfilled"), step
    fate = "kept" if chance >= 0.06 or age < 4 else "refunded" if chance < 0.036 else "partial"
    return fate, "fulfilled", step


def draw_orders(catalogue: Catalogue, lines: int, key: str) -> Iterator[Order]:
    """Orders in the sequence of time with exactly `lines` lines in all."""
    draw, done, buyers, number = random.Random(key).random, 0, 0, 1000
    while done < lines:
        at, items = moment(done / lines), catalogue.basket(draw, lines - done)
        known = max(min(int(buyers * (1 - draw() ** 2)), buyers - 1), 0)  # rather one who bought lately
        buyer = buyers if draw() < NEW_BUYER else known
        buyers, number, done = max(buyers, buyer + 1), number + 1, done + len(items)
        code = int(draw() * len(CODES)) if draw() < 0.22 else -1
        yield Order(number, buyer, at, items, code, draw() < 0.1, *fate_state_step(draw, at, len(items)))


def changed_later(order: Order, draw: Callable[[], float]) -> Order:
    """The same order a day later: sent, partly refunded, or with one more unit."""
    if order.fate == "kept" and order.state != "fulfilled":
        return replace(order, state="fulfilled", step=END + 36_000)
    if order.fate == "kept" and draw() < 0.6:
        return replace(order, fate="partial")
    (variant, quantity), *others = order.items
    return replace(order, items=[(variant, quantity + 1), *others])


def buyer_values(buyer: int) -> Values:
    mixed = buyer * 0x9E3779B1 & 0xFFFFFFFF
    first, last = FIRST[mixed % len(FIRST)], LAST[(mixed >> 5) % len(LAST)]
    city, zip_start, province, province_name, dial, tax = CITIES[(mixed >> 10) % len(CITIES)]
    road = f"{100 + (mixed >> 7) % 9800} {STREETS[(mixed >> 14) % len(STREETS)]}"
    unit = f"Apt {mixed % 60 + 1}" if mixed >> 20 & 3 == 0 else ""
    return {
        "email": f"{first}.{last}{buyer}@example.com".lower(), "who": f"{first} {last}", "road": road,
        "unit": unit, "street": f'"{road}, {unit}"' if unit else road, "city": city,
        "zip": f"'{zip_start}{mixed % 100:02d}", "province": province, "province_name": province_name,
        "phone": f"'+1 {dial}-555-01{(mixed >> 4) % 100:02d}", "marketing": "yes" if buyer % 3 else "no",
        "tax_name": f"{province_name} State Tax {tax / 100:g}%" if tax else "", "rate": str(tax),
    }  # fmt: skip


def shopify_values(order: Order, catalogue: Catalogue) -> Values:
    """What the first row of an order says beyond its line; sales tax comes on top."""
    values, created = buyer_values(order.buyer), stamp(order.at) + OFFSETS[order.at // DAY]
    amounts = [catalogue.items[index]["price"] * quantity for index, quantity in order.items]
    gross, later = sum(amounts), stamp(order.step) + OFFSETS[order.step // DAY]
    code, percent, fixed, smallest = CODES[order.code] if order.code >= 0 else ("", 0, 0, 0)
    discount = gross * percent // 100 + min(fixed, gross) if gross >= smallest else 0
    subtotal = gross - discount
    shipping = 1495 if order.express else 0 if subtotal >= 7500 else 595
    taxes = (subtotal * int(values["rate"]) + 5000) // 10000
    total = subtotal + shipping + taxes
    part = subtotal * (amounts[-1] if len(amounts) > 1 else gross // 3) // gross
    return values | text({
        "number": str(order.number), "created": created, "financial": FINANCIAL.get(order.fate, "refunded"),
        "paid_at": "" if order.fate == "voided" else created, "state": order.state,
        "fulfilled": later if order.state == "fulfilled" else "", "subtotal": subtotal, "shipping": shipping,
        "cancelled": later if order.fate in ("voided", "cancelled") else "", "taxes": taxes, "total": total,
        "code": code if discount else "", "discount": discount,
        "method": "Express" if order.express else "Standard" if shipping else "Free Shipping",
        "refund": {"cancelled": total, "refunded": total, "partial": part}.get(order.fate, 0),
        "note": '"Please ring twice, thanks.\nSecond floor"' if order.number % 97 == 0 else "",
    })  # fmt: skip


def shopify_rows(order: Order, catalogue: Catalogue) -> str:
    values, rows = shopify_values(order, catalogue), []
    shared = {key: values[key] for key in ("number", "email", "created")}
    for place, (index, quantity) in enumerate(order.items):
        sent = order.state == "fulfilled" or (order.state == "partial" and place == 0)
        line = {"quantity": str(quantity), "sent": "fulfilled" if sent else "pending"}
        line |= shared if place else values
        rows.append((NEXT_ROW if place else ORDER_ROW).format_map(line | catalogue.texts[index]))
    return "".join(rows)


def taobao_amounts(order: Order, catalogue: Catalogue) -> tuple[list[int], list[int], list[int]]:
    """Due, paid and refunded in fen, line by line; the first line bears the postage."""
    amounts = [catalogue.items[index]["fen"] * quantity for index, quantity in order.items]
    smallest, off = TAOBAO_OFF[order.code] if order.code >= 0 else (0, 0)
    discount = off if sum(amounts) >= smallest else 0
    due = [amount - discount * amount // sum(amounts) for amount in amounts]
    due[-1] += sum(amounts) - discount - sum(due)
    paid = [0] * len(due) if order.fate == "voided" else [due[0] + 600 * order.express, *due[1:]]
    part = [0] * (len(due) - 1) + [due[-1] if len(due) > 1 else due[0] // 3]
    whole = order.fate in ("cancelled", "refunded")
    return due, paid, paid if whole else part if order.fate == "partial" else [0] * len(due)


def taobao_number(order: Order) -> int:
    return 35 * 10**17 + order.number * 1_000_003


def taobao_rows(order: Order, catalogue: Catalogue) -> tuple[str, str]:
    """The row for the order file and the rows for the file of lines."""
    due, paid, refund = taobao_amounts(order, catalogue)
    created, sent, number = stamp(order.at), order.state == "fulfilled", taobao_number(order)
    dead = order.fate in ("voided", "cancelled", "refunded")
    done = sent and not dead and order.at < END - 10 * DAY
    status = "卖家已发货，等待买家确认" if sent else "买家已付款，等待卖家发货"
    status = "交易关闭" if dead else "交易成功" if done else status
    values = text({
        "number": str(number), "buyer": str(order.buyer), "due": sum(due), "postage": 600 * order.express,
        "total": sum(due) + 600 * order.express, "paid": sum(paid), "status": status, "created": created,
        "paid_at": "" if order.fate == "voided" else created, "kinds": str(len(due)), "refund": sum(refund),
        "titles": "，".join(catalogue.items[index]["zh"] for index, _ in order.items),
        "parcel": f"YT{number % 10**13}" if sent else "", "carrier": "圆通速递" if sent else "",
        "units": str(sum(quantity for _, quantity in order.items)),
        "fulfilled": stamp(order.step) if sent else "",
        "closed": "买家未付款" if order.fate == "voided" else "退款" if dead else "订单未关闭",
        "received": stamp(order.at + 7 * DAY) if done else "", "payout": (sum(paid) - sum(refund)) * done,
    })  # fmt: skip
    lines = []
    for place, (index, quantity) in enumerate(order.items):
        lines.append(TAOBAO_LINE_ROW.format_map(values | catalogue.texts[index] | text({
            "child": str(number + (place + 1) * (len(due) > 1)), "quantity": str(quantity),
            "line_due": due[place], "line_paid": paid[place], "line_refund": refund[place],
            "refund_state": "退款成功" if refund[place] else "没有申请退款",
        })))  # fmt: skip
    return TAOBAO_ROW.format_map(values), "".join(lines)


class Reviews:
    """Spreads `total` reviews over the `lines` order lines of a shop while its orders pass by."""

    def __init__(self, file: TextIO, shop: str, total: int, lines: int, seed: int) -> None:
        self.file, self.shop, self.total, self.lines = file, shop, total, lines
        self.rng, self.row = random.Random(f"{seed}/reviews/{shop}"), template(REVIEWS) + "\n"
        self.passed = self.written = 0

    def add(self, order: Order, name: str, catalogue: Catalogue) -> None:
        self.passed += len(order.items)
        while self.written < self.total * self.passed // self.lines:
            self.written += 1
            draw, (index, _) = self.rng.random, order.items[self.written % len(order.items)]
            stars = 1 + bisect_right((0.06, 0.1, 0.18, 0.38), draw() * (1 if order.fate == "kept" else 0.3))
            *pools, reply = WORDS[self.shop]
            pool = pools[max(stars - 2, 0) if stars < 4 else 2]
            self.file.write(self.row.format(
                id=f"{self.shop[0]}{self.written:08d}", shop=self.shop, order=name, stars=stars,
                sku=catalogue.items[index]["sku"], words=" ".join(self.rng.sample(pool, 1 + (draw() < 0.5))),
                day=DAY_TEXTS[min(order.at // DAY + 3 + int(draw() * 20), DAYS - 1)],
                later=self.rng.choice(pool) if draw() < 0.05 else "", reply=reply if draw() < 0.3 else "",
            ))  # fmt: skip


def write_shopify(folder: Path, catalogue: Catalogue, lines: int, changed: float, reviews: Reviews) -> None:
    draw = random.Random(f"{catalogue.seed}/changed").random
    after = open_table(folder / "changed" / "orders_export_20261116.csv", SHOPIFY) if changed > 0 else None
    with open_table(folder / "orders_export_20261115.csv", SHOPIFY) as file, after or nullcontext():
        for order in draw_orders(catalogue, lines, f"{catalogue.seed}/shopify"):
            rows = shopify_rows(order, catalogue)
            file.write(rows)
            reviews.add(order, f"#{order.number}", catalogue)
            if after:
                other = draw() < changed
                after.write(shopify_rows(changed_later(order, draw), catalogue) if other else rows)


def write_taobao(folder: Path, catalogue: Catalogue, lines: int, reviews: Reviews) -> None:
    with (
        open_table(folder / "ExportOrderList202611150805.csv", TAOBAO, "gb18030", '"') as orders,
        open_table(folder / "ExportOrderDetailList202611150806.csv", TAOBAO_LINE, "gb18030", '"') as details,
    ):
        for order in draw_orders(catalogue, lines, f"{catalogue.seed}/taobao"):
            row, line_rows = taobao_rows(order, catalogue)
            orders.write(row)
            details.write(line_rows)
            reviews.add(order, str(taobao_number(order)), catalogue)


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


def make(
    out_dir: Path, *, lines: int, listings: int, reviews: int, seed: int,
    changed: float = 0, layout: str = "both",
) -> None:  # fmt: skip
    """Write the whole shop; with `both`, Taobao gets a tenth of `lines` besides all of Shopify's."""
    catalogue = Catalogue(listings, lines, seed)
    write_listings(out_dir, catalogue, "CNY" if layout == "taobao" else "USD")
    write_plans(out_dir, catalogue, layout)
    ours, theirs = {"shopify": (lines, 0), "taobao": (0, lines), "both": (lines, lines // 10)}[layout]
    share = reviews * theirs // (ours + theirs)
    with open_table(out_dir / "评价.csv", REVIEWS, "utf-8-sig") as file:
        if layout != "taobao":
            own = Reviews(file, "shopify", reviews - share, ours, seed)
            write_shopify(out_dir, catalogue, ours, changed, own)
        if layout != "shopify":
            write_taobao(out_dir, catalogue, theirs, Reviews(file, "山谷小铺", share, theirs, seed))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write a big invented shop.")
    parser.add_argument("out_dir", type=Path, metavar="OUT_DIR")
    for name, default in (("--lines", 100_000), ("--listings", 5_000), ("--reviews", 0), ("--seed", 1)):
        parser.add_argument(name, type=int, default=default)
    parser.add_argument("--changed", type=float, default=0.0, metavar="FRACTION")
    parser.add_argument("--layout", choices=("shopify", "taobao", "both"), default="both")
    options = parser.parse_args()
    if options.lines < 1 or options.listings < 1:
        parser.error("--lines and --listings must be at least 1")
    make(**vars(options))


if __name__ == "__main__":
    main()
