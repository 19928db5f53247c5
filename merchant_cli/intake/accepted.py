"""Which own SKU a shop's code stands for, as the merchant accepts it: numbered like imports, and undone like them.

The journal keeps what was accepted; `sku_map` is what follows from it: of several live mappings of a code the one with
the highest number holds, so undo and redo work in any order.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from merchant_cli.basics.problems import Problem
from merchant_cli.intake.again import BROUGHT_BACK, STATES, UNDONE
from merchant_cli.store import open as opening

# How the codes of a shop are found, to name the nearest of one that is not there.
CODES = """
SELECT code FROM fact_listings WHERE shop = :shop AND code IS NOT NULL
UNION SELECT code FROM fact_order_lines WHERE shop = :shop AND code IS NOT NULL
"""
ACTS = """
SELECT entry, act, number, detail FROM journal
WHERE number IN (SELECT number FROM journal WHERE act = 'map') ORDER BY entry
"""
NEWEST_IMPORT = """
SELECT max(j.entry) FROM journal j JOIN imports i ON i.no = j.number
WHERE i.state = :state AND j.act IN ('import', 'redo', 'undo')
"""


class Mapping(NamedTuple):
    """One unit of `code` in `shop` (`platform/name`) is `times` units of the own SKU.

    `how`: `merchant` (he typed it) or `suggested-accepted`.
    """

    shop: str
    code: str
    sku: str
    times: int = 1
    how: str = "merchant"


class Accepted(NamedTuple):
    """What was accepted under one number, whether it is live, and the journal's newest entry about it."""

    number: int
    mappings: tuple[Mapping, ...]
    live: bool
    entry: int


def codes(db: sqlite3.Connection, shop: str) -> set[str] | None:
    """The codes that a shop lists or sold; None if there is no such shop."""
    row = db.execute("SELECT no FROM shops WHERE shop = ? AND no > 0", (shop,)).fetchone()
    return None if row is None else {code for (code,) in db.execute(CODES, {"shop": row[0]})}


def accept(store: Path, mappings: Sequence[Mapping]) -> int:
    """Keeps the mappings under one number, which is returned; `merchant undo` takes them back together."""
    with opening.write(store, "map") as db:
        number = int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM journal").fetchone()[0])
        _journal(db, "map", number, json.dumps(mappings, ensure_ascii=False))
        _follow(db, mappings)
    return number


def meant(store: Path, number: int | None, *, live: bool) -> Accepted | None:
    """What `merchant undo` (`live`) or `redo` (not) is about if it is accepted mappings; None if it is an import.

    Without a number the newest of all. Raises Problem not-undoable.
    """
    if not store.exists():
        return None
    with closing(opening.read(store)) as db:
        known = _accepted(db)
        newest = db.execute(NEWEST_IMPORT, {"state": "applied" if live else "void"}).fetchone()[0] or 0
    if number is None:
        found = max((one for one in known if one.live is live), key=lambda one: one.entry, default=None)
        return found if found is not None and found.entry > newest else None
    found = next((one for one in known if one.number == number), None)
    if found is not None and found.live is not live:
        state = STATES["applied" if found.live else "void"]
        raise Problem("not-undoable", number=number, verb=UNDONE if live else BROUGHT_BACK, state=state)
    return found


def turn(store: Path, found: Accepted) -> None:
    """Takes accepted mappings back, or brings them back if they were taken back."""
    act = "undo" if found.live else "redo"
    with opening.write(store, act) as db:
        _journal(db, act, found.number, "map")
        _follow(db, found.mappings)


def _journal(db: sqlite3.Connection, act: str, number: int, detail: str) -> None:
    row = (int(time.time()), act, number, detail)
    db.execute("INSERT INTO journal (at, act, number, detail) VALUES (?, ?, ?, ?)", row)


def _accepted(db: sqlite3.Connection) -> list[Accepted]:
    """Everything that was ever accepted, in order of number."""
    found: dict[int, Accepted] = {}
    for entry, act, number, detail in db.execute(ACTS):
        if act == "map":
            found[number] = Accepted(number, tuple(Mapping(*row) for row in json.loads(detail)), True, entry)
        else:
            found[number] = found[number]._replace(live=act == "redo", entry=entry)
    return [found[number] for number in sorted(found)]


def _follow(db: sqlite3.Connection, touched: Iterable[Mapping]) -> None:
    """Writes what now holds for the codes of `touched`."""
    holds = {(one.shop, one.code): one for kept in _accepted(db) if kept.live for one in kept.mappings}
    numbers = dict(db.execute("SELECT shop, no FROM shops").fetchall())
    for shop, code in {(one.shop, one.code) for one in touched}:
        db.execute("DELETE FROM sku_map WHERE shop = ? AND code = ?", (numbers[shop], code))
        if (one := holds.get((shop, code))) is not None:
            row = (numbers[shop], code, one.sku, one.how, one.times)
            db.execute("INSERT INTO sku_map (shop, code, sku, how, multiplier) VALUES (?, ?, ?, ?, ?)", row)
