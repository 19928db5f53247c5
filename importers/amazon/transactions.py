"""Amazon's payments by date range (date range report, unified transactions): a row for each transaction, in parts.

The same money as in the settlement reports, told again: of the two only one may be added up (importers/bills.py).
Deferred transactions, which Amazon has not paid out yet, are moves too. The currency is the marketplace's, else that
of the lines above the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from importers.amazon._kinds import BACK, kind_of
from importers.amazon._words import CURRENCIES, market
from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import FEE, OTHER, PROMOTION, REFUND, SALE, SETTLEMENT, TAX
from importers.settled import moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

TOLD = re.compile(r"All amounts in ([A-Z]{3})\b")
SEEN = 5000  # rows by which a file tells its marketplace
# What of an order or a refund each column holds; `other` is of the kind that type and description say.
PARTS = {
    SALE: ("product sales", "shipping credits", "gift wrap credits"),
    TAX: (
        "product sales tax", "shipping credits tax", "giftwrap credits tax", "promotional rebates tax",
        "marketplace withheld tax", "sales tax collected", "Marketplace Facilitator Tax", "Tax On Regulatory Fee",
        "Total sales tax liable(GST before adjusting TCS)", "TCS-CGST", "TCS-SGST", "TCS-IGST", "TDS (Section 194-O)",
    ),
    FEE: ("Regulatory Fee", "selling fees", "fba fees"),
    PROMOTION: ("promotional rebates",),
    OTHER: ("other",),
}  # fmt: skip


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Moves for the parts of each row. A description is a title or tells a bank account, so that it is not kept."""
    first = list(islice(drafts, SEEN))
    places = {market(place) for draft in first if (place := draft.values.get("_market"))}
    only = places.pop() if len(places) == 1 else ""
    told = next((found[1] for line in facts.above if (found := TOLD.search(line))), None) or facts.currency
    for draft in chain(first, drafts):
        row = draft.values
        row["currency"] = CURRENCIES.get(market(row.get("_market")) or only) or told
        transaction = row.get("note") or ""
        back = BACK.search(transaction) is not None
        of_goods = back or transaction == "Order"
        row["kind"] = kind_of(transaction, "", "" if of_goods else row.get("_description") or "")
        words = {SALE: REFUND if back else SALE, OTHER: row["kind"]}
        said = [(words.get(part, part), amount) for part, amount in stated(row, PARTS)]
        said.append((FEE if of_goods else row["kind"], row.get("_fees")))
        yield from moves(draft, row["_total"], said)


transactions = Importer(
    platform="amazon",
    name="transactions",
    title=Phrase("Amazon transactions by date", "亚马逊日期范围交易"),
    menu=Phrase(
        "Seller Central › Payments › Reports Repository › Transaction report, by date range › Download",
        "亚马逊卖家后台 › 付款 › 报告库 › 日期范围报告（交易） › 下载",
    ),
    tried_on="ethan-mapshop/amazon-sales-dashboard: 2024data/2024Jan1-2024Dec31CustomUnifiedTransaction.csv",
    known_by=frozenset({"date/time", "settlement id", "type", "order id", "description", "selling fees", "total"}),
    kind="transactions",
    footers=r"(?!)",
    footer_starts="",
    grade="B",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(SETTLEMENT),
                    "at": moment("date/time", required=True),
                    "order_id": id_("order id"),
                    "note": text("type"),
                    "_market": text("marketplace"),
                    "_description": text("description"),
                    "_total": money("total", required=True),
                    "_fees": money("other transaction fees"),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
