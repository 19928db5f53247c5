"""`merchant settle`: compresses the kept originals and tidies the store."""

from __future__ import annotations

import json

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.context import must_write, settings, show
from merchant_cli.commands.declare import Command, Json

P = Phrase


def settle(as_json: Json = False) -> None:
    from merchant_cli.intake.settle import settle as work

    must_write()
    done = work(settings().store)
    if as_json:
        print(
            json.dumps({"schema": 1, "compressed": done.files, "bytes_before": done.before, "bytes_after": done.after})
        )
        return
    said = P(
        "{n} originals compressed: {before} → {after} bytes; the store's statistics are up to date.",
        "已压缩 {n} 个原文件：{before} → {after} 字节；数据库统计信息已更新。",
    )
    print(show(said, n=f"{done.files:,}", before=f"{done.before:,}", after=f"{done.after:,}"))


COMMANDS = {"settle": Command(settle)}
