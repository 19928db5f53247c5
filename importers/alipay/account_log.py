"""Alipay's account log (账务明细.csv): every movement of the balance, with four `#` lines above and below.

The amount is 收入 − 支出, whether or not 支出 carries a minus. Kept of the texts is the platform's own word (业务类型,
业务描述), never the counterpart, the goods or the remark.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers.alipay._words import ACCOUNT, kind_of, order_id
from importers.base import Draft, Facts, Fault, Importer, Into, constant, id_, moment, money, text
from importers.bills import signed
from importers.stated_sums import IN_AND_OUT, by_direction, checked
from merchant_cli.basics.phrases import Phrase


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Signs the amount and finds kind and order; a line that moves nothing is no record."""
    yield from checked(_moves(drafts), facts, by_direction, IN_AND_OUT)


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        move = draft.values
        move["amount"] = signed(move.get("_in"), move.get("_out"))
        if move["amount"] is None:
            draft.ignored = "empty"
            yield draft
            continue
        words = [word for word in (move.get("_type"), move.get("_told")) if word]
        move["note"] = " ".join(dict.fromkeys(words)) or None
        move["kind"] = kind_of(move["note"] or "", move["amount"])
        move["order_id"], move["rule"] = order_id(move.get("_base"), move.get("_merchant"), move.get("_remark"))
        yield draft


account_log = Importer(
    platform="alipay",
    name="account-log",
    title=Phrase("Alipay account log", "支付宝账务明细"),
    menu=Phrase(
        "Alipay merchant centre (b.alipay.com) › reconciliation `对账中心` › account log `账务明细` › download",
        "支付宝商家中心 › 对账中心 › 账务明细 › 下载",
    ),
    known_by=frozenset(
        {"账务流水号", "业务流水号", "发生时间", "业务类型", "收入金额(+元)|收入金额(元)|收入金额",
         "支出金额(-元)|支出金额(元)|支出金额"}
    ),
    kind="money_moves",
    footers=r"^(#|合计|总计)",
    footer_starts="#合总",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(ACCOUNT),
                    "move_id": id_("账务流水号", required=True),
                    "at": moment("发生时间", required=True),
                    "_in": money("收入金额(+元)", "收入金额(元)", "收入金额"),
                    "_out": money("支出金额(-元)", "支出金额(元)", "支出金额"),
                    "_type": text("业务类型"),
                    "_told": text("业务描述"),
                    "_base": id_("业务基础订单号"),
                    "_merchant": id_("商户订单号"),
                    "_remark": text("备注"),
                }
            }
        ),
    ),
)  # fmt: skip
