"""The merchant's own sheets: costs, counts, coupons, campaigns, reviews and advertising."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter
from example_catalogue import BY_CODE, SHOP_NAME, SKUS, TAOBAO, Sku
from example_headers import OWN_ADS, OWN_CAMPAIGNS, OWN_COSTS, OWN_COUPONS, OWN_RATES, OWN_REVIEWS, OWN_STOCK
from example_plan import (
    COUPONS,
    DEARER,
    DEARER_FROM,
    EPISODES,
    LAST_FULL_DAY,
    LOCATION,
    NEW_EXPORT,
    NO_COST_ABSENT,
    NO_COST_BLANK,
    SEED,
    SUMMER,
    Campaign,
    Coupon,
    Episode,
)
from example_plants import CAMPAIGNS, OTHER_PLACES, Planned
from example_reviews import Review
from example_stock import Stock

Cell = str | int | float | date | None
ADVERTISED = ("CJ-1001-BK", "BZ-2001-NA", "CJ-1004-WH")


def money(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


def write_csv(path: Path, header: list[str], rows: list[list[str]]) -> int:
    """As a spreadsheet saves it: UTF-8 with BOM, CRLF."""
    with path.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(header)
        writer.writerows(rows)
    return len(rows)


def title(sku: Sku) -> str:
    return f"{sku.product.zh or sku.product.en} {sku.zh}"


def cost_row(sku: Sku, cost: int | None, since: date) -> list[Cell]:
    supplier = sku.product.supplier
    price = None if cost is None else cost / 100
    terms = (supplier.name, supplier.lead_days, supplier.review_days, supplier.pack, supplier.minimum)
    return [sku.code, title(sku), price, "CNY", since, *terms]


def cost_rows() -> list[list[Cell]]:
    """Costs as known; some cells are blank, some SKUs are missing, two became dearer."""
    rows = []
    for sku in SKUS:
        if sku.code in NO_COST_ABSENT:
            continue
        rows.append(cost_row(sku, None if sku.code in NO_COST_BLANK else sku.product.cost_fen, SUMMER))
        if sku.code in DEARER:
            rows.append(cost_row(sku, DEARER[sku.code], DEARER_FROM))
    return rows


def write_costs(path: Path) -> int:
    """The workbook; codes are text, so that 00871 keeps its zeros."""
    rows = cost_rows()
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": datetime(2026, 10, 1, 9, 0), "author": SHOP_NAME})
    sheet = book.add_worksheet("成本与供应商")
    bold, price = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, OWN_COSTS, bold)
    for n, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(n, column, cell)
            elif isinstance(cell, date):
                sheet.write_datetime(n, column, datetime(cell.year, cell.month, cell.day), day)
            elif cell is not None:
                sheet.write_number(n, column, cell, price if column == 2 else None)
    sheet.set_column(0, 1, 24)
    book.close()
    return len(rows)


def stock_rows(stock: Stock) -> list[list[str]]:
    """One count of all that Taobao sells, at the end of the day of the exports."""
    sold = [sku for sku in SKUS if sku.sold_in(TAOBAO)]
    place, day = LOCATION[TAOBAO], f"{NEW_EXPORT:%Y-%m-%d}"
    return [[sku.code, title(sku), place, str(stock.on_hand[TAOBAO, sku.code]), day] for sku in sold]


def empty_rows(episode: Episode) -> list[list[str]]:
    """The merchant noted an empty shelf: on the first and on the last day."""
    name, place = title(BY_CODE[episode.sku]), LOCATION[episode.shop]
    return [[episode.sku, name, place, "0", day.isoformat()] for day in (episode.first, episode.last)]


def other_rows() -> list[list[str]]:
    """Small places that are counted now and then."""
    return [
        [code, title(BY_CODE[code]), place, str(units), day.isoformat()]
        for place, day, held in OTHER_PLACES
        for code, units in held.items()
    ]


def coupon_row(coupon: Coupon) -> list[str]:
    face = str(coupon.face) if coupon.kind == "折扣" else money(coupon.face)
    scope = ";".join(coupon.scope) or "全店"
    budget = money(coupon.budget) if coupon.budget else ""
    currency = "CNY" if coupon.shop == TAOBAO else "USD"
    span = (coupon.first.isoformat(), coupon.last.isoformat())
    head = (coupon.code, coupon.name, coupon.shop, coupon.bearer, coupon.kind, face)
    return [*head, money(coupon.threshold), scope, budget, currency, *span]


def coupon_rows() -> list[list[str]]:
    example = ["示例：T50-5", "满50减5", TAOBAO, "店铺", "满减", "5.00", "50.00", "全店", "1000.00", "CNY"]
    kept = [coupon_row(coupon) for coupon in COUPONS.values() if coupon.in_sheet]
    return [[*example, "2026-07-01", "2026-07-31"], *kept]


def campaign_row(one: Planned) -> list[str]:
    head = (one.name, one.first.isoformat(), one.last.isoformat(), one.shop, ";".join(one.skus))
    return [*head, money(one.sales), str(one.orders), money(one.budget) if one.budget else "", one.currency]


def review_row(review: Review) -> list[str]:
    order = review.order
    head = (review.number, order.shop, order.order_id, review.sku, review.day.isoformat())
    return [*head, str(review.stars), review.text, review.follow_up, review.reply]


def ad_spans() -> list[tuple[date, date]]:
    """Weeks until October, days from the start of the campaign on; no two overlap."""
    spans, day = [], date(2026, 7, 20)
    while day <= LAST_FULL_DAY:
        end = min(day + timedelta(6), Campaign.first - timedelta(1)) if day < Campaign.first else day
        spans.append((day, end))
        day = end + timedelta(1)
    return spans


def ad_rows() -> list[list[str]]:
    """Spend in yuan, views and clicks of a few SKUs; in the campaign more, and on its SKUs too."""
    rng, rows = Random(f"{SEED}:ads"), []
    for first, last in ad_spans():
        busy = Campaign.on(first)
        length = (last - first).days + 1
        for code in (*ADVERTISED, *(("BZ-2002-NA", "JJ-3003-RD") if busy else ())):
            clicks = length * rng.randrange(6, 14) * (3 if busy else 1)
            spend, views = clicks * rng.randrange(55, 95), clicks * rng.randrange(22, 40)
            name = Campaign.name if code in Campaign.skus else "双11主推" if busy else "日常推广"
            span = (first.isoformat(), last.isoformat())
            numbers = (money(spend), "CNY", str(views), str(clicks))
            rows.append([*span, TAOBAO, f"{SHOP_NAME}:推广", name, code, *numbers])
    return rows


def write_sheets(folder: Path, stock: Stock, reviews: list[Review]) -> dict[str, int]:
    """All own sheets: file name -> data rows (the coupon sheet's example row is counted).

    The reviews are Taobao's, which has no export of them; Shopify's stand in the review app's own file.
    """
    empty = [row for episode in EPISODES if episode.counted for row in empty_rows(episode)]
    tables = {
        "库存盘点.csv": (OWN_STOCK, stock_rows(stock)),
        "库存盘点_缺货记录.csv": (OWN_STOCK, empty),
        "库存盘点_其他地点.csv": (OWN_STOCK, other_rows()),
        "优惠券.csv": (OWN_COUPONS, coupon_rows()),
        "活动.csv": (OWN_CAMPAIGNS, [campaign_row(one) for one in CAMPAIGNS]),
        "评价.csv": (OWN_REVIEWS, [review_row(one) for one in reviews if one.order.shop == TAOBAO]),
        "推广花费.csv": (OWN_ADS, ad_rows()),
        "汇率.csv": (OWN_RATES, [["USD", "CNY", "2026-07-01", "7.1"]]),
    }
    rows = {name: write_csv(folder / name, header, body) for name, (header, body) in tables.items()}
    return {"成本与供应商.xlsx": write_costs(folder / "成本与供应商.xlsx"), **rows}
