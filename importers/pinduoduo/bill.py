"""Pinduoduo's bill of the shop's money (账单): income and expense in two columns, the kind in a numbered text."""

from __future__ import annotations

from collections.abc import Iterator

from importers.base import Draft, Facts, Fault, Importer, Into, choice, constant, id_, moment, money, text
from importers.bills import COMMISSION, FEE, OTHER, PENALTY, PROMOTION, REFUND, SALE, SUBSIDY, first_kind, signed
from importers.scenes import SCENES
from importers.settled import known
from importers.stated_sums import IN_AND_OUT, by_direction, checked
from merchant_cli.basics.phrases import Phrase

# By the number before the `|`, once its text has been looked at.
NUMBERS = {
    "优惠券|补贴": SUBSIDY,  # provisional: that vouchers in a bill are the platform's
    r"^0010": SALE,
    r"^0020": REFUND,
    r"^0030": FEE,
    "多多进宝": COMMISSION,
    r"^0060": PROMOTION,
    r"^004": PENALTY,
    r"^0140": OTHER,
}


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft | Fault]:
    """Income less expense, whatever sign the expense has. Fines and fees may name no order; a row with neither amount
    waits. A text that is not known leaves the kind to 账务类型, else `other`. The footer must come to the rows.
    """
    yield from checked(_moves(drafts), facts, by_direction, IN_AND_OUT)


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft | Fault]:
    for draft in drafts:
        row = draft.values
        row["amount"] = signed(row.get("_in"), row.get("_out"))
        if row["amount"] is None:
            yield draft.line, "missing-value", "收入金额", {"column": "收入金额（+元）"}, []
            continue
        row["kind"] = known(row.get("kind"))
        if row["kind"] == OTHER:
            row["kind"] = first_kind(row.get("_type") or "", tuple(SCENES.items()))
        yield draft


bill = Importer(
    platform="pinduoduo",
    name="bill",
    title=Phrase("Pinduoduo bill", "拼多多账单"),
    menu=Phrase(
        "Pinduoduo back office › funds `账户资金` › payment for goods `货款明细` › download bill",
        "拼多多商家后台 › 账户资金 › 货款明细（对账中心） › 下载账单",
    ),
    known_by=frozenset(
        {"商户订单号", "发生时间", "收入金额（+元）|收入金额（元）", "支出金额（-元）|支出金额（元）", "账务类型"}
    ),
    never=frozenset({"账务流水号"}),
    kind="money_moves",
    grade="A",
    footers=r"^(#|-{4}|合计|总计)",
    footer_starts="#-合总",
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant("wallet"),
                    "kind": choice("业务描述", {}, patterns=NUMBERS | SCENES),
                    "_type": text("账务类型"),
                    "order_id": id_("商户订单号"),
                    "_in": money("收入金额（+元）", "收入金额（元）"),
                    "_out": money("支出金额（-元）", "支出金额（元）"),
                    "at": moment("发生时间", required=True),
                    "note": text("业务描述", "账务类型"),
                }
            }
        ),
    ),
)
