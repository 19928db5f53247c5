"""Stripe's balance history and its report of balance transactions: every movement of the balance, in UTC.

Net is what moves: the amount and, as a movement of its own, the fee, whose sign differs between the two exports. The
order's number is taken from the metadata, else from the description (provisional, as are the types that name neither a
charge, a refund, a payout nor a fee).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import ADJUSTMENT, DEPOSIT, DESCRIPTION, FEE, REFUND, SALE, TAX, TRANSFER, WITHDRAWAL, order_in
from importers.settled import known, moves
from merchant_cli.basics.phrases import Phrase

TYPES = {
    "^(payout|transfer_to_bank)": WITHDRAWAL,
    "dispute|chargeback": REFUND,
    "refund": REFUND,
    "_fee$|^fee|network_cost": FEE,
    "^(charge|payment)": SALE,
    "tax": TAX,
    "reserve|topup|top.?up": DEPOSIT,
    "transfer": TRANSFER,
    "adjustment": ADJUSTMENT,
}
ORDER = re.compile(r"\border\s*(?:no\.?|number|id)?\s*[:#]?\s*#?([A-Z0-9-]*\d[A-Z0-9-]*)", re.IGNORECASE)
DISPUTES = re.compile("chargeback|dispute", re.IGNORECASE)


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The amount and the fee of each transaction."""
    for draft in drafts:
        row = draft.values
        row["kind"] = known(row.get("kind"))
        row["currency"] = (row.get("currency") or facts.currency or "").upper() or None
        said = row.get("_said")
        if row["kind"] == ADJUSTMENT and said and DISPUTES.search(said):
            row["kind"] = REFUND
        if row["kind"] in (SALE, REFUND) and row.get("order_id") is None:
            row["order_id"], row["rule"] = order_in([(said, ORDER, DESCRIPTION)])
        yield from moves(draft, row["_net"], [(row["kind"], row.get("_amount")), (FEE, row.get("_fee"))])


balance = Importer(
    platform="stripe",
    name="balance",
    title=Phrase("Stripe balance history", "Stripe 余额明细"),
    menu=Phrase(
        "Stripe Dashboard › Reports › Balance › Balance change from activity › Download (itemized)",
        "后台 › 报告 › 余额 › 余额变动明细 › 下载",
    ),
    tried_on="simonmichael/hledger: examples/csv/other/stripe.csv",
    known_by=frozenset(
        {"id|balance_transaction_id", "Type|reporting_category", "Amount|gross", "Fee", "Net", "Currency",
         "Created (UTC)|created_utc|created"}
    ),
    kind="money_moves",
    grade="B",
    zone="UTC",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "move_id": id_("id", "balance_transaction_id", required=True),
                    "kind": choice(("Type", "reporting_category"), {}, patterns=TYPES),
                    "note": text("Type", "reporting_category"),
                    "at": moment("Created (UTC)", "created_utc", "created", required=True),
                    "currency": text("Currency"),
                    "order_id": id_("order_id (metadata)", "order id (metadata)", "order_number (metadata)"),
                    "_said": text("Description"),
                    "_amount": money("Amount", "gross"),
                    "_fee": money("Fee"),
                    "_net": money("Net", required=True),
                }
            }
        ),
    ),
)  # fmt: skip
