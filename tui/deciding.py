"""What the proposals screens have their clerks do: weigh, decide, propose and send. What writes opens a connection
of its own and lets it go at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from merchant_cli.basics.problems import Problem
from merchant_cli.desks import find
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope
from merchant_cli.send import decide, files, propose, send
from merchant_cli.send.files import Plan, Wanted
from merchant_cli.store import open as opening
from tui.asked import Asked
from tui.shell import Shell

DOING = "merchant tui"  # how the store's lock names us
FOLDER = "merchant-send"  # where files go unless another folder is typed, in the current folder

T = TypeVar("T")


class Weighed(NamedTuple):
    """Proposals that are to be approved, and what that means."""

    numbers: tuple[int, ...]
    weight: decide.Weight


class Sending(NamedTuple):
    """What was written, and the plan that says what stays."""

    done: list[send.Sent]
    plan: Plan
    folder: Path


def writing(shell: Shell, act: Callable[[sqlite3.Connection], T]) -> Callable[[sqlite3.Connection], T]:
    """A job that does `act` with a connection that may write. Raises Problem read-only."""

    def job(db: sqlite3.Connection) -> T:
        if shell.read_only:
            raise Problem("read-only")
        with opening.write(shell.store, DOING) as writer:
            return act(writer)

    return job


def weighed(numbers: Sequence[int]) -> Callable[[sqlite3.Connection], Weighed]:
    """What a yes to these proposals would set in motion."""
    return lambda db: Weighed(tuple(numbers), decide.weight(decide.named(db, numbers)))


def planned(db: sqlite3.Connection) -> Plan:
    """What would be written now, and what would stay."""
    return files.plan(db, scopes.make(db), Wanted())


def sending(shell: Shell, folder: Path, by_hand: bool) -> Callable[[sqlite3.Connection], Sending]:
    """Writes what is approved into the folder. `by_hand`: what no file takes goes on a checklist."""
    lang = shell.lang

    def act(db: sqlite3.Connection) -> Sending:
        scope = scopes.make(db)
        plan = files.plan(db, scope, Wanted(by_hand=by_hand))
        return Sending(send.send(db, shell.store, plan, scope, lang, send.into_folder(folder)), plan, folder)

    return writing(shell, act)


def proposing(
    shell: Shell, rows: Mapping[str, Sequence[str]], asked: Asked
) -> Callable[[sqlite3.Connection], propose.Kept]:
    """Keeps rows of alerts as proposals. `rows`: the keys of the rows by the alert's address.

    Raises Problem no-such-row.
    """

    def act(db: sqlite3.Connection) -> propose.Kept:
        scope = asked.scope(db)
        kept = [_proposed(db, scope, address, keys, asked) for address, keys in rows.items()]
        return propose.Kept([one for each in kept for one in each.proposals], sum(each.new for each in kept))

    return writing(shell, act)


def _proposed(db: sqlite3.Connection, scope: Scope, address: str, keys: Sequence[str], asked: Asked) -> propose.Kept:
    question = find.question(address)
    answer = find.answer(question, db, scope, **asked.own)
    names = [column.name for column in answer.columns]
    at = [names.index(name) for name in answer.key]
    there = {"/".join(str(row[i]) for i in at): row for row in answer.rows}
    for key in keys:
        if key not in there:
            raise Problem("no-such-row", key=key, desk=question.desk, question=question.name)
    return propose.propose(db, question, replace(answer, rows=[there[key] for key in keys]), scope)
