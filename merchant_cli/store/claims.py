"""Keeps what imports claim: fast where a record has one claim, merged where it has several; undo and digest.

While a record has one claim only its fact row is stored. From the second on `claims` lists the further imports
that say the same; a record with claims of different content is `contested`: all its claims stand in `claims`,
their contents in `bodies`.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from merchant_cli.store.facts import ORDER_LINES, ORDER_SET, ORDERS, REFUNDS, TABLES, Table
from merchant_cli.store.insert import Inserter
from merchant_cli.store.merge import Claim, Merged, merge_orders, merge_values
from merchant_cli.store.order_set import Finisher, Row
from merchant_cli.store.row_hash import added, row_hash

SEP = "\x1f"
_KEY_AT = {t.name: slice(1, 1 + len(t.key)) for t in TABLES.values()}
_STATED_AT = {t.name: slice(1, 1 + len(t.stated)) for t in TABLES.values()}


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


def insert_sql(table: Table, extra: str = "") -> str:
    marks = ", ".join("?" * len(table.all_columns))
    return f"INSERT INTO {table.sql_name} ({', '.join(table.all_columns)}) VALUES ({marks}) {extra}"


def hash_at(table: Table) -> int:
    return 1 + len(table.business) + 2


def key_of(table: Table, row: Sequence[Any]) -> str:
    return SEP.join(map(str, row[_KEY_AT[table.name]]))


class Keeper:
    """Stores the records of one import of one shop, inside the caller's transaction."""

    def __init__(self, db: sqlite3.Connection, import_no: int, finisher: Finisher, zone: str) -> None:
        self.db, self.import_no, self.finisher, self.zone = db, import_no, finisher, zone
        self.shop_no, self.shop = finisher.shop_no, finisher.shop
        self.tally = Tally()
        self.inserter = Inserter(db)
        self.sums: dict[str, int] = {}
        self.pending: dict[tuple[str, str], int] = {}  # record in `touched` → number of the file's rows
        self.meeting = bool(db.execute("SELECT 1 FROM fact_orders WHERE shop = ? LIMIT 1", (self.shop_no,)).fetchone())
        db.execute("CREATE TEMP TABLE IF NOT EXISTS met (key TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS touched (tab TEXT, shop INTEGER, key TEXT, file_rows INTEGER,"
            " PRIMARY KEY (tab, shop, key)) WITHOUT ROWID"
        )
        db.execute("DELETE FROM touched")

    # --- orders with their lines ---

    def put_sets(self, orders: list[Row], lines: list[Row], refunds: list[Row], file_rows: list[int]) -> Counter[str]:
        """Stores finished order sets; returns how many file rows were inserted, unchanged (or are pending)."""
        if not self.meeting and self._put_all_new(orders, lines, refunds):
            return Counter(inserted=sum(file_rows))
        self.meeting = True
        known = self._meet([row[1] for row in orders])
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
        same = []
        for order, rows in zip(orders, file_rows, strict=True):
            order_id = order[1]
            if order_id in fresh:
                outcome["inserted"] += rows
                continue
            import_no, claim, contested = known[order_id]
            if import_no == self.import_no and not contested:
                raise Scattered
            own = at[order_id]
            numbers = _numbers(order, own)
            if contested or claim != order[-1]:
                self._contest_order(order, own, numbers, contested, rows)
            else:
                same.append(("orders", self.shop_no, order_id, self.import_no, numbers, claim))
                outcome["unchanged"] += rows
                self.tally.by_table["orders"]["unchanged"] += 1
                self.tally.by_table["order_lines"]["unchanged"] += len(own)
        self.tally.common_orders += len(orders) - len(fresh)
        self._claim(same)
        return outcome

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

    def _meet(self, ids: list[str]) -> dict[str, tuple[int, int, int]]:
        """Which of the orders are stored: id → (import, claim hash, contested)."""
        self.db.execute("DELETE FROM met")
        self.db.executemany("INSERT OR IGNORE INTO met VALUES (?)", [(i,) for i in ids])
        if len(set(ids)) < len(ids):
            raise Scattered
        rows = self.db.execute(
            "SELECT f.order_id, f.import_no, f.claim_hash, f.contested FROM met m CROSS JOIN fact_orders f"
            " ON f.shop = ? AND f.order_id = m.key",
            (self.shop_no,),
        )
        return {order_id: (number, claim, contested) for order_id, number, claim, contested in rows}

    def _contest_order(self, order: Row, lines: list[Row], numbers: str, contested: int, rows: int) -> None:
        order_id = order[1]
        if not contested:
            stored, stored_lines = load_order(self.db, self.shop_no, order_id)
            check_same_order(stored, order)
            first = _numbers(stored, stored_lines)
            self._body(stored[-1], order_body(stored, stored_lines))
            self._claim([("orders", self.shop_no, order_id, stored[-5], first, stored[-1])])
            self.db.execute(
                "UPDATE fact_orders SET contested = 1 WHERE shop = ? AND order_id = ?", (self.shop_no, order_id)
            )
        elif self.db.execute(
            "SELECT 1 FROM claims WHERE tab = 'orders' AND shop = ? AND key = ? AND import_no = ?",
            (self.shop_no, order_id, self.import_no),
        ).fetchone():
            raise Scattered
        self._body(order[-1], order_body(order, lines))
        self._claim([("orders", self.shop_no, order_id, self.import_no, numbers, order[-1])])
        self.db.execute("INSERT INTO touched VALUES ('orders', ?, ?, ?)", (self.shop_no, order_id, rows))

    # --- rows of other tables ---

    def put_rows(self, table: Table, rows: list[Row]) -> list[str]:
        """Stores finished rows (unique keys); returns inserted, unchanged or pending for each."""
        shop = rows[0][0] if rows else 0
        where = " AND ".join(f"{c} = ?" for c in table.key)
        look = f"SELECT import_no, row_hash, contested FROM {table.sql_name} WHERE shop = ? AND {where}"
        outcomes, fresh, same = [], [], []
        at = hash_at(table)
        for row in rows:
            known = self.db.execute(look, (shop, *row[_KEY_AT[table.name]])).fetchone()
            if known is None:
                fresh.append(row)
                outcomes.append("inserted")
                continue
            key = key_of(table, row)
            if known[2] or known[1] != row[at]:
                self._contest_row(table, row, key, known[2])
                outcomes.append("pending")
            else:
                same.append((table.name, shop, key, self.import_no, str(row[at - 1]), row[at]))
                outcomes.append("unchanged")
                self.tally.by_table[table.name]["unchanged"] += 1
        self._insert(table, fresh)
        self._claim(same)
        return outcomes

    def _contest_row(self, table: Table, row: Row, key: str, contested: int) -> None:
        shop, at = row[0], hash_at(table)
        if not contested:
            stored = load_row(self.db, table, shop, row[_KEY_AT[table.name]])
            self._body(stored[at], row_body(table, stored))
            self._claim([(table.name, shop, key, stored[at - 2], str(stored[at - 1]), stored[at])])
            where = " AND ".join(f"{c} = ?" for c in table.key)
            self.db.execute(
                f"UPDATE {table.sql_name} SET contested = 1 WHERE shop = ? AND {where}",
                (shop, *row[_KEY_AT[table.name]]),
            )
        self._body(row[at], row_body(table, row))
        self._claim([(table.name, shop, key, self.import_no, str(row[at - 1]), row[at])])
        self.db.execute("INSERT OR IGNORE INTO touched VALUES (?, ?, ?, 1)", (table.name, shop, key))

    # --- at the end of the file ---

    def merge_touched(self) -> Iterable[tuple[str, str, str, int]]:
        """Merges every record that other imports speak of differently: yields (table, key, outcome, file rows)."""
        touched = self.db.execute("SELECT tab, shop, key, file_rows FROM touched ORDER BY tab, shop, key").fetchall()
        for tab, shop, key, file_rows in touched:
            changed = remerge(self.db, tab, shop, key, self.finisher, self.zone, self.sums, self)
            outcome = "updated" if changed else "unchanged"
            self.tally.by_table[tab][outcome] += 1
            yield tab, key, outcome, file_rows

    def note_merged(self, key: str, merged: Merged, claims: Sequence[Claim]) -> None:
        """Counts what this import said and lost, for the receipt."""
        for claim in claims:
            if claim.import_no == self.import_no and not claim.dated:
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

    def _claim(self, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self.db.executemany("INSERT OR REPLACE INTO claims VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _body(self, hashed: int, body: str) -> None:
        self.db.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?)", (hashed, body))


# --- stored records and their bodies ---


def _numbers(order: Row, lines: Sequence[Row]) -> str:
    """The file lines of an order set: the order's own first, then those of its lines by line_key."""
    return ",".join([str(order[-4]), *[str(line[-3]) for line in lines]])


def load_order(db: sqlite3.Connection, shop: int, order_id: str) -> tuple[Row, list[Row]]:
    """The stored rows of one order and of its lines, in the order of line_key."""
    columns = ", ".join(ORDERS.all_columns)
    order = db.execute(f"SELECT {columns} FROM fact_orders WHERE shop = ? AND order_id = ?", (shop, order_id)).fetchone()
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
    keeper: Keeper | None = None,
) -> bool:  # fmt: skip
    """Writes the merge of a record's live claims; returns whether its content changed. Uncontested again: folded."""
    claims = load_claims(db, tab, shop, key)
    settled = len({c.hash for c in claims}) == 1
    if tab == "orders":
        changed = _remerge_order(db, shop, key, claims, finisher, zone, sums, settled, keeper)
    else:
        changed = _remerge_row(db, TABLES[tab], shop, key, claims, finisher, sums, settled)
    if settled:
        first = min(claims, key=lambda c: c.rank[1:])
        db.execute(
            "DELETE FROM claims WHERE tab = ? AND shop = ? AND key = ? AND import_no = ?", (tab, shop, key, first.import_no)
        )
        _drop_bodies(db, {first.hash})
    return changed


def _remerge_order(
    db: sqlite3.Connection, shop: int, order_id: str, claims: list[Claim], finisher: Finisher, zone: str,
    sums: dict[str, int], settled: bool, keeper: Keeper | None,
) -> bool:  # fmt: skip
    if settled:
        claims = [min(claims, key=lambda c: c.rank[1:])]
    merged = merge_orders(claims, zone)
    if keeper:
        keeper.note_merged(order_id, merged, claims)
    order, lines, refunds = finisher.finish(
        merged.values, merged.lines, merged.import_no, merged.line, merged.lines_at,
        lines_import=merged.lines_import, refund_day=merged.refund_day, contested=0 if settled else 1,
    )  # fmt: skip
    before = _take_out_order(db, shop, order_id, sums)
    new = ((ORDERS, [order]), (ORDER_LINES, lines), (REFUNDS, refunds))
    for table, rows in new:
        if rows:
            db.executemany(insert_sql(table), rows)
            sums[table.name] = added(sums.get(table.name, 0), [r[hash_at(table)] for r in rows])
    return before != {t.name: sorted(r[hash_at(t)] for r in rows) for t, rows in new}


def _take_out_order(db: sqlite3.Connection, shop: int, order_id: str, sums: dict[str, int]) -> dict[str, list[int]]:
    """Deletes the rows of an order set; returns their hashes by table."""
    taken = {}
    for table in ORDER_SET:
        where = "shop = ? AND order_id = ?" + (" AND refund_id = 'order:' || order_id" if table is REFUNDS else "")
        hashes = [h for (h,) in db.execute(f"SELECT row_hash FROM {table.sql_name} WHERE {where}", (shop, order_id))]
        db.execute(f"DELETE FROM {table.sql_name} WHERE {where}", (shop, order_id))
        sums[table.name] = added(sums.get(table.name, 0), [-h for h in hashes])
        taken[table.name] = sorted(hashes)
    return taken


def _remerge_row(
    db: sqlite3.Connection, table: Table, shop: int, key: str, claims: list[Claim], finisher: Finisher,
    sums: dict[str, int], settled: bool,
) -> bool:  # fmt: skip
    if settled:
        claims = [min(claims, key=lambda c: c.rank[1:])]
    top = max(claims, key=lambda c: c.rank)
    merged = merge_values(claims)
    values = tuple(merged.get(c) for c in table.stated)
    stored = load_row(db, table, shop, _typed_key(table, key))
    hashed = row_hash(finisher.shop if shop else "", values)
    row = (shop, *values, top.import_no, top.at[0], hashed, 0 if settled else 1)
    db.execute(insert_sql(table).replace("INSERT", "INSERT OR REPLACE", 1), row)
    before = stored[hash_at(table)]
    sums[table.name] = added(sums.get(table.name, 0), [hashed, -before])
    return bool(before != hashed)


def _typed_key(table: Table, key: str) -> list[Any]:
    return [int(v) if c in table.integers else v for c, v in zip(table.key, key.split(SEP), strict=True)]


# --- undo ---


def void(db: sqlite3.Connection, import_no: int, finisher: Finisher, zone: str) -> Counter[str]:
    """Takes an import's claims out of the store; returns how many records went or changed, by table."""
    sums: dict[str, int] = {}
    gone: Counter[str] = Counter()
    own = db.execute("SELECT tab, shop, key, hash FROM claims WHERE import_no = ?", (import_no,)).fetchall()
    contested = [(tab, shop, key) for tab, shop, key, _ in own if _is_contested(db, tab, shop, key)]
    db.execute("DELETE FROM claims WHERE import_no = ?", (import_no,))
    for tab, shop, key in contested:
        gone[tab] += remerge(db, tab, shop, key, finisher, zone, sums)
    _drop_bodies(db, {h for *_, h in own})
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
        f"SELECT contested FROM {table.sql_name} WHERE shop = ? AND {where}", (shop, *_typed_key(table, key))
    ).fetchone()
    return bool(row and row[0])


def _drop_bodies(db: sqlite3.Connection, hashes: set[int]) -> None:
    """Forgets contents that no claim refers to any more."""
    for hashed in hashes:
        db.execute(
            "DELETE FROM bodies WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.hash = bodies.hash)",
            (hashed,),
        )


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
        db.execute(
            "DELETE FROM claims WHERE tab = ? AND shop = ? AND key = ? AND import_no = ?", (table.name, shop, text, heir)
        )


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
        "UPDATE fact_refunds SET import_no = ?, line = ? WHERE shop = ? AND order_id = ? AND refund_id = 'order:' || order_id",
        (heir, int(numbers[0]), shop, order_id),
    )


# --- digest ---


def save_sums(db: sqlite3.Connection, sums: dict[str, int]) -> None:
    """Adds changes of row-hash sums to the stored ones."""
    for tab, change in sums.items():
        row = db.execute("SELECT sum FROM digests WHERE tab = ?", (tab,)).fetchone()
        db.execute("INSERT OR REPLACE INTO digests VALUES (?, ?)", (tab, added(row[0] if row else 0, [change])))


def stored_digest(db: sqlite3.Connection) -> str:
    """The store's logical digest from the sums kept beside the rows: equal stores, equal text."""
    sums = dict(db.execute("SELECT tab, sum FROM digests").fetchall())
    return _digest(sums)


def computed_digest(db: sqlite3.Connection) -> str:
    """The same digest from the row hashes themselves."""
    sums = {}
    for table in TABLES.values():
        low, high = db.execute(
            "SELECT coalesce(sum(row_hash & 0xffffffff), 0), coalesce(sum(row_hash >> 32), 0) FROM " + table.sql_name
        ).fetchone()
        sums[table.name] = added(0, [low + (high << 32)])
    return _digest(sums)


def _digest(sums: dict[str, int]) -> str:
    from hashlib import blake2b

    text = "\n".join(f"{tab} {sums.get(tab, 0)}" for tab in sorted(TABLES))
    return blake2b(text.encode(), digest_size=16).hexdigest()
