"""`merchant campaigns add`: a campaign that is typed in, kept as an import of the merchant's own."""

from __future__ import annotations

from typing import Annotated

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.asking import check_shops, reading
from merchant_cli.commands.context import bad_usage, must_write, settings, show
from merchant_cli.commands.declare import DAY, DECIMAL, NUMBER, SHOP, TEXT, Command, argument, option

P = Phrase

# Of the importer `own campaigns`.
HEADERS = (
    "Campaign", "Starts on", "Ends on", "Shops", "SKUs", "Sales goal", "Orders goal", "Budget", "Currency",
)  # fmt: skip

Name = Annotated[str, argument(P("What the campaign is called.", "活动名称。"), P("NAME", "名称"))]
From = Annotated[str, option(P("Its first day.", "开始日期。"), "--from", metavar=DAY)]
To = Annotated[str, option(P("Its last day.", "结束日期。"), "--to", metavar=DAY)]
Shops = Annotated[
    list[str] | None,
    option(P("A shop that it runs in (all if none).", "参加的店铺（不写则全部）。"), "--shop", metavar=SHOP),
]  # fmt: skip
Skus = Annotated[
    list[str] | None,
    option(P("A SKU that it is about (all if none).", "参加的 SKU（不写则全部）。"), "--sku", metavar=TEXT),
]  # fmt: skip
Sales = Annotated[str | None, option(P("Sales goal.", "目标销售额。"), "--goal-sales", metavar=DECIMAL)]
Orders = Annotated[int | None, option(P("Orders goal.", "目标订单数。"), "--goal-orders", metavar=NUMBER)]
Budget = Annotated[str | None, option(P("Budget.", "预算。"), "--budget", metavar=DECIMAL)]
Currency = Annotated[
    str | None, option(P("Of goal and budget (otherwise the base currency).", "目标和预算的币种（默认本位币）。"),
                       "--currency", metavar=TEXT)
]  # fmt: skip


def add(
    name: Name, from_: From, to: To, shop: Shops = None, sku: Skus = None, goal_sales: Sales = None,
    goal_orders: Orders = None, budget: Budget = None, currency: Currency = None,
) -> None:  # fmt: skip
    """Keeps the campaign; the same name again replaces what it said."""
    from merchant_cli.intake.typed import take_in_typed

    must_write()
    for option_, day in (("--from", from_), ("--to", to)):
        if not is_day(day):
            bad_usage(P("{option} takes a day like 2026-11-14, not “{day}”.",
                        "{option} 应为 2026-11-14 这样的日期，不能是“{day}”。"), option=option_, day=day)  # fmt: skip
    if from_ > to:
        bad_usage(P("--from lies after --to.", "--from 晚于 --to。"))
    if not name.strip():
        bad_usage(P("give the campaign a name.", "请输入活动名称。"))
    with reading() as db:
        check_shops(db, shop or [])
    cells = [
        name,
        from_,
        to,
        ";".join(shop or []),
        ";".join(sku or []),
        goal_sales or "",
        goal_orders,
        budget,
        currency,
    ]
    row = ["" if cell is None else str(cell) for cell in cells]
    receipt = take_in_typed(settings().store, "own campaigns", HEADERS, [row], f"campaigns add {name}")
    said = P("{name}, {first} to {last} (import {number}; `merchant undo {number}` takes it back).",
             "{name}，{first} 至 {last}（导入 {number}；`merchant undo {number}` 可撤销）。")  # fmt: skip
    print(safe_text(show(said, name=name, first=from_, last=to, number=receipt.number)))


COMMANDS = {
    "campaigns add": Command(
        add, examples=("merchant campaigns add SPRING --from 2026-12-10 --to 2026-12-12 --goal-sales 30000",)
    )
}
