"""`merchant undo` and `merchant redo`: takes a whole import back, or brings it back."""

from __future__ import annotations

from typing import Annotated

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.context import must_write, say, settings
from merchant_cli.commands.declare import NUMBER, Command, Json, argument
from merchant_cli.commands.import_ import outcomes
from merchant_cli.commands.map_accept import tell_mapped
from merchant_cli.commands.progress import Progress
from merchant_cli.commands.show_receipt import receipt_lines
from merchant_cli.intake.in_words import undone

P = Phrase

Number = Annotated[
    int | None, argument(P("The import's number; without one the newest.", "导入编号；不写则为最近一次。"), NUMBER)
]


def undo(number: Number = None, as_json: Json = False) -> None:
    from merchant_cli.intake import accepted, again

    must_write()
    if (mapped := accepted.meant(settings().store, number, live=True)) is not None:
        accepted.turn(settings().store, mapped)
        tell_mapped(mapped, as_json)
        return
    done = again.undo(settings().store, number)
    outcomes(as_json=as_json)
    if as_json:
        back = None if done.problem else done.behind
        body = {
            "schema": 1, "import": done.number, "state": "void", "brought_back": back, "by_table": done.by_table,
        }  # fmt: skip
        print(json_text(body))
        return
    print("\n".join(safe_text(line) for line in undone(done, settings().lang)))
    say(P("`merchant redo {number}` brings it back.", "用 `merchant redo {number}` 恢复。"), number=done.number)


def redo(number: Number = None, as_json: Json = False) -> None:
    from merchant_cli.intake import accepted, again

    must_write()
    if (mapped := accepted.meant(settings().store, number, live=False)) is not None:
        accepted.turn(settings().store, mapped)
        tell_mapped(mapped, as_json)
        return
    with Progress() as progress:
        receipt = again.redo(settings().store, number, progress)
    outcomes(as_json=as_json)
    if as_json:
        print(json_text({"schema": 1, "files": [receipt.as_json(settings().lang)]}))
        return
    print("\n".join(receipt_lines(receipt)))


COMMANDS = {
    "undo": Command(undo, examples=("merchant undo", "merchant undo 17")),
    "redo": Command(redo, examples=("merchant redo", "merchant redo 17")),
}
