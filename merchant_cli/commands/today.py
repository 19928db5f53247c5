"""`merchant today`: the worklist over all desks and shops."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import ACT, DONE
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.asking import put, reading
from merchant_cli.commands.context import bad_usage, say, settings, show
from merchant_cli.commands.declare import Command, option
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks import acts, find
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer, Column

P = Phrase

LINES = 12  # what a phone shows of a chat message without scrolling

Text = Annotated[bool, option(P("Twelve lines for a phone chat.", "十二行以内的聊天消息。"), "--text")]
ExitCode = Annotated[
    bool, option(P("Exit with 8 if there is something to do.", "有待办事项时退出码为 8。"), "--exit-code")
]


@takes_common
def today(given: Given, text: Text = False, exit_code: ExitCode = False) -> int:
    from merchant_cli.desks.today import worklist

    out = given.out
    if text and (out.json or out.csv or out.file):
        bad_usage(P("--text stands alone.", "--text 不能与其他输出方式同时使用。"))
    with reading() as db:
        scope = given.scope(db)
        answer = worklist(db, scope)
        answer = replace(
            answer, rows=list(answer.rows), as_of=answer.as_of or scope.as_of, shops=answer.shops or scope.shops,
            currency=answer.currency or scope.currency, notes=[*answer.notes, *scopes.notes(db, scope)],
        )  # fmt: skip
    answer = acts.with_commands(answer, None, None)
    if text:
        print("\n".join(message(answer, out.limit)))
        total = len(list(answer.rows))
    else:
        to_people = not (out.json or out.csv or out.file)
        pictured = out.file is not None and out.file.suffix.lower() == ".svg" and not (out.json or out.csv)
        shown = for_people(answer) if to_people or pictured else answer
        total = put(shown, out, title=show(P("Today", "今日待办")))
        if total and to_people:
            if any(note.code == "unlocks" for note in answer.notes):
                say(P("A sheet to fill in: {command}", "生成可填写的表格：{command}"),
                    command="`merchant template all -o my-shop.xlsx`")  # fmt: skip
            first = next(iter(answer.rows))
            row = "" if first[2] in ("all", "others") else f" --row {first[2]}"
            say(P("What is behind a line, e.g.: {command}", "查看一行的来源，例如：{command}"),
                command=safe_text(f"`merchant {'explain ' if row else ''}{first[0]} {first[1]}{row}`"))  # fmt: skip
    return ACT if exit_code and total else DONE


def for_people(answer: Answer) -> Answer:
    """The worklist with what each row asks in words first and its key last, without what only programs read."""
    titles = {address: question.title.show(settings().lang) for address, question in find.questions().items()}
    drop = ("desk", "question", "action", "params", "command", "why_code")
    kept = [i for i, column in enumerate(answer.columns) if column.name not in (*drop, "key")]
    kept += [i for i, column in enumerate(answer.columns) if column.name == "key"]
    short = {"at_stake": P("At stake", "金额")}
    shown = [replace(answer.columns[i], label=short.get(answer.columns[i].name, answer.columns[i].label)) for i in kept]
    columns = (Column("alert", P("To do", "事项"), "text"), *shown)
    rows = [(titles[f"{row[0]}/{row[1]}"], *(row[i] for i in kept)) for row in answer.rows]
    return replace(answer, columns=columns, rows=rows)


def message(answer: Answer, limit: int | None) -> list[str]:
    """The worklist as at most twelve lines: a title, the first rows, how many more there are, the first note."""
    lang = settings().lang
    head = show(P("To do, as of {day}: {n}", "待办（数据截至 {day}）：{n} 项"),
                day=answer.as_of or "—", n=len(list(answer.rows)))  # fmt: skip
    rows = one_of_each(answer)
    note = [safe_text(answer.notes[0].show(lang))] if answer.notes else []
    room = LINES - 1 - len(note)
    most = min(len(rows), limit if limit is not None else room)
    if most > room or most < len(rows):
        most = min(most, room - 1)
    lines = [head, *(f"{n}. {_line(answer, row)}" for n, row in enumerate(rows[:most], 1))]
    if most < len(rows):
        lines.append(show(P("… and {n} more: `merchant today`", "……还有 {n} 项：`merchant today`"), n=len(rows) - most))
    return lines + note


def one_of_each(answer: Answer) -> list[tuple[Any, ...]]:
    """The rows without those that ask the same of the same SKU as one before them: ten bad reviews of one SKU."""
    at = {column.name: i for i, column in enumerate(answer.columns)}
    first: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in answer.rows:
        about = (row[at["params"]] or {}).get("sku") or row[at["key"]]
        first.setdefault((row[at["desk"]], row[at["question"]], about), row)
    return list(first.values())


def _line(answer: Answer, row: tuple[Any, ...]) -> str:
    from exporters.cells import as_shown, currencies

    money = currencies(answer, row)
    cells = {c.name: as_shown(row[i], c, money[i], settings().lang) for i, c in enumerate(answer.columns)}
    at = [c.name for c in answer.columns].index("at_stake")
    stake = f"{cells['at_stake']} {money[at] or ''}".strip() if row[at] is not None else ""
    tail = " · ".join(part for part in (stake, cells.get("due", "")) if part)
    said = f"{cells['subject']}{show(P(': ', '：'))}{cells['why']}"
    return safe_text(said + (show(P(" ({x})", "（{x}）"), x=tail) if tail else ""), limit=120)


COMMANDS = {
    "today": Command(
        today,
        examples=(
            "merchant today",
            "merchant today --text",
            "merchant today --json --limit 5",
            "merchant today -o today.xlsx",
            "merchant today -o today.svg",
        ),
    )
}
