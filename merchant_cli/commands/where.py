"""`merchant where`: the places that the program uses."""

from __future__ import annotations

from dataclasses import replace

from merchant_cli.basics import debug_log
from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import listing, put
from merchant_cli.commands.context import settings
from merchant_cli.commands.declare import Command
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks.base import Column

P = Phrase

COLUMNS = (
    Column("name", P("Name", "名称"), "id"),
    Column("what", P("What", "内容"), "text"),
    Column("path", P("Path", "位置"), "id"),
    Column("exists", P("Exists", "已存在"), "flag"),
)


@takes_common
def where(given: Given) -> None:
    from merchant_cli.intake.originals import originals
    from merchant_cli.store.secret import key_path

    given.no_effect()
    store = settings().store.absolute()
    mappings = store.with_name("mappings")  # take_in.mappings_folder: a test compares them, loading it costs 0.3 s
    places = (
        ("store", P("everything that was taken in and decided", "导入的数据和您的决定"), store),
        (
            "cache",
            P("answers computed ahead; may be deleted", "提前算好的结果，可以删除"),
            store.with_name(store.name + ".cache"),
        ),
        ("files", P("the files that were taken in, for `merchant redo`", "导入过的原文件，供 `merchant redo` 使用"),
         originals(store)),
        ("mappings", P("how sheets of your own are read", "您自己表格的对应文件"), mappings),
        ("key", P("the secret by which buyers are known again; keep a copy of it",
                  "识别老客所用的密钥，请另存一份"), key_path().absolute()),
        ("log", P("faults of the program, without your data", "程序缺陷的记录，不含您的数据"), debug_log.path()),
    )  # fmt: skip
    rows = [(name, what, str(path), path.exists()) for name, what, path in places]
    put(listing(COLUMNS, rows), replace(given.out, all=True))


COMMANDS = {"where": Command(where)}
