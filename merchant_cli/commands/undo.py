"""`merchant undo` and `merchant redo`: takes a whole import back, or brings it back."""

from __future__ import annotations

import json
from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.context import must_write, say, settings, show
from merchant_cli.commands.declare import NUMBER, Command, Json, argument
from merchant_cli.commands.progress import Progress
from merchant_cli.commands.show_receipt import receipt_lines

P = Phrase

Number = Annotated[
    int | None, argument(P("The import's number; without one the newest.", "导入编号；不写则为最近一次。"), NUMBER)
]


def undo(number: Number = None, as_json: Json = False) -> None:
    from merchant_cli.intake import again

    must_write()
    done = again.undo(settings().store, number)
    if as_json:
        body = {"schema": 1, "import": done.number, "state": "void", "by_table": done.by_table}
        print(json.dumps(body, ensure_ascii=False))
        return
    said = P("Import {number} ({name}) is taken back.", "导入 {number}（{name}）已撤销。")
    print(safe_text(show(said, number=done.number, name=done.name)))
    counts = ", ".join(f"{table} {n:,}" for table, n in done.by_table.items())
    if counts:
        print("  " + show(P("Records gone or changed: {counts}", "消失或改变的记录：{counts}"), counts=f"`{counts}`"))
    say(P("`merchant redo {number}` brings it back.", "用 `merchant redo {number}` 恢复。"), number=done.number)


def redo(number: Number = None, as_json: Json = False) -> None:
    from merchant_cli.intake import again

    must_write()
    with Progress() as progress:
        receipt = again.redo(settings().store, number, progress)
    if as_json:
        print(json.dumps({"schema": 1, "files": [receipt.as_json(settings().lang)]}, ensure_ascii=False, default=str))
        return
    print("\n".join(receipt_lines(receipt)))


COMMANDS = {
    "undo": Command(undo, examples=("merchant undo", "merchant undo 17")),
    "redo": Command(redo, examples=("merchant redo", "merchant redo 17")),
}
