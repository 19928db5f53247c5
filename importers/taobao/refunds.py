"""Taobao's 退款报表 (售后): a row per refund, of which an order may have several.

The amount is 买家退款金额; it is booked on 退款完结时间. Which units came back the file does not say.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Importer, Into, choice, constant, id_, moment, money, text
from importers.taobao._words import REFUND_STATE
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Only a refund that was done has a time at which it was done; of one that was withdrawn that is its end."""
    for draft in drafts:
        refund = draft.values
        refund["code"] = refund.get("code") or refund.get("_item_code")
        if refund.get("state") != "done":
            refund["done_at"] = refund["done_day"] = None
        refund["day_known"] = int(refund.get("done_day") is not None)
        yield draft


refunds = Importer(
    platform="taobao",
    name="refunds",
    title=Phrase("Taobao refunds", "淘宝退款报表"),
    menu=Phrase(
        "Qianniu back office `千牛` › trade `交易` › refunds `退款管理` › export",
        "千牛卖家中心 › 交易 › 退款管理（售后） › 批量导出",
    ),
    known_by=frozenset({"订单编号", "退款编号", "买家退款金额", "退款的申请时间", "退款状态"}),
    never=frozenset({"子订单编号", "买家应付货款"}),
    kind="refunds",
    reshape=reshape,
    into=(
        Into(
            {
                "refunds": {
                    "refund_id": id_("退款编号", required=True),
                    "line_key": constant(""),
                    "order_id": id_("订单编号", required=True),
                    "code": id_("商家编码"),
                    "_item_code": id_("商品编码"),  # provisional: the merchant's code where it is filled
                    "amount": money("买家退款金额", required=True, least=0),
                    "applied": moment("退款的申请时间"),
                    "done": moment("退款完结时间", "完结时间"),
                    "state": choice("退款状态", REFUND_STATE),
                    "state_raw": text("退款状态"),
                    "detail": constant(2),
                }
            }
        ),
    ),
)
