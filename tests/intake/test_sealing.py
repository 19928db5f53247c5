"""Imports older than the last hundred and than ninety days are sealed: they stay, and are no longer undone singly."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from intake_tools import ORDERS_HEAD, digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.basics.problems import Problem
from merchant_cli.intake import again
from merchant_cli.store import seal

STATES = "SELECT no, state FROM imports ORDER BY no"
CLAIMS = "SELECT (SELECT count(*) FROM claims), (SELECT count(*) FROM bodies)"
DAY = 86400


@pytest.fixture(autouse=True)
def last_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the last three imports are kept from being sealed, so that a test needs no hundred files."""
    assert (seal.LAST, seal.DAYS) == (100, 90)
    monkeypatch.setattr(seal, "LAST", 3)


def exported(folder: Path, day: int, *rows: str) -> Path:
    path = folder / f"orders_export_202503{day:02d}.csv"
    path.write_text(ORDERS_HEAD + "".join(rows), encoding="utf-8")
    return path


def age(store: Path, number: int, days: int) -> None:
    """Makes an import one that was taken in so many days ago."""
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("UPDATE imports SET taken_in = taken_in - ? WHERE no = ?", (days * DAY, number))


def notes(store: Path, path: Path) -> list[str]:
    [receipt] = taken(store, [path])
    return [note.show("en") for note in receipt.notes if note.code == "sealed"]


def test_what_is_old_is_sealed_when_the_next_file_comes(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = exported(tmp_path, 5, order("#1"), order("#2"))
    taken(store, [first])
    age(store, 1, 91)
    for day in (6, 7):
        assert notes(store, exported(tmp_path, day, order(f"#{day}"))) == []
    before = digest(store)
    assert query(store, STATES) == [(1, "applied"), (2, "applied"), (3, "applied")], "one of the last three"
    said = notes(store, exported(tmp_path, 8, order("#8")))
    assert said == ["1 old import is sealed and can no longer be taken back: 1."]
    assert query(store, STATES)[0] == (1, "sealed") and query(store, STATES)[1:] == [(n, "applied") for n in (2, 3, 4)]
    assert notes(store, exported(tmp_path, 9, order("#9"))) == [], "import 2 is old by number, and of today"

    assert main(["undo", "1"]) == 2
    assert "import-sealed" in capsys.readouterr().err
    with pytest.raises(Problem, match="import-sealed"):
        again.redo(store, 1)
    assert main(["imports", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["import"]: row["state"] for row in rows}[1] == "sealed"
    for number in (5, 4):
        assert again.undo(store).number == number, "undo without a number goes by what can be undone"
    assert digest(store) == before and faults(store) == []


def test_the_same_file_again_changes_nothing(store: Path, tmp_path: Path) -> None:
    first = exported(tmp_path, 5, order("#1"))
    taken(store, [first])
    age(store, 1, 91)
    for day in (6, 7, 8):
        taken(store, [exported(tmp_path, day, order(f"#{day}"))])
    assert query(store, STATES)[0] == (1, "sealed")
    before = digest(store)
    [receipt] = taken(store, [first])
    assert (receipt.state, receipt.number, digest(store)) == ("already imported", 1, before)
    assert main(["import", str(first), "--exported", "2025-03-20"]) == 2, "another date would be another import"
    assert digest(store) == before


def test_a_preview_seals_nothing(store: Path, tmp_path: Path) -> None:
    for day in (5, 6, 7):
        taken(store, [exported(tmp_path, day, order(f"#{day}"))])
    age(store, 1, 91)
    [receipt] = taken(store, [exported(tmp_path, 8, order("#8"))], dry_run=True)
    assert "sealed" not in [note.code for note in receipt.notes]
    assert query(store, STATES)[0] == (1, "applied")


def test_claims_are_folded_and_the_next_files_meet_the_same_store(store: Path, tmp_path: Path) -> None:
    """Fifteen exports of one order: of the sealed ones only those are kept that can still decide something."""
    states = ["pending", "paid", "paid", "partially_refunded", "refunded"]
    files = []
    for n in range(15):
        refunded = {"partially_refunded": "4.00", "refunded": "10.00"}.get(states[min(n // 3, 4)], "")
        row = order("#1", status=states[min(n // 3, 4)], refunded=refunded)
        files.append(exported(tmp_path, n + 1, row, order("#2"), order(f"#1{n}", day="2025-03-01")))
    plain = store.with_name("plain.db")
    for n, path in enumerate(files, 1):
        taken(plain, [path])
        taken(store, [path])
        age(store, n, 91)
        assert digest(store) == digest(plain)
    assert [state for _, state in query(store, STATES)].count("sealed") == 12
    assert query(plain, CLAIMS) == [(15 + 14, 4)]
    claims, bodies = query(store, CLAIMS)[0]
    assert claims < 14 and bodies <= 4
    assert faults(store) == []
    for late in (
        [exported(tmp_path, 3, order("#1", total="11.00"), order("#2", status="voided"))],
        [exported(tmp_path, 31, order("#1", status="pending"), order("#2", refunded="1.00"))],
    ):
        taken(store, late)
        taken(plain, late)
        assert digest(store) == digest(plain)
    for number in (17, 16, 15):
        again.undo(store, number)
        again.undo(plain, number)
        assert digest(store) == digest(plain)
    assert faults(store) == []


def test_rows_of_a_sealed_import_wait_on(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = order("#2").replace("2025-03-01 10:00:00 +0000", "yesterday")
    taken(store, [exported(tmp_path, 5, order("#1"), bad)])
    age(store, 1, 91)
    for day in (6, 7, 8):
        taken(store, [exported(tmp_path, day, order(f"#{day}"))])
    assert query(store, STATES)[0] == (1, "sealed")
    assert main(["quarantine", "--json"]) == 0
    assert [row["import"] for row in json.loads(capsys.readouterr().out)["rows"]] == [1]


def test_a_sealed_cost_may_be_stated_again(store: Path, tmp_path: Path) -> None:
    head = "SKU,Unit cost,Currency,Valid from\n"
    for name, cost in (("a", "10"), ("b", "12"), ("c", "13"), ("d", "14")):
        (tmp_path / f"{name}.csv").write_text(f"{head}A-1,{cost},CNY,2025-01-01\n", encoding="utf-8")
        [receipt] = taken(store, [tmp_path / f"{name}.csv"])
        age(store, receipt.number or 0, 100)
    assert query(store, STATES)[0] == (1, "sealed")
    [receipt] = taken(store, [tmp_path / "a.csv"])
    assert (receipt.state, receipt.number) == ("applied", 5)
    assert query(store, "SELECT cost FROM fact_costs") == [(1000,)]
    assert taken(store, [tmp_path / "a.csv"])[0].state == "already imported"
    assert faults(store) == []


def test_a_store_that_was_never_sealed_is_not_sealed_in_one_go(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "AT_ONCE", 2)
    for day in range(1, 8):
        taken(store, [exported(tmp_path, day, order(f"#{day}"))])
        age(store, day, 0)
    for number in range(1, 7):
        age(store, number, 100)
    assert notes(store, exported(tmp_path, 8, order("#8"))) == [
        "2 old imports are sealed and can no longer be taken back: 1–2."
    ]
    taken(store, [exported(tmp_path, 9, order("#9"))])
    assert [number for number, state in query(store, STATES) if state == "sealed"] == [1, 2, 3, 4]
