"""`merchant config`: every setting that can be set, its value, default and where the value comes from."""

from __future__ import annotations

import sqlite3
from typing import Any

from merchant_cli.basics.phrases import Phrase
from merchant_cli.commands.asking import listing, put, reading, tell_broken
from merchant_cli.commands.declare import Command
from merchant_cli.commands.given import Given, takes_common
from merchant_cli.desks import find, options
from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Column
from merchant_cli.desks.words import ORIGINS

P = Phrase

COLUMNS = (
    Column("name", P("Setting", "设置"), "id"),
    Column("value", P("Value", "值"), "text", words=options.YES_NO),
    Column("default", P("Default", "默认值"), "text", words=options.YES_NO),
    Column("origin", P("Origin", "来源"), "id", words=ORIGINS),
    Column("takes", P("Takes", "取值"), "text"),
    Column("about", P("About", "说明"), "text"),
)


@takes_common
def config(given: Given) -> None:
    given.no_effect()
    with reading() as db:
        rows = [_currency(db), *_options(db)]
    put(listing(COLUMNS, rows), given.out)


def _currency(db: sqlite3.Connection) -> tuple[Any, ...]:
    own = db.execute("SELECT value FROM settings WHERE name = 'currency'").fetchone()
    takes = P("a currency like CNY", "币种，如 CNY")
    about = P("The base currency of totals.", "合计所用的本位币。")
    return ("currency", scopes.base_currency(db), None, "store" if own else "shops", takes, about)


def _options(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    own = dict(db.execute("SELECT name, value FROM settings").fetchall())
    return [
        (name, own.get(name, _text(o.default)), _text(o.default), "store" if name in own else "default",
         o.takes, o.help)
        for name, o in options.settable(find.questions(tell_broken)).items()
    ]  # fmt: skip


def _text(default: Any) -> str | None:
    return None if default is None else str(default)


COMMANDS = {"config": Command(config)}
