"""`merchant check --full` finds any change of what is stored, and says which check found it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from intake_tools import SHOP, digest, faults, order, taken

from merchant_cli.app import main
from merchant_cli.store.facts import TABLES


def spoil(store: Path, sql: str) -> None:
    with closing(sqlite3.connect(store)) as db:
        db.execute(sql)
        db.commit()


@pytest.fixture
def filled(store: Path, orders_file: Callable[..., Path]) -> Path:
    taken(store, [orders_file(order("#1"), order("#2"), day="20250305")])
    taken(store, [orders_file(order("#1", status="refunded", refunded="10.00"), order("#3"))])
    assert faults(store) == []
    return store


@pytest.mark.parametrize(
    "sql, check",
    [
        ("UPDATE fact_orders SET sold = sold + 1 WHERE order_id = '#3'", "hashes"),
        ("UPDATE fact_orders SET status = 'Paid' WHERE order_id = '#3'", "hashes"),
        ("UPDATE fact_order_lines SET title = 'Mag'", "hashes"),
        ("UPDATE fact_orders SET row_hash = row_hash + 1 WHERE order_id = '#3'", "sums"),
        ("DELETE FROM fact_order_lines WHERE order_id = '#2'", "sums"),
        ("UPDATE digests SET sum = sum + 1 WHERE tab = 'orders'", "sums"),
        ("UPDATE fact_orders SET import_no = 9 WHERE order_id = '#3'", "provenance"),
        ("UPDATE imports SET state = 'void' WHERE no = 2", "provenance"),
        ("DELETE FROM bodies", "claims"),
        ("INSERT INTO claims VALUES ('orders', 1, '#9', 1, '1', 0)", "claims"),
        ("DROP INDEX orders_open", "tables"),
        ("ALTER TABLE fact_orders ADD COLUMN more TEXT", "tables"),
    ],
)
def test_a_change_is_found(filled: Path, sql: str, check: str) -> None:
    spoil(filled, sql)
    assert check in [name for name, _ in faults(filled)]


def test_a_single_bit_of_any_value_is_found(store: Path) -> None:
    """One value of each filled column of the example shop's tables is changed in its last bit."""
    taken(store, [p for p in sorted(SHOP.iterdir()) if "Order" not in p.name])
    with closing(sqlite3.connect(store)) as db:
        for table in TABLES.values():
            for column in table.stated:
                if column in table.key:
                    continue
                db.execute("SAVEPOINT one")
                value = _flipped(column, integer=column in table.integers)
                first = f"SELECT {', '.join(table.key)} FROM {table.sql_name} WHERE {column} IS NOT NULL LIMIT 1"
                changed = db.execute(
                    f"UPDATE {table.sql_name} SET {column} = {value} WHERE ({', '.join(table.key)}) = ({first})"
                ).rowcount
                assert bool(changed) == bool(_hash_faults(db)), f"{table.name}.{column}"
                db.execute("ROLLBACK TO one")


def _flipped(column: str, *, integer: bool) -> str:
    if integer:
        return f"({column} | 1) - ({column} & 1)"
    return f"substr({column}, 1, length({column}) - 1) || char(unicode(substr({column}, -1)) + 1)"


def _hash_faults(db: sqlite3.Connection) -> list[str]:
    from merchant_cli.store.checks import hashes

    return list(hashes(db))


def test_the_command(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--digest"]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (digest(filled) + "\n", "")
    assert main(["check", "--full", "--json"]) == 0
    names = {row["check"]: row["state"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert set(names.values()) == {"ok"} and {"tables", "sums", "hashes", "provenance", "integrity"} <= set(names)
    spoil(filled, "UPDATE fact_orders SET sold = 1")
    assert main(["check"]) == 0, "the quick checks do not read values"
    assert main(["check", "--full"]) == 7
    assert "damaged" in capsys.readouterr().out


def test_a_store_that_does_not_exist_is_sound_and_not_created(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--full"]) == main(["check", "--digest"]) == main(["settle"]) == 0
    assert main(["imports"]) == main(["quarantine"]) == main(["importers"]) == 0
    assert not store.exists()
    capsys.readouterr()
