"""Seals old imports: they are no longer undone singly, and claims of theirs that can never hold again are dropped.

Sealed claims stay live for ever. So one of them may go where others of them say all that it could ever say: no import
and no undo to come changes the merge by it. What is left keeps its import and thereby its rank.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from merchant_cli.store import shops
from merchant_cli.store.claims import drop_bodies, forget_claim, load_claims, remerge
from merchant_cli.store.digest import save_sums
from merchant_cli.store.merge import Claim, by_rank, goods_total, has_amounts, shows_refund
from merchant_cli.store.order_set import PROGRESS, Finisher
from merchant_cli.store.shops import Shop

LAST, DAYS = 100, 90  # the newest imports, and those of the last days, can always be undone
AT_ONCE = 20  # imports sealed with one that is taken in: a store that was never sealed is not done in one go
DAY = 86400

DUE = """
SELECT no FROM imports WHERE state = 'applied' AND no != :but AND taken_in < :before
  AND (taken_in, no) < (SELECT taken_in, no FROM imports ORDER BY taken_in DESC, no DESC LIMIT 1 OFFSET :others)
ORDER BY taken_in, no LIMIT :most
"""
# The records of which several sealed imports speak, one of them sealed now.
SHARED = """
SELECT tab, shop, key FROM claims WHERE import_no IN (SELECT no FROM imports WHERE state = 'sealed')
GROUP BY tab, shop, key
HAVING count(*) > 1 AND max(import_no IN (SELECT value FROM json_each(?)))
"""


def due(db: sqlite3.Connection, now: int, but: int) -> list[int]:
    """The imports to be sealed at `now` (UTC seconds), oldest first; never import `but`, which is being taken in."""
    rows = db.execute(
        DUE, {"but": but, "before": now - DAYS * DAY, "others": LAST - 1, "most": AT_ONCE}
    )  # fmt: skip
    return [row[0] for row in rows]


def seal(db: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Seals imports and folds their claims, inside the caller's transaction. No row and no digest changes."""
    db.executemany("UPDATE imports SET state = 'sealed' WHERE no = ?", [(number,) for number in numbers])
    sealed = {row[0] for row in db.execute("SELECT no FROM imports WHERE state = 'sealed'")}
    for tab, shop, key in db.execute(SHARED, (json.dumps(list(numbers)),)).fetchall():
        claims = load_claims(db, tab, shop, key)
        if not claims:
            for number in _repeating(db, tab, shop, key, sealed):
                forget_claim(db, tab, shop, key, number)
        elif gone := _outdone(tab, [c for c in claims if c.import_no in sealed]):
            _forget(db, tab, shop, key, claims, gone)


def _forget(
    db: sqlite3.Connection, tab: str, shop_no: int, key: str, claims: Sequence[Claim], gone: Sequence[Claim]
) -> None:
    """Drops claims of a contested record; if one content is left the record is contested no more."""
    for claim in gone:
        forget_claim(db, tab, shop_no, key, claim.import_no)
    left = {c.hash for c in claims if c not in gone}
    if len(left) == 1:
        shop = shops.by_number(db, shop_no) or Shop(0, "", None, "", "placed")
        sums: dict[str, int] = {}
        remerge(db, tab, shop_no, key, Finisher(shop.no, shop.shop, shop.sale_day), shop.zone, sums)
        save_sums(db, sums)
    drop_bodies(db, {c.hash for c in gone})


def _outdone(tab: str, sealed: Sequence[Claim]) -> list[Claim]:
    """The sealed claims of a contested record that can never hold again."""
    ranked = by_rank(sealed)
    if tab != "orders":
        return _covered(ranked)
    needed = _oldest(ranked)
    kept: list[Claim] = []
    gone: list[Claim] = []
    for claim in ranked:
        outdone = claim not in needed and any(_says_all(newer, claim) for newer in kept)
        (gone if outdone else kept).append(claim)
    return gone


def _covered(ranked: Sequence[Claim]) -> list[Claim]:
    """Of rows that are merged column by column: those of which newer ones fill every column."""
    filled: set[str] = set()
    gone = []
    for claim in ranked:
        fills = {column for column, value in claim.values.items() if value is not None}
        if fills <= filled:
            gone.append(claim)
        filled |= fills
    return gone


def _oldest(ranked: Sequence[Claim]) -> list[Claim]:
    """The claims that say on which day a refund without a date is booked: the oldest that could show it, and that
    does."""
    shown = [c for c in ranked if shows_refund(c)]
    able = [c for c in ranked if "refunded" in c.fills or c in shown]
    return [*able[-1:], *shown[-1:]]


def _says_all(newer: Claim, older: Claim) -> bool:
    """Whether the newer claim of an order fills what the older fills and has its lines, and wins by progress, larger
    refund and tracking number wherever the older could."""
    new, old = newer.values, older.values
    if newer.dated and not older.dated:
        return False  # progress counts for what is dated by its rows only
    if any(value is not None and new.get(column) is None for column, value in old.items()):
        return False
    if old.get("status") is not None and PROGRESS.get(new["status"], 0) < PROGRESS.get(old["status"], 0):
        return False
    if (old.get("refunded") or 0) > (new.get("refunded") or 0) or (old.get("tracked") and not new["tracked"]):
        return False
    if not older.lines:
        return True
    same_total = goods_total(newer) == goods_total(older) and has_amounts(newer) == has_amounts(older)
    return newer.lines == older.lines and same_total and (new.get("sold") is None) == (old.get("sold") is None)


def _repeating(db: sqlite3.Connection, tab: str, shop: int, key: str, sealed: set[int]) -> list[int]:
    """The sealed imports between the oldest and the newest of those that say just the same of a record."""
    rows = db.execute(
        "SELECT i.as_of, i.taken_in, i.no, i.as_of_from != 'rows', instr(i.columns, '\"refunded\"') FROM claims c"
        " JOIN imports i ON i.no = c.import_no WHERE c.tab = ? AND c.shop = ? AND c.key = ?"
        " ORDER BY 1 DESC, 2 DESC, 3 DESC",
        (tab, shop, key),
    )
    ranked = [row for row in rows if row[2] in sealed]
    needed = {row[2] for row in [*ranked[-1:], *[row for row in ranked if row[4]][-1:]]} if tab == "orders" else set()
    kept: list[bool] = []  # of those that stay, whether they are dated
    gone = []
    for _, _, number, dated, _ in ranked:
        if kept and number not in needed and (tab != "orders" or dated or not all(kept)):
            gone.append(number)
        else:
            kept.append(bool(dated))
    return gone
