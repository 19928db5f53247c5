"""What Amazon calls the movements of a seller's money, by the words of importers/bills.py.

Tax that was collected and tax that Amazon withheld are both `tax`: where Amazon pays it for the seller they come to
nothing. What a buyer pays for shipping belongs to the sale. Provisional: words that stand in no real file.
"""

from __future__ import annotations

import re

from importers.bills import (
    ADJUSTMENT,
    ADS,
    COMPENSATION,
    DEPOSIT,
    FEE,
    PROMOTION,
    REFUND,
    SALE,
    SHIPPING,
    TAX,
    TRANSFER,
    WITHDRAWAL,
    first_kind,
)

BACK = re.compile(r"refund|chargeback|a-to-z|guarantee claim", re.IGNORECASE)  # transactions that go to the buyer
_TAX = re.compile(r"tax(?!.*fee)|\bVAT\b|VAT-|\bGST\b|\bTCS\b|\bTDS\b", re.IGNORECASE)
_FREIGHT = re.compile(r"ShippingChargeback|shipping (services|label)|postage|transportation", re.IGNORECASE)
RULES = (
    (r"(?i)reserve", DEPOSIT),
    (r"(?i)^transfer", WITHDRAWAL),
    (r"(?i)payable to amazon|successful charge|debt", TRANSFER),
    (r"(?i)advertis|sponsored|TransactionTotalAmount", ADS),
    (r"(?i)reimburse|^reversal|warehouse_|missing_from|compensat|free_replacement|safe-t|cs_error", COMPENSATION),
    (f"(?i){_FREIGHT.pattern}", SHIPPING),
    (f"(?i){_TAX.pattern}", TAX),
    (r"(?i)fee|commission|subscription|storage|^fba", FEE),
    (r"(?i)adjust|micro deposit", ADJUSTMENT),
    (r"(?i)promo|rebate|coupon|deal", PROMOTION),
    (r"(?i)liquidation", SALE),
    (f"(?i){BACK.pattern}", REFUND),
)


def kind_of(transaction: str, amount_type: str, description: str) -> str:
    """The kind of an amount by Amazon's three words for it; the last two are "" where a file does not have them."""
    if _TAX.search(description):
        return TAX
    match amount_type.casefold():
        case "itemprice":
            return REFUND if BACK.search(transaction) else SALE
        case "promotion":
            return PROMOTION
        case "itemfees":
            return SHIPPING if _FREIGHT.search(description) else FEE
    found = first_kind(description, RULES) if description else "other"
    return found if found != "other" else first_kind(transaction, RULES)
