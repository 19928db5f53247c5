"""Alipay's transactions (…_业务明细.csv, in a ZIP with its summary): what each payment and refund brought the merchant.

商家实收 is the movement; 服务费 and 分润 are movements of their own, costs of a payment and coming back with a refund
(provisional: the sign in which the file writes them). The account log tells the same money, so these stand in an
account of their own, `alipay-business`: of the two only one may be added up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from importers import bills
from importers.alipay._words import order_id
from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.stated_sums import AMOUNT, checked, in_texts
from merchant_cli.basics.phrases import Phrase

KINDS = {"交易": bills.SALE, "退款": bills.REFUND}
NAMES = {bills.SALE: "交易合计", bills.REFUND: "退款合计"}
STATED = in_texts(rf"(交易合计|退款合计)[:：].*?共\s*{AMOUNT}\s*元")  # #交易合计：2笔，商家实收共248.00元
PARTS = (("fee", bills.FEE), ("share", bills.COMMISSION))


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """A move for what the merchant got and one for each cost; the order's number is that of the merchant's system."""
    yield from checked(_moves(drafts), facts, _counted, STATED)


def _counted(move: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    if name := NAMES.get(move["kind"]):
        yield name, move["amount"]


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        move = draft.values
        back = move["kind"] == bills.REFUND
        merchant = move.get("_merchant")
        move["order_id"], move["rule"] = order_id(None, merchant, None)
        if move["order_id"] is None and merchant:
            move["order_id"], move["rule"] = merchant, bills.MERCHANT_NUMBER
        stem = f"{move['_trade']}/{move.get('_batch') or 'refund'}" if back else move["_trade"]
        move["move_id"], move["amount"] = stem, _sign(move["amount"], back)
        yield draft
        for name, kind in PARTS:
            if move.get(f"_{name}"):
                own = {"kind": kind, "move_id": f"{stem}/{name}", "amount": _sign(move[f"_{name}"], not back)}
                yield Draft("money_moves", move | own, draft.line)


def _sign(amount: int, out: bool) -> int:
    return -abs(amount) if out else abs(amount)


business = Importer(
    platform="alipay",
    name="business",
    title=Phrase("Alipay transactions", "支付宝业务明细"),
    menu=Phrase(
        "Alipay merchant centre (b.alipay.com) › reconciliation `对账中心` › transactions `业务账单` › download",
        "支付宝商家中心 › 对账中心 › 业务账单 › 下载（压缩包内的“业务明细”）",
    ),
    known_by=frozenset(
        {"支付宝交易号", "商户订单号", "业务类型", "完成时间", "商家实收(元)|商家实收", "服务费(元)|服务费"}
    ),
    kind="money_moves",
    footers=r"^(#|合计|总计)",
    footer_starts="#合总",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(bills.TRANSACTIONS),
                    "_trade": id_("支付宝交易号", required=True),
                    "_batch": id_("退款批次号/请求号"),
                    "_merchant": id_("商户订单号"),
                    "kind": choice("业务类型", KINDS, strict=True, required=True),
                    "note": text("业务类型"),
                    "at": moment("完成时间", required=True),
                    "amount": money("商家实收(元)", "商家实收", required=True),
                    "_fee": money("服务费(元)", "服务费"),
                    "_share": money("分润(元)", "分润"),
                }
            }
        ),
    ),
)
