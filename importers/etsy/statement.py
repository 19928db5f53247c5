"""Etsy's monthly statement (etsy_statement_*.csv): every movement of the payment account.

Net is what moves; what goes to the bank stands in the title only. Which order a movement belongs to is hidden in Title
or Info, in this order. Provisional: that Buyer Fee and VAT are taxes and Marketing
is advertising, and the words Listing and Subscription.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, moment, money, text
from importers.bills import ADS, FEE, INFO, REFUND, SALE, SHIPPING, TAX, TITLE, WITHDRAWAL, order_in
from importers.cells import money_reader
from importers.settled import known
from merchant_cli.basics.phrases import Phrase

TYPES = {
    "Sale": SALE, "Refund": REFUND, "Fee": FEE, "Tax": TAX, "VAT": TAX, "Buyer Fee": TAX, "Marketing": ADS,
    "Shipping": SHIPPING, "Deposit": WITHDRAWAL, "Listing": FEE, "Subscription": FEE,
}  # fmt: skip
ORDER = re.compile(r"\border:?\s*#?\s*(\d{5,})", re.IGNORECASE)
AMOUNT = re.compile(r"[A-Z]{0,3}[$£€¥]\s?\d[\d,]*(?:\.\d+)?|\d[\d,]*\.\d{2}")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Net, else Amount and fees; of a payout the amount in its title, which leaves the account."""
    for draft in drafts:
        row = draft.values
        row["kind"] = known(row.get("kind"))
        title = row.get("_title") or ""
        row["order_id"], row["rule"] = order_in([(title, ORDER, TITLE), (row.get("_info"), ORDER, INFO)])
        amount = row.get("_net")
        if amount is None and (row.get("_amount") is not None or row.get("_fees") is not None):
            amount = (row.get("_amount") or 0) + (row.get("_fees") or 0)
        if amount is None and row["kind"] == WITHDRAWAL and (found := AMOUNT.search(title)):
            said = money_reader(row.get("currency") or facts.currency)(found[0].replace(" ", ""))
            amount = -said if isinstance(said, int) else None
        if amount is None:
            yield draft.line, "missing-value", "Net", {"column": "Net"}, []
            continue
        row["amount"] = amount
        yield draft


statement = Importer(
    platform="etsy",
    name="statement",
    title=Phrase("Etsy statement", "Etsy 月结单"),
    menu=Phrase("Shop Manager › Finances › Monthly statements › Generate CSV", "店铺管理 › 财务 › 月结单 › 生成表格"),
    tried_on="KeyComponentMFG/tjs-software-project: data/etsy_statements/etsy_statement_2025_10.csv",
    known_by=frozenset({"Date", "Type", "Title", "Info", "Amount", "Fees & Taxes", "Net"}),
    kind="money_moves",
    grade="B",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "at": moment("Date", required=True),
                    "kind": choice("Type", TYPES),
                    "note": text("Type"),
                    "currency": text("Currency"),
                    "_title": text("Title"),
                    "_info": text("Info"),
                    "_amount": money("Amount"),
                    "_fees": money("Fees & Taxes"),
                    "_net": money("Net"),
                }
            }
        ),
    ),
)
