"""What a question is asked with on its screen: the shops, the days, its own options."""

from __future__ import annotations

import shlex
import sqlite3
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.basics.days import is_day
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.desks import options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Question, Scope

P = Phrase

DAYS = ("since", "until", "as_of")
A_DAY = P("It takes a day like 2026-11-14.", "它应为 2026-11-14 这样的日期。")
NO_SHOP = P("There is no such shop; the shops are: {names}", "没有这个店铺；现有店铺：{names}")


@dataclass(frozen=True)
class Asked:
    """As on the command line: what is empty was not said. `own`: the question's options that were set."""

    shops: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    own: dict[str, Any] = field(default_factory=dict)

    def scope(self, db: sqlite3.Connection) -> Scope:
        return scopes.make(db, only=self.shops, since=self.since, until=self.until, as_of=self.as_of)

    def words(self, question: Question | None) -> str:
        """The options as they would be typed, each with a space before it."""
        typed = [("--shop", shop) for shop in self.shops]
        typed += [("--" + name.replace("_", "-"), day) for name in DAYS if (day := getattr(self, name))]
        found = "".join(f" {name} {shlex.quote(value)}" for name, value in typed)
        for name, option in (options.of(question) if question else {}).items():
            if name in self.own:
                found += _typed(option, self.own[name])
        return found


def _typed(option: options.Option, value: Any) -> str:
    if option.kind is bool:
        return f" {option.flag}" if value else f" --no-{option.flag[2:]}"
    return f" {option.flag} {shlex.quote(str(value))}"


def read(values: dict[str, str], own: dict[str, options.Option], known: tuple[str, ...]) -> Asked:
    """What was typed into the form as Asked. Raises Problem bad-setting for what does not do."""
    shops = tuple(part for part in values["shops"].replace(",", " ").replace("，", " ").split() if part)
    for shop in shops:
        if shop not in known:
            names = ", ".join(known) or "-"
            detail = P(NO_SHOP.show("en", names=names), NO_SHOP.show("zh", names=names))
            raise Problem("bad-setting", name="--shop", value=shop, detail=detail)
    days = {name: values[name].strip() or None for name in DAYS}
    for name, day in days.items():
        if day is not None and not is_day(day):
            raise Problem("bad-setting", name="--" + name.replace("_", "-"), value=day, detail=A_DAY)
    found = {}
    for name, option in own.items():
        text = values[f"own-{name}"].strip()
        if text:
            found[name] = option.read(option.flag, text)
    return Asked(shops, days["since"], days["until"], days["as_of"], found)
