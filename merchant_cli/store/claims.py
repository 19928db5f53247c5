"""Keeps what imports claim: fast where a record has one claim, merged where it has several; undo and digest.

While a record has one claim only its fact row is stored. From the second on `claims` lists the further imports
that say the same; a record with claims of different content is `contested`: all its claims stand in `claims`,
their contents in `bodies`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from merchant_cli.store.facts import ORDER_LINES, ORDERS, REFUNDS, TABLES, Table
from merchant_cli.store.merge import Claim, Merged, merge_orders, merge_values
from merchant_cli.store.order_set import Finisher, Row
from merchant_cli.store.row_hash import added, row_hash

SEP = "\x1f"
_KEY_AT = {t.name: slice(1, 1 + len(t.key)) for t in TABLES.values()}
_STATED_AT = {t.name: slice(1, 1 + len(t.stated)) for t in TABLES.values()}


class Change(NamedTuple):
    """What a merge did to the rows of one table: how many are new, say something else, or went."""

    inserted: int = 0
    updated: int = 0
    gone: int = 0


Noted = Callable[[str, Merged, Sequence[Claim]], None]  # what a merge decided: key, result, claims


def key_at(table: Table) -> slice:
    """Where the key stands in a row of the table."""
    return _KEY_AT[table.name]


def forget_claim(db: sqlite3.Connection, tab: str, shop: int, key: str, import_no: int) -> None:
    db.execute(
        "DELETE FROM claims WHERE tab = ? AND shop = ? AND key = ? AND import_no = ?", (tab, shop, key, import_no)
    )


def insert_sql(table: Table, extra: str = "") -> str:
    marks = ", ".join("?" * len(table.all_columns))
    return f"INSERT INTO {table.sql_name} ({', '.join(table.all_columns)}) VALUES ({marks}) {extra}"


def hash_at(table: Table) -> int:
    return 1 + len(table.business) + 2


def key_of(table: Table, row: Sequence[Any]) -> str:
    return SEP.join(map(str, row[_KEY_AT[table.name]]))


# --- stored records and their bodies ---


def numbers_of(order: Row, lines: Sequence[Row]) -> str:
    """The file lines of an order set: the order's own first, then those of its lines by line_key."""
    if len(lines) == 1:
        return f"{order[-4]},{lines[0][-3]}"
    return ",".join([str(order[-4]), *[str(line[-3]) for line in lines]])


def load_order(db: sqlite3.Connection, shop: int, order_id: str) -> tuple[Row, list[Row]]:
    """The stored rows of one order and of its lines, in the order of line_key."""
    columns = ", ".join(ORDERS.all_columns)
    order = db.execute(
        f"SELECT {columns} FROM fact_orders WHERE shop = ? AND order_id = ?", (shop, order_id)
    ).fetchone()
    columns = ", ".join(ORDER_LINES.all_columns)
    lines = db.execute(
        f"SELECT {columns} FROM fact_order_lines WHERE shop = ? AND order_id = ? ORDER BY line_key", (shop, order_id)
    ).fetchall()
    return order, lines


def load_row(db: sqlite3.Connection, table: Table, shop: int, key: Sequence[Any]) -> Row:
    where = " AND ".join(f"{c} = ?" for c in table.key)
    columns = ", ".join(table.all_columns)
    row: Row = db.execute(f"SELECT {columns} FROM {table.sql_name} WHERE shop = ? AND {where}", (shop, *key)).fetchone()
    return row


def order_body(order: Row, lines: Sequence[Row]) -> str:
    """What a claim says about an order: its stated columns and those of its lines."""
    return json.dumps(
        [order[_STATED_AT["orders"]], [r[_STATED_AT["order_lines"]] for r in lines]],
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip


def row_body(table: Table, row: Row) -> str:
    return json.dumps(row[_STATED_AT[table.name]], ensure_ascii=False, separators=(",", ":"))


def load_claims(db: sqlite3.Connection, tab: str, shop: int, key: str) -> list[Claim]:
    """All live claims of a contested record."""
    rows = db.execute(
        "SELECT c.import_no, c.lines, c.hash, b.body, i.as_of, i.as_of_from, i.taken_in, i.columns"
        " FROM claims c JOIN bodies b ON b.hash = c.hash JOIN imports i ON i.no = c.import_no"
        " WHERE c.tab = ? AND c.shop = ? AND c.key = ?",
        (tab, shop, key),
    )
    table, found = TABLES[tab], []
    for number, lines, hashed, body, as_of, as_of_from, taken_in, columns in rows:
        said = json.loads(body)
        claim = Claim(
            number, (as_of, taken_in, number), as_of_from != "rows", [int(n) for n in lines.split(",")],
            {}, None, frozenset(json.loads(columns)), hashed,
        )  # fmt: skip
        if tab == "orders":
            claim.values = dict(zip(table.stated, said[0], strict=True))
            claim.lines = [dict(zip(ORDER_LINES.stated, one, strict=True)) for one in said[1]] or None
        else:
            claim.values = dict(zip(table.stated, said, strict=True))
        found.append(claim)
    return found


# --- merging again ---


def remerge(
    db: sqlite3.Connection, tab: str, shop: int, key: str, finisher: Finisher, zone: str, sums: dict[str, int],
    noted: Noted | None = None,
) -> dict[str, Change]:  # fmt: skip
    """Writes the merge of a record's live claims; returns what changed, by table. Uncontested again: folded."""
    claims = load_claims(db, tab, shop, key)
    settled = len({c.hash for c in claims}) == 1
    if tab == "orders":
        changes = _remerge_order(db, shop, key, claims, finisher, zone, sums, settled, noted)
    else:
        changes = {tab: _remerge_row(db, TABLES[tab], shop, key, claims, finisher, sums, settled)}
    if settled:
        first = min(claims, key=lambda c: c.rank[1:])
        forget_claim(db, tab, shop, key, first.import_no)
        drop_bodies(db, {first.hash})
    return changes


def _remerge_order(
    db: sqlite3.Connection, shop: int, order_id: str, claims: list[Claim], finisher: Finisher, zone: str,
    sums: dict[str, int], settled: bool, noted: Noted | None,
) -> dict[str, Change]:  # fmt: skip
    if settled:
        claims = [min(claims, key=lambda c: c.rank[1:])]
    merged = merge_orders(claims, zone)
    if noted:
        noted(order_id, merged, claims)
    order, lines, refunds = finisher.finish(
        merged.values, merged.lines, merged.import_no, merged.line, merged.lines_at,
        lines_import=merged.lines_import, refund_day=merged.refund_day, contested=0 if settled else 1,
        claim=claims[0].hash if settled else 0,
    )  # fmt: skip
    rows = ((ORDERS, [order]), (ORDER_LINES, lines), (REFUNDS, refunds))
    return {table.name: _replace_rows(db, table, shop, order_id, new, sums) for table, new in rows}


def _replace_rows(
    db: sqlite3.Connection, table: Table, shop: int, order_id: str, rows: Sequence[Row], sums: dict[str, int]
) -> Change:
    """Makes `rows` those of an order in one table of its set; returns what changed."""
    keys = ", ".join(table.key)
    where = "shop = ? AND order_id = ?" + (" AND refund_id = 'order:' || order_id" if table is REFUNDS else "")
    stored = {
        tuple(found[4:]): found[:4]
        for found in db.execute(
            f"SELECT import_no, line, row_hash, contested, {keys} FROM {table.sql_name} WHERE {where}", (shop, order_id)
        )
    }
    at, change, inserted, updated, written = hash_at(table), 0, 0, 0, []
    for row in rows:
        known = stored.pop(row[key_at(table)], None)
        if known is None:
            inserted += 1
            change += row[at]
        elif known[2] != row[at]:
            updated += 1
            change += row[at] - known[2]
        if known != row[at - 2 : at + 2]:
            written.append(row)
    if written:
        db.executemany(insert_sql(table).replace("INSERT", "INSERT OR REPLACE", 1), written)
    for key, known in stored.items():
        each = " AND ".join(f"{c} = ?" for c in table.key)
        db.execute(f"DELETE FROM {table.sql_name} WHERE shop = ? AND {each}", (shop, *key))
        change -= known[2]
    sums[table.name] = added(sums.get(table.name, 0), [change])
    return Change(inserted, updated, len(stored))


def _remerge_row(
    db: sqlite3.Connection, table: Table, shop: int, key: str, claims: list[Claim], finisher: Finisher,
    sums: dict[str, int], settled: bool,
) -> Change:  # fmt: skip
    if settled:
        claims = [min(claims, key=lambda c: c.rank[1:])]
    top = max(claims, key=lambda c: c.rank)
    merged = merge_values(claims)
    values = tuple(merged.get(c) for c in table.stated)
    stored = load_row(db, table, shop, typed_key(table, key))
    hashed = row_hash(_name_of(db, shop, finisher), values)
    row = (shop, *values, top.import_no, top.at[0], hashed, 0 if settled else 1)
    db.execute(insert_sql(table).replace("INSERT", "INSERT OR REPLACE", 1), row)
    before = stored[hash_at(table)]
    sums[table.name] = added(sums.get(table.name, 0), [hashed, -before])
    return Change(updated=int(before != hashed))


def _name_of(db: sqlite3.Connection, shop: int, finisher: Finisher) -> str:
    """The name of the record's shop, which rows of an own sheet tell themselves; '' for the merchant himself."""
    if shop == 0 or shop == finisher.shop_no:
        return finisher.shop if shop else ""
    return str(db.execute("SELECT shop FROM shops WHERE no = ?", (shop,)).fetchone()[0])


def typed_key(table: Table, key: str) -> list[Any]:
    return [int(v) if c in table.integers else v for c, v in zip(table.key, key.split(SEP), strict=True)]


def drop_bodies(db: sqlite3.Connection, hashes: set[int]) -> None:
    """Forgets contents that no claim refers to any more."""
    for hashed in hashes:
        db.execute(
            "DELETE FROM bodies WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.hash = bodies.hash)",
            (hashed,),
        )
