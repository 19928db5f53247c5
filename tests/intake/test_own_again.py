"""A sheet of one's own that goes back to what it said before is a new statement, not a file seen already."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from intake_tools import taken

from merchant_cli.store import open as opening

HEADER = "商家编码,标题,成本,币种,生效日期,供应商,交货天数,补货间隔天数,每箱件数,起订量"


def sheet(folder: Path, name: str, cost: str) -> Path:
    path = folder / name
    path.write_text(f"{HEADER}\nA-1,茶杯,{cost},CNY,,,,,,\n", encoding="utf-8")
    return path


def cost_of(store: Path) -> int:
    with closing(opening.read(store)) as db:
        (row,) = db.execute("SELECT cost_minor FROM costs WHERE sku = 'A-1'").fetchall()
    return int(row[0])


def test_a_cost_that_is_changed_back_holds(store: Path, tmp_path: Path) -> None:
    ten, twelve = sheet(tmp_path, "a.csv", "10"), sheet(tmp_path, "b.csv", "12")
    taken(store, [ten])
    assert taken(store, [ten])[0].state == "already imported"
    taken(store, [twelve])
    assert cost_of(store) == 1200
    (again,) = taken(store, [ten])
    assert again.state == "applied" and [note.code for note in again.notes if note.code == "stated-again"]
    assert cost_of(store) == 1000
    assert taken(store, [ten])[0].state == "already imported"
