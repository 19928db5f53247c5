"""Square's item sales: a row per item of a transaction, and per item of a refund.

Gross Sales and Net Sales are of the row's whole quantity. A quantity that is weighed (0.5) counts as one piece. Tips
are not in this file, so `paid` is goods and tax. Provisional: that a refund bears the number of the sale's transaction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.base import (
    Draft,
    Facts,
    Fault,
    Importer,
    Into,
    buyer,
    choice,
    constant,
    described,
    id_,
    moment,
    money,
    raw,
    text,
)
from importers.cells import clean
from importers.signs import currency_in
from importers.square._times import instant
from merchant_cli.basics.phrases import Phrase

_GOODS = ("Service", "Physical Good", "Food and Beverage", "Prepared Food and Beverage", "Digital", "Digital Good",
          "Event", "Membership")  # fmt: skip
TYPES = {"Gift Card": "other", "Custom Amount": "other", "Donation": "other", **dict.fromkeys(_GOODS, "goods")}
_QUANTITY = re.compile(r"(-?\d{1,9})(\.\d+)?")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Money of an order is the sum over its items; a row of a refund is one refund."""
    for draft in drafts:
        if draft.table == "refunds":
            yield _refund(draft, facts)
            continue
        order = draft.values
        wrong = next((n for n, line in enumerate(draft.lines) if _units(line) is None), None)
        if wrong is not None:
            said = draft.lines[wrong]["_quantity"]
            for number in draft.at:
                yield number, "bad-number", "Qty", {"value": said}, []
            continue
        order["placed_at"] = order["paid_at"] = instant(order, order.get("placed_day"), facts.zone)
        order["paid_day"] = order.get("placed_day")
        order["currency"] = currency_in(line.get("_said") for line in draft.lines)
        for line in draft.lines:
            _line(line)
        order["tax_added"] = sum(line.get("_tax") or 0 for line in draft.lines)
        order["sold"] = _sum(draft.lines, "own_sold")
        order["paid"] = None if order["sold"] is None else order["sold"] + order["tax_added"]
        yield draft


def _line(line: dict[str, Any]) -> None:
    line["units"] = _units(line)
    line["options"] = _options(line.get("options"), line.get("_modifiers"))
    if line.get("own_discount") is not None:
        line["own_discount"] = abs(line["own_discount"])


def _options(*said: str | None) -> str | None:
    return ", ".join(one for one in said if one and one != "Regular") or None


def _units(line: dict[str, Any]) -> int | None:
    """Pieces: a whole number, or one of something weighed."""
    found = _QUANTITY.fullmatch(clean(line.get("_quantity") or ""))
    if not found:
        return None
    return 1 if (found[2] or "").strip(".0") else abs(int(found[1]))


def _sum(lines: list[dict[str, Any]], name: str) -> int | None:
    said: list[int] = [line[name] for line in lines if line.get(name) is not None]
    return sum(said) if len(said) == len(lines) else None


def _refund(draft: Draft, facts: Facts) -> Draft:
    row = draft.values
    row["refund_id"] = f"{row.get('_payment') or row['order_id']}/{row['done_day']}"
    row["code"] = row.get("code") or described(row.get("_title"), _options(row.get("_option"), row.get("_modifiers")))
    row["amount"] = abs((row.get("_net") or 0) + (row.get("_tax") or 0))
    row["units"] = _units(row)
    row["currency"] = currency_in([row.get("_said")])
    row["done_at"] = instant(row, row.get("done_day"), facts.zone)
    return draft


WHEN = {"_time": raw("Time"), "_zone": raw("Time Zone")}

items = Importer(
    platform="square",
    name="items",
    title=Phrase("Square item sales", "Square 商品销售明细"),
    menu=Phrase("Square Dashboard › Transactions › Export › Items detail CSV", "后台 › 交易 › 导出 › 商品明细"),
    tried_on="zoetankersley/sunrise_social_club: data/raw/items-2026-07-01-2026-07-02.csv",
    known_by=frozenset({"Date", "Item", "Qty", "Gross Sales", "Net Sales", "Transaction ID", "Event Type"}),
    kind="orders",
    grade="B",
    sale_day="placed",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "refunds": {
                    "order_id": id_("Transaction ID", required=True),
                    "_payment": id_("Payment ID"),
                    "code": id_("SKU"),
                    "_title": text("Item"),
                    "_option": text("Price Point Name"),
                    "_modifiers": text("Modifiers Applied"),
                    "_quantity": raw("Qty"),
                    "_said": raw("Net Sales"),
                    "_net": money("Net Sales", required=True),
                    "_tax": money("Tax"),
                    "done": moment("Date", order="mdy", required=True),
                    "state": constant("done"),
                    "state_raw": text("Event Type"),
                    "detail": constant(1),
                    "day_known": constant(1),
                    **WHEN,
                },
            },
            when=("Event Type", r"(?i)^refund"),
        ),
        Into(
            {
                "orders": {
                    "order_id": id_("Transaction ID", required=True),
                    "status": constant("completed"),
                    "status_raw": text("Event Type"),
                    "buyer": buyer("Customer ID"),
                    "channel": text("Channel"),
                    "placed": moment("Date", order="mdy", required=True),
                    "platform_discount": constant(0),
                    "shipping": constant(0),
                    **WHEN,
                },
                "order_lines": {
                    "code": id_("SKU"),
                    "title": text("Item"),
                    "options": text("Price Point Name"),
                    "_modifiers": text("Modifiers Applied"),
                    "line_kind": choice("Itemization Type", TYPES),
                    "_quantity": raw("Qty"),
                    "_said": raw("Net Sales"),
                    "listed": money("Gross Sales"),
                    "own_discount": money("Discounts"),
                    "own_sold": money("Net Sales"),
                    "_tax": money("Tax"),
                },
            }
        ),
    ),
)
