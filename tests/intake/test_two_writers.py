"""One writer at a time: the second is told who holds the store and how far he is."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from intake_tools import digest, order, query, taken

from merchant_cli.app import main
from merchant_cli.store import open as opening


def test_the_second_writer_is_told_who_holds_the_store(
    store: Path, orders_file: Callable[..., Path], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = orders_file(order("#1"), day="20250305"), orders_file(order("#2"))
    taken(store, [first])
    before = digest(store)
    monkeypatch.setitem(opening.write.__wrapped__.__kwdefaults__, "wait", 0.2)  # type: ignore[attr-defined]
    with opening.write(store, "import big.csv", wait=1):
        opening.say_progress(store, "import big.csv", "12,000")
        assert main(["import", str(second)]) == 5
        err = capsys.readouterr().err
        assert "[store-busy]" in err and str(os.getpid()) in err and "import big.csv" in err and "12,000" in err
        assert main(["undo"]) == 5
        assert query(store, "SELECT count(*) FROM fact_orders") == [(1,)], "readers are not disturbed"
    assert digest(store) == before
    assert main(["import", str(second)]) == 0
