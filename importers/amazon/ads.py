"""Amazon's Sponsored Products, advertised product reports: spend by campaign, SKU and day or range of days.

Rows of one campaign, SKU and day, one for each ad group, are added. `sales` and `orders` are those that Amazon counts
to an ad within seven days, with what else was bought; the report of 2026 does not state its days (provisional: alike).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.ad_sums import added
from importers.base import Cell, Draft, Facts, Fault, Importer, Into, constant, count, id_, moment, money, raw, text
from importers.cells import Bad
from importers.moments import Moments
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "sponsored-products"  # as `ads.account` names it
RANGE = "Date range"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """What the row says of its currency holds, else the shop's."""
    faults: list[Fault] = []
    yield from added(_rows(drafts, facts, faults))
    yield from faults


def _rows(drafts: Iterator[Draft], facts: Facts, faults: list[Fault]) -> Iterator[Draft]:
    read_day = Moments(facts.zone)
    for draft in drafts:
        row = draft.values
        row["currency"] = row.get("currency") or facts.currency
        if (said := row.pop("_range", None)) is not None:
            first, _, last = re.sub(r"\s+–\s+", " - ", said).partition(" - ")
            start, end = read_day(first), read_day(last or first)
            if start is None or end is None or isinstance(start, Bad) or isinstance(end, Bad):
                faults.append((draft.line, "bad-date", RANGE, {"value": said}, []))
                continue
            row["from_day"], row["to_day"] = start[1], end[1]
        if row["to_day"] < row["from_day"]:
            params = {"first": row["from_day"], "last": row["to_day"]}
            faults.append((draft.line, "ends-before-start", RANGE, params, []))
        elif facts.as_of_day and row["to_day"] > facts.as_of_day:
            faults.append((draft.line, "future-date", RANGE, {"value": row["to_day"], "limit": facts.as_of_day}, []))
        else:
            yield draft


ROW: dict[str, Cell] = {
    "account": constant(ACCOUNT),
    "impressions": count("Impressions", least=0),
    "clicks": count("Clicks", least=0),
}

ads = Importer(
    platform="amazon",
    name="ads",
    title=Phrase("Amazon ads by product", "亚马逊商品推广报表"),
    menu=Phrase(
        "Advertising console › Reports (Measurement & reporting) › Sponsored Products › Advertised product",
        "亚马逊广告后台 › 报告 › 商品推广 › 推广的商品",
    ),
    known_by=frozenset({"Date|Start Date", "Campaign Name", "Advertised SKU", "Impressions", "Clicks", "Spend"}),
    never=frozenset({"Customer Search Term"}),
    kind="ads",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "ads": {
                    **ROW,
                    "currency": text("Currency"),
                    "campaign": text("Campaign Name"),
                    "_group": text("Ad Group Name"),
                    "_asin": id_("Advertised ASIN"),
                    "item": id_("Advertised SKU", required=True),
                    "from": moment("Start Date", "Date", required=True),
                    "to": moment("End Date", "Date", required=True),
                    "spend": money("Spend", required=True, least=0),
                    "orders": count("7 Day Total Orders (#)", least=0),
                    "sales": money("7 Day Total Sales", least=0),
                }
            }
        ),
    ),
)

ads_2026 = ads.but(
    name="ads-2026",
    title=Phrase("Amazon ads by product (2026)", "亚马逊商品推广报表（2026 年版）"),
    menu=Phrase(
        "Advertising console › Reports (Measurement & reporting) › Sponsored Products › Advertised product",
        "亚马逊广告后台 › 报告 › 商品推广 › 推广的商品",
    ),
    tried_on="",
    known_by=frozenset({RANGE, "Campaign name", "Advertised product SKU", "Impressions", "Clicks", "Total cost"}),
    into=(
        Into(
            {
                "ads": {
                    **ROW,
                    "currency": text("Budget currency"),
                    "campaign": text("Campaign name"),
                    "_group": id_("Ad group ID"),
                    "_product": id_("Advertised product ID"),
                    "_place": text("Advertised product marketplace"),
                    "item": id_("Advertised product SKU", required=True),
                    "_range": raw(RANGE, required=True),
                    "spend": money("Total cost", required=True, least=0),
                    "orders": count("Purchases", least=0),
                    "sales": money("Sales", least=0),
                }
            }
        ),
    ),
)
