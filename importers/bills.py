"""What importers of bills and settlements share: kinds of movements (basics/moves.py), where orders hide, signs.

Amounts are signed: what comes in is positive. The bill's own word stays in `note`, never a person's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from importers.base import Draft
from merchant_cli.basics.moves import (
    ADJUSTMENT,
    ADS,
    AGAIN,
    BASE_ORDER,
    CHARGED,
    COMMISSION,
    COMPENSATION,
    COSTS,
    DEPOSIT,
    DESCRIPTION,
    FEE,
    INFO,
    INSPECTED,
    INSURANCE,
    INSURED,
    INSURED_SPENT,
    KINDS,
    LEDGER,
    LOOKS_LIKE,
    MERCHANT_NUMBER,
    NEITHER,
    OTHER,
    OWN_COLUMN,
    PENALTY,
    PROMOTED,
    PROMOTION,
    PURCHASE,
    REFUND,
    SALE,
    SETTLEMENT,
    SHIPPING,
    SUBSIDY,
    TAOBAO_NUMBER,
    TAX,
    TITLE,
    TRADE_ID,
    TRANSACTIONS,
    TRANSFER,
    WITHDRAWAL,
    WORDS,
)

__all__ = (
    "ADJUSTMENT", "ADS", "AGAIN", "BASE_ORDER", "CHARGED", "COMMISSION", "COMPENSATION", "COSTS", "DEPOSIT",
    "DESCRIPTION", "FEE", "INFO", "INSPECTED", "INSURANCE", "INSURED", "INSURED_SPENT", "KINDS", "LEDGER",
    "LOOKS_LIKE", "MERCHANT_NUMBER", "NEITHER", "OTHER", "OWN_COLUMN", "PENALTY", "PROMOTED", "PROMOTION", "PURCHASE",
    "REFUND", "SALE", "SETTLEMENT", "SHIPPING", "SUBSIDY", "TAOBAO_NUMBER", "TAX", "TITLE", "TRADE_ID",
    "TRANSACTIONS", "TRANSFER", "WITHDRAWAL", "WORDS", "first_kind", "order_in", "signed", "told_apart",
)  # fmt: skip


def first_kind(text: str, rules: Sequence[tuple[str, str]]) -> str:
    """The kind of the first rule (regular expression, kind) that finds something in `text`; `other` if none does."""
    return next((kind for pattern, kind in rules if re.search(pattern, text)), OTHER)


def order_in(places: Sequence[tuple[str | None, re.Pattern[str], str]]) -> tuple[str | None, str | None]:
    """The number of the order that a bill hides in its texts, and the rule that found it: the first of
    (text, pattern, rule) that fits; (None, None) if none does."""
    for text, pattern, rule in places:
        if text and (found := pattern.search(text)):
            return found[1], rule
    return None, None


def signed(income: int | None, expense: int | None) -> int | None:
    """What two columns of income and expense come to; whether expense is written below zero does not matter."""
    if income is None and expense is None:
        return None
    return abs(income or 0) - abs(expense or 0)


def told_apart(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """The movements of a bill that may give one number to several: from the second on they are `number#2`, …

    A row that repeats another as it stands remains the same movement.
    """
    seen: dict[str, list[dict[str, Any]]] = {}
    for draft in drafts:
        number = draft.values.get("move_id")
        if number and not draft.ignored:
            known = seen.setdefault(number, [])
            said = dict(draft.values)
            if said not in known:
                known.append(said)
            if (place := known.index(said)) > 0:
                draft.values["move_id"] = f"{number}#{place + 1}"
        yield draft
