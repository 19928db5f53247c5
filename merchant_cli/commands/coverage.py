"""`merchant coverage`: the calendar of what was taken in, shop by shop and kind by kind."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import put, reading
from merchant_cli.commands.context import show
from merchant_cli.commands.declare import Command
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks import covered

P = Phrase


@takes_common
def coverage(given: Given) -> None:
    with reading() as db:
        answer = covered.coverage(db, given.scope(db))
    put(answer, given.out, title=show(P("Coverage", "数据覆盖")))


COMMANDS = {"coverage": Command(coverage, examples=("merchant coverage", "merchant coverage --since 2026-10-01"))}
