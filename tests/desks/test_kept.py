"""Answers that take long are kept beside the store until anything changes; a broken cache changes no answer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from merchant_cli.app import main
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Note
from merchant_cli.desks import find, kept, scope
from merchant_cli.desks.base import Answer, Column, Scope
from merchant_cli.store import open as opening

P = Phrase
SHOP = Path(__file__).parents[2] / "examples" / "shop"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every answer counts as slow; the list grows with each that was worked out."""
    monkeypatch.setattr(kept, "LONG", -1.0)
    asked: list[int] = []
    monkeypatch.setattr(kept, "answered", _counting(kept.answered, asked))
    return asked


def _counting(answered: Any, asked: list[int]) -> Any:
    def counting(db: Any, address: str, about: Scope, given: Any, work_out: Any) -> Answer:
        def worked_out() -> Answer:
            asked.append(1)
            return work_out()

        return answered(db, address, about, given, worked_out)

    return counting


def reorder(store: Path, **given: Any) -> Answer:
    with closing(opening.read(store)) as db:
        answer = find.ask("inventory/reorder", db, scope.make(db), **given)
        answer.rows = list(answer.rows)
    return answer


def taken(name: str) -> None:
    assert main(["import", str(SHOP / name), "--quiet"]) == 0


def test_kept_until_the_store_the_settings_or_the_options_change(
    store: Path, tmp_path: Path, slow: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken("orders_export_20261115.csv")
    first = reorder(store)
    assert reorder(store) == first and len(slow) == 1
    reorder(store, cover_days=60)
    assert len(slow) == 2
    assert main(["set", "inventory.reorder.window_days", "14"]) == 0
    reorder(store)
    reorder(store)
    assert len(slow) == 3
    taken("inventory_export_20261115.csv")
    assert reorder(store) != first and len(slow) == 4
    assert main(["undo"]) == 0
    reorder(store)
    assert len(slow) == 5
    monkeypatch.setenv("MERCHANT_RULES", str(tmp_path))
    (tmp_path / "fees.toml").write_text("", encoding="utf-8")
    reorder(store)
    assert len(slow) == 6
    assert Path(f"{store}.cache").stat().st_mode & 0o777 == 0o600


def test_what_is_fast_or_only_read_leaves_no_cache(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken("orders_export_20261115.csv")
    reorder(store)
    assert not Path(f"{store}.cache").exists()
    monkeypatch.setattr(kept, "LONG", -1.0)
    assert main(["inventory", "reorder", "--read-only"]) == 0
    assert not Path(f"{store}.cache").exists()
    assert main(["inventory", "reorder"]) == 0
    assert Path(f"{store}.cache").exists()


@pytest.mark.parametrize("fault", ["noise", "cut", "body"])
def test_a_broken_cache_changes_no_answer(store: Path, slow: list[int], fault: str) -> None:
    taken("orders_export_20261115.csv")
    first, path = reorder(store), Path(f"{store}.cache")
    if fault == "noise":
        path.write_bytes(b"\xff" * 8192)
    elif fault == "cut":
        path.write_bytes(path.read_bytes()[:4096])
    else:
        with closing(sqlite3.connect(path)) as db, db:
            db.execute("UPDATE kept SET body = replace(body, '2026', '2027')")
    assert reorder(store) == first and len(slow) == 2
    assert reorder(store) == first and reorder(store) == first
    assert len(slow) <= 3, "a file that is no cache any more is made anew"


def test_a_folder_that_may_not_be_written_to(store: Path, slow: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    taken("orders_export_20261115.csv")

    def refuse(*given: Any) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr("merchant_cli.store.cache.os.open", refuse)
    first = reorder(store)
    assert reorder(store) == first and len(slow) == 2


def test_an_answer_comes_back_as_it_was() -> None:
    note = Note("n", P("{count} of {what}", "{what}的{count}"), {"count": 2, "what": P("a", "甲")})
    answer = Answer(
        (Column("key", P("Key", "编号"), "id"), Column("why", P("Why", "原因"), "text")),
        [("k", note), ({"a": [1, None, 2.5], "b": {"c": "\udcff"}}, P("x", "y"))],
        ("key",), "2026-11-01", ("taobao/main",), "CNY", [note], frozenset({"why"}),
    )  # fmt: skip
    assert kept.decoded(kept.encoded(answer)) == answer
