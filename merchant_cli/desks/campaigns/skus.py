"""What each SKU brought to the campaigns that are over."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.desks.campaigns import campaigns
from merchant_cli.desks.campaigns._plan import read
from merchant_cli.desks.campaigns._results import Result, result
from merchant_cli.desks.campaigns.retro import ended

P = Phrase

HELP = {
    "ended_days": P("Campaigns that ended within so many days", "多少天内结束的活动"),
    "campaign": P("Only the campaign of this name", "只看这个名称的活动"),
}
TITLES = "SELECT sku, max(title) FROM products WHERE title IS NOT NULL GROUP BY sku"
LISTED = "SELECT sku, max(title) FROM listings WHERE sku IS NOT NULL AND title IS NOT NULL GROUP BY sku"


def _columns() -> tuple[Column, ...]:
    return (
        Column("key", P("Key", "编号"), "id"),
        Column("campaign", P("Campaign", "活动"), "text"),
        Column("sku", P("SKU", "SKU"), "sku"),
        Column("title", P("Title", "标题"), "text"),
        Column("orders", P("Orders", "订单数"), "count"),
        Column("net_sales", P("Net sales", "净销售额"), "money"),
        Column("sales_share", P("Share of sales", "销售占比"), "rate"),
        Column("refunds", P("Refunded", "退款"), "money"),
        Column("discount", P("Shop's discounts", "店铺优惠"), "money"),
        Column("contribution", P("Contribution", "贡献毛利"), "money"),
        Column("currency", P("Currency", "币种"), "id"),
    )


@campaigns.question(P("Campaign by SKU", "活动商品贡献"), help=HELP)
def skus(db: sqlite3.Connection, scope: Scope, *, ended_days: int = 120, campaign: str = "") -> Answer:
    """Per campaign and own SKU: net sales (sold − refunds), discounts and contribution, greatest first.

    The same sales and amounts as in `campaigns retro`, SKU by SKU, in the campaign's currency; a contribution is blank
    where the SKU's cost or a currency rate is not known.
    """
    plan = read(db, scope)
    over = [one for one in ended(plan, scope, ended_days) if campaign in ("", one.name)]
    titles = dict(db.execute(LISTED).fetchall()) | dict(db.execute(TITLES).fetchall()) if over else {}
    rows = [row for one in over for row in _rows(result(db, scope, one, {}), titles)]
    shown = (_columns(), rows, ("key",), scope.as_of, scope.shops, scope.currency, plan.notes)
    return Answer(*shown, frozenset({"contribution"}))


def _rows(done: Result, titles: dict[str, str]) -> list[tuple[Any, ...]]:
    total = done.found.net
    rows = [
        (f"{done.campaign.key}/{sku}", done.campaign.name, sku, titles.get(sku, sku), one.orders, one.net,
         round(one.net / total, 4) if total > 0 else None, one.refunds, one.discount, one.left, one.currency)
        for sku, one in done.skus.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-(row[5] or 0), row[2]))
