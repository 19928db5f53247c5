"""`merchant quarantine`: the rows that wait, and why; of each only the faulty value, masked where it is personal."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import masked
from merchant_cli.commands.asking import listing, put, reading
from merchant_cli.commands.context import must_write, say, settings, show
from merchant_cli.commands.declare import FILE, Command, Json, argument
from merchant_cli.commands.given import Given, imports_within, takes_common
from merchant_cli.desks.base import Answer, Column
from merchant_cli.store.waiting import waiting

P = Phrase

COLUMNS = (
    Column("import", P("Import", "导入"), "id"),
    Column("file", P("File", "文件"), "text"),
    Column("sheet", P("Sheet", "工作表"), "text"),
    Column("line", P("Row", "行"), "id"),
    Column("column", P("Column", "列"), "text"),
    Column("value", P("Value", "值"), "text"),
    Column("code", P("Code", "代码"), "id"),
    Column("reason", P("Reason", "原因"), "text"),
    Column("fix", P("What to do", "处理"), "text"),
)
CODE = [column.name for column in COLUMNS].index("code")
LIST = "SELECT q.import_no, i.name, q.sheet, q.line, q.column_name, q.code, q.params"
# Faults of ids, and of cells whose kind (amount, number, date, one word of a list) is never personal.
IDS = frozenset({"id-ruined", "order-incomplete", "duplicate-key"})
TYPED = frozenset(
    {
        "bad-money",
        "cell-error",
        "bad-number",
        "bad-date",
        "future-date",
        "negative-amount",
        "negative-units",
        "unknown-word",
        "unknown-shop",
    }
)
# An e-mail address or a phone number that stands in such a cell all the same.
ASTRAY = re.compile(r"@|(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)|(?:\+|\b00)\d[\d -]{8,}")


@takes_common
def list_quarantine(given: Given) -> None:
    lang = settings().lang
    with reading() as db:
        within = imports_within(db, given)
        rows = [
            _shown(*row, lang=lang)
            for row in db.execute(f"{LIST} {waiting(db)} ORDER BY q.import_no DESC, q.line")
            if row[0] in within
        ]
    answer = listing(COLUMNS, rows)
    to_people = not (given.out.json or given.out.csv or given.out.file)
    put(for_people(answer) if to_people else answer, given.out, title=show(P("Quarantine", "隔离区")))


def for_people(answer: Answer) -> Answer:
    """The list as a table: the reason, which quotes the value, stands where a narrow terminal still shows it, and
    the code comes last."""
    rows = list(answer.rows)
    drop = {"code", "value"} | (set() if any(row[2] for row in rows) else {"sheet"})
    kept = [i for i, column in enumerate(answer.columns) if column.name not in drop] + [CODE]
    told = [(row[0], row[1].rsplit("/", 1)[-1], *row[2:]) for row in rows]
    columns = tuple(answer.columns[i] for i in kept)
    return replace(answer, columns=columns, rows=[tuple(row[i] for i in kept) for row in told])


def _shown(
    number: int, name: str, sheet: str, line: int, column: str, code: str, params: str, *, lang: str
) -> tuple[Any, ...]:
    said = json.loads(params)
    if said.get("value") is not None:
        said["value"] = _value(str(said["value"]), code)
    shown = Problem(code, **said).show(lang)
    return (number, name, sheet or None, line, column or None, said.get("value"), code, shown["what"], shown["fix"])


def _value(value: str, code: str) -> str:
    """The faulty value as the merchant may see it: by the kind of cell that has such a fault."""
    if code in IDS or (code in TYPED and not ASTRAY.search(value)):
        return value
    return masked(value)


Target = Annotated[Path, argument(P("The workbook to write (.xlsx).", "要写入的工作簿（.xlsx）。"), FILE)]
Mended = Annotated[Path, argument(P("The mended workbook.", "改好的工作簿。"), FILE)]


def export(target: Target) -> None:
    from exporters import mend
    from exporters.place import replacing
    from merchant_cli.intake import mended

    if target.suffix.lower() != ".xlsx":
        detail = P("The name must end in .xlsx.", "文件名应以 .xlsx 结尾。")
        raise Problem("output-refused", path=target, detail=detail)
    found = list(mended.waits(settings().store))
    if not found:
        say(P("No row waits.", "没有被隔离的行。"))
        return
    heads = (mended.ROW, mended.REASON, mended.FIX)
    replacing(target, lambda out: mend.write(found, out, heads, settings().lang))
    count = sum(len(one.rows) for one in found)
    say(P("{n} {n:row|rows} written to {path}. Mend the marked cells, then `merchant quarantine retry {path}`.",
          "已将 {n} 行写入 {path}。改正标色的单元格后，用 `merchant quarantine retry {path}` 重新导入。"),
        n=count, path=target)  # fmt: skip


def retry(mended_file: Mended, as_json: Json = False) -> int:
    from merchant_cli.commands.import_ import finish, outcomes
    from merchant_cli.commands.show_receipt import receipt_lines, tell
    from merchant_cli.intake import mended

    must_write()
    receipts = []
    for receipt in mended.retry(settings().store, mended_file):
        receipts.append(receipt)
        if receipt.problem is not None:
            tell(receipt.problem)
        elif not as_json:
            print("\n".join(receipt_lines(receipt)))
    outcomes(as_json=as_json)
    return finish(receipts, as_json=as_json)


COMMANDS = {
    "quarantine": Command(list_quarantine, examples=("merchant quarantine", "merchant quarantine --json")),
    "quarantine export": Command(export, P("Write the rows that wait into a workbook to mend.",
                                           "把被隔离的行写入工作簿以便改正。"),
                                 ("merchant quarantine export fix.xlsx",)),
    "quarantine retry": Command(retry, P("Take the mended workbook in again.", "重新导入改好的工作簿。"),
                                ("merchant quarantine retry fix.xlsx",)),
}  # fmt: skip
