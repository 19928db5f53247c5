"""`merchant rates`: the currency rates that the merchant gave."""

from __future__ import annotations

from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import Output, listing, put, reading
from merchant_cli.commands.context import later
from merchant_cli.commands.declare import DAY, All, Command, Csv, Json, Limit, argument, option
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Column

P = Phrase

COLUMNS = (
    Column("from_currency", P("From", "原币种"), "id"),
    Column("to_currency", P("To", "目标币种"), "id"),
    Column("from_day", P("From day", "起始日期"), "day"),
    Column("rate", P("Rate", "汇率"), "text"),
)

From = Annotated[str, argument(P("The currency to convert from.", "要换算的币种。"), P("FROM", "原币种"))]
To = Annotated[str, argument(P("The currency to convert to.", "换算成的币种。"), P("TO", "目标币种"))]
Rate = Annotated[float, argument(P("What one unit is worth.", "一个单位值多少。"), P("RATE", "汇率"))]
FromDay = Annotated[str | None, option(P("The first day it holds.", "从这一天起生效。"), "--from", metavar=DAY)]


def list_rates(
    as_json: Json = False, csv: Csv = False, output: OutputFile = None, limit: Limit = None, all_rows: All = False
) -> None:
    with reading() as db:
        rows = db.execute(
            "SELECT from_currency, to_currency, from_day, rate_micro FROM rates"
            " ORDER BY from_currency, to_currency, from_day"
        ).fetchall()
    plain = [(*row[:3], f"{row[3] / 1_000_000:.6f}".rstrip("0").rstrip(".")) for row in rows]
    put(listing(COLUMNS, plain), Output(as_json, csv, output, limit, all_rows))


def set_rate(from_: From, to: To, rate: Rate, from_day: FromDay = None) -> None:
    later("rates set", "0.1")


COMMANDS = {
    "rates": Command(list_rates),
    "rates set": Command(
        set_rate, P("Give a currency rate.", "设定汇率。"), ("merchant rates set USD CNY 7.1 --from 2026-11-01",)
    ),
}
