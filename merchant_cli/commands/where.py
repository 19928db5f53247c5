"""`merchant where`: the places that the program uses."""

from __future__ import annotations

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands import debug_log
from merchant_cli.commands.asking import Output, listing, put
from merchant_cli.commands.context import settings
from merchant_cli.commands.declare import Command, Csv, Json
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Column

P = Phrase

COLUMNS = (
    Column("name", P("Name", "名称"), "id"),
    Column("what", P("What", "内容"), "text"),
    Column("path", P("Path", "位置"), "id"),
    Column("exists", P("Exists", "已存在"), "flag"),
)


def where(as_json: Json = False, csv: Csv = False, output: OutputFile = None) -> None:
    store = settings().store.absolute()
    places = (
        ("store", P("everything that was taken in and decided", "导入的数据和您的决定"), store),
        (
            "cache",
            P("answers computed ahead; may be deleted", "提前算好的结果，可以删除"),
            store.with_name(store.name + ".cache"),
        ),
        ("log", P("faults of the program, without your data", "程序缺陷的记录，不含您的数据"), debug_log.path()),
    )
    rows = [(name, what, str(path), path.exists()) for name, what, path in places]
    put(listing(COLUMNS, rows), Output(as_json, csv, output, all=True))


COMMANDS = {"where": Command(where)}
