"""Alipay's personal transactions as its website exported them (alipay_record_*.csv until 2021, 交易记录明细查询).

资金状态 says whether money came (已收入) or went (已支出); what waits, was closed or is frozen moved nothing, and
资金转移 says no direction. A fee that was taken is a move of its own. What money was for the file does not say, so it
is `other` unless its words tell. 成功退款 is not read: what came back has a row of its own (provisional). Of the texts
nothing is kept but 类型.
"""

from __future__ import annotations

from collections.abc import Iterator

from importers import bills
from importers.alipay._words import PERSONAL, order_id
from importers.alipay.personal import KINDS
from importers.base import Draft, Facts, Importer, Into, constant, id_, moment, money, text
from importers.bills import told_apart
from merchant_cli.basics.phrases import Phrase

CAME, WENT, MOVED = "已收入", "已支出", "资金转移"


def reshape(drafts: Iterator[Draft], facts: Facts) -> Iterator[Draft]:
    """Signs the amount by 资金状态 and names the kind."""
    yield from told_apart(_moves(drafts))


def _moves(drafts: Iterator[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        move = draft.values
        state, fee = move.get("_funds"), move.pop("_fee", None)
        if state not in (CAME, WENT, MOVED):
            draft.ignored = "unsettled" if (state or "").startswith("待") else "other"
            yield draft
            continue
        move["at"], move["day"] = move.get("_paid_at") or move["at"], move.get("_paid_day") or move["day"]
        kind = bills.first_kind(f"{move.get('note') or ''} {move.get('_state') or ''}", KINDS)
        move["kind"] = bills.TRANSFER if state == MOVED else kind
        if state == CAME:
            move["order_id"], move["rule"] = order_id(None, move.get("_merchant"), None)
        move["amount"] = {CAME: move["amount"], WENT: -move["amount"]}.get(state)
        yield draft
        if fee:
            own = {"kind": bills.FEE, "amount": -fee, "move_id": f"{move['move_id']}/fee"}
            yield Draft("money_moves", move | own, draft.line)


personal_web = Importer(
    platform="alipay",
    name="personal-web",
    title=Phrase("Alipay personal transactions (website)", "支付宝个人交易记录（网页版）"),
    menu=Phrase("Alipay website › Transaction records › Download", "支付宝网页 › 交易记录 › 下载查询结果"),
    tried_on="deb-sig/double-entry-generator: example-alipay-records.csv",
    known_by=frozenset({"交易号", "交易创建时间", "付款时间", "金额(元)", "收/支", "交易状态", "资金状态"}),
    kind="money_moves",
    grade="B",
    file_name=r"^alipay_record",
    footers=r"^(-{6}|共\d+笔记录|[已待](收入|支出)[:：]|导出时间)",
    footer_starts="-共已待导",
    spare_cell=True,
    reshape=reshape,
    into=(
        Into(
            {
                "money_moves": {
                    "account": constant(PERSONAL),
                    "move_id": id_("交易号", required=True),
                    "at": moment("交易创建时间", required=True),
                    "_paid": moment("付款时间"),
                    "amount": money("金额(元)", required=True, least=0),
                    "note": text("类型"),
                    "_funds": text("资金状态"),
                    "_state": text("交易状态"),
                    "_fee": money("服务费(元)", least=0),
                    "_merchant": id_("商家订单号"),
                }
            }
        ),
    ),
)
