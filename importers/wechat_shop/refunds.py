"""The WeChat shop's after-sale export (售后单): a row for each after-sale case of an item.

Provisional: the words, and that 退款金额 is what went back or would. Units came back where the goods did, or where all
that was paid did; an exchange is no refund.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, count, id_, moment, money, text
from importers.wechat_shop._words import AFTER_SALE, code_of
from merchant_cli.basics.phrases import Phrase

EXCHANGE = "换货"
GOODS_BACK = "退货"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Works out code, units and the day: 用户到账时间, else 售后完结时间 of a refund that was done."""
    for draft in drafts:
        refund = draft.values
        kind = refund.get("_kind") or ""
        if EXCHANGE in kind:
            draft.ignored = "other"
            yield draft
            continue
        refund["code"] = code_of(refund)
        refund["state"] = refund.get("state") or "unknown"
        done = refund["state"] == "done"
        for part in ("at", "day"):
            refund[f"done_{part}"] = (refund.get(f"_paid_{part}") or refund.get(f"_ended_{part}")) if done else None
        refund["day_known"] = int(refund["done_day"] is not None)
        paid = refund.get("_paid_amount")
        if GOODS_BACK not in kind and not (paid and refund["amount"] >= paid):
            refund["units"] = None
        yield draft


refunds = Importer(
    platform="wechat_shop",
    name="refunds",
    title=Phrase("WeChat shop after-sale cases", "微信小店售后单"),
    menu=Phrase(
        "WeChat shop back office › after-sale `售后` › after-sale cases `售后单` › export",
        "微信小店后台 › 售后 › 售后管理 › 导出",
    ),
    known_by=frozenset({"售后单号", "订单编号", "退款金额", "退款状态", "申请售后数量"}),
    kind="refunds",
    grade="C",
    reshape=reshape,
    into=(
        Into(
            {
                "refunds": {
                    "refund_id": id_("售后单号", required=True),
                    "line_key": constant(""),
                    "order_id": id_("订单编号", required=True),
                    "code": id_("SKU编码(自定义)"),
                    "_item_code": id_("商品编码(自定义)"),
                    "_listing_id": id_("商品编码（平台）"),
                    "_title": text("商品名称"),
                    "units": count("申请售后数量", least=0),
                    "amount": money("退款金额", required=True, least=0),
                    "_paid_amount": money("实付款", least=0),
                    "_kind": text("退款类型"),
                    "applied": moment("售后申请时间"),
                    "_paid": moment("用户到账时间"),
                    "_ended": moment("售后完结时间"),
                    "state": choice("退款状态", AFTER_SALE),
                    "state_raw": text("退款状态"),
                    "detail": constant(2),
                }
            }
        ),
    ),
)
