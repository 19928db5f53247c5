"""`merchant imports`: what was taken in, newest first, and the receipt of one import."""

from __future__ import annotations

import json
from typing import Annotated

from exporters.cells import in_words
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text, safe_text
from merchant_cli.commands.asking import listing, put, reading
from merchant_cli.commands.context import settings, show
from merchant_cli.commands.declare import NUMBER, Command, Json, argument
from merchant_cli.commands.given import Given, imports_within, takes_common
from merchant_cli.desks.base import Column
from merchant_cli.desks.words import TABLES
from merchant_cli.intake.again import STATES
from merchant_cli.intake.in_words import count_lines, outcomes
from merchant_cli.intake.receipt import notes_of

P = Phrase

COLUMNS = (
    Column("import", P("Import", "导入"), "id"),
    Column("file", P("File", "文件"), "text"),
    Column("importer", P("Importer", "导入程序"), "id"),
    Column("shop", P("Shop", "店铺"), "id"),
    Column("state", P("State", "状态"), "id", words=STATES),
    Column("as_of", P("As of", "数据时间"), "moment"),
)
LIST = (
    "SELECT i.no, i.name, i.importer, s.shop, i.state, i.as_of FROM imports i LEFT JOIN shops s ON s.no = i.shop"
    " ORDER BY i.no DESC"
)

Number = Annotated[int, argument(P("The import's number.", "导入编号。"), NUMBER)]


@takes_common
def list_imports(given: Given) -> None:
    with reading() as db:
        within = imports_within(db, given)
        rows = [row for row in db.execute(LIST) if row[0] in within]
    put(listing(COLUMNS, rows), given.out, title=show(P("Imports", "导入记录")))


def show_import(number: Number, as_json: Json = False) -> None:
    """Raises Problem no-such-import."""
    with reading() as db:
        row = db.execute("SELECT name, state, receipt FROM imports WHERE no = ?", (number,)).fetchone()
    if row is None:
        raise Problem("no-such-import", number=number)
    lang = settings().lang
    name, state, kept = row[0], row[1], json.loads(row[2])
    notes = notes_of(kept, lang)
    kept.pop("said", None)
    if as_json:
        file = {**kept, "path": name, "import": number, "state": state, "notes": notes}
        print(json_text({"schema": 1, "files": [file]}))
        return
    about = [str(kept.get(n)) for n in ("importer", "shop") if kept.get(n)]
    if kept.get("covers"):
        about.append(" – ".join(kept["covers"]))
    print(safe_text(f"{name} · " + " · ".join(about)))
    for line in [*(count_lines(kept, lang) if "read" in kept else ()), *notes]:
        print("  " + safe_text(line))
    for table, counts in kept.get("by_table", {}).items():
        print("  " + safe_text(in_words(table, TABLES, lang) + show(P(": ", "：")) + outcomes(counts, lang)))
    print(
        "  "
        + show(P("import {number}: {state}", "导入 {number}：{state}"), number=number, state=STATES.get(state, state))
    )


COMMANDS = {
    "imports": Command(list_imports, examples=("merchant imports", "merchant imports show 17")),
    "imports show": Command(show_import, P("The receipt of one import.", "查看一次导入的回执。")),
}
