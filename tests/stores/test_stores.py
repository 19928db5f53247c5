"""A store that an earlier format wrote opens, keeps its digest, takes files in and brings imports back."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from merchant_cli.app import main
from merchant_cli.store import checks, views
from merchant_cli.store.digest import stored_digest
from merchant_cli.store import open as opening

HERE = Path(__file__).parent
KEPT = sorted(HERE.glob("format-*.db.gz"))


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_store_of_an_earlier_format(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "merchant.db"
    store.write_bytes(gzip.decompress(kept.read_bytes()))
    monkeypatch.setenv("MERCHANT_STORE", str(store))
    monkeypatch.setenv("MERCHANT_KEY", str(shutil.copy(HERE / "buyer.key", tmp_path / "buyer.key")))
    monkeypatch.setenv("MERCHANT_LANG", "en")
    assert digest(store) == kept.with_name(kept.name.replace(".db.gz", ".digest")).read_text(encoding="utf-8").strip()
    assert main(["imports"]) == 0
    costs = tmp_path / "costs.csv"
    costs.write_text("SKU,Unit cost,Currency,Valid from\nA-1,4.00,USD,2025-01-01\n", encoding="utf-8")
    assert main(["import", str(costs)]) == main(["today"]) == 0
    assert main(["undo", "2"]) == 0
    assert main(["redo", "2"]) == 4, "its original was not kept beside this copy"
    with closing(opening.read(store)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == opening.FORMAT
        assert [c for c in checks.checks(db, full=True) if c.state != checks.SOUND] == []
    capsys.readouterr()


def digest(store: Path) -> str:
    with closing(opening.read(store)) as db:
        return stored_digest(db)


def test_one_is_kept_for_every_format() -> None:
    assert [path.name for path in KEPT] == [f"format-{n}.db.gz" for n in range(1, opening.FORMAT + 1)]


def test_views_of_another_version_are_laid_over_when_reading_and_replaced_when_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "merchant.db"
    monkeypatch.setenv("MERCHANT_STORE", str(store))
    with opening.write(store, "test"):
        pass
    with closing(sqlite3.connect(store)) as db, db:
        db.execute("DROP VIEW refunds_booked")
        db.execute("DROP VIEW stock_now")
        db.execute("CREATE VIEW stock_now AS SELECT 1 AS old")
    assert states(store)["views"] == checks.OLD
    with closing(opening.read(store)) as db:
        assert [column[0] for column in db.execute("SELECT * FROM stock_now").description] != ["old"]
    with opening.write(store, "test"):
        pass
    assert states(store)["views"] == checks.SOUND
    capsys.readouterr()


def test_an_opening_that_is_cut_off_leaves_nothing_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut_off(db: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    store = tmp_path / "merchant.db"
    with monkeypatch.context() as patch:
        patch.setattr(views, "renew", cut_off)
        with pytest.raises(KeyboardInterrupt), opening.write(store, "test"):
            pass
    with closing(sqlite3.connect(store)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    assert set(states(store).values()) == {checks.SOUND}


def states(store: Path) -> dict[str, str]:
    with closing(opening.read(store)) as db:
        return {check.name: check.state for check in checks.checks(db, full=False)}
