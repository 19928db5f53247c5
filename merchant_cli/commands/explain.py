"""`merchant explain DESK QUESTION --row KEY`: the terms of a number and the rows, files and lines behind it."""

from __future__ import annotations

import sqlite3
from inspect import Parameter, Signature, signature
from itertools import pairwise
from typing import Annotated, Any

from exporters.cells import as_json as json_value
from exporters.cells import as_shown
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import json_text
from merchant_cli.commands import explain_metric
from merchant_cli.commands.asking import Output, put, reading, scope_of
from merchant_cli.commands.context import bad_usage, settings, show
from merchant_cli.commands.declare import AsOf, Command, Json, Shops, Since, Until, argument, option
from merchant_cli.commands.desk import fitting, parameter
from merchant_cli.desks import find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Behind, Column, Explanation, Question, Scope, Term
from merchant_cli.desks.words import TABLES

P = Phrase

Desk = Annotated[
    str, argument(P("The desk, as in `merchant questions`.", "工作台，见 `merchant questions`。"), P("DESK", "工作台"))
]
Asked = Annotated[str, argument(P("The question.", "问题。"), P("QUESTION", "问题"))]
Row = Annotated[
    str,
    option(
        P("The row's key, as the answer shows it.", "这一行的编号，见结果中的编号列。"),
        "--row",
        metavar=P("KEY", "编号"),
    ),
]

TERMS = (
    Column("total", P("Number", "数字"), "text"), Column("term", P("Term", "组成"), "text"),
    Column("value", P("Value", "值"), "json"), Column("kind", P("Kind", "类型"), "id"),
    Column("unit", P("Unit", "单位"), "id"), Column("is_total", P("Total", "合计"), "flag"),
    Column("estimated", P("Estimate", "估计"), "flag"),
)  # fmt: skip
SHOWN = (TERMS[1], Column("value", P("Value", "值"), "text"))
BEHIND = (
    Column("table", P("Table", "数据表"), "id", words=TABLES), Column("key", P("Key", "编号"), "id"),
    Column("what", P("What", "内容"), "text"), Column("import", P("Import", "导入"), "id"),
    Column("file", P("File", "文件"), "text"), Column("line", P("Line", "行"), "id"),
)  # fmt: skip


def explain(
    desk: Desk,
    question: Asked,
    *,
    row: Row,
    as_json: Json = False,
    shop: Shops = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    **own: Any,
) -> None:
    with reading() as db:
        scope = scope_of(db, shop, since, until, as_of)
        found = _explanation(db, scope, find.question(f"{desk}/{question}"), row, own)
        found.notes.extend(scopes.notes(db, scope))
        behind = _behind(db, found.behind)
    if as_json:
        print(json_text(_body(found, behind, scope, desk, question)))
        return
    _print(found, behind, scope, f"{desk}/{question}/{row}")


def command(args: list[str]) -> Command:
    """`explain` for the question named in `args`: it takes the question's own options too."""
    own: dict[str, options.Option] = {}
    for desk, name in pairwise(args):
        if desk in find.desk_folders() and not name.startswith("-"):
            own = options.of(find.question(f"{desk}/{name}"))
            break

    def run(**given: Any) -> None:
        typed = {name: given.pop(name) for name in own if name not in FIXED}
        explain(**given, **fitting(own, typed))

    more = [parameter(o, o.default) for o in own.values() if o.name not in FIXED]
    run.__signature__ = Signature([*FIXED.values(), *more])  # type: ignore[attr-defined]
    return Command(run, examples=EXAMPLES)


def _fixed() -> dict[str, Parameter]:
    """What `explain` takes whatever the question is."""
    taken = [p for p in signature(explain, eval_str=True).parameters.values() if p.kind is not p.VAR_KEYWORD]
    return {p.name: p.replace(kind=p.KEYWORD_ONLY) for p in taken}


FIXED = _fixed()


def _explanation(db: sqlite3.Connection, scope: Scope, asked: Question, key: str, given: dict[str, Any]) -> Explanation:
    if asked.explain is None:
        bad_usage(P("“{x}” has no explanation.", "“{x}”没有可展开的来源。"), x=asked.address)
    own = options.accepted(asked.explain, options.merchants(asked, db) | given)
    try:
        return asked.explain(db, scope, key, **own)
    except LookupError:
        raise Problem("no-such-row", key=key, desk=asked.desk, question=asked.name) from None


def _behind(db: sqlite3.Connection, rows: list[Behind]) -> list[dict[str, Any]]:
    files = dict(db.execute("SELECT no, name FROM imports").fetchall())
    return [
        {
            "table": b.table,
            "key": b.key,
            "what": b.what,
            "import": b.import_no,
            "file": files.get(b.import_no),
            "line": b.line,
        }
        for b in rows
    ]


def _value(term: Term) -> Any:
    return json_value(term.value, _column(term), term.unit, settings().lang)


def _column(term: Term) -> Column:
    return Column("value", P("Value", "值"), term.kind, term.unit)


def _body(found: Explanation, behind: list[dict[str, Any]], scope: Scope, desk: str, question: str) -> dict[str, Any]:
    from exporters import table

    rows = [(t.total, t.term, _value(t), t.kind, t.unit, t.is_total, t.estimated) for t in found.terms]
    answer = Answer(TERMS, rows, ("total", "term"), scope.as_of, scope.shops, scope.currency, found.notes)
    return table.body(answer, settings().lang, desk, question) | {"behind": behind}


def _print(found: Explanation, behind: list[dict[str, Any]], scope: Scope, address: str) -> None:
    lang = settings().lang
    rows = []
    for t in found.terms:
        value = as_shown(t.value, _column(t), t.unit, lang)
        value = f"{value} {t.unit}" if t.unit and value and t.unit != "%" else value
        sign = "= " if t.is_total else "  "
        rows.append((sign + t.term.show(lang), ("~" if t.estimated else "") + value))
    put(Answer(SHOWN, rows, ("term",), scope.as_of, scope.shops, notes=found.notes), Output(all=True), title=address)
    if behind:
        print()
        cells = [tuple(b.values()) for b in behind]
        put(Answer(BEHIND, cells, ("key",)), Output(all=True), title=show(P("Rows behind it", "来源数据行")))


EXAMPLES = (
    "merchant explain inventory reorder --row sku:A-1",
    "merchant explain inventory reorder --row sku:A-1 --json",
)
COMMANDS = {"explain": command, "explain metric": explain_metric.COMMAND}
