"""`merchant quarantine`: the rows that wait, and why; of each only the faulty value, masked if it may be personal."""

from __future__ import annotations

import json
import re
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import masked
from merchant_cli.commands.asking import Output, listing, put, reading
from merchant_cli.commands.context import settings, show
from merchant_cli.commands.declare import All, Command, Csv, Json, Limit
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Column

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
LIST = (
    "SELECT q.import_no, i.name, q.sheet, q.line, q.column_name, q.code, q.params FROM quarantine q"
    " JOIN imports i ON i.no = q.import_no WHERE i.state = 'applied' ORDER BY q.import_no DESC, q.line"
)
PERSONAL = re.compile(
    "name|phone|mobile|e-?mail|address|buyer|customer|姓名|名称|电话|手机|邮箱|地址|收货|会员|买家|旺旺", re.IGNORECASE
)
_LIKE_PERSONAL = re.compile(r"@|\d[\d\s-]{6,}\d|[\u4e00-\u9fff]{2}")


def list_quarantine(
    as_json: Json = False, csv: Csv = False, output: OutputFile = None, limit: Limit = None, all_rows: All = False
) -> None:
    lang = settings().lang
    with reading() as db:
        rows = [_shown(*row, lang=lang) for row in db.execute(LIST)]
    put(listing(COLUMNS, rows), Output(as_json, csv, output, limit, all_rows), title=show(P("Quarantine", "隔离区")))


def _shown(
    number: int, name: str, sheet: str, line: int, column: str, code: str, params: str, *, lang: str
) -> tuple[Any, ...]:
    said = json.loads(params)
    if said.get("value") is not None:
        said["value"] = _value(str(said["value"]), column, code)
    shown = Problem(code, **said).show(lang)
    return (number, name, sheet or None, line, column or None, said.get("value"), code, shown["what"], shown["fix"])


def _value(value: str, column: str, code: str) -> str:
    """The faulty value, masked where the column or its looks say that it may be personal; order numbers are not."""
    if code in ("id-ruined", "order-incomplete", "future-date", "negative-units", "duplicate-key"):
        return value
    return masked(value) if PERSONAL.search(column) or _LIKE_PERSONAL.search(value) else value


COMMANDS = {"quarantine": Command(list_quarantine, examples=("merchant quarantine", "merchant quarantine --json"))}
