"""Shopify Payments: the transactions (`payment_transactions_export_….csv`) and the list of payouts.

A transaction has no number: its time, type, order and amount are its key, with how often they stand there. The fee is
a movement of its own: Net − Amount. A payout goes to the bank, below zero; what it is made of the transactions tell.
Types other than charge and refund are provisional.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from importers import bills
from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from merchant_cli.basics.money import plain
from merchant_cli.basics.phrases import Phrase

ACCOUNT = "shopify-payments"  # as `money_moves.account` names it
TYPES = {
    "charge": bills.SALE,
    "refund": bills.REFUND,
    "refund_failure": bills.REFUND,
    "chargeback": bills.REFUND,
    "chargeback won": bills.REFUND,
    "dispute": bills.REFUND,
    "payout": bills.WITHDRAWAL,
    "payout_failure": bills.WITHDRAWAL,
    "adjustment": bills.ADJUSTMENT,
}
PAYOUT_PARTS = {
    "_charges": "Charges", "_refunds": "Refunds", "_adjusted": "Adjustments", "_reserved": "Reserved Funds",
    "_retried": "Retried Amount",
}  # fmt: skip
LEFT = "left"  # the money has left for the bank
STATES = {"paid": LEFT, "in_transit": LEFT, "deposited": LEFT, "scheduled": "", "pending": "", "failed": "",
          "canceled": "", "cancelled": ""}  # fmt: skip


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """The movement, and that of its fee."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        move = draft.values
        amount, net, fee = move["amount"], move.get("_net"), move.get("_fee")
        move["kind"] = bills.OTHER if move["kind"] == "unknown" else move["kind"]
        if move["kind"] == bills.WITHDRAWAL:
            number = payout_key(seen, move["day"], amount)
        else:
            number = f"{move['note']}/{move.get('order_id') or ''}/{move['at'] or move['day']}/{amount}"
            seen[number] += 1
            number += f"#{seen[number]}"
        move["move_id"] = number
        yield draft
        taken = net - amount if net is not None else -abs(fee or 0)
        if taken:
            own = {"kind": bills.FEE, "amount": taken, "move_id": f"{number}/fee"}
            yield Draft("money_moves", move | own, draft.line)


def reshape_payouts(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """A payout that has left; one that is only planned, or failed, moves nothing."""
    seen: Counter[str] = Counter()
    for draft in drafts:
        move = draft.values
        if move.get("_state") != LEFT:
            draft.ignored = "unsettled"
        else:
            _check(move, facts)
            move["amount"] = -move["amount"]
            move["move_id"] = payout_key(seen, move["day"], move["amount"])
        yield draft


def _check(move: dict[str, Any], facts: Facts) -> None:
    """Tells where the parts of a payout do not come to its total. Fees are written above zero."""
    parts = [amount for name in PAYOUT_PARTS if (amount := move.get(name)) is not None]
    found = sum(parts) - abs(move.get("_fees") or 0)
    if parts and found != move["amount"]:
        currency = move.get("currency") or facts.currency
        facts.sums.differing.append((f"Total {move['day']}", plain(found, currency), plain(move["amount"], currency)))


def payout_key(seen: Counter[str], day: str, amount: int) -> str:
    """The number of a payout, the same in both files."""
    key = f"payout/{day}/{amount}"
    seen[key] += 1
    return f"{key}#{seen[key]}"


payments = Importer(
    platform="shopify",
    name="payments",
    title=Phrase("Shopify Payments transactions", "Shopify Payments 交易明细"),
    menu=Phrase(
        "Admin › Finances › Payouts (Shopify Payments) › View transactions › Export",
        "后台 › 财务 › 打款 › 查看交易 › 导出",
    ),
    tried_on="ToniIAPro73/anclora-fiscal: .evidence/payment_transactions_export_1.csv",
    known_by=frozenset({"Transaction Date", "Type", "Order", "Payout Status", "Payout Date", "Amount", "Fee", "Net"}),
    kind="money_moves",
    footers=r"(?!)",
    footer_starts="",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(ACCOUNT),
                    "kind": choice("Type", TYPES, required=True),
                    "note": text("Type"),
                    "order_id": id_("Order"),
                    "at": moment("Transaction Date", required=True),
                    "amount": money("Amount", required=True),
                    "currency": text("Currency"),
                    "_fee": money("Fee"),
                    "_net": money("Net"),
                }
            }
        ),
    ),
)

payouts = payments.but(
    name="payouts",
    title=Phrase("Shopify payouts", "Shopify 打款记录"),
    menu=Phrase("Admin › Finances › Payouts › Export", "后台 › 财务 › 打款 › 导出"),
    tried_on="",
    kind="payouts",
    known_by=frozenset({"Payout Date", "Status", "Charges", "Refunds", "Adjustments", "Fees", "Total"}),
    never=frozenset({"Transaction Date"}),
    reshape=reshape_payouts,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(ACCOUNT),
                    "kind": constant(bills.WITHDRAWAL),
                    "note": constant("payout"),
                    "at": moment("Payout Date", required=True, ahead=True),
                    "_state": choice("Status", STATES),
                    "amount": money("Total", required=True),
                    **{name: money(header) for name, header in PAYOUT_PARTS.items()},
                    "_fees": money("Fees"),
                    "currency": text("Currency"),
                }
            }
        ),
    ),
)
