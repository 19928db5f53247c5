"""The files of invented histories, and what each states: small exports of six kinds that speak of few records.

A record is drawn as four small numbers: which one (`n`), and which of a few versions of its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

Draw = tuple[int, int, int, int]
BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Said:
    """What a file says of one record: its cells by the store's columns, and the lines of an order (None: no lines)."""

    table: str
    key: tuple[Any, ...]
    values: dict[str, Any]
    lines: list[dict[str, Any]] | None = None


@dataclass(frozen=True)
class Written:
    """The rows of one record in its file, what they say, and the instants that stand in them."""

    rows: list[str]
    said: list[Said]
    moments: list[int] = field(default_factory=list)


@dataclass(frozen=True, repr=False)
class Kind:
    """One kind of file. `fills`: the order columns that it has; `undated`: its rows can tell its age."""

    importer: str
    shop: str
    stem: str
    head: str
    make: Callable[[Draw, str], Written]
    encoding: str = "utf-8"
    undated: bool = True
    fills: frozenset[str] = frozenset()

    def __repr__(self) -> str:
        return self.importer

    @property
    def zone(self) -> ZoneInfo:
        return BEIJING if self.shop.startswith("taobao") else ZoneInfo("UTC")

    def name(self, day: int | None) -> str:
        """The name that the platform gives to an export of that day of March; None: one that says nothing."""
        return f"{self.stem}.csv" if day is None else f"{self.stem}202503{day:02d}.csv"

    def end_of(self, day: int) -> int:
        """The last second of that day, as a file that names its day only is dated."""
        return int(datetime(2025, 3, day, 23, 59, 59, tzinfo=self.zone).timestamp())

    def day_of(self, instant: int) -> str:
        return datetime.fromtimestamp(instant, self.zone).date().isoformat()


def instant(text: str, zone: ZoneInfo) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp())


def money(minor: int | None) -> str:
    return "" if minor is None else f"{minor / 100:.2f}"


# --- Shopify orders: lines and money in one file ---

# Of an order: its Subtotal, and its lines as (code, units, price). Several come to the same goods total.
Goods = tuple[int | None, tuple[tuple[str, int, int | None], ...]]
GOODS: tuple[Goods, ...] = (
    (2000, (("A-1", 1, 1000), ("B-1", 2, 500))),
    (2000, (("A-1", 2, 1000),)),
    (2000, (("B-1", 2, 500),)),  # cut off: the rest of the lines is missing
    (1500, (("A-1", 1, 1000), ("B-1", 1, 1000))),  # a discount on the order, to be spread
    (None, (("A-1", 1, None),)),  # a list without amounts
    (2000, (("A-1", 1, 700), ("A-1", 1, 1300))),
    (2000, (("A-1", 1, None), ("B-1", 1, None), ("C-1", 1, None))),
    (1000, (("A-1", 1, 1000),)),
)
# Financial status, fulfilment, status, whether it counts as a sale.
STATES = (
    ("paid", "unfulfilled", "paid", 1),
    ("pending", "unfulfilled", "unpaid", 0),
    ("paid", "fulfilled", "shipped", 1),
    ("voided", "", "cancelled", 0),
    ("paid", "partial", "part_shipped", 1),
    ("refunded", "fulfilled", "shipped", 1),
)
REFUNDS = (None, None, 0, 500, 2000)
SHOPIFY_HEAD = (
    "Name,Financial Status,Fulfillment Status,Fulfilled at,Created at,Currency,Subtotal,Shipping,Total,Payment Method,"
    "Refunded Amount,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku"
)


def shopify_order(draw: Draw, day: str) -> Written:
    n, a, b, c = draw
    (goods, lines), (financial, fulfilment, status, counts) = GOODS[a], STATES[b]
    refunded, payment = REFUNDS[c], ("", "card")[(a + c) % 2]
    shipping = None if goods is None else (0, 300)[c % 2]
    total = None if goods is None or shipping is None else goods + shipping
    created = f"2025-03-0{n + 1} 10:00:00"
    sent = f"2025-03-05 1{c}:00:00" if fulfilment == "fulfilled" and c % 2 else ""
    zone = ZoneInfo("UTC")
    rows = []
    for at, (code, units, price) in enumerate(lines):
        title = ("Mug", "")[(at + c) % 2]
        cells = [f"#{n}", *[""] * 10, str(units), title, money(price), code]
        if at == 0:
            cells[1:11] = [
                financial, fulfilment, f"{sent} +0000" if sent else "", f"{created} +0000", "USD", money(goods),
                money(shipping), money(total), payment, money(refunded),
            ]  # fmt: skip
        rows.append(",".join(cells))
    if financial == "refunded" and refunded is None:
        refunded = total
    values = {
        "currency": "USD", "status": status, "status_raw": f"{financial}/{fulfilment}" if fulfilment else financial,
        "counts_said": counts, "payment": payment or None, "placed_at": instant(created, zone),
        "placed_day": created[:10], "shipped_at": instant(sent, zone) if sent else None,
        "shipped_day": sent[:10] or None, "sold": goods, "shipping": shipping, "platform_discount": 0, "paid": total,
        "refunded": refunded,
    }  # fmt: skip
    if sent and not fulfilment:
        values["status_raw"] = f"{financial}/fulfilled"
    said, seen = [], dict.fromkeys(code for code, _, _ in lines)
    ordinal = dict.fromkeys(seen, 0)
    for at, (code, units, price) in enumerate(lines):
        ordinal[code] += 1
        said.append({
            "line_key": f"{code}#{ordinal[code]}", "code": code, "title": ("Mug", "")[(at + c) % 2] or None,
            "line_kind": "goods", "units": units, "listed": None if price is None else price * units,
        })  # fmt: skip
    moments = [instant(text, zone) for text in (created, sent) if text]
    return Written(rows, [Said("orders", (f"#{n}",), values, said)], moments)


# --- Shopify products: what is offered, and its price by day ---

PRODUCTS_HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status"


def shopify_product(draw: Draw, day: str) -> Written:
    n, a, b, c = draw
    title, price, units = ("Mug", "Cup")[a % 2], (None, 900, 950, 1000)[b % 4], (None, 0, 5)[c % 3]
    state = ("", "active", "draft")[a % 3]
    row = f"p-{n},{title},Title,Default Title,S-{n},{money(price)},{'' if units is None else units},{state}"
    key = (f"p-{n}", "")
    listing = {
        "code": f"S-{n}", "title": title, "price": price, "listed_units": units,
        "state": {"active": "live", "draft": "draft", "": None}[state], "state_raw": state or None,
    }  # fmt: skip
    said = [Said("listings", key, listing)]
    if price is not None:
        said.append(Said("prices", (*key, day), {"price": price}))
    return Written([row], said)


# --- Shopify inventory: a count at the file's day ---

INVENTORY_HEAD = (
    "Handle,Title,Option1 Name,Option1 Value,SKU,Location,Committed (not editable),On hand (current),On hand (new)"
)


def shopify_count(draw: Draw, day: str) -> Written:
    n, a, b, _ = draw
    committed = ("", "1")[b % 2]
    row = f"p-{n},Mug,Title,Default Title,S-{n},Main,{committed},{a},"
    at = instant(f"{day} 23:59:59", ZoneInfo("UTC"))
    values = {"counted_day": day, "units": a, "committed": int(committed) if committed else None}
    return Written([row], [Said("stock_counts", ("Main", f"S-{n}", at), values)])


# --- Stripe's balance: money that moved ---

STRIPE_HEAD = "id,Type,Amount,Fee,Net,Currency,Created (UTC),Description"


def stripe_move(draw: Draw, day: str) -> Written:
    n, a, b, c = draw
    amount, fee = (1000, 1200, 2000)[a % 3], (0, 50)[b % 2]
    at = f"2025-03-0{n + 1} 0{c}:30:00"
    row = f"txn_{n},charge,{money(amount)},{money(fee)},{money(amount - fee)},usd,{at},"
    moved = instant(at, ZoneInfo("UTC"))
    both: dict[str, Any] = {"note": "charge", "currency": "USD", "at": moved, "day": at[:10]}
    said = [Said("money_moves", ("wallet", f"txn_{n}/sale"), {"kind": "sale", "amount": amount} | both)]
    if fee:
        said.append(Said("money_moves", ("wallet", f"txn_{n}/fee"), {"kind": "fee", "amount": -fee} | both))
    return Written([row], said, [moved])


# --- Taobao: an order's money and times in one file, its lines in another ---

TAOBAO_STATES = (
    ("买家已付款，等待卖家发货", "paid"),
    ("卖家已发货，等待买家确认", "shipped"),
    ("交易成功", "completed"),
    ("等待买家付款", "unpaid"),
    ("交易关闭", "cancelled"),
    ("", None),
)
TAOBAO_HEAD = (
    "订单编号,买家应付货款,买家应付邮费,总金额,买家实际支付金额,订单状态,物流单号,订单创建时间,订单付款时间,退款金额"
)


def taobao_times(n: int, status: str | None) -> tuple[str, str, dict[str, Any], list[int]]:
    """When an order was made and paid, as written and as stored."""
    created, paid = f"2025-03-0{n + 1} 10:00:00", f"2025-03-0{n + 1} 10:05:00"
    if status in ("unpaid", None):
        paid = ""
    values = {
        "placed_at": instant(created, BEIJING), "placed_day": created[:10],
        "paid_at": instant(paid, BEIJING) if paid else None, "paid_day": paid[:10] or None,
    }  # fmt: skip
    return created, paid, values, [instant(text, BEIJING) for text in (created, paid) if text]


def taobao_order(draw: Draw, day: str) -> Written:
    n, a, b, c = draw
    word, status = TAOBAO_STATES[b]
    sold, refunded, number = (2000, 2000, 1500, None)[a % 4], REFUNDS[c], ("", "SF1")[a // 4]
    paid = None if status == "unpaid" or sold is None else sold
    created, paid_text, values, moments = taobao_times(n, status)
    cells = [str(2000 + n), money(sold), "0.00", money(sold), money(paid), word, number, created, paid_text]
    values |= {
        "currency": "CNY", "status": status, "status_raw": word or None, "sold": sold, "shipping": 0, "paid": paid,
        "platform_discount": 0 if paid else None, "refunded": refunded, "tracked": 1 if number else 0,
    }  # fmt: skip
    return Written([",".join([*cells, money(refunded)])], [Said("orders", (str(2000 + n),), values)], moments)


LINES_HEAD = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,商家编码,订单状态,买家应付货款,退款状态,"
    "退款金额,订单创建时间,订单付款时间"
)
# Of a line: code, price, units, what it sold for.
TAOBAO_LINES: tuple[tuple[tuple[str, int, int, int | None], ...], ...] = (
    (("A-1", 1000, 1, 1000), ("B-1", 500, 2, 1000)),
    (("A-1", 1000, 1, 1000),),
    (("A-1", 2000, 1, 2000),),
    (("A-1", 1000, 1, None), ("B-1", 500, 2, None)),
)


def taobao_lines(draw: Draw, day: str) -> Written:
    n, a, b, c = draw
    word, status = TAOBAO_STATES[b]
    created, paid, values, moments = taobao_times(n, status)
    rows, said = [], []
    for at, (code, price, units, sold) in enumerate(TAOBAO_LINES[a % 4]):
        refunded = 500 if c == 3 and at == 0 else None
        state = ("没有申请退款", "退款成功")[refunded is not None]
        number = f"{2000 + n}{at}"
        cells = [number, str(2000 + n), "茶杯", money(price), str(units), *[""] * 4, code, word, money(sold), state]
        rows.append(",".join([*cells, money(refunded), created, paid]))
        said.append({
            "line_key": number, "code": code, "title": "茶杯", "line_kind": "goods", "units": units,
            "listed": price * units, "own_sold": sold, "refunded": refunded,
            "refund_state": "done" if refunded else None,
        })  # fmt: skip
    values |= {"currency": "CNY", "status": status, "status_raw": word or None}
    return Written(rows, [Said("orders", (str(2000 + n),), values, said)], moments)


MONEY_FILLS = frozenset({"refunded"})
KINDS = (
    Kind("shopify orders", "shopify/main", "orders_export_", SHOPIFY_HEAD, shopify_order, fills=MONEY_FILLS),
    Kind("taobao orders", "taobao/main", "ExportOrderList", TAOBAO_HEAD, taobao_order, "gb18030", fills=MONEY_FILLS),
    Kind("taobao lines", "taobao/main", "ExportOrderDetailList", LINES_HEAD, taobao_lines, "gb18030"),
    Kind("shopify products", "shopify/main", "products_export_", PRODUCTS_HEAD, shopify_product, undated=False),
    Kind("shopify inventory", "shopify/main", "inventory_export_", INVENTORY_HEAD, shopify_count, undated=False),
    Kind("stripe balance", "stripe/main", "balance_", STRIPE_HEAD, stripe_move),
)


def text_of(kind: Kind, written: Sequence[Written]) -> str:
    """The file: its header and the rows of its records."""
    return "\n".join([kind.head, *(row for one in written for row in one.rows)]) + "\n"
