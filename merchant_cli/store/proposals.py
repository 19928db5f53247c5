"""Proposals as they are kept: what waits for the merchant's yes, the cells that it would change, what was written.

Instants are UTC seconds, days those of the data. Nothing here is written by imports or taken back by their undo.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

PROPOSED, APPROVED, REFUSED, SENT = "proposed", "approved", "refused", "sent"
VERIFIED, NOT_APPLIED, WITHDRAWN = "verified", "not applied", "evidence withdrawn"
OPEN = (PROPOSED, APPROVED, SENT)


@dataclass
class Cell:
    """One value on a platform that a proposal changes: of a listing, `field` price or compare_at (minor units of
    `currency`) or listed_units. `send`: the action file that carries it. `seen`: what the platform's next export
    says, `seen_in` that import."""

    shop: str
    listing_id: str
    variant_id: str
    field: str
    old: int | None
    new: int
    currency: str | None = None
    send: int | None = None
    seen: int | None = None
    seen_in: int | None = None
    n: int = 0

    @property
    def platform(self) -> str:
        return self.shop.partition("/")[0]


@dataclass
class Proposal:
    """An action that waits, was sent, or is done with. `evidence` is the row as seen (column → cell, amounts in minor
    units, notes as phrases); `baseline` and `measured` are the metric before and on the check day (None: not
    measurable), money in minor units of `metric_unit`. `seen`: units received, for what no cell shows."""

    address: str
    action: str
    platforms: str
    subject: str
    evidence: dict[str, Any]
    params: dict[str, Any]
    as_of: str
    shops: str = ""
    due: str | None = None
    state: str = PROPOSED
    number: int = 0
    state_before: str | None = None
    proposed_at: int = 0
    owner: str | None = None
    until_day: str | None = None
    why: str | None = None
    check_day: str | None = None
    metric: str | None = None
    metric_kind: str | None = None
    metric_unit: str | None = None
    baseline: float | None = None
    measured: float | None = None
    measured_on: str | None = None
    sent_at: int | None = None
    sent_on: str | None = None
    seen: float | None = None
    seen_in: int | None = None
    cells: list[Cell] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.state in OPEN


_COLUMNS = [f.name for f in fields(Proposal) if f.name != "cells"]
_JSON = ("evidence", "params")
_CELL = [f.name for f in fields(Cell)]


def exist(db: sqlite3.Connection) -> bool:
    """Whether the store has proposals at all; one of an older format, opened for reading, has no such table."""
    return db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'proposals'").fetchone() is not None


def undecided(db: sqlite3.Connection) -> bool:
    """Whether there is a proposal that what is imported could say something of; quick, for every import asks it."""
    return exist(db) and db.execute("SELECT 1 FROM proposals WHERE state <> 'refused' LIMIT 1").fetchone() is not None


def listed(db: sqlite3.Connection, states: Iterable[str] | None = None) -> list[Proposal]:
    """Proposals with their cells by number; `states` None: all."""
    if not exist(db):
        return []
    wanted = None if states is None else set(states)
    cells: dict[int, list[Cell]] = {}
    for number, *cell in db.execute(f"SELECT number, {', '.join(_CELL)} FROM proposal_cells ORDER BY number, n"):
        cells.setdefault(number, []).append(Cell(*cell))
    found = []
    for row in db.execute(f"SELECT {', '.join(_COLUMNS)} FROM proposals ORDER BY number"):
        said = dict(zip(_COLUMNS, row, strict=True))
        if wanted is None or said["state"] in wanted:
            said |= {name: json.loads(said[name]) for name in _JSON}
            found.append(Proposal(**said, cells=cells.get(said["number"], [])))
    return found


def add(db: sqlite3.Connection, proposal: Proposal) -> int:
    """Keeps a new proposal and returns its number; one open proposal per address and action is the caller's care."""
    proposal.proposed_at = int(time.time())
    proposal.number = 1 + (db.execute("SELECT max(number) FROM proposals").fetchone()[0] or 0)
    said = {name: getattr(proposal, name) for name in _COLUMNS}
    said |= {name: json.dumps(said[name], ensure_ascii=False, default=str) for name in _JSON}
    marks = ", ".join(f":{name}" for name in _COLUMNS)
    db.execute(f"INSERT INTO proposals ({', '.join(_COLUMNS)}) VALUES ({marks})", said)
    for n, cell in enumerate(proposal.cells, 1):
        cell.n = n
        values = [getattr(cell, name) for name in _CELL]
        marks = ", ".join("?" * (len(_CELL) + 1))
        db.execute(f"INSERT INTO proposal_cells VALUES ({marks})", _placed(proposal, values))
    _journal(db, "propose", proposal.number, proposal.address)
    return proposal.number


def _placed(proposal: Proposal, values: list[Any]) -> list[Any]:
    """A cell's row in the order of the table: the proposal's number and the cell's own before its values."""
    return [proposal.number, values[-1], *values[:-1]]


def change(db: sqlite3.Connection, proposal: Proposal, **values: Any) -> None:
    """Sets columns of a proposal, here and in the store; a change of state stands in the journal."""
    for name, value in values.items():
        setattr(proposal, name, value)
    said = {n: json.dumps(v, ensure_ascii=False, default=str) if n in _JSON else v for n, v in values.items()}
    places = ", ".join(f"{name} = :{name}" for name in said)
    db.execute(f"UPDATE proposals SET {places} WHERE number = :number", said | {"number": proposal.number})
    _journal(db, "propose", proposal.number, f"{proposal.address} {proposal.state}")


def change_cell(db: sqlite3.Connection, proposal: Proposal, cell: Cell, **values: Any) -> None:
    """Sets columns of one cell, here and in the store."""
    for name, value in values.items():
        setattr(cell, name, value)
    places = ", ".join(f"{name} = :{name}" for name in values)
    where = {"number": proposal.number, "n": cell.n}
    db.execute(f"UPDATE proposal_cells SET {places} WHERE number = :number AND n = :n", values | where)


def add_send(db: sqlite3.Connection, name: str, sha256: str, exporter: str, shop: str) -> int:
    """Keeps that an action file was written; its number."""
    values = (int(time.time()), name, sha256, exporter, shop)
    done = db.execute("INSERT INTO sends (at, name, sha256, exporter, shop) VALUES (?, ?, ?, ?, ?)", values)
    number = int(done.lastrowid or 0)
    _journal(db, "send", number, name)
    return number


def sent_file(db: sqlite3.Connection, sha256: str) -> str | None:
    """The name under which a file with these bytes was written as an action file, None if none was."""
    if not exist(db):
        return None
    row = db.execute("SELECT name FROM sends WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else None


def _journal(db: sqlite3.Connection, act: str, number: int, detail: str) -> None:
    row = (int(time.time()), act, number, detail)
    db.execute("INSERT INTO journal (at, act, number, detail) VALUES (?, ?, ?, ?)", row)
