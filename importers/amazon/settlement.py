"""Amazon's settlement report, flat file V2: a row for each amount. What it comes to is paid to the seller's bank."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from importers.amazon._settled import COMMON, reshaped
from importers.base import Importer, Into, raw
from merchant_cli.basics.phrases import Phrase


def money_in(row: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    return [(row.get("_type") or "", row.get("_description") or "", row.get("_amount") or "")]


settlement = Importer(
    platform="amazon",
    name="settlement",
    title=Phrase("Amazon settlement", "亚马逊结算报告"),
    menu=Phrase(
        "Seller Central › Payments › Reports Repository (All Statements) › Download Flat File V2",
        "亚马逊卖家后台 › 付款 › 所有结算一览 › 下载文本文件（第二版）",
    ),
    tried_on="juno-apps/junobooks: samples/amazon/settlement-24000000001.txt (synthetic)",
    known_by=frozenset({"settlement-id", "total-amount", "transaction-type", "amount-type", "amount-description",
                        "amount", "posted-date|posted-date-time"}),
    kind="money_moves",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="A",
    reshape=reshaped(money_in),
    into=(
        Into(
            {
                "money_moves": {
                    **COMMON,
                    "_type": raw("amount-type"),
                    "_description": raw("amount-description"),
                    "_amount": raw("amount"),
                }
            }
        ),
    ),
)  # fmt: skip
