"""`merchant check`: named checks of the store, and its logical digest."""

from __future__ import annotations

from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import DAMAGED, DONE
from merchant_cli.commands.asking import Output, listing, put, reading
from merchant_cli.commands.declare import Command, Csv, Json, option
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Column
from merchant_cli.store import checks
from merchant_cli.store import digest as digests

P = Phrase

STATES = {
    checks.SOUND: P("ok", "正常"),
    checks.OLD: P("old; renewed at the next import", "较旧，下次导入时更新"),
    checks.DAMAGED: P("damaged", "已损坏"),
}
COLUMNS = (
    Column("check", P("Check", "检查"), "id"),
    Column("about", P("What is checked", "检查内容"), "text"),
    Column("state", P("State", "结果"), "text", words=STATES),
    Column("detail", P("Detail", "详情"), "text"),
)

Full = Annotated[bool, option(P("Read every row and recompute its hash.", "读取每一行并重新计算校验值。"), "--full")]
Digest = Annotated[bool, option(P("Print the store's digest and nothing else.", "只输出数据库的摘要。"), "--digest")]


def check(
    full: Full = False, digest: Digest = False, as_json: Json = False, csv: Csv = False, output: OutputFile = None
) -> int:
    with reading() as db:
        if digest:
            print(digests.stored_digest(db))
            return DONE
        found = list(checks.checks(db, full=full))
    rows = [(c.name, c.about, c.state, c.detail or None) for c in found]
    put(listing(COLUMNS, rows), Output(as_json, csv, output, all=True))
    return DAMAGED if any(c.state == checks.DAMAGED for c in found) else DONE


COMMANDS = {"check": Command(check, examples=("merchant check", "merchant check --full", "merchant check --digest"))}
