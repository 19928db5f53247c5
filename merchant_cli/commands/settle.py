"""`merchant settle`: works out the slow answers, compresses the kept originals and tidies the store."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import json_text
from merchant_cli.commands.context import must_write, settings, show
from merchant_cli.commands.declare import Command, Json, option

P = Phrase

Ahead = Annotated[
    bool, option(P("Only work out slow answers, at low priority.", "只提前算好耗时的结果，以低优先级运行。"), "--ahead")
]


def settle(as_json: Json = False, ahead: Ahead = False) -> None:
    from merchant_cli.intake.settle import answer_ahead
    from merchant_cli.intake.settle import settle as work

    must_write()
    if ahead and hasattr(os, "nice"):
        os.nice(19)
    answer_ahead(settings().store)
    _first_screen(settings().store)
    if ahead:
        return
    done = work(settings().store)
    if as_json:
        print(
            json_text({"schema": 1, "compressed": done.files, "bytes_before": done.before, "bytes_after": done.after})
        )
        return
    said = P(
        "{n} {n:original|originals} compressed: {before} → {after} {after:byte|bytes};"
        " the store's statistics are up to date.",
        "已压缩 {n} 个原文件：{before} → {after} 字节；数据库统计信息已更新。",
    )
    print(show(said, n=f"{done.files:,}", before=f"{done.before:,}", after=f"{done.after:,}"))


def _first_screen(store: Path) -> None:
    """Works out what the screens show first, so that they need load no desk for it."""
    from merchant_cli.store import open as opening
    from tui.todo import todo

    with closing(opening.read(store)) as db:
        todo(db)


COMMANDS = {"settle": Command(settle)}
