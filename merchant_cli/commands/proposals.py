"""`merchant proposals`: what waits for a yes, what was sent, and how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.basics.safe_text import safe_text
from merchant_cli.commands.asking import listing, put, reading
from merchant_cli.commands.context import bad_usage, must_write, say, settings, show
from merchant_cli.commands.declare import DAY, NUMBER, TEXT, Command, argument, option
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Answer
from merchant_cli.send import decide, listed
from merchant_cli.send.actions import STATES
from merchant_cli.send.shown import COLUMNS as SHOWN
from merchant_cli.send.shown import rows as shown_rows
from merchant_cli.store import open as store
from merchant_cli.store import proposals as kept

P = Phrase

Numbers = Annotated[list[int], argument(P("Numbers of proposals.", "建议的编号。"), P("N...", "编号…"))]
Number = Annotated[int, argument(P("The proposal's number.", "建议的编号。"), NUMBER)]
Why = Annotated[str | None, option(P("The reason, for yourself.", "原因，供自己查看。"), "--why", metavar=TEXT)]
Until = Annotated[str, option(P("It comes back on this day.", "到这一天再提醒。"), "--until", metavar=DAY)]
Owner = Annotated[str | None, option(P("Who does it.", "由谁处理。"), "--owner", metavar=TEXT)]
Due = Annotated[str | None, option(P("By when it is to be done.", "完成期限。"), "--due", metavar=DAY)]
CheckDay = Annotated[
    str | None, option(P("When its effect is measured.", "衡量效果的日期。"), "--check-day", metavar=DAY)
]
STATE = P("STATE", "状态")
State = Annotated[str | None, option(P("Only those in this state: proposed, approved, refused, sent, verified …",
                                       "只看这种状态：`proposed`、`approved`、`refused`、`sent`、`verified` 等。"),
                                     "--state", metavar=STATE)]  # fmt: skip


@takes_common
def proposals(given: Given, state: State = None) -> None:
    given.no_effect("--shop")
    with reading() as db:
        scope = given.scope(db)
        answer = listed.listed(db, scope)
    at = {column.name: i for i, column in enumerate(answer.columns)}
    rows = [row for row in answer.rows if state is None or row[at["state"]] == state]
    if given.shops:
        platforms = {shop.partition("/")[0] for shop in given.shops}
        rows = [row for row in rows if platforms & set((row[at["platform"]] or "").split(", "))]
    answer.rows = rows
    to_people = not (given.out.json or given.out.csv or given.out.file)
    total = put(for_people(answer) if to_people else answer, given.out, title=show(P("Proposals", "建议")))
    if to_people and total:
        say(P("`merchant proposals show N` tells more; approve N, refuse N, snooze N; then `merchant send`.",
              "用 `merchant proposals show 编号` 查看；可 `approve`、`refuse`、`snooze`，"
              "之后用 `merchant send` 发送。"))  # fmt: skip
    elif to_people:
        say(P("`merchant DESK QUESTION --propose` keeps the rows of an alert as proposals.",
              "用 `merchant 工作台 问题 --propose` 把提醒保存为建议。"))  # fmt: skip


def for_people(answer: Answer) -> Answer:
    """The list as a table: what is to be done first, what only programs read left out."""
    drop = {"address", "currency", "kind", "overdue", "evaluated", "metric", "baseline", "measured"}
    kept_at = [i for i, column in enumerate(answer.columns) if column.name not in drop]
    rows = [tuple(row[i] for i in kept_at) for row in answer.rows]
    return Answer(tuple(answer.columns[i] for i in kept_at), rows, answer.key, answer.as_of, (), None, answer.notes)


@takes_common
def show_one(given: Given, number: Number) -> None:
    given.no_effect()
    with reading() as db:
        one = decide.named(db, [number])[0]
        scope = scopes.make(db)
        rows = shown_rows(db, one, scope, settings().lang)
    put(listing(SHOWN, rows), given.out, title=show(P("Proposal {n}", "建议 {n}"), n=number))


def approve(numbers: Numbers, owner: Owner = None, due: Due = None, check_day: CheckDay = None) -> None:
    must_write()
    for day in (due, check_day):
        if day is not None and not days.is_day(day):
            bad_usage(P("a day is written like 2026-11-14, not “{day}”.", "日期应写成 2026-11-14，不能是“{day}”。"),
                      day=day)  # fmt: skip
    with store.write(settings().store, settings().command) as db:
        weight = decide.weight(decide.named(db, numbers))
        said = decide.weight_said(weight)
        if weight.asks and not settings().yes and not _confirmed(said):
            say(P("Nothing was approved.", "没有批准任何建议。"))
            return
        changed = decide.approve(db, numbers, owner=owner, due=due, check_day=check_day)
    if weight.proposals:
        say(P("Approved: {said}", "已批准：{said}"), said=said)
    elif not changed:
        say(P("Approved already: nothing changes.", "此前已批准，没有变化。"))
    _told(changed)
    if changed:
        say(P("`merchant send` writes the files.", "用 `merchant send` 生成文件。"))


def _confirmed(said: Phrase) -> bool:
    """Asks on a terminal. Raises Problem needs-yes elsewhere."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Problem("needs-yes", detail=said)
    question = show(P("{said}. Approve? [y/N] ", "{said}。确认批准？[y/N] "), said=said)
    print(safe_text(question), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "是")


def refuse(numbers: Numbers, why: Why = None) -> None:
    _decided(lambda db: decide.refuse(db, numbers, why), P("Refused already: nothing changes.",
                                                          "此前已拒绝，没有变化。"))  # fmt: skip


def snooze(numbers: Numbers, until: Until, why: Why = None) -> None:
    with reading() as db:
        as_of = scopes.make(db).as_of or ""
    if not days.is_day(until) or until <= as_of:
        bad_usage(P("--until takes a day after {as_of}, like 2026-11-14, not “{day}”.",
                    "--until 应为 {as_of} 之后的日期，如 2026-11-14，不能是“{day}”。"),
                  as_of=as_of or "—", day=until)  # fmt: skip
    _decided(lambda db: decide.snooze(db, numbers, until, why), P("Nothing changes.", "没有变化。"))


def _decided(do: Callable[..., list[kept.Proposal]], nothing: Phrase) -> None:
    must_write()
    with store.write(settings().store, settings().command) as db:
        changed = do(db)
    _told(changed)
    if not changed:
        say(nothing)


def _told(changed: list[kept.Proposal]) -> None:
    for one in changed:
        state = STATES["snoozed" if one.until_day and one.state == kept.PROPOSED else one.state]
        print(safe_text(show(P("{n}  {subject}: {state}", "{n}  {subject}：{state}"), n=one.number,
                             subject=one.subject, state=state)))  # fmt: skip


COMMANDS = {
    "proposals": Command(proposals, examples=("merchant proposals", "merchant proposals --state sent --json")),
    "proposals show": Command(show_one, P("One proposal with its evidence and what came of it.",
                                          "查看一条建议的依据和结果。"), ("merchant proposals show 3",)),
    "proposals approve": Command(approve, P("Say yes; more than 50 rows or new prices ask once more.",
                                            "批准；超过 50 行或涉及改价时会再次确认。"),
                                 ("merchant proposals approve 3 4",
                                  "merchant proposals approve 5 --check-day 2026-12-01")),
    "proposals refuse": Command(refuse, P("Say no.", "拒绝。"), ("merchant proposals refuse 3 --why seasonal",)),
    "proposals snooze": Command(snooze, P("Put off.", "暂缓。"), ("merchant proposals snooze 3 --until 2026-12-01",)),
}  # fmt: skip
