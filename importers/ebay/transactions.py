"""eBay's transaction report: every movement of the seller's funds, below some lines about the report.

Net amount is what moves. Of an order it is taken in parts (goods and shipping, seller-collected tax, fees) where they
add up to it, else as one. What eBay collects as tax is not in it. Provisional: the words of Type beside Order, Refund,
Payout, Shipping label and Other fee; that what is held is released under the same word.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import (
    ADJUSTMENT,
    ADS,
    DEPOSIT,
    FEE,
    OTHER,
    PURCHASE,
    REFUND,
    SALE,
    SHIPPING,
    TAX,
    TRANSFER,
    WITHDRAWAL,
)
from importers.settled import known, moves, part_cells, stated
from merchant_cli.basics.phrases import Phrase

TYPES = {
    "Order": SALE,
    "Refund": REFUND,
    "Payout": WITHDRAWAL,
    "Shipping label": SHIPPING,
    "Other fee": FEE,
    "Charge": FEE,
    "Hold": DEPOSIT,
    "Transfer": TRANSFER,
    "Adjustment": ADJUSTMENT,
    "Claim": REFUND,
    "Payment dispute": REFUND,
    "Purchase": PURCHASE,
}
GOODS = ("Item subtotal", "Shipping and handling")
PARTS = {
    TAX: ("Seller collected tax",),
    FEE: (
        "Final Value Fee - fixed", "Final Value Fee - variable", "Regulatory operating fee",
        'Very high "item not as described" fee', "Below standard performance fee", "International fee",
        "Deposit processing fee",
    ),
    OTHER: ("Charity donation",),
}  # fmt: skip


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The parts of orders and refunds; every other row as one move."""
    for draft in drafts:
        row = draft.values
        row["kind"] = known(row.get("kind"))
        if row["kind"] == FEE and "promoted" in (row.get("_said") or "").casefold():
            row["kind"] = ADS
        said: list[tuple[str, int | None]] = []
        if row["kind"] in (SALE, REFUND):
            said = [(row["kind"], row.get("_goods")), (row["kind"], row.get("_shipping")), *stated(row, PARTS)]
        yield from moves(draft, row["_net"], said)


transactions = Importer(
    platform="ebay",
    name="transactions",
    title=Phrase("eBay transaction report", "eBay 交易报告"),
    menu=Phrase(
        "Seller Hub › Payments › Reports › Transaction report › Download",
        "卖家中心 › 付款 › 报告 › 交易报告 › 下载",
    ),
    known_by=frozenset({"Transaction creation date", "Type", "Order number", "Net amount", "Payout ID"}),
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
                    "at": moment("Transaction creation date", required=True),
                    "kind": choice("Type", TYPES),
                    "note": text("Type"),
                    "order_id": id_("Order number"),
                    "currency": text("Payout currency", "Transaction currency"),
                    "_said": text("Description"),
                    "_net": money("Net amount", required=True),
                    "_goods": money(GOODS[0]),
                    "_shipping": money(GOODS[1]),
                    **part_cells(PARTS),
                }
            }
        ),
    ),
)
