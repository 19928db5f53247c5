"""Shopify's orders, products and inventory exports: UTF-8 without BOM, LF, minimal quoting."""

import csv
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from random import Random

from example_catalogue import SHOPIFY, SKUS, VENDOR, Product, Sku
from example_headers import SHOPIFY_INVENTORY, SHOPIFY_ORDERS, SHOPIFY_PRODUCTS
from example_orders import Order, is_paid, line_shipped, past, refund_seen
from example_plan import LOCATION, NO_COST, SEED, SHOPIFY_EXPORT
from example_plants import FROM_SHANGHAI, OLD_LISTINGS, REDUCED
from example_stock import Stock, offered

SUMMER_ENDS = datetime(2026, 11, 1, 2)
NOTES = {0: "Please ring the bell twice.\nThank you!", 61: "This is a gift,\nno invoice in the box please."}
STATES = {"NY": "New York State Tax", "NJ": "New Jersey State Tax", "MA": "Massachusetts State Tax"}
STATES["PA"] = "Pennsylvania State Tax"
ORDER_CONSTANT = {"Accepts Marketing": "no", "Currency": "USD", "Risk Level": "Low", "Source": "web"}
PICTURES = "https://cdn.shopify.com/s/files/1/0000/0000/files"
DRAFTS = {"JJ-3007"}


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def stamp(when: datetime | None) -> str:
    """New York's clock with its offset, as Shopify writes it."""
    if when is None or when > SHOPIFY_EXPORT:
        return ""
    return f"{when:%Y-%m-%d %H:%M:%S} {'-0400' if when < SUMMER_ENDS else '-0500'}"


def lineitem_name(sku: Sku) -> str:
    return sku.product.en if sku.en == "Default Title" else f"{sku.product.en} - {sku.en}"


def financial(order: Order, at: datetime) -> str:
    refund = refund_seen(order, at)
    if order.fate == "voided" and past(order.closed_at, at):
        return "voided"
    if refund:
        return "refunded" if refund == order.paid else "partially_refunded"
    return "paid" if is_paid(order, at) else "pending"


def fulfilment(order: Order, at: datetime) -> str:
    sent = [line_shipped(order, n, at) for n in range(len(order.lines))]
    return "fulfilled" if all(sent) else "partial" if any(sent) else "unfulfilled"


def order_head(order: Order, at: datetime) -> dict[str, str]:
    """Status, money and times: on the first row of an order only."""
    state, tax = financial(order, at), STATES.get(order.buyer.place[2])
    whole = fulfilment(order, at) == "fulfilled"
    reference = f"r{int(order.numbers[0]) * 31 % 10**15:015d}.1" if order.paid_at else ""
    return ORDER_CONSTANT | {
        "Financial Status": state,
        "Paid at": stamp(order.paid_at),
        "Fulfillment Status": fulfilment(order, at),
        "Fulfilled at": stamp(order.rest_shipped_at or order.shipped_at) if whole else "",
        "Subtotal": money(order.sold),
        "Shipping": money(order.shipping),
        "Taxes": money(order.tax),
        "Total": money(order.total),
        "Discount Code": order.coupon,
        "Discount Amount": money(order.discount),
        "Shipping Method": "Standard" if order.shipping else "Free Shipping",
        "Cancelled at": stamp(order.closed_at),
        "Payment Method": "Shopify Payments" if order.paid_at else "Bank Deposit",
        "Payment Reference": reference,
        "Payment ID": reference,
        "Payment References": reference,
        "Refunded Amount": money(refund_seen(order, at)),
        "Outstanding Balance": money(order.total if state == "pending" else 0),
        "Id": order.numbers[0],
        "Notes": NOTES.get(int(order.order_id[1:]) % 103, ""),
        "Tax 1 Name": f"{tax}" if order.tax else "",
        "Tax 1 Value": money(order.tax) if order.tax else "",
    }


def order_address(order: Order) -> dict[str, str]:
    """Billing and shipping are the same; zips carry an apostrophe."""
    buyer = order.buyer
    city, code, province, province_name = buyer.place
    cells = {}
    for side in ("Billing", "Shipping"):
        cells |= {
            f"{side} Name": buyer.name,
            f"{side} Street": buyer.address,
            f"{side} Address1": buyer.address,
            f"{side} City": city,
            f"{side} Zip": f"'{code}",
            f"{side} Province": province,
            f"{side} Country": "US",
            f"{side} Phone": f"'{buyer.phone}",
            f"{side} Province Name": province_name,
        }
    return cells


def order_rows(order: Order, at: datetime) -> list[dict[str, str]]:
    """One row a line; the later ones carry only the line, name, e-mail and time."""
    rows = []
    for n, line in enumerate(order.lines):
        row = {
            "Name": order.order_id,
            "Email": order.buyer.account,
            "Created at": stamp(order.created),
            "Vendor": VENDOR,
            "Lineitem quantity": str(line.units),
            "Lineitem name": lineitem_name(line.sku),
            "Lineitem price": money(line.price),
            "Lineitem sku": line.sku.code,
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "true",
            "Lineitem fulfillment status": "fulfilled" if line_shipped(order, n, at) else "pending",
            "Lineitem discount": "0.00",
        }
        rows.append(row if n else row | order_head(order, at) | order_address(order))
    return rows


def pictures(product: Product) -> int:
    """How many pictures a listing has: some have more than variants."""
    return 1 + int(product.code[-1]) % 4


def product_head(product: Product) -> dict[str, str]:
    body = f"<p>{product.en}, made by hand in small batches.</p>\n<ul>\n<li>{product.grams} g</li>\n</ul>"
    return {
        "Title": product.en,
        "Body (HTML)": body,
        "Vendor": VENDOR,
        "Product Category": "Home & Garden",
        "Type": product.kind_en,
        "Tags": f"handmade, {product.kind_en.lower()}",
        "Published": "false" if product.code in DRAFTS else "true",
        "Gift Card": "false",
        "SEO Title": product.en,
        "Status": "draft" if product.code in DRAFTS else "active",
    }


def has_cost(sku: Sku) -> bool:
    """Only some variants carry a cost on Shopify."""
    return sku.code not in NO_COST and (sku.share >= 0.4 or sku.product.code in ("BZ-2004", "BZ-2005"))


def variant_cells(sku: Sku, first: bool, stock: Stock | None) -> dict[str, str]:
    """A variant as it is offered now; without stock as it was on the day of the older export."""
    single = sku.en == "Default Title"
    price, struck = REDUCED.get(sku.code, (sku.product.cents, None)) if stock else (sku.product.cents, None)
    units = offered(stock, sku.code) if stock else Random(f"{SEED}:older listing:{sku.code}").randrange(12, 60)
    cells = {
        "Option1 Value": sku.en,
        "Variant SKU": sku.code,
        "Variant Grams": f"{sku.product.grams}.0",
        "Variant Inventory Tracker": "shopify",
        "Variant Inventory Qty": str(units),
        "Variant Inventory Policy": "deny",
        "Variant Fulfillment Service": "manual",
        "Variant Price": money(price),
        "Variant Compare At Price": money(struck) if struck else "",
        "Variant Requires Shipping": "true",
        "Variant Taxable": "true",
        "Variant Weight Unit": "g",
        "Cost per item": money(sku.cost_cents) if has_cost(sku) else "",
    }
    return cells | ({"Option1 Name": "Title" if single else "Color"} if first else {})


def product_rows(product: Product, skus: list[Sku], stock: Stock | None) -> list[dict[str, str]]:
    """Title, variant and picture rows: a picture without variant and the reverse both occur."""
    rows = []
    for n in range(max(len(skus), pictures(product))):
        row = {"Handle": product.handle} | (product_head(product) if n == 0 else {})
        if n < len(skus):
            row |= variant_cells(skus[n], n == 0, stock)
        if n < pictures(product):
            row |= {"Image Src": f"{PICTURES}/{product.handle}-{n + 1}.jpg", "Image Position": str(n + 1)}
        rows.append(row)
    return rows


def inventory_row(sku: Sku, stock: Stock) -> dict[str, str]:
    """One variant in Brooklyn; what is sent from Shanghai is not stocked there."""
    on_hand, committed = stock.on_hand[SHOPIFY, sku.code], stock.committed[SHOPIFY, sku.code]
    units = {
        "Incoming (not editable)": 0, "Unavailable (not editable)": 0, "Committed (not editable)": committed,
        "Available (not editable)": on_hand - committed, "On hand (current)": on_hand,
    }  # fmt: skip
    here = sku.code not in FROM_SHANGHAI
    return {
        "Handle": sku.product.handle,
        "Title": sku.product.en,
        "Option1 Name": "Title" if sku.en == "Default Title" else "Color",
        "Option1 Value": sku.en,
        "SKU": sku.code,
        "COO": "CN",
        "Location": LOCATION[SHOPIFY],
    } | {name: str(n) if here else "not stocked" for name, n in units.items()}


def write(path: Path, header: list[str], rows: Iterable[dict[str, str]]) -> int:
    rows = list(rows)
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([row.get(name, "") for name in header] for row in rows)
    return len(rows)


def write_shopify(folder: Path, orders: list[Order], stock: Stock) -> dict[str, int]:
    """The exports of the last evening and an older one of the products: file name -> data rows."""
    at = SHOPIFY_EXPORT
    newest = sorted((o for o in orders if o.created <= at), key=lambda o: o.created, reverse=True)
    sold = [sku for sku in SKUS if sku.sold_in(SHOPIFY)]
    listings = [(product, list(skus)) for product, skus in groupby(sold, lambda sku: sku.product)]
    older = f"products_export_{OLD_LISTINGS:%Y%m%d}.csv"
    tables = {
        "orders_export_20261115.csv": (SHOPIFY_ORDERS, [r for o in newest for r in order_rows(o, at)]),
        older: (SHOPIFY_PRODUCTS, [row for p, skus in listings for row in product_rows(p, skus, None)]),
        "products_export_20261115.csv": (
            SHOPIFY_PRODUCTS,
            [row for product, skus in listings for row in product_rows(product, skus, stock)],
        ),
        "inventory_export_20261115.csv": (SHOPIFY_INVENTORY, [inventory_row(sku, stock) for sku in sold]),
    }
    return {name: write(folder / name, header, rows) for name, (header, rows) in tables.items()}
