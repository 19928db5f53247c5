"""Square's transactions: what each payment and refund came to, net of fees. What was sold stands in the items file.

Net Total is what moves, in parts that add up to it (net sales, tax, tips and gift cards, fees), else as one. Tried on a
file of 2018 that a spreadsheet had saved again, without times and transaction ids. Provisional: that International Fee
is inside Fees, and which order a refund names.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, raw, text
from importers.bills import FEE, OTHER, REFUND, SALE, TAX
from importers.settled import known, moves, part_cells, stated
from importers.signs import currency_in
from importers.square._times import instant
from merchant_cli.basics.phrases import Phrase

TYPES = {"Payment": SALE, "Refund": REFUND}
PARTS = {
    TAX: ("Tax",),
    OTHER: ("Tip", "Gift Card Sales", "Unattributed Tips"),
    FEE: ("Fees", "Third Party Fees"),
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The parts of each row: its net sales are a sale, or of a refund what goes back."""
    for draft in drafts:
        row = draft.values
        row["kind"] = known(row.get("kind") or SALE)
        row["at"] = instant(row, row.get("day"), facts.zone)
        row["currency"] = currency_in([row.get("_said")])
        number = row.get("_payment") or row.get("order_id")
        # A payment may be refunded more than once: a refund is known by what it says.
        row["move_id"] = f"{number}/{row['note']}" if number and row["kind"] != REFUND else None
        said = [(row["kind"], row.get("_sales")), (REFUND, row.get("_back")), *stated(row, PARTS)]
        yield from moves(draft, row["_net"], said)


transactions = Importer(
    platform="square",
    name="transactions",
    title=Phrase("Square transactions", "Square 交易明细"),
    menu=Phrase("Square Dashboard › Transactions › Export › Transactions CSV", "后台 › 交易 › 导出 › 交易"),
    tried_on="rwslippey/square_transaction_parser: square_example.csv",
    known_by=frozenset({"Date", "Gross Sales", "Net Sales", "Total Collected", "Net Total", "Fees", "Event Type"}),
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
                    "at": moment("Date", order="mdy", required=True),
                    "_time": raw("Time"),
                    "_zone": raw("Time Zone"),
                    "kind": choice("Event Type", TYPES),
                    "note": text("Event Type"),
                    "order_id": id_("Transaction ID"),
                    "_payment": id_("Payment ID"),
                    "_said": raw("Net Total"),
                    "_net": money("Net Total", required=True),
                    "_sales": money("Net Sales"),
                    "_back": money("Partial Refunds"),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
