"""What goes on in the Shopify shop between two exports: orders of the next days, and what a supplier delivers."""

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from pathlib import Path

from shopify import FREE, ON_HAND, Shop
from tables import Refused, either, whole

SINCE = 600  # seconds: the shop's newest order is that old
MOST_DAYS = 7
SENT = timedelta(minutes=4)  # from an order to its parcel
PAYMENT = "Payment Reference", "Payment ID", "Payment References"
HEADS = {"SKU"}, {"Units", "数量"}  # of an order to a supplier


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S %z")


def newest_order(shop: Shop) -> datetime:
    return max(moment(row["Created at"]) for row in shop.tables["orders"].rows)


def clock(shop: Shop) -> datetime:
    """The time of the shop's newest order if one comes in now, in the offset that its orders are written in."""
    zone = newest_order(shop).tzinfo or UTC
    return datetime.fromtimestamp(int(time.time()) - SINCE, UTC).astimezone(zone)


def patterns(shop: Shop) -> list[dict[str, str]]:
    """Paid and sent orders of one line without tax or discount, newest first: one a SKU."""
    rows = shop.tables["orders"].rows
    lines = Counter(row["Name"] for row in rows)
    nothing = ("Discount Amount", "Refunded Amount", "Taxes")
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        usual = row["Financial Status"] == "paid" and row["Fulfillment Status"] == "fulfilled" and not row["Notes"]
        if usual and lines[row["Name"]] == 1 and not any(float(row[name] or 0) for name in nothing):
            found.setdefault(row["Lineitem sku"], row)
    return list(found.values())


def sell(shop: Shop, first: list[str]) -> list[dict[str, str]]:
    """Two orders a day from the day after the newest order, or a week ago, to now; `first` are the SKUs that are
    bought first. What is not in stock is not sold."""
    models = sorted(patterns(shop), key=lambda row: row["Lineitem sku"] not in first)[:8]
    if not models:
        raise Refused(either("No order is there to go by.", "没有可参照的订单。"))
    now, last = clock(shop), newest_order(shop)
    days = [now - timedelta(days=n) for n in reversed(range(MOST_DAYS))]
    times = [at.replace(hour=12, minute=m) for at in days[:-1] for m in (10, 40)] + [now - SENT, now]
    made, orders, price = [], shop.tables["orders"].rows, shop.named("Variant Price")
    for at, model in zip([at for at in times if at > last], cycle(models)):
        if take(shop, model["Lineitem sku"], int(model["Lineitem quantity"])):
            made.append(like(model, orders, at, shop.find(model["Lineitem sku"], price)[price]))
            orders.insert(0, made[-1])
    return made


def like(model: dict[str, str], orders: list[dict[str, str]], at: datetime, price: str) -> dict[str, str]:
    """An order like another one at the price of today, with a number and times of its own."""
    stamp, sent = (when.strftime("%Y-%m-%d %H:%M:%S %z") for when in (at, at + SENT))
    number = 1 + max(int(row["Name"].lstrip("#")) for row in orders)
    key = str(1 + max(int(row["Id"] or 0) for row in orders))
    times = {"Created at": stamp, "Paid at": stamp, "Fulfilled at": sent}
    payment = {name: f"r{key}.1" for name in PAYMENT if model.get(name)}
    cost = Decimal(price) * int(model["Lineitem quantity"])
    amounts = {"Lineitem price": price, "Subtotal": f"{cost:.2f}", "Total": f"{cost + Decimal(model['Shipping']):.2f}"}
    return model | times | amounts | payment | {"Name": f"#{number}", "Id": key}


def take(shop: Shop, sku: str, units: int) -> bool:
    """Takes sold units from the shelf and from what is offered; False if they are not there."""
    rows = shop.inventory.rows if shop.inventory else []
    place = next((row for row in rows if row["SKU"] == sku and whole(row[ON_HAND]) and int(row[FREE]) >= units), None)
    if place is not None:
        shop.recount(place, int(place[ON_HAND]) - units)
    return place is not None


def ordered(path: Path) -> dict[str, int]:
    """SKU → units of an order to a supplier. Raises Refused if it has no such columns."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0]
    rows = iter(sheet.iter_rows(values_only=True))
    for head in rows:
        if all(names & set(map(str, head)) for names in HEADS):
            sku, units = (next(x for x, cell in enumerate(head) if cell in names) for names in HEADS)
            found = {}
            for row in rows:
                if not row[sku]:
                    break  # the totals stand below
                if isinstance(row[units], int | float):
                    found[str(row[sku])] = int(row[units])
            return found
    raise Refused(either("No order to a supplier.", "不是采购单。"))


def deliver(shop: Shop, order: Path, location: str) -> list[str]:
    """Books what was ordered as received at a location. Raises Refused if it does not stock it."""
    said = []
    for sku, units in ordered(order).items():
        rows = shop.inventory.rows if shop.inventory else []
        place = next((row for row in rows if row["SKU"] == sku and row["Location"] == location), None)
        if place is None or whole(place[ON_HAND]) is None:
            raise Refused(either(f"{location} does not stock {sku}.", f"{location} 没有存放 {sku}。"))
        said.append(f"{sku}: {place[ON_HAND]} → {int(place[ON_HAND]) + units}")
        shop.recount(place, int(place[ON_HAND]) + units)
    return said
