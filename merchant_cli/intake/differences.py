"""What a preview would change: the first records whose values become others, old beside new."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from merchant_cli.basics.money import major, shown
from merchant_cli.intake.kinds import is_money
from merchant_cli.store.claims import SEP
from merchant_cli.store.facts import ORDER_LINES, TABLES, Table

LOOKED_AT = 500  # records compared
# Each count is a record of its own: it stands beside the count before it at the same place.
COUNTS = """
SELECT c.location, c.code, e.units, c.units, e.committed, c.committed FROM fact_stock_counts c
JOIN fact_stock_counts e ON e.shop = c.shop AND e.location = c.location AND e.code = c.code AND e.counted_at = (
  SELECT max(b.counted_at) FROM fact_stock_counts b
  WHERE b.shop = c.shop AND b.location = c.location AND b.code = c.code AND b.counted_at < c.counted_at)
WHERE c.import_no = ? AND (c.units IS NOT e.units OR c.committed IS NOT e.committed)
ORDER BY c.shop, c.location, c.code, c.counted_at LIMIT ?
"""


@dataclass(frozen=True)
class Difference:
    """One value that would change. Amounts are minor units of `currency`."""

    table: str
    key: str
    column: str
    old: Any
    new: Any
    currency: str | None = None

    def as_json(self) -> dict[str, Any]:
        """For JSON: amounts in major units."""
        old, new = (
            major(v, self.currency) if is_money(self.table, self.column) and v is not None else v
            for v in (self.old, self.new)
        )
        return {"table": self.table, "key": self.key, "column": self.column, "old": old, "new": new}

    def show(self) -> str:
        """`orders 123 sold: 10.00 → 12.00`."""
        money = is_money(self.table, self.column)
        old, new = ("—" if v is None else shown(v, self.currency) if money else str(v) for v in (self.old, self.new))
        return f"{self.table} {self.key} {self.column}: {old} → {new}"


class Before:
    """The first records that an import touches, as they are before the merge."""

    def __init__(self, db: sqlite3.Connection) -> None:
        # The history of prices repeats what the listings say.
        sql = "SELECT tab, shop, key FROM touched WHERE tab <> 'prices' ORDER BY tab, shop, key LIMIT ?"
        touched = db.execute(sql, (LOOKED_AT,))
        self.records = {record: _values(db, *record) for record in touched.fetchall()}

    def differences(self, db: sqlite3.Connection, number: int) -> list[Difference]:
        """The values that differ now; of new counts of import `number` those that it states."""
        found: list[Difference] = []
        for record, before in self.records.items():
            now = _values(db, *record)
            if now == before:
                continue
            for place in sorted(before.keys() | now.keys()):
                table, key, column = place
                old, new = before.get(place), now.get(place)
                if old != new:
                    currency = now.get((record[0], _shown(record[2]), "currency"))
                    found.append(Difference(table, key, column, old, new, currency))
        for location, code, *said in db.execute(COUNTS, (number, LOOKED_AT)):
            for column, old, new in (("units", *said[:2]), ("committed", *said[2:])):
                if new is not None and new != old:
                    found.append(Difference("stock_counts", f"{location} {code}".strip(), column, old, new))
        return found


def _shown(key: str) -> str:
    return key.replace(SEP, " ").strip()


def _values(db: sqlite3.Connection, tab: str, shop: int, key: str) -> dict[tuple[str, str, str], Any]:
    """What is stated of the record now, by table, key and column; an order's with its lines'."""
    table = TABLES[tab]
    where = " AND ".join(f"CAST({c} AS TEXT) = ?" if c in table.integers else f"{c} = ?" for c in table.key)
    found = _stated(db, table, f"shop = ? AND {where}", (shop, *key.split(SEP)))
    if tab == "orders":
        found |= _stated(db, ORDER_LINES, "shop = ? AND order_id = ?", (shop, key))
    return found


def _stated(
    db: sqlite3.Connection, table: Table, where: str, values: tuple[Any, ...]
) -> dict[tuple[str, str, str], Any]:
    rows = db.execute(f"SELECT {', '.join(table.stated)} FROM {table.sql_name} WHERE {where}", values).fetchall()
    return {
        (table.name, " ".join(str(v) for v in row[: len(table.key)]).strip(), column): value
        for row in rows
        for column, value in zip(table.stated, row, strict=True)
    }
