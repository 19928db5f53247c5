"""Douyin's after-sale export (抖店 售后单): a row for each after-sale case of a sub-order.

What went back is 退商品金额 + 退运费金额 + 退税费金额, measured like 订单应付金额: 退支付优惠 is a part of 退商品金额
that the platform gets back (one source). Which units came back the file does not say; exchanges and spare parts are no
refunds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.douyin._words import AFTER_SALE
from merchant_cli.basics.phrases import Phrase

NO_REFUND = re.compile("换货|补寄|维修")
BACK = ("_goods", "_freight", "_tax")


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Works out the amount and the day: 用户到账时间, else 商家退款时间, else 售后完结时间, if it was done."""
    for draft in drafts:
        refund = draft.values
        if NO_REFUND.search(refund.get("_kind") or ""):
            draft.ignored = "other"
            yield draft
            continue
        refund["state"] = refund.get("state") or "unknown"
        stated = [amount for name in BACK if (amount := refund.get(name)) is not None]
        if not stated and refund["state"] == "done":
            yield draft.line, "missing-value", "退商品金额（元）", {"column": "退商品金额（元）"}, []
            continue
        refund["amount"] = sum(stated)
        _day(refund)
        yield draft


def _day(refund: dict[str, Any]) -> None:
    if refund["state"] == "done":
        for name in ("_arrived", "_sent", "_ended"):
            if refund.get(f"{name}_day"):
                refund["done_at"], refund["done_day"] = refund[f"{name}_at"], refund[f"{name}_day"]
                break
    refund["day_known"] = int(refund.get("done_day") is not None)


refunds = Importer(
    platform="douyin",
    name="refunds",
    title=Phrase("Douyin after-sale cases", "抖音售后单"),
    menu=Phrase(
        "Doudian back office › after-sale `售后` › after-sale desk `售后工作台` › export",
        "抖店后台 › 售后 › 售后工作台 › 导出售后单",
    ),
    known_by=frozenset({"售后单号", "订单号", "商品单号", "退商品金额（元）", "售后状态"}),
    kind="refunds",
    reshape=reshape,
    into=(
        Into(
            {
                "refunds": {
                    "refund_id": id_("售后单号", required=True),
                    "line_key": id_("商品单号", required=True),
                    "order_id": id_("订单号", required=True),
                    "code": id_("商家编码"),
                    "_goods": money("退商品金额（元）", least=0),
                    "_freight": money("退运费金额（元）", least=0),
                    "_tax": money("退税费金额（元）", least=0),
                    "_kind": text("售后类型"),
                    "applied": moment("售后申请时间"),
                    "_arrived": moment("用户到账时间"),
                    "_sent": moment("商家退款时间"),
                    "_ended": moment("售后完结时间"),
                    "state": choice("售后状态", AFTER_SALE),
                    "state_raw": text("售后状态"),
                    "detail": constant(2),
                }
            }
        ),
    ),
)
