"""What every question and list takes, declared once: how the answer leaves, and which shops and days it is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from typing import Any

from merchant_cli.basics.days import day_of
from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import Output, check_days, check_shops, scope_of
from merchant_cli.commands.context import say, show
from merchant_cli.commands.declare import All, AsOf, Csv, Json, Limit, Shops, Since, Until
from merchant_cli.commands.declare import Output as OutputFile
from merchant_cli.desks.base import Scope

P = Phrase

TAKEN_IN = """
SELECT i.no, s.shop, s.zone, i.taken_in, i.as_of FROM imports i LEFT JOIN shops s ON s.no = i.shop
"""


@dataclass(frozen=True)
class Given:
    """The options of every question and list as they were typed."""

    out: Output = field(default_factory=Output)
    shops: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None

    def scope(self, db: sqlite3.Connection) -> Scope:
        """What a question is asked about. Raises Problem bad-usage for bad days or an unknown shop."""
        return scope_of(db, self.shops, self.since, self.until, self.as_of)

    def holds(self, day: str) -> bool:
        """Whether `day` lies from --since to --until, both included."""
        return (self.since or day) <= day <= (self.until or day)

    def no_effect(self, *but: str) -> None:
        """Says which options change nothing in this list (all but those named). Raises Problem bad-usage."""
        check_days(self.since, self.until, self.as_of)
        typed = {"--shop": self.shops, "--since": self.since, "--until": self.until, "--as-of": self.as_of}
        idle = [name for name, value in typed.items() if value and name not in but]
        if idle:
            names = show(P(", ", "、")).join(idle)
            say(P("{names}: no effect in this list.", "{names}：对这个列表不起作用。"), names=names)


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
) -> Given:
    return Given(Output(as_json, csv, output, limit, all_rows), tuple(shop or ()), since, until, as_of)


COMMON = signature(_common, eval_str=True).parameters


def gathered(typed: dict[str, Any]) -> Given:
    """Takes the common options out of `typed`; those that are not in it were not given."""
    return _common(**{name: typed.pop(name) for name in COMMON if name in typed})


def takes_common(run: Callable[..., int | None]) -> Callable[..., int | None]:
    """`run(given, …)` as a command: its own options, then those of every question and list as its Given."""

    def command(**typed: Any) -> int | None:
        return run(gathered(typed), **typed)

    own = list(signature(run, eval_str=True).parameters.values())[1:]
    own = [parameter.replace(kind=Parameter.KEYWORD_ONLY) for parameter in own]
    command.__signature__ = Signature([*own, *COMMON.values()])  # type: ignore[attr-defined]
    return command


def imports_within(db: sqlite3.Connection, given: Given) -> set[int]:
    """The imports of the shops asked about, taken in from --since to --until, dated --as-of or before.

    Days are those of the shop's zone, UTC for the merchant's own sheets. Raises Problem bad-usage.
    """
    check_days(given.since, given.until, given.as_of)
    check_shops(db, given.shops)
    found = set()
    for number, shop, zone, taken_in, as_of in db.execute(TAKEN_IN):
        dated = given.as_of is None or day_of(as_of, zone or "") <= given.as_of
        if (not given.shops or shop in given.shops) and given.holds(day_of(taken_in, zone or "")) and dated:
            found.add(number)
    return found
