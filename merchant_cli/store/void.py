"""Takes an import's claims out of the store again (undo)."""

from __future__ import annotations

import sqlite3
from collections import Counter

from merchant_cli.store.claims import drop_bodies, forget_claim, remerge, typed_key
from merchant_cli.store.digest import save_sums
from merchant_cli.store.facts import ORDER_LINES, ORDERS, REFUNDS, TABLES, Table
from merchant_cli.store.order_set import Finisher
from merchant_cli.store.row_hash import added


def void(db: sqlite3.Connection, import_no: int, finisher: Finisher, zone: str) -> Counter[str]:
    """Takes an import's claims out of the store; returns how many records went or changed, by table."""
    sums: dict[str, int] = {}
    gone: Counter[str] = Counter()
    own = db.execute("SELECT tab, shop, key, hash FROM claims WHERE import_no = ?", (import_no,)).fetchall()
    contested = [(tab, shop, key) for tab, shop, key, _ in own if _is_contested(db, tab, shop, key)]
    db.execute("DELETE FROM claims WHERE import_no = ?", (import_no,))
    for tab, shop, key in contested:
        gone[tab] += any(map(any, remerge(db, tab, shop, key, finisher, zone, sums).values()))
    drop_bodies(db, {h for *_, h in own})
    for table in TABLES.values():
        if table not in (ORDER_LINES, REFUNDS):
            _pass_on(db, table, import_no)
    for table in TABLES.values():
        low, high, number = db.execute(
            f"SELECT coalesce(sum(row_hash & 0xffffffff), 0), coalesce(sum(row_hash >> 32), 0), count(*)"
            f" FROM {table.sql_name} WHERE import_no = ?",
            (import_no,),
        ).fetchone()
        if number:
            db.execute(f"DELETE FROM {table.sql_name} WHERE import_no = ?", (import_no,))
            sums[table.name] = added(sums.get(table.name, 0), [-(low + (high << 32))])
            gone[table.name] += number
    save_sums(db, sums)
    return gone


def _is_contested(db: sqlite3.Connection, tab: str, shop: int, key: str) -> bool:
    table = TABLES[tab]
    where = " AND ".join(f"{c} = ?" for c in table.key)
    row = db.execute(
        f"SELECT contested FROM {table.sql_name} WHERE shop = ? AND {where}", (shop, *typed_key(table, key))
    ).fetchone()
    return bool(row and row[0])


def _pass_on(db: sqlite3.Connection, table: Table, import_no: int) -> None:
    """Gives records that other imports state just the same to the first of those."""
    key = " || x'1f' || ".join(f"f.{c}" for c in table.key)
    heirs = db.execute(
        f"SELECT f.shop, {', '.join('f.' + c for c in table.key)}, c.import_no, c.lines, c.key"
        f" FROM {table.sql_name} f CROSS JOIN claims c ON c.tab = ? AND c.shop = f.shop AND c.key = {key}"
        f" JOIN imports i ON i.no = c.import_no WHERE f.import_no = ?"
        f" ORDER BY f.shop, c.key, i.taken_in DESC, c.import_no DESC",
        (table.name, import_no),
    ).fetchall()
    first = {(row[0], row[-1]): row for row in heirs}  # the last of each is the first taken in
    where = " AND ".join(f"{c} = ?" for c in table.key)
    for row in first.values():
        shop, values, (heir, lines, text) = row[0], row[1:-3], row[-3:]
        numbers = lines.split(",")
        db.execute(
            f"UPDATE {table.sql_name} SET import_no = ?, line = ? WHERE shop = ? AND {where}",
            (heir, int(numbers[0]), shop, *values),
        )
        if table is ORDERS:
            _pass_on_lines(db, shop, text, heir, numbers)
        forget_claim(db, table.name, shop, text, heir)


def _pass_on_lines(db: sqlite3.Connection, shop: int, order_id: str, heir: int, numbers: list[str]) -> None:
    keys = db.execute(
        "SELECT line_key FROM fact_order_lines WHERE shop = ? AND order_id = ? ORDER BY line_key", (shop, order_id)
    ).fetchall()
    for (line_key,), number in zip(keys, numbers[1:], strict=True):
        db.execute(
            "UPDATE fact_order_lines SET import_no = ?, line = ? WHERE shop = ? AND order_id = ? AND line_key = ?",
            (heir, int(number), shop, order_id, line_key),
        )
    db.execute(
        "UPDATE fact_refunds SET import_no = ?, line = ?"
        " WHERE shop = ? AND order_id = ? AND refund_id = 'order:' || order_id",
        (heir, int(numbers[0]), shop, order_id),
    )
