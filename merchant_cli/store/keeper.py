"""Stores the records of one import: at once where nobody spoke of them, as claims where others did."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from merchant_cli.store.claims import (
    Change,
    hash_at,
    key_at,
    key_of,
    load_order,
    load_row,
    numbers_of,
    order_body,
    remerge,
    row_body,
)
from merchant_cli.store.digest import save_sums
from merchant_cli.store.facts import ORDER_LINES, ORDERS, REFUNDS, Table
from merchant_cli.store.insert import Inserter
from merchant_cli.store.merge import Claim, Merged
from merchant_cli.store.order_set import Finisher, Row
from merchant_cli.store.row_hash import added


class Scattered(Exception):
    """The lines of one order do not stand together in the file: it must be read sorted by order."""


class OtherShop(Exception):
    """An order of the file is another order than the stored one of the same number: column, theirs, ours."""


@dataclass
class Tally:
    """What became of the records: by table, inserted, updated, unchanged; and what merging found."""

    by_table: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    held_back: int = 0
    short_here: list[str] = field(default_factory=list)  # orders of which this file has fewer lines
    short_there: list[str] = field(default_factory=list)  # orders of which an earlier import has fewer
    common_orders: int = 0


class Met(NamedTuple):
    """An order that is stored already: its import, the hash of its one claim, whether it is contested, counts."""

    import_no: int
    claim: int
    contested: int
    counts: int


class Keeper:
    """Stores the records of one import of one shop, inside the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, import_no: int, finisher: Finisher, zone: str) -> None:
        self.db, self.import_no, self.finisher, self.zone = db, import_no, finisher, zone
        self.shop_no, self.shop = finisher.shop_no, finisher.shop
        self.tally = Tally()
        self.inserter = Inserter(db)
        self.claims: list[tuple[Any, ...]] = []
        self.bodies: list[tuple[Any, ...]] = []
        self.touched: list[tuple[Any, ...]] = []
        self.sums: dict[str, int] = {}
        self.lines_said, self.lines_hold = 0, False  # of the order merged last: lines stated here, whether they hold
        self.meeting = bool(db.execute("SELECT 1 FROM fact_orders WHERE shop = ? LIMIT 1", (self.shop_no,)).fetchone())
        db.execute("CREATE TEMP TABLE IF NOT EXISTS met (key TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS touched (tab TEXT, shop INTEGER, key TEXT, file_rows INTEGER,"
            " PRIMARY KEY (tab, shop, key)) WITHOUT ROWID"
        )
        db.execute("DELETE FROM touched")

    # --- orders with their lines ---

    def put_sets(
        self, orders: list[Row], lines: list[Row], refunds: list[Row], file_rows: list[int], known: dict[str, Met]
    ) -> Counter[str]:
        """Stores finished order sets; returns how many file rows were inserted, unchanged (or are pending).

        `known`: which of the orders `meet` found; it is asked here if it turns out that some are stored already.
        """
        if not self.meeting:
            if self._put_all_new(orders, lines, refunds):
                return Counter(inserted=sum(file_rows))
            self.meeting = True
            known = self.meet([row[1] for row in orders])
        fresh = {row[1] for row in orders if row[1] not in known}
        outcome: Counter[str] = Counter()
        if fresh:
            self._insert(ORDERS, [r for r in orders if r[1] in fresh])
            self._insert(ORDER_LINES, [r for r in lines if r[1] in fresh])
            self._insert(REFUNDS, [r for r in refunds if r[3] in fresh])
        at: dict[str, list[Row]] = defaultdict(list)
        if len(fresh) < len(orders):
            for row in lines:
                at[row[1]].append(row)
        for order, rows in zip(orders, file_rows, strict=True):
            order_id = order[1]
            if order_id in fresh:
                outcome["inserted"] += rows
                continue
            import_no, claim, contested, _ = known[order_id]
            if import_no == self.import_no and not contested:
                raise Scattered
            own = at[order_id]
            numbers = numbers_of(order, own)
            if contested or claim != order[-1]:
                self._contest_order(order, own, numbers, contested, rows)
            else:
                self.same(order_id, claim, numbers, len(own))
                outcome["unchanged"] += rows
                self.tally.common_orders -= 1
        self.tally.common_orders += len(orders) - len(fresh)
        self._write_claims()
        return outcome

    def same(self, order_id: str, claim: int, numbers: str, lines: int) -> None:
        """Books an order of which this import says just what is stored; written with the next batch."""
        self.claims.append(("orders", self.shop_no, order_id, self.import_no, numbers, claim))
        self.tally.by_table["orders"]["unchanged"] += 1
        self.tally.by_table["order_lines"]["unchanged"] += lines
        self.tally.common_orders += 1

    def _put_all_new(self, orders: list[Row], lines: list[Row], refunds: list[Row]) -> bool:
        """Inserts without looking; False, and nothing done, if an order is there already."""
        self.db.execute("SAVEPOINT batch")
        if self.inserter.insert(ORDERS, orders, if_absent=True) != len(orders):
            self.db.execute("ROLLBACK TO batch")
            self.db.execute("RELEASE batch")
            return False
        self.db.execute("RELEASE batch")
        self._count_in(ORDERS, orders)
        self._insert(ORDER_LINES, lines)
        self._insert(REFUNDS, refunds)
        return True

    def meet(self, ids: list[str]) -> dict[str, Met]:
        """Which of the orders are stored."""
        self.db.execute("DELETE FROM met")
        self.db.executemany("INSERT OR IGNORE INTO met VALUES (?)", [(i,) for i in ids])
        if len(set(ids)) < len(ids):
            raise Scattered
        rows = self.db.execute(
            "SELECT f.order_id, f.import_no, f.claim_hash, f.contested, f.counts FROM met m CROSS JOIN fact_orders f"
            " ON f.shop = ? AND f.order_id = m.key",
            (self.shop_no,),
        )
        return {row[0]: Met(*row[1:]) for row in rows}

    def _contest_order(self, order: Row, lines: list[Row], numbers: str, contested: int, rows: int) -> None:
        order_id = order[1]
        if self.db.execute(
            "SELECT 1 FROM touched WHERE tab = 'orders' AND shop = ? AND key = ?", (self.shop_no, order_id)
        ).fetchone():
            raise Scattered
        if not contested:
            stored, stored_lines = load_order(self.db, self.shop_no, order_id)
            check_same_order(stored, order)
            first = numbers_of(stored, stored_lines)
            self.bodies.append((stored[-1], order_body(stored, stored_lines)))
            self.claims.append(("orders", self.shop_no, order_id, stored[-5], first, stored[-1]))
        self.bodies.append((order[-1], order_body(order, lines)))
        self.claims.append(("orders", self.shop_no, order_id, self.import_no, numbers, order[-1]))
        self.touched.append(("orders", self.shop_no, order_id, rows))

    # --- rows of other tables ---

    def put_rows(self, table: Table, rows: list[Row]) -> list[str]:
        """Stores finished rows of one shop (unique keys); returns inserted, unchanged or pending for each."""
        shop = rows[0][0] if rows else 0
        where = " AND ".join(f"{c} = ?" for c in table.key)
        look = f"SELECT import_no, row_hash, contested FROM {table.sql_name} WHERE shop = ? AND {where}"
        outcomes, fresh = [], []
        at = hash_at(table)
        for row in rows:
            known = self.db.execute(look, (shop, *row[key_at(table)])).fetchone()
            if known is None:
                fresh.append(row)
                outcomes.append("inserted")
                continue
            key = key_of(table, row)
            if known[2] or known[1] != row[at]:
                self._contest_row(table, row, key, known[2])
                outcomes.append("pending")
            else:
                self.claims.append((table.name, shop, key, self.import_no, str(row[at - 1]), row[at]))
                outcomes.append("unchanged")
                self.tally.by_table[table.name]["unchanged"] += 1
        self._insert(table, fresh)
        self._write_claims()
        return outcomes

    def _contest_row(self, table: Table, row: Row, key: str, contested: int) -> None:
        shop, at = row[0], hash_at(table)
        if not contested:
            stored = load_row(self.db, table, shop, row[key_at(table)])
            self.bodies.append((stored[at], row_body(table, stored)))
            self.claims.append((table.name, shop, key, stored[at - 2], str(stored[at - 1]), stored[at]))
            where = " AND ".join(f"{c} = ?" for c in table.key)
            self.db.execute(
                f"UPDATE {table.sql_name} SET contested = 1 WHERE shop = ? AND {where}",
                (shop, *row[key_at(table)]),
            )
        self.bodies.append((row[at], row_body(table, row)))
        self.claims.append((table.name, shop, key, self.import_no, str(row[at - 1]), row[at]))
        self.touched.append((table.name, shop, key, 1))

    # --- at the end of the file ---

    def merge_touched(self) -> Iterable[tuple[str, int, str, str, int]]:
        """Merges every record that other imports speak of differently: yields (table, shop, key, outcome, file
        rows)."""
        touched = self.db.execute("SELECT tab, shop, key, file_rows FROM touched ORDER BY tab, shop, key").fetchall()
        for tab, shop, key, file_rows in touched:
            changes = remerge(self.db, tab, shop, key, self.finisher, self.zone, self.sums, self.note_merged)
            new = self._count_merged(tab, changes)
            if new := min(new, file_rows):
                yield tab, shop, key, "inserted", new
            if file_rows > new:
                yield tab, shop, key, "updated" if any(map(any, changes.values())) else "unchanged", file_rows - new

    def _count_merged(self, tab: str, changes: dict[str, Change]) -> int:
        """Counts a merged record by table; returns how many lines this import added to a known order.

        The order's lines that this import states count, and those of others that changed with it; refunds follow.
        """
        by_table = self.tally.by_table
        changed = changes[tab].updated or any(change.gone for change in changes.values())
        by_table[tab]["updated" if changed else "unchanged"] += 1
        if tab != "orders":
            return 0
        lines = changes["order_lines"]
        same = self.lines_said - lines.inserted - lines.updated
        for name, change, left in (("order_lines", lines, same), ("refunds", changes["refunds"], 0)):
            for outcome, number in (("inserted", change.inserted), ("updated", change.updated), ("unchanged", left)):
                if number > 0:
                    by_table[name][outcome] += number
        return lines.inserted if self.lines_hold else 0

    def note_merged(self, key: str, merged: Merged, claims: Sequence[Claim]) -> None:
        """Counts what this import said and lost, for the receipt."""
        self.lines_hold = merged.lines_import == self.import_no
        for claim in claims:
            if claim.import_no != self.import_no:
                continue
            self.lines_said = len(claim.lines or ())
            if not claim.dated:
                self.tally.held_back += sum(
                    1 for c, v in claim.values.items() if v is not None and merged.values.get(c) != v
                )
        if self.import_no in merged.short:
            self.tally.short_here.append(key)
        elif merged.short:
            self.tally.short_there.append(key)

    def save_sums(self) -> None:
        save_sums(self.db, self.sums)

    # --- small writes ---

    def _insert(self, table: Table, rows: list[Row]) -> None:
        if rows:
            self.inserter.insert(table, rows)
            self._count_in(table, rows)

    def _count_in(self, table: Table, rows: list[Row]) -> None:
        at = hash_at(table)
        self.sums[table.name] = added(self.sums.get(table.name, 0), [row[at] for row in rows])
        self.tally.by_table[table.name]["inserted"] += len(rows)

    def _write_claims(self) -> None:
        """Writes the claims of a batch, the contents that differ, and which records are to be merged."""
        for rows, sql in (
            (self.claims, "INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)"),
            (self.bodies, "INSERT OR IGNORE INTO bodies VALUES (?, ?)"),
            (self.touched, "INSERT OR IGNORE INTO touched VALUES (?, ?, ?, ?)"),
        ):
            if rows:
                self.db.executemany(sql, rows)
                rows.clear()


def check_same_order(stored: Row, new: Row) -> None:
    """Raises OtherShop where an order of the same number was made at another time, in another currency or id."""
    names = ORDERS.all_columns
    for column in ("platform_id", "currency", "placed_at"):
        at = names.index(column)
        ours, theirs = stored[at], new[at]
        if ours is None or theirs is None:
            continue
        if ours != theirs and not (column == "placed_at" and abs(ours - theirs) < 60):
            raise OtherShop(new[1], column, str(ours), str(theirs))
