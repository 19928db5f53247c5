"""The orders of the invented shop as Shopify exports them."""

import random
from contextlib import nullcontext
from pathlib import Path

from shop_catalogue import Catalogue
from shop_days import DAY, OFFSETS, stamp
from shop_orders import CODES, Order, changed_later, draw_orders
from shop_reviews import Reviews
from shop_table import Values, open_table, template, text

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
FIRST = ("Ada", "Ben", "Cora", "Dana", "Eli", "Fern", "Gus")
LAST = ("Abbott", "Barlow", "Dunmore", "Ellery", "Nye")
STREETS = ("Alder Ave", "Birch Rd", "Cedar Ln", "Dove St", "Foundry Row")
CITIES = (  # city, start of the zip, province, its name, dialling code, sales tax in 1/10,000
    ("Portland", "972", "OR", "Oregon", "503", 0), ("Seattle", "981", "WA", "Washington", "206", 1025),
    ("Boston", "021", "MA", "Massachusetts", "617", 625), ("Newark", "071", "NJ", "New Jersey", "973", 663),
)  # fmt: skip
FINANCIAL = {"kept": "paid", "voided": "voided", "partial": "partially_refunded"}  # the others: refunded
ORDER_ROW = template(SHOPIFY) + "\n"
NEXT_ROW = template(SHOPIFY, ("Name", "Email", "Created", "Lineitem", "Vendor")) + "\n"


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
