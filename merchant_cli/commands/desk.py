"""`merchant DESK` and `merchant DESK QUESTION`: made from what the desks declare."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands import parse
from merchant_cli.commands.asking import Output, listing, put, reading, scope_of, tell_broken
from merchant_cli.commands.context import later, say, settings, show, use
from merchant_cli.commands.declare import (
    DECIMAL,
    NUMBER,
    TEXT,
    All,
    AsOf,
    Command,
    Csv,
    Json,
    Limit,
    Shops,
    Since,
    Until,
    option,
)  # fmt: skip
from merchant_cli.commands.declare import (
    Output as OutputFile,
)
from merchant_cli.desks import acts, find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column, Question, Scope

P = Phrase

_METAVARS = {int: NUMBER, float: DECIMAL, str: TEXT, bool: None}

Propose = Annotated[
    bool, option(P("Keep the rows as proposals (a later release).", "把各行保存为建议（后续版本提供）。"), "--propose")
]
Row = Annotated[
    str | None, option(P("Only the row with this key.", "只处理这个编号的行。"), "--row", metavar=P("KEY", "编号"))
]


def run(desk: str, args: list[str], *, want_help: bool) -> int:
    """The desk's list, or its question named by the first argument."""
    if not args or args[0].startswith("-"):
        about = P("The questions of the desk “{x}”.", "工作台“{x}”的问题。")
        title = find.desk(desk).title
        about = P(about.show("en", x=title.en), about.show("zh", x=title.zh))
        return parse.run(Command(_lister(desk)), about, args, want_help=want_help)
    question = find.question(f"{desk}/{args[0]}")
    use(replace(settings(), command=f"merchant {desk} {question.name}"))
    return parse.run(_command(question, want_help), question.title, args[1:], want_help=want_help)


def _lister(desk: str) -> Any:
    def list_questions(as_json: Json = False, csv: Csv = False, output: OutputFile = None) -> None:
        answer = question_list(find.of_desk(desk, tell_broken))
        put(answer, Output(as_json, csv, output, all=True), title=show(find.desk(desk).title))
        say(
            P("`merchant {desk} QUESTION --help` shows its options.", "用 `merchant {desk} 问题 --help` 查看选项。"),
            desk=desk,
        )

    return list_questions


def question_list(questions: list[Question]) -> Answer:
    """Questions as a list: the promised columns, and their options as they would be typed."""
    columns = (
        Column("desk", P("Desk", "工作台"), "id"), Column("question", P("Question", "问题"), "id"),
        Column("title", P("Title", "标题"), "text"), Column("alert", P("Alert", "提醒"), "flag"),
        Column("options", P("Options", "选项"), "text"),
    )  # fmt: skip
    return listing(columns, [(q.desk, q.name, q.title, q.alert, _typed(q)) for q in questions])


def _typed(question: Question) -> str:
    return " ".join(f"{o.flag} {'…' if o.default is None else o.default}" for o in options.of(question).values())


def _command(question: Question, want_help: bool) -> Command:
    """The command of one question; its signature is read from the declaration."""
    own = options.of(question)
    defaults: dict[str, Any] = {}
    if want_help:  # the help shows the merchant's own defaults; a run reads them when it asks
        with reading() as db:
            defaults = options.merchants(question, db)

    def ask(**given: Any) -> None:
        _ask(question, {k: v for k, v in given.items() if k in own and v is not None}, given)

    parameters = [parameter(o, defaults.get(o.name, o.default)) for o in own.values()]
    common = {name: p for name, p in inspect.signature(_common, eval_str=True).parameters.items() if name not in own}
    ask.__signature__ = inspect.Signature([*parameters, *common.values()])  # type: ignore[attr-defined]
    examples = (settings().command, f"{settings().command} -o {question.name}.xlsx", f"{settings().command} --json")
    return Command(ask, examples=examples)


def parameter(own: options.Option, default: Any) -> inspect.Parameter:
    """A question's option as a parameter for Typer: the help names `default`; None if it is not given."""
    names = [f"{own.flag}/--no-{own.flag[2:]}"] if own.kind is bool else [own.flag]
    said = "" if default is None else str(default)
    about = option(own.help, *names, metavar=_METAVARS[own.kind], show_default=said)
    kind = Annotated[own.kind | None, about]  # type: ignore[name-defined]
    return inspect.Parameter(own.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def _common(
    *,
    as_json: Json = False,
    csv: Csv = False,
    output: OutputFile = None,
    shop: Shops = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    limit: Limit = None,
    all_rows: All = False,
    row: Row = None,
    propose: Propose = False,
) -> None:
    """The options that every question has; only its signature is used."""


def _ask(question: Question, own: dict[str, Any], common: dict[str, Any]) -> None:
    if common["propose"]:
        later(f"{question.desk} {question.name} --propose", "0.2")
    if settings().reveal:
        say(
            P(
                "Nothing in this answer is masked; --reveal changes nothing.",
                "这个结果没有遮盖任何内容，--reveal 不起作用。",
            )
        )
    with reading() as db:
        scope = scope_of(db, common["shop"], common["since"], common["until"], common["as_of"])
        answer = find.ask(question.address, db, scope, **own)
        answer = _finished(question, answer, scope, common["row"])
        answer.notes.extend(scopes.notes(db, scope))
    out = Output(common["as_json"], common["csv"], common["output"], common["limit"], common["all_rows"])
    total = put(answer, out, desk=question.desk, question=question.name, title=show(question.title))
    if question.explain and total and not (out.json or out.csv or out.file):
        say(P("`merchant explain {desk} {question} --row KEY` shows what is behind a row.",
              "用 `merchant explain {desk} {question} --row 编号` 查看一行的来源。"),
            desk=question.desk, question=question.name)  # fmt: skip


def _finished(question: Question, answer: Answer, scope: Scope, row: str | None) -> Answer:
    rows = list(answer.rows)
    answer = replace(
        answer, rows=rows, notes=list(answer.notes), as_of=answer.as_of or scope.as_of,
        shops=answer.shops or scope.shops, currency=answer.currency or scope.currency,
    )  # fmt: skip
    if question.alert:
        answer = acts.with_commands(answer, question.desk, question.name)
    if row is not None:
        from merchant_cli.basics.problems import Problem

        at = [column.name for column in answer.columns].index(answer.key[0])
        answer.rows = [cells for cells in answer.rows if str(cells[at]) == row]
        if not answer.rows:
            raise Problem("no-such-row", key=row, desk=question.desk, question=question.name)
    return answer
