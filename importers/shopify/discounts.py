"""Shopify's discounts export: codes and automatic discounts; which orders used them only the orders tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from importers.base import Draft, Facts, Fault, Importer, Into, choice, day, id_, raw, text
from importers.cells import Bad, exact_reader, money_reader
from merchant_cli.basics.phrases import Phrase

# What Shopify calls an app's discount says nothing of its kind: it has none here.
KINDS = {"percentage": "percent", "fixed_amount": "amount", "app": ""}
FREE_SHIPPING = "Free Shipping"
# Provisional: the words of this column are not known, only that an amount may stand among them.
AMOUNT = re.compile(r"[$£€¥]\s?(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*\.\d{2})(?!\d)")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Value is written below zero and is a percentage or an amount, as Value Type says; a minimum is read where an
    amount stands in its words. Title and bearer are left open: the merchant's own sheet may name them, and a discount
    without a bearer is the shop's.
    """
    read_money = money_reader(facts.currency)
    for draft in drafts:
        row = draft.values
        row["currency"] = facts.currency
        row["kind"] = "shipping" if (row.get("_type") or "").casefold() == FREE_SHIPPING.casefold() else row["kind"]
        value = None
        if row["kind"] in ("percent", "amount"):
            value = (_percent if row["kind"] == "percent" else read_money)(row["_value"])
        if isinstance(value, Bad):
            yield draft.line, value.code, "Value", value.params, []
            continue
        if value is not None:
            row["percent" if row["kind"] == "percent" else "face"] = abs(value)
        row["kind"] = row["kind"] or None
        if found := AMOUNT.search(row.get("_minimum") or ""):
            row["threshold"] = read_money(found[1] or found[2])
        yield draft


def _percent(cell: str) -> int | Bad | None:
    """`-12.5` or `-12.5%` as 1250 hundredths of a per cent off; more than all of it is a fault."""
    value = exact_reader(cell.removesuffix("%"))
    if isinstance(value, Decimal):
        hundredths = int((abs(value) * 100).to_integral_value(ROUND_HALF_UP))
        return hundredths if hundredths <= 10_000 else Bad("bad-percent", {"percent": cell})
    return value


discounts = Importer(
    platform="shopify",
    name="discounts",
    title=Phrase("Shopify discounts", "Shopify 折扣"),
    menu=Phrase("Admin › Discounts › Export", "后台 › 折扣 › 导出"),
    tried_on="nathanjrowe/projects: discounts_export_1.csv",
    known_by=frozenset({"Name", "Value", "Value Type", "Times Used In Total", "Start", "End"}),
    kind="coupons",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "coupons": {
                    "coupon_id": id_("Name", required=True),
                    "_value": raw("Value"),
                    "kind": choice("Value Type", KINDS),
                    "_type": text("Type"),
                    "_minimum": text("Minimum Purchase Requirements"),
                    "from_day": day("Start"),
                    "to_day": day("End"),
                }
            }
        ),
    ),
)
