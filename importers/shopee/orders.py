"""Shopee's order export (`Order.all.….xlsx`), English and Indonesian: a row per item, order amounts on each of them.

Per row: prices, Seller Discount and Shopee Rebate (Diskon Dari Penjual, Dari Shopee); per order: vouchers, bundles,
coins, shipping and Total Amount, taken once. Provisional: that, and that Seller Discount + Shopee Rebate make up the
difference of the two prices. Coin cashback takes nothing off the price, and the fee columns are estimates: neither is
read, nor Seller Rebate and Grand Total, whose meaning is not known. What a return came to the export does not say.

The English export names no currency, and serves several countries; their shops all keep the time of Singapore.
Indonesian amounts are whole, points part thousands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from importers.base import (
    Cell,
    Draft,
    Facts,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    count,
    described,
    id_,
    moment,
    money,
    norm,
    present,
    text,
)
from importers.shopee._words import CASH_ON_DELIVERY, RETURN, STATUS, STATUS_PATTERNS
from merchant_cli.basics.phrases import Phrase

Row = dict[str, Any]

PLATFORM = ("_voucher", "_bundle", "_coins", "_card")  # of the order, borne by Shopee or a bank
SHOP = ("_shop_voucher", "_shop_bundle")
SHIPPED = ("shipped", "delivered", "completed")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """sold = Σ (Deal Price × Quantity + Shopee Rebate) − seller's voucher − seller's bundle discount; platform discount
    = Σ Shopee Rebate + Shopee's voucher, bundle discount and coins + the card's discount. A row that stands twice
    counts once. An order that was never paid was paid nothing for; of a cancelled one all that was paid came back.
    """
    tells_payment = bool({norm("Order Paid Time"), norm("Waktu Pembayaran Dilakukan")} & facts.columns)
    for draft in drafts:
        order = draft.values
        kept = [n for n, line in enumerate(draft.lines) if line not in draft.lines[:n]]
        draft.lines, draft.at = [draft.lines[n] for n in kept], [draft.at[n] for n in kept]
        for line in draft.lines:
            _line(line)
        _money(order, draft.lines)
        status = order.get("status")
        order["cod"] = 1 if re.search(CASH_ON_DELIVERY, order.get("payment") or "") else None
        if status not in (*SHIPPED, "cancelled"):  # until then it is the time for which the parcel was booked
            order["shipped_at"] = order["shipped_day"] = None
        tells = tells_payment or order["cod"] or status == "unpaid"
        if tells and not order.get("paid_day") and not (order["cod"] and status == "completed"):
            order["paid"] = 0
        if status == "cancelled":
            order["refunded"] = order["paid"]
        elif all(line["refund_state"] in (None, "refused", "withdrawn") for line in draft.lines):
            order["refunded"] = None if any(line.get("_returned") for line in draft.lines) else 0
        yield draft


def _line(line: Row) -> None:
    """The line's code and what it lists; discounts are those of all its units or, if only so they add up, of one."""
    if line.get("code") is None:
        parent = line.get("_parent")
        alone = parent is not None and not line.get("options")
        line["code"] = parent if alone else described(line.get("title"), line.get("options"))
    line["refund_state"] = line.get("refund_state") or None
    units, price, deal = line.get("units"), line.get("_price"), line.get("_deal")
    seller, shopee = line.get("_seller"), line.get("_shopee") or 0
    listed = None if price is None or units is None else price * units
    subtotal = line.get("_subtotal") if deal is None or units is None else deal * units
    if listed is not None and subtotal is not None and seller is not None and units is not None:
        off = listed - subtotal
        if seller + shopee != off and (seller + shopee) * units == off:
            shopee *= units
    line["_platform"] = shopee
    sold = None if subtotal is None else subtotal + shopee
    if listed is None and sold is not None:
        listed = sold + (seller or 0)
    line["listed"] = listed
    line["own_discount"] = None if listed is None or sold is None else listed - sold


def _money(order: Row, lines: Sequence[Row]) -> None:
    off, listed = [line["own_discount"] for line in lines], [line["listed"] for line in lines]
    mine = sum(order.get(name) or 0 for name in SHOP)
    rebates = sum(line["_platform"] for line in lines)
    order["platform_discount"] = rebates + sum(order.get(name) or 0 for name in PLATFORM)
    if None not in off and None not in listed:
        order["shop_discount"] = sum(off) + mine
        order["sold"] = sum(listed) - order["shop_discount"]
    order["tracked"] = max((line["_tracked"] for line in lines if "_tracked" in line), default=None)
    order["paid"] = _paid(order)


def _paid(order: Row) -> int | None:
    """Total Amount, plus shipping where the order's other amounts show that it is not inside."""
    total, shipping = order.get("_total"), order.get("shipping") or 0
    if total is None:
        goods: int | None = order.get("_goods_paid")
        return None if goods is None else goods + shipping
    sold = order.get("sold")
    without = sold is not None and total == sold - order["platform_discount"]
    return int(total) + (shipping if without else 0)


def _into(names: dict[str, tuple[str, ...]], *, whole: bool) -> tuple[Into, ...]:
    """The columns of one language, by the store's names."""

    def amount(name: str) -> Cell:
        return money(*names[name], least=0, whole=whole)

    order: dict[str, Cell] = {
        "order_id": id_(*names["order_id"], required=True),
        "status": choice(names["status"], STATUS, patterns=STATUS_PATTERNS),
        "status_raw": text(*names["status"]),
        "buyer": buyer(*names["buyer"]),
        "payment": text(*names["payment"]),
        "coupon": text(*names["coupon"]),
        "placed": moment(*names["placed"]),
        "paid_at": moment(*names["paid_at"]),
        "ship_by": moment(*names["ship_by"], ahead=True),
        "shipped": moment(*names["shipped"]),
        "done": moment(*names["done"]),
        "shipping": amount("shipping"),
        "refunded": constant(None),
    }
    line: dict[str, Cell] = {
        "code": id_(*names["code"]),
        "_parent": id_(*names["_parent"]),
        "title": text(*names["title"]),
        "options": text(*names["options"]),
        "line_kind": constant("goods"),
        "units": count(*names["units"], least=0),
        "refund_state": choice(names["refund_state"], RETURN),
        "_returned": count(*names["_returned"], least=0),
        "_tracked": present(*names["_tracked"]),
    }
    order |= {name: amount(name) for name in (*PLATFORM, *SHOP, "_total", "_goods_paid")}
    line |= {name: amount(name) for name in ("_price", "_deal", "_subtotal", "_seller", "_shopee")}
    return (Into({"orders": order, "order_lines": line}),)


ENGLISH: dict[str, tuple[str, ...]] = {
    "order_id": ("Order ID",),
    "status": ("Order Status",),
    "buyer": ("Username (Buyer)",),
    "payment": ("Payment Method",),
    "coupon": ("Voucher Code",),
    "placed": ("Order Creation Date",),
    "paid_at": ("Order Paid Time",),
    "ship_by": ("Estimated Ship Out Date",),
    "shipped": ("Ship Time",),
    "done": ("Order Complete Time",),
    "shipping": ("Buyer Paid Shipping Fee",),
    "_shop_voucher": ("Discount Voucher Amount Sponsored by Seller",),
    "_shop_bundle": ("Seller Bundle Discount",),
    "_voucher": ("Discount Voucher Amount Sponsored by Shopee",),
    "_bundle": ("Shopee Bundle Discount",),
    "_coins": ("Shopee Coins Offset", "Shopee Coins Offset(PHP)"),
    "_card": ("Credit Card Discount Total",),
    "_total": ("Total Amount",),
    "_goods_paid": ("Products' Price Paid by Buyer", "Products' Price Paid by Buyer (PHP)"),
    "code": ("SKU Reference No.",),
    "_parent": ("Parent SKU Reference No.",),
    "title": ("Product Name",),
    "options": ("Variation Name",),
    "units": ("Quantity",),
    "refund_state": ("Return / Refund Status",),
    "_returned": ("Returned quantity",),
    "_tracked": ("Tracking Number*",),
    "_price": ("Original Price",),
    "_deal": ("Deal Price",),
    "_subtotal": ("Product Subtotal",),
    "_seller": ("Seller Discount",),
    "_shopee": ("Shopee Rebate",),
}
INDONESIAN: dict[str, tuple[str, ...]] = {
    "order_id": ("No. Pesanan",),
    "status": ("Status Pesanan",),
    "buyer": ("Username (Pembeli)",),
    "payment": ("Metode Pembayaran",),
    "coupon": ("Kode Voucher",),
    "placed": ("Waktu Pesanan Dibuat",),
    "paid_at": ("Waktu Pembayaran Dilakukan",),
    "ship_by": ("Pesanan Harus Dikirimkan Sebelum (Menghindari keterlambatan)",),
    "shipped": ("Waktu Pengiriman Diatur",),
    "done": ("Waktu Pesanan Selesai",),
    "shipping": ("Ongkos Kirim Dibayar oleh Pembeli",),
    "_shop_voucher": ("Voucher Ditanggung Penjual",),
    "_shop_bundle": ("Paket Diskon (Diskon dari Penjual)",),
    "_voucher": ("Voucher Ditanggung Shopee",),
    "_bundle": ("Paket Diskon (Diskon dari Shopee)",),
    "_coins": ("Potongan Koin Shopee",),
    "_card": ("Diskon Kartu Kredit",),
    "_total": ("Total Pembayaran",),
    "_goods_paid": (),
    "code": ("Nomor Referensi SKU",),
    "_parent": ("SKU Induk",),
    "title": ("Nama Produk",),
    "options": ("Nama Variasi",),
    "units": ("Jumlah",),
    "refund_state": ("Status Pembatalan/ Pengembalian",),
    "_returned": ("Returned quantity",),
    "_tracked": ("No. Resi",),
    "_price": ("Harga Awal", "Harga Sebelum Diskon"),
    "_deal": ("Harga Setelah Diskon",),
    "_subtotal": ("Total Harga Produk",),
    "_seller": ("Diskon Dari Penjual",),
    "_shopee": ("Diskon Dari Shopee",),
}

orders = Importer(
    platform="shopee",
    name="orders",
    title=Phrase("Shopee orders", "虾皮订单"),
    menu=Phrase("Seller Centre › My Orders › Export", "卖家中心 › 我的订单 › 导出"),
    known_by=frozenset({"Order ID", "Order Status", "Order Creation Date", "Deal Price", "Quantity", "Shopee Rebate"}),
    kind="orders",
    zone="Asia/Singapore",
    sale_day="placed",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=_into(ENGLISH, whole=False),
)

orders_indonesian = orders.but(
    name="orders-indonesian",
    title=Phrase("Shopee orders (Indonesian)", "虾皮订单（印尼文）"),
    menu=Phrase("Seller Centre › Pesanan Saya › Export", "卖家中心 › 我的订单 › 导出"),
    tried_on="",
    known_by=frozenset(
        {
            "No. Pesanan",
            "Status Pesanan",
            "Waktu Pesanan Dibuat",
            "Harga Setelah Diskon",
            "Jumlah",
            "Diskon Dari Shopee",
        }
    ),
    currency="IDR",
    zone="Asia/Jakarta",
    into=_into(INDONESIAN, whole=True),
)
