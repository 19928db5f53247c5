"""The merchant's own coupon book: coupons of one shop, or of all where the row names none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from importers.base import Draft, Facts, Fault, Importer, Into, choice, day, id_, money, raw, shop, text
from importers.cells import Bad, money_reader
from importers.own._days import ENDS, STARTS, ends_early, header
from importers.own._words import BEARER, DISCOUNT
from merchant_cli.basics.phrases import Phrase

FACE = ("面额", "Face value")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """The face is a percentage off or an amount, as the discount type says; 100 % off is one too."""
    for draft in drafts:
        row = draft.values
        row["currency"] = currency = facts.currency_of(row)
        percent = row.get("kind") == "percent"
        value = (_percent if percent else money_reader((currency or "").upper()))(row["_face"])
        if not isinstance(value, Bad) and (value or 0) < 0:
            value = Bad("negative-amount", {"value": row["_face"]})
        if isinstance(value, Bad):
            yield draft.line, value.code, header(FACE, facts), value.params, []
            continue
        row["percent" if percent else "face"] = value
        yield ends_early(draft, facts) or draft


def _percent(cell: str) -> int | Bad | None:
    """`12` or `12%` off as 1200 hundredths of a per cent; more than all of it is a fault.

    Less than 1 % is one too: a spreadsheet keeps 12 % as 0.12.
    """
    found = re.fullmatch(r"([1-9]\d?(?:\.\d{1,2})?|100(?:\.0{1,2})?)%?", cell)
    return int(Decimal(found[1]) * 100) if found else Bad("bad-percent", {"percent": cell}) if cell else None


coupons = Importer(
    platform="own",
    name="coupons",
    title=Phrase("Coupons", "优惠券"),
    menu=Phrase("`merchant template coupons -o FILE`", "`merchant template coupons -o 文件`"),
    known_by=frozenset({"优惠券编号|Coupon id", "优惠方式|Discount type", "面额|Face value"}),
    kind="coupons",
    own=True,
    reshape=reshape,
    into=(
        Into(
            {
                "coupons": {
                    "coupon_id": id_("优惠券编号", "Coupon id", required=True),
                    "title": text("优惠券名称", "Coupon name"),
                    "_in_shop": shop("店铺", "Shop"),
                    "bearer": choice(("承担方", "Borne by"), BEARER, strict=True),
                    "kind": choice(("优惠方式", "Discount type"), DISCOUNT, strict=True),
                    "_face": raw(*FACE),
                    "threshold": money("门槛", "Threshold", least=0),
                    "scope": text("适用范围", "Scope"),
                    "budget": money("预算", "Budget", least=0),
                    "currency": text("币种", "Currency"),
                    "from_day": day(*STARTS),
                    "to_day": day(*ENDS),
                }
            }
        ),
    ),
)
