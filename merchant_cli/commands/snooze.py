"""`merchant snooze` and `merchant dismiss`: takes a row out of the worklist for a while, or for good."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.commands.asking import Output, listing, put, reading
from merchant_cli.commands.context import bad_usage, must_write, say, settings
from merchant_cli.commands.declare import DAY, TEXT, Command, Json, argument, option
from merchant_cli.desks import find
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Column
from merchant_cli.store import decisions
from merchant_cli.store import open as store

P = Phrase

WEEK = 7  # days that a row is put off where no day is given

STATES = {"snoozed": P("put off", "暂缓"), "dismissed": P("dismissed", "不再提醒")}
COLUMNS = (
    Column("address", P("Address", "编号"), "id"),
    Column("state", P("State", "状态"), "id", words=STATES),
    Column("until", P("Until", "至"), "day"),
    Column("why", P("Why", "原因"), "text"),
)
DECIDED = """
SELECT address, state, until_day, why FROM decisions
WHERE state IN ('snoozed', 'dismissed') ORDER BY until_day, address
"""
Address = Annotated[
    str | None,
    argument(
        P(
            "DESK/QUESTION/KEY of the row; without one, what is put off.",
            "该行的 工作台/问题/编号；不写则列出已暂缓的。",
        ),
        P("ADDRESS", "编号"),
    ),
]
Until = Annotated[str | None, option(P("It comes back on this day.", "到这一天再提醒。"), "--until", metavar=DAY)]
Why = Annotated[str | None, option(P("The reason, for yourself.", "原因，供自己查看。"), "--why", metavar=TEXT)]
Back = Annotated[bool, option(P("Show the row again.", "恢复提醒。"), "--back")]


def snooze(
    address: Address = None, until: Until = None, why: Why = None, back: Back = False, as_json: Json = False
) -> None:  # fmt: skip
    if address is None:
        _list(as_json)
    else:
        _decide(address, "snoozed", until, why, back)


def dismiss(
    address: Address = None, until: Until = None, why: Why = None, back: Back = False, as_json: Json = False
) -> None:  # fmt: skip
    if address is None:
        _list(as_json)
    else:
        _decide(address, "dismissed", until, why, back)


def _list(as_json: bool) -> None:
    with reading() as db:
        rows = db.execute(DECIDED).fetchall()
    put(listing(COLUMNS, rows), Output(as_json, all=True))


def _decide(address: str, state: str, until: str | None, why: str | None, back: bool) -> None:
    must_write()
    if back and (until or why):
        bad_usage(P("--back stands alone.", "--back 不能与其他选项同时使用。"))
    day = None if back else _checked(address, state, until)
    with store.write(settings().store, settings().command) as db:
        if back:
            if not decisions.withdraw(db, address):
                bad_usage(P("nothing is put off under {address}.", "没有暂缓过 {address}。"), address=address)
        else:
            decisions.decide(db, address, state, day, why)
    if back:
        say(P("{address} is shown again.", "{address} 已恢复提醒。"), address=address)
    elif day:
        say(P("{address} comes back on {day}.", "{address} 将在 {day} 再次提醒。"), address=address, day=day)
    else:
        say(P("{address} is not shown any more; `--back` brings it back.",
              "{address} 不再提醒；用 `--back` 恢复。"), address=address)  # fmt: skip


def _checked(address: str, state: str, until: str | None) -> str | None:
    """The day until which the row is put off. Raises Problem bad-usage, unknown-command, no-such-row."""
    desk, _, rest = address.partition("/")
    name, _, key = rest.partition("/")
    if not key:
        bad_usage(P("an address is DESK/QUESTION/KEY, not “{address}”.",
                    "编号应为 工作台/问题/编号，不能是“{address}”。"), address=address)  # fmt: skip
    question = find.question(f"{desk}/{name}")
    with reading() as db:
        scope = scopes.make(db)
        if until is not None and (not days.is_day(until) or until <= (scope.as_of or "")):
            bad_usage(P("--until takes a day after {as_of}, like 2026-11-14, not “{day}”.",
                        "--until 应为 {as_of} 之后的日期，如 2026-11-14，不能是“{day}”。"),
                      as_of=scope.as_of or "—", day=until)  # fmt: skip
        answer = find.answer(question, db, scope)
        at = [column.name for column in answer.columns].index("key") if question.alert else -1
        if at < 0 or (key not in ("all", "others") and all(row[at] != key for row in answer.rows)):
            raise Problem("no-such-row", key=key, desk=desk, question=name)
    if state == "dismissed" or until:
        return until
    return days.add(scope.as_of, WEEK) if scope.as_of else None


def _listed(run: Callable[..., None]) -> Command:
    examples = ("merchant snooze inventory/reorder/sku:A-1 --until 2026-12-01", "merchant snooze")
    if run is dismiss:
        examples = ("merchant dismiss listings/costs/sku:A-1 --why gift", "merchant dismiss")
    return Command(run, examples=examples)


COMMANDS = {"snooze": _listed(snooze), "dismiss": _listed(dismiss)}
