"""The actions that alerts propose: their names in words, what each is to move, and when that is measured again."""

from __future__ import annotations

from typing import NamedTuple

from merchant_cli.basics.phrases import Phrase

P = Phrase


class Action(NamedTuple):
    """`metric`: the name in measure.METRICS. `days`: the check day comes so long after the as-of day, for an order
    so long after its arrival."""

    title: Phrase
    metric: str = "listed"
    days: int = 7


ACTIONS: dict[str, Action] = {
    "purchase-order": Action(P("Order from the supplier", "向供应商下单"), "available"),
    "lower-listed-units": Action(P("Lower the listed units", "下调上架数量"), "too-many"),
    "reprice": Action(P("Change the price", "改价"), "margin-a-day", 14),
    "clear-stock": Action(P("Clear the stock", "清理库存"), "available", 30),
    "count-stock": Action(P("Count the stock", "盘点库存")),
    "ship-order": Action(P("Ship the order", "发货"), days=2),
    "remind-payment": Action(P("Remind of the payment", "催付款"), days=2),
    "chase-parcel": Action(P("Chase the parcel", "催查包裹"), days=3),
    "reply": Action(P("Reply to the review", "回复评价"), days=3),
    "stop-coupon": Action(P("Stop the coupon", "停用优惠券")),
    "renew-coupon": Action(P("Renew the coupon", "续发优惠券")),
    "retitle": Action(P("Change the title", "修改标题")),
    "map": Action(P("Map the code", "对应编码")),
    "fill-costs": Action(P("Fill in the costs", "填写成本")),
    "find-order": Action(P("Find the order", "查找订单"), days=14),
    "claim-money": Action(P("Ask for the money", "追讨货款"), days=14),
    "check-amount": Action(P("Check the amount", "核对金额"), days=14),
    "write-retro": Action(P("Write the retro", "写复盘")),
    "import-file": Action(P("Import the file", "导入文件")),
}


def action(name: str) -> Action:
    """The action of that name; one that is not in the table is called by its name and measured by its alert."""
    return ACTIONS.get(name) or Action(P(name, name))


TITLES: dict[str, Phrase] = {name: one.title for name, one in ACTIONS.items()}

STATES: dict[str, Phrase] = {
    "proposed": P("proposed", "待审批"),
    "snoozed": P("put off", "暂缓"),
    "approved": P("approved", "已批准"),
    "refused": P("refused", "已拒绝"),
    "sent": P("sent", "已发送"),
    "verified": P("verified", "已生效"),
    "not applied": P("not applied", "未生效"),
    "evidence withdrawn": P("evidence withdrawn", "依据已撤回"),
}
FIELDS: dict[str, Phrase] = {
    "price": P("Price", "售价"),
    "compare_at": P("Compare-at price", "划线价"),
    "listed_units": P("Listed units", "上架数量"),
}
MONEY = frozenset({"price", "compare_at"})  # fields whose values are minor units
