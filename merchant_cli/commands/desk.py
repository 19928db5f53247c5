"""`merchant DESK` and `merchant DESK QUESTION`: made from what the desks declare."""

from __future__ import annotations

import difflib
import inspect
from dataclasses import replace
from importlib import import_module
from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands import catalogue, parse
from merchant_cli.commands.asking import listing, put, reading, tell_broken
from merchant_cli.commands.context import bad_usage, say, settings, show, use
from merchant_cli.commands.declare import DECIMAL, NUMBER, TEXT, Command, both, option
from merchant_cli.commands.given import COMMON, Given, gathered, takes_common
from merchant_cli.desks import acts, find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column, Question, Scope

P = Phrase

_METAVARS = {int: NUMBER, float: DECIMAL, str: TEXT, bool: None}

Propose = Annotated[bool, option(P("Keep the rows as proposals.", "把各行保存为建议。"), "--propose")]
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
    if args[0] in catalogue.of_desk(desk):
        return _beside(f"{desk} {args[0]}", args[1:], want_help)
    question = _question(desk, args[0])
    use(replace(settings(), command=f"merchant {desk} {question.name}"))
    return parse.run(_command(question, want_help), question.title, args[1:], want_help=want_help)


def _beside(typed: str, args: list[str], want_help: bool) -> int:
    """Runs a command that stands beside the desk's questions."""
    entry = catalogue.DESK_COMMANDS[typed]
    command = import_module(entry.module).COMMANDS[typed]
    use(replace(settings(), command=f"merchant {typed}"))
    return parse.run(command, command.about or entry.about, args, want_help=want_help)


def _question(desk: str, name: str) -> Question:
    """The question of that name. Raises Problem unknown-command, which names the desk's commands too."""
    try:
        return find.question(f"{desk}/{name}")
    except Problem as problem:
        near = difflib.get_close_matches(name, catalogue.of_desk(desk), 3, 0.5)
        if problem.code != "unknown-command" or not near:
            raise
        raise Problem("unknown-command", name=f"{desk} {name}", near=" / ".join(near)) from None


def _lister(desk: str) -> Any:
    @takes_common
    def list_questions(given: Given) -> None:
        given.no_effect()
        answer = question_list(find.of_desk(desk, tell_broken))
        put(answer, given.out, title=show(find.desk(desk).title))
        for typed in catalogue.of_desk(desk):
            about = catalogue.DESK_COMMANDS[f"{desk} {typed}"].about
            say(P("`merchant {desk} {typed}`: {about}", "`merchant {desk} {typed}`：{about}"),
                desk=desk, typed=typed, about=about)  # fmt: skip
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
    said = []
    for own in options.of(question).values():
        if own.kind is bool:
            said.append(own.flag if own.default else f"--no-{own.flag[2:]}")
        else:
            said.append(f"{own.flag} {'…' if own.default is None else own.default}")
    return " ".join(said)


def _command(question: Question, want_help: bool) -> Command:
    """The command of one question; its signature is read from the declaration."""
    own = options.of(question)
    defaults: dict[str, Any] = {}
    if want_help:  # the help shows the merchant's own defaults; a run reads them when it asks
        with reading() as db:
            defaults = options.merchants(question, db)

    def ask(**typed: Any) -> None:
        said = fitting(own, {name: typed.pop(name) for name in own})
        row, propose = typed.pop("row", None), typed.pop("propose", False)
        if propose:
            from merchant_cli.commands.propose import keep

            keep(question, said, gathered(typed), row)
        else:
            _ask(question, said, gathered(typed), row)

    parameters = [parameter(o, defaults.get(o.name, o.default)) for o in own.values()]
    more = COMMON | inspect.signature(_more, eval_str=True).parameters
    common = [p for name, p in more.items() if name not in own]
    ask.__signature__ = inspect.Signature([*parameters, *common])  # type: ignore[attr-defined]
    examples = (settings().command, f"{settings().command} -o {question.name}.xlsx", f"{settings().command} --json")
    return Command(ask, examples=examples)


def parameter(own: options.Option, default: Any) -> inspect.Parameter:
    """A question's option as a parameter for Typer: the help names `default`; None if it is not given."""
    names = [f"{own.flag}/--no-{own.flag[2:]}"] if own.kind is bool else [own.flag]
    said = "" if default is None else both(options.YES_NO[str(default)]) if own.kind is bool else str(default)
    said = f"`{said}`" if own.kind is str and said else said
    about = option(own.help, *names, metavar=_METAVARS[own.kind], show_default=said)
    kind = Annotated[own.kind | None, about]  # type: ignore[name-defined]
    return inspect.Parameter(own.name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)


def fitting(own: dict[str, options.Option], typed: dict[str, Any]) -> dict[str, Any]:
    """Those of the question's own options that were typed. Raises Problem bad-usage for one beyond its limits."""
    said = {name: value for name, value in typed.items() if value is not None}
    for name, value in said.items():
        if not own[name].fits(value):
            bad_usage(P("{name} takes {kind}, not “{value}”.", "{name} 应为{kind}，不能是“{value}”。"),
                      name=own[name].flag, kind=own[name].takes, value=value)  # fmt: skip
    return said


def _more(*, row: Row = None, propose: Propose = False) -> None:
    """What a question takes beside what lists take too; only the signature is used."""


def _ask(question: Question, own: dict[str, Any], given: Given, row: str | None) -> None:
    if settings().reveal:
        say(
            P(
                "Nothing in this answer is masked; --reveal changes nothing.",
                "这个结果没有遮盖任何内容，--reveal 不起作用。",
            )
        )
    with reading() as db:
        scope = given.scope(db)
        answer = find.ask(question.address, db, scope, **own)
        answer = finished(question, answer, scope, row)
        answer.notes.extend(scopes.notes(db, scope))
    out = given.out
    total = put(answer, out, desk=question.desk, question=question.name, title=show(question.title))
    if question.explain and total and not (out.json or out.csv or out.file):
        say(P("`merchant explain {desk} {question} --row KEY` shows what is behind a row.",
              "用 `merchant explain {desk} {question} --row 编号` 查看一行的来源。"),
            desk=question.desk, question=question.name)  # fmt: skip


def finished(question: Question, answer: Answer, scope: Scope, row: str | None) -> Answer:
    """The answer with its scope and commands, or only the row with this key. Raises Problem no-such-row."""
    rows = list(answer.rows)
    answer = replace(
        answer, rows=rows, notes=list(answer.notes), as_of=answer.as_of or scope.as_of,
        shops=answer.shops or scope.shops, currency=answer.currency or scope.currency,
    )  # fmt: skip
    if question.alert:
        answer = acts.with_commands(answer, question.desk, question.name)
    if row is not None:
        at = [column.name for column in answer.columns].index(answer.key[0])
        answer.rows = [cells for cells in answer.rows if str(cells[at]) == row]
        if not answer.rows:
            raise Problem("no-such-row", key=row, desk=question.desk, question=question.name)
    return answer
