"""Amazon's settlement report, flat file V1 of 36 columns, which stands in archives: amounts in pairs of columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from importers.amazon._settled import COMMON, reshaped
from importers.base import Importer, Into, raw
from merchant_cli.basics.phrases import Phrase

# What V2 calls the amounts of each pair; "" where it does not say.
PAIRS = {
    "price": "ItemPrice",
    "item-related-fee": "ItemFees",
    "promotion": "Promotion",
    "shipment-fee": "",
    "order-fee": "",
    "direct-payment": "",
}


def money_in(row: dict[str, Any]) -> Iterable[tuple[str, str, str]]:
    for name, amount_type in PAIRS.items():
        yield amount_type, row.get(f"_{name}_type") or "", row.get(f"_{name}") or ""
    yield "", "Miscellaneous fee", row.get("_misc") or ""
    yield "", row.get("_reason") or "Other fee", row.get("_other_fee") or ""
    yield "", "", row.get("_other") or ""


settlement_v1 = Importer(
    platform="amazon",
    name="settlement-v1",
    title=Phrase("Amazon settlement (V1)", "亚马逊结算报告（旧版）"),
    menu=Phrase(
        "Seller Central › Payments › All Statements › Download Flat File",
        "亚马逊卖家后台 › 付款 › 所有结算一览 › 下载文本文件",
    ),
    known_by=frozenset({"settlement-id", "total-amount", "transaction-type", "price-type", "price-amount",
                        "item-related-fee-type", "item-related-fee-amount", "other-amount", "posted-date"}),
    kind="money_moves",
    footers=r"(?!)",
    footer_starts="",
    ends_early=True,
    quoted=False,
    grade="B",
    reshape=reshaped(money_in),
    into=(
        Into(
            {
                "money_moves": {
                    **COMMON,
                    **{f"_{name}_type": raw(f"{name}-type") for name in PAIRS},
                    **{f"_{name}": raw(f"{name}-amount") for name in PAIRS},
                    "_misc": raw("misc-fee-amount"),
                    "_reason": raw("other-fee-reason-description"),
                    "_other_fee": raw("other-fee-amount"),
                    "_other": raw("other-amount"),
                }
            }
        ),
    ),
)  # fmt: skip
