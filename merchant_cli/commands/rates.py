"""`merchant rates`: the currency rates that the merchant gave."""

from __future__ import annotations

from typing import Annotated

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import listing, put, reading
from merchant_cli.commands.context import bad_usage, must_write, settings, show
from merchant_cli.commands.declare import DAY, Command, argument, option
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Column

P = Phrase

COLUMNS = (
    Column("from_currency", P("From", "原币种"), "id"),
    Column("to_currency", P("To", "目标币种"), "id"),
    Column("from_day", P("From day", "起始日期"), "day"),
    Column("rate", P("Rate", "汇率"), "text"),
)
HEADERS = ("From", "To", "Valid from", "Rate")  # of the importer `own rates`

From = Annotated[str, argument(P("The currency to convert from.", "要换算的币种。"), P("FROM", "原币种"))]
To = Annotated[str, argument(P("The currency to convert to.", "换算成的币种。"), P("TO", "目标币种"))]
Rate = Annotated[float, argument(P("What one unit is worth.", "一个单位值多少。"), P("RATE", "汇率"))]
FromDay = Annotated[str | None, option(P("The first day it holds.", "从这一天起生效。"), "--from", metavar=DAY)]


@takes_common
def list_rates(given: Given) -> None:
    given.no_effect("--since", "--until", "--as-of")
    with reading() as db:
        rows = db.execute(
            "SELECT from_currency, to_currency, from_day, rate_micro FROM rates"
            " ORDER BY from_currency, to_currency, from_day"
        ).fetchall()
    within = [row for row in rows if given.holds(row[2]) and row[2] <= (given.as_of or row[2])]
    plain = [(*row[:3], f"{row[3] / 1_000_000:.6f}".rstrip("0").rstrip(".")) for row in within]
    put(listing(COLUMNS, plain), given.out)


def set_rate(from_: From, to: To, rate: Rate, from_day: FromDay = None) -> None:
    """Keeps the rate as an import of the merchant's own, so that it can be undone like a file."""
    from datetime import date

    from merchant_cli.intake.typed import take_in_typed

    must_write()
    pair = (from_.upper(), to.upper())
    for currency in pair:
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
            bad_usage(
                P("a currency has three letters, not “{name}”.", "币种是三个字母，不能是“{name}”。"), name=currency
            )
    if pair[0] == pair[1] or not 0 < rate < 1e9:
        bad_usage(P("the rate must be above 0, between two currencies.", "汇率应大于 0，且两个币种不同。"))
    if from_day is not None and not is_day(from_day):
        bad_usage(P("--from takes a day like 2026-11-14, not “{day}”.",
                    "--from 应为 2026-11-14 这样的日期，不能是“{day}”。"), day=from_day)  # fmt: skip
    worth = f"{rate:.6f}".rstrip("0").rstrip(".")
    day = from_day or date.today().isoformat()
    name = f"rates set {pair[0]} {pair[1]} {worth} --from {day}"
    receipt = take_in_typed(settings().store, "own rates", HEADERS, [[*pair, day, worth]], name)
    said = P(
        "1 {base} = {rate} {other} from {day} (import {number}; `merchant undo {number}` takes it back).",
        "自 {day} 起 1 {base} = {rate} {other}（导入 {number}；`merchant undo {number}` 可撤销）。",
    )
    print(show(said, base=pair[0], other=pair[1], rate=worth, day=day, number=receipt.number))


COMMANDS = {
    "rates": Command(list_rates),
    "rates set": Command(
        set_rate, P("Give a currency rate.", "设定汇率。"), ("merchant rates set USD CNY 7.1 --from 2026-11-01",)
    ),
}
