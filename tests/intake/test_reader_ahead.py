"""A large file is read beside the writer; whoever of the two finishes its orders, the store and the receipt agree."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from intake_tools import ORDERS_HEAD, digest, faults, order, taken

from merchant_cli.intake import rows
from merchant_cli.intake.finish import Finished, Told
from merchant_cli.intake.job import Job, Orders

ORDERS = 24_000  # at 1,500 a message more than may wait for the writer


def orders_file(path: Path) -> Path:
    """Orders of which some came back, one more than was paid, and some do not add up."""
    lines = []
    for n in range(ORDERS):
        refunded = "12.00" if n == 20_000 else "10.00" if n % 50 == 0 else ""
        status = "refunded" if refunded == "10.00" else "paid"
        lines.append(order(f"#{n}", status=status, refunded=refunded, day=f"2025-03-{n % 28 + 1:02}"))
        if n % 4000 == 7:
            lines[-1] = lines[-1].replace(",10.00,10.00,Mug", ",10.00,11.00,Mug")
    path.write_text(ORDERS_HEAD.replace("Created at", "Created at,Paid at") + "".join(map(_paid, lines)))
    return path


def _paid(line: str) -> str:
    at = line.split(",")[2]
    return line.replace(at, f"{at},{at}", 1)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[type]:
    """The kinds of message that the writer gets; it is slow, so that the reader runs ahead."""
    kinds: list[type] = []
    real = rows._messages

    def slow(job: Job) -> Iterator[Told]:
        for message in real(job):
            kinds.append(type(message))
            if isinstance(message, Orders | Finished):
                time.sleep(0.15)
            yield message

    monkeypatch.setattr(rows, "_messages", slow)
    return kinds


def test_who_finishes_an_order_makes_no_difference(
    store: Path, tmp_path: Path, said: list[type], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = orders_file(tmp_path / "orders_export.csv")
    monkeypatch.setattr(rows, "IN_CHILD", 1 << 40)
    alone = taken(store, [path])[0]
    assert Finished not in said
    monkeypatch.setattr(rows, "IN_CHILD", 0)
    said.clear()
    beside = store.with_name("beside.db")
    together = taken(beside, [path])[0]
    assert {Finished, Orders} <= set(said), "the reader was never ahead"
    assert digest(beside) == digest(store)
    assert (together.outcome, together.notes, together.covers) == (alone.outcome, alone.notes, alone.covers)
    assert {"identity", "refunded-above"} <= {note.code for note in together.notes}
    assert faults(beside) == []


def test_a_shop_with_orders_gets_them_unfinished(store: Path, tmp_path: Path, said: list[type]) -> None:
    (tmp_path / "first.csv").write_text(ORDERS_HEAD + order("#first", day="2025-02-27"))
    taken(store, [tmp_path / "first.csv"])
    said.clear()
    receipt = taken(store, [orders_file(tmp_path / "orders_export.csv")])[0]
    assert Finished not in said
    assert receipt.outcome["inserted"] == ORDERS
