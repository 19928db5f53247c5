"""A later reading of the same bytes replaces the earlier one; taking it back brings the earlier one back."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from intake_tools import digest, faults, order, query, taken

from merchant_cli.app import main
from merchant_cli.intake import again

STATES = "SELECT no, state FROM imports ORDER BY no"
MAPPING = """
platform = "own"
shop = "own/market"
kind = "orders"
known_by = ["Slip", "Thing"]
[[into]]
[into.orders]
order_id = {{ kind = "id", names = ["Slip"], required = true }}
placed = {{ kind = "moment", names = ["Day"] }}
currency = {{ constant = "EUR" }}
status = {{ constant = "completed" }}
[into.order_lines]
code = {{ kind = "id", names = ["Thing"] }}
units = {{ kind = "count", names = ["{units}"] }}
listed = {{ kind = "money", names = ["Taken"] }}
"""


def till(folder: Path) -> tuple[Path, Callable[[str], Path]]:
    """A sheet of one's own, and its mapping `till.toml` with the units read from another column."""
    path = folder / "till.csv"
    path.write_text("Day,Slip,Thing,Pieces,Boxes,Taken\n2025-03-01,7,A-1,6,2,9.00\n", encoding="utf-8")

    def mapped(units: str) -> Path:
        (folder / units).mkdir(exist_ok=True)
        mapping = folder / units / "till.toml"
        mapping.write_text(MAPPING.format(units=units), encoding="utf-8")
        return mapping

    return path, mapped


def units(store: Path) -> list[Any]:
    return [row[0] for row in query(store, "SELECT units FROM fact_order_lines ORDER BY units")]


def test_undo_of_a_replacement_brings_the_replaced_one_back(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, mapped = till(tmp_path)
    assert main(["import", str(path), "--map", str(mapped("Pieces"))]) == 0
    pieces = digest(store)
    assert main(["import", str(path), "--map", str(mapped("Boxes"))]) == 0
    boxes = digest(store)
    assert query(store, STATES) == [(1, "replaced"), (2, "applied")]

    capsys.readouterr()
    assert main(["undo"]) == 0
    assert "mport 1" in capsys.readouterr().out
    assert query(store, STATES) == [(1, "applied"), (2, "void")]
    assert (digest(store), units(store)) == (pieces, [6])
    assert main(["redo"]) == 0
    assert query(store, STATES) == [(1, "replaced"), (2, "applied")]
    assert (digest(store), units(store)) == (boxes, [2])

    assert main(["redo", "1"]) == 0, "the earlier reading may take its turn again"
    assert query(store, STATES) == [(1, "applied"), (2, "replaced")]
    assert digest(store) == pieces
    capsys.readouterr()
    assert main(["undo", "1", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["import"], said["state"], said["brought_back"]) == (1, "void", 2)
    assert digest(store) == boxes
    assert main(["undo"]) == 0
    assert query(store, STATES) == [(1, "void"), (2, "void")], "what was taken back stays so"
    assert units(store) == []
    assert faults(store) == []


def test_another_date_is_taken_back_too(store: Path, orders_file: Callable[..., Path]) -> None:
    path = orders_file(order("#1"), order("#2", total="5.00"))
    assert main(["import", str(path), "--quiet"]) == 0
    other = orders_file(order("#1", status="refunded", refunded="10.00"), day="20250312")
    assert main(["import", str(other), "--quiet"]) == 0
    before = query(store, "SELECT no, state, as_of, as_of_from, taken_in FROM imports")
    both = digest(store)
    assert main(["import", str(path), "--exported", "2025-03-14", "--quiet"]) == 0
    redated = digest(store)
    assert main(["undo", "--quiet"]) == 0
    assert query(store, "SELECT no, state, as_of, as_of_from, taken_in FROM imports WHERE no < 3") == before
    assert digest(store) == both
    assert main(["undo", "--quiet"]) == 0
    assert query(store, STATES) == [(1, "applied"), (2, "void"), (3, "void")], "the newest of those that live"
    assert main(["redo", "3", "--quiet"]) == main(["redo", "2", "--quiet"]) == 0
    assert digest(store) == redated
    assert faults(store) == []


def test_the_same_bytes_are_never_live_twice(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, mapped = till(tmp_path)
    for column in ("Pieces", "Boxes"):
        assert main(["import", str(path), "--map", str(mapped(column))]) == 0
    assert main(["undo"]) == 0
    assert main(["import", str(path), "--map", str(mapped("Pieces"))]) == 0
    assert query(store, STATES) == [(1, "applied"), (2, "void")], "the reading that is live again"
    assert main(["import", str(path), "--map", str(mapped("Boxes"))]) == 0
    assert query(store, STATES) == [(1, "replaced"), (2, "applied")], "a redo under the old number"
    assert main(["import", str(path), "--map", str(mapped("Taken"))]) == 0
    assert query(store, STATES) == [(1, "replaced"), (2, "replaced"), (3, "applied")]
    for expected in ([2], [6], []):
        assert main(["undo"]) == 0
        assert units(store) == expected
    capsys.readouterr()


def test_a_cost_said_again_is_taken_back(store: Path, tmp_path: Path) -> None:
    head = "SKU,Unit cost,Currency,Valid from\n"
    for name, cost in (("a", "10"), ("b", "12")):
        (tmp_path / f"{name}.csv").write_text(f"{head}A-1,{cost},CNY,2025-01-01\n", encoding="utf-8")
    for name in ("a", "b", "a"):
        assert main(["import", str(tmp_path / f"{name}.csv"), "--quiet"]) == 0
    cost = "SELECT cost FROM fact_costs"
    assert query(store, STATES) == [(1, "replaced"), (2, "applied"), (3, "applied")]
    assert query(store, cost) == [(1000,)]
    assert main(["undo", "--quiet"]) == 0
    assert query(store, cost) == [(1200,)]
    assert main(["undo", "2", "--quiet"]) == 0
    assert query(store, cost) == [(1000,)]
    assert main(["redo", "3", "--quiet"]) == main(["redo", "2", "--quiet"]) == 0
    assert query(store, cost) == [(1000,)]
    assert main(["undo", "3", "--quiet"]) == 0
    assert query(store, cost) == [(1200,)]
    assert faults(store) == []


def test_undo_works_without_the_original(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, mapped = till(tmp_path)
    for column in ("Pieces", "Boxes"):
        assert main(["import", str(path), "--map", str(mapped(column))]) == 0
    for kept in store.with_name(store.name + ".files").iterdir():
        kept.unlink()
    capsys.readouterr()
    assert main(["undo"]) == 0
    said = capsys.readouterr()
    assert "mport 1" in said.out + said.err and str(path) in said.out + said.err
    assert query(store, STATES) == [(1, "void"), (2, "void")]
    assert main(["import", str(path), "--map", str(mapped("Pieces"))]) == 0
    assert query(store, STATES) == [(1, "applied"), (2, "void")], "it gets its old number back"
    assert units(store) == [6]
    capsys.readouterr()


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_undo_and_redo_gives_what_lives(
    store: Path, tmp_path: Path, orders_file: Callable[..., Path], seed: int
) -> None:
    older = orders_file(order("#1"), order("#2"), day="20250305")
    newer = orders_file(order("#1", status="refunded", refunded="10.00"), order("#3"))
    asked = [(older, None), (newer, None), (older, "2025-03-12"), (newer, "2025-03-11"), (older, "2025-03-01")]
    for path, exported in asked:
        taken(store, [path], exported=exported)
    chance = random.Random(seed)
    for _ in range(12):
        number, state = chance.choice(query(store, STATES))
        (again.undo if state == "applied" else again.redo)(store, number)
        live = [no for no, state in query(store, STATES) if state == "applied"]
        assert len({asked[no - 1][0] for no in live}) == len(live)
        other = tmp_path / "other" / "merchant.db"
        other.parent.mkdir(exist_ok=True)
        other.unlink(missing_ok=True)
        for no in live:
            taken(other, [asked[no - 1][0]], exported=asked[no - 1][1])
        assert digest(store) == digest(other), "a store that does not exist reads as an empty one"
    assert faults(store) == []
