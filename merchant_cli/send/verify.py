"""After every import, undo and redo: which proposals the platforms' own exports confirm, and which lost their ground.

The export decides that was made after the sending; an older one changes nothing. When the deciding import is undone,
so is what it decided.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from merchant_cli.desks import scope as scopes
from merchant_cli.desks.base import Scope
from merchant_cli.send import cells, measure, propose
from merchant_cli.store import open as opening
from merchant_cli.store import proposals as kept
from merchant_cli.store.proposals import NOT_APPLIED, SENT, VERIFIED, WITHDRAWN, Cell, Proposal

LAST_ACT = "SELECT act FROM journal WHERE act IN ('import', 'undo', 'redo') ORDER BY entry DESC LIMIT 1"
LIVE = "SELECT 1 FROM imports WHERE no = ? AND state IN ('applied', 'sealed')"
SOLD = """
SELECT coalesce(sum(units), 0) FROM daily_sales WHERE sku = :sku AND day > :since AND (:shop IS NULL OR shop = :shop)
"""
# The platform's own stock file, if one was made after the sending: what it says is free, over all locations.
COUNTED = """
SELECT sum(c.units - coalesce(c.committed, 0)), max(c.counted_at), max(c.import_no) FROM stock_counts c
JOIN listings l ON l.shop = c.shop AND l.code = c.code
WHERE l.shop = :shop AND l.listing_id = :listing AND l.variant_id = :variant AND c.counted_at = (
  SELECT max(n.counted_at) FROM stock_counts n WHERE n.shop = c.shop AND n.code = c.code)
"""
# The newest file of the platform, or of the merchant's own, that was made after the sending.
NEWEST = """
SELECT max(i.no) FROM imports i LEFT JOIN shops s ON s.no = i.shop
WHERE i.state IN ('applied', 'sealed') AND i.as_of > :at
  AND (i.shop = 0 OR :platforms IN ('', 'supplier') OR ', ' || :platforms || ',' LIKE '%, ' || s.platform || ',%')
"""


def after_change(store: Path, doing: str) -> list[Proposal]:
    """To be called when imports changed. Takes the store's lock only if there is something to look at; returns the
    proposals whose state changed or that were evaluated."""
    with closing(opening.read(store)) as db:
        if not kept.undecided(db):
            return []
    with opening.write(store, doing) as db:
        return looked_at(db, scopes.make(db))


def looked_at(db: sqlite3.Connection, scope: Scope) -> list[Proposal]:
    """The same inside a transaction."""
    before = {one.number: (one.state, one.measured_on) for one in kept.listed(db)}
    _taken_back(db)
    _grounds(db, scope)
    _verify(db, scope, kept.listed(db, [SENT, NOT_APPLIED]))  # what was not applied may be uploaded late
    _evaluate(db, scope)
    return [one for one in kept.listed(db) if before[one.number] != (one.state, one.measured_on)]


def _taken_back(db: sqlite3.Connection) -> None:
    """What an import decided that is no longer live is open again. After an undo or a redo everything is measured
    anew, as far as the data reach then."""
    last = db.execute(LAST_ACT).fetchone()
    for one in kept.listed(db, [SENT, VERIFIED, NOT_APPLIED]):
        if one.measured_on is not None and last is not None and last[0] in ("undo", "redo"):
            kept.change(db, one, measured=None, measured_on=None)
    for one in kept.listed(db, [VERIFIED, NOT_APPLIED]):
        sources = {cell.seen_in for cell in one.cells} | {one.seen_in}
        if any(number is not None and db.execute(LIVE, (number,)).fetchone() is None for number in sources):
            for cell in one.cells:
                kept.change_cell(db, one, cell, seen=None, seen_in=None)
            kept.change(db, one, state=SENT, seen=None, seen_in=None, measured=None, measured_on=None)


def _grounds(db: sqlite3.Connection, scope: Scope) -> None:
    """A proposal that is not sent yet stands as long as an undo leaves its evidence; it comes back with it.

    Only an undo withdraws: that newer files say something else is for the merchant to see, and for `send`.
    """
    waiting = [
        one for one in kept.listed(db, [kept.PROPOSED, kept.APPROVED, WITHDRAWN])
        if one.state == WITHDRAWN or _undone_since(db, one)
    ]  # fmt: skip
    for day in sorted({one.as_of for one in waiting}):
        of_day = [one for one in waiting if one.as_of == day]
        there = propose.standing(db, replace(scope, as_of=day), of_day)
        open_now = {(one.address, one.action) for one in kept.listed(db, kept.OPEN)}
        for one, stands in zip(of_day, there, strict=True):
            if not stands and one.state != WITHDRAWN:
                kept.change(db, one, state=WITHDRAWN, state_before=one.state)
            elif stands and one.state == WITHDRAWN and (one.address, one.action) not in open_now:
                kept.change(db, one, state=one.state_before or kept.PROPOSED, state_before=None)


def _undone_since(db: sqlite3.Connection, one: Proposal) -> bool:
    """Whether an import was taken back after the proposal was made."""
    sql = "SELECT 1 FROM journal WHERE act = 'undo' AND at >= ?"
    return db.execute(sql, (one.proposed_at,)).fetchone() is not None


def _verify(db: sqlite3.Connection, scope: Scope, found: list[Proposal]) -> None:
    """Each by what can show it: cells, what arrived, the alert's row. What is measured is measured once for all."""
    for one in found:
        if one.cells:
            _verify_cells(db, one)
    rest = [one for one in found if not one.cells and _newest(db, one) is not None]
    orders = [one for one in rest if one.action == "purchase-order"]
    for one, free in zip(orders, measure.available(db, scope, orders), strict=True):
        _verify_order(db, scope, one, free)
    rows = [one for one in rest if one.action != "purchase-order"]
    for one, listed in zip(rows, measure.listed(db, scope, rows), strict=True):
        _verify_row(db, scope, one, bool(listed))


def _verify_cells(db: sqlite3.Connection, one: Proposal) -> None:
    """Cell by cell: a value that the platform shows as sent is right; units may have been sold since."""
    right: list[bool | None] = []
    for cell in one.cells:
        found = _seen(db, one, cell)
        if found is None:
            right.append(None)
            continue
        value, number, sure = found
        good = value is not None and _fits(db, one, cell, value)
        right.append(good if good or sure else None)
        if good or sure:
            kept.change_cell(db, one, cell, seen=value, seen_in=number)
    if all(right):
        _decide(db, one, VERIFIED)
    elif None not in right:
        _decide(db, one, NOT_APPLIED)


def _decide(db: sqlite3.Connection, one: Proposal, state: str, **seen: Any) -> None:
    """The outcome, unless it is known."""
    if one.state != state:
        kept.change(db, one, state=state, **seen)


def _seen(db: sqlite3.Connection, one: Proposal, cell: Cell) -> tuple[int | None, int, bool] | None:
    """What an export made after the sending says: value, import, and whether it was made after it for certain.

    An export that only names its day may have been made in the morning of the day of the sending.
    """
    sent = one.sent_at or 0
    now, found = cells.now(db, cell), []
    if now is not None and now.as_of > sent:
        found.append((now.as_of, now.value, now.import_no))
    if cell.field == "listed_units":
        place = {"shop": cell.shop, "listing": cell.listing_id, "variant": cell.variant_id}
        units, at, number = db.execute(COUNTED, place).fetchone()
        if at is not None and at > sent:
            found.append((at, units, number))
    if not found:
        return None
    as_of, value, number = max(found, key=lambda each: each[0])
    names_a_day = (as_of + 1) % 900 == 0  # the last second of a day somewhere
    return value, number, not names_a_day or as_of - sent >= 86_400


def _fits(db: sqlite3.Connection, one: Proposal, cell: Cell, value: int) -> bool:
    if value == cell.new or cell.field != "listed_units" or value > cell.new:
        return value == cell.new
    params = {"sku": one.params.get("sku"), "since": one.sent_on or "", "shop": cell.shop}
    return bool(cell.new - value <= db.execute(SOLD, params).fetchone()[0])


def _newest(db: sqlite3.Connection, one: Proposal) -> int | None:
    said = {"at": one.sent_at or 0, "platforms": one.platforms}
    found: int | None = db.execute(NEWEST, said).fetchone()[0]
    return found


def _verify_order(db: sqlite3.Connection, scope: Scope, one: Proposal, now: float | None) -> None:
    """Received = what is free to sell now − what was at the sending + what was sold since; less than ordered on the
    check day means that the order did not come as sent."""
    before, number = one.evidence.get("available"), _newest(db, one)
    if now is None or before is None:
        return
    sold = db.execute(SOLD, {"sku": one.params.get("sku"), "since": one.as_of, "shop": None}).fetchone()[0]
    received = now - before + sold
    if received >= int(one.params.get("quantity") or 0):
        _decide(db, one, VERIFIED, seen=received, seen_in=number)
    elif one.check_day and (scope.as_of or "") >= one.check_day:
        _decide(db, one, NOT_APPLIED, seen=received, seen_in=number)


def _verify_row(db: sqlite3.Connection, scope: Scope, one: Proposal, listed: bool) -> None:
    """What no cell shows was done when the alert no longer has the row, by files made after the sending."""
    number = _newest(db, one)
    if not listed:
        _decide(db, one, VERIFIED, seen=0, seen_in=number)
    elif one.check_day and (scope.as_of or "") >= one.check_day:
        _decide(db, one, NOT_APPLIED, seen=1, seen_in=number)


def _evaluate(db: sqlite3.Connection, scope: Scope) -> None:
    """On the check day, or as soon after it as the data reach, the metric is measured again, as of that day."""
    due = [
        one for one in kept.listed(db, [SENT, VERIFIED, NOT_APPLIED])
        if one.measured_on is None and one.check_day is not None and (scope.as_of or "") >= one.check_day
    ]  # fmt: skip
    for day in sorted({one.check_day or "" for one in due}):
        of_day = [one for one in due if one.check_day == day]
        for one, value in zip(of_day, measure.measured(db, replace(scope, as_of=day), of_day), strict=True):
            kept.change(db, one, measured=value, measured_on=day)
