"""Opens the store: for reading plain and read-only, for writing under one lock with its tables up to date."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from merchant_cli.basics.problems import Problem
from merchant_cli.store import views

FORMAT = 2  # PRAGMA user_version that this program writes; migrations.py has the steps
HERE = Path(__file__).parent


def default_path() -> Path:
    """Where the store lies unless --store or MERCHANT_STORE names another place."""
    named = os.environ.get("MERCHANT_STORE")
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("merchant", appauthor=False) / "merchant.db"


def read(path: Path) -> sqlite3.Connection:
    """A read-only connection; a store that does not exist reads as an empty one and is not created.

    Raises Problem store-newer, store-damaged.
    """
    if not path.exists():
        return _empty()
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        db.execute("PRAGMA trusted_schema = OFF")
        _check_format(db, path)
        unborn = _unborn(db)
    except sqlite3.DatabaseError as error:
        raise Problem("store-damaged", path=path, detail=str(error)) from None
    if unborn:
        db.close()
        return _empty()
    if not views.current(db):
        views.lay_over(db)
    return db


def _unborn(db: sqlite3.Connection) -> bool:
    """Whether the file holds no table of ours yet: its very first opening was cut off. It reads as an empty store."""
    tables = "SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE '%sqlite%'"
    return bool(db.execute(tables).fetchone()[0] == 0)


def _empty() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    for step in sorted(HERE.glob("m*.sql")):
        db.executescript(step.read_text(encoding="utf-8"))
    views.renew(db)
    return db


def _check_format(db: sqlite3.Connection, path: Path) -> None:
    theirs = db.execute("PRAGMA user_version").fetchone()[0]
    if theirs > FORMAT:
        raise Problem("store-newer", theirs=theirs, ours=FORMAT)
    if theirs == 0 and not _unborn(db):
        raise Problem("store-damaged", path=path, detail="user_version = 0")


@contextmanager
def write(path: Path, doing: str, *, wait: float = 5.0) -> Iterator[sqlite3.Connection]:
    """A connection that may write, inside one transaction that is committed at the end and rolled back on errors.

    One writer at a time: another waits `wait` seconds, then raises Problem store-busy naming the holder.
    Raises Problem store-unwritable, store-newer, store-damaged too.
    """
    with _lock(path, doing, wait):
        try:
            db = _connect(path)
        except (OSError, sqlite3.OperationalError) as error:
            raise Problem("store-unwritable", path=path, detail=str(error)) from None
        except sqlite3.DatabaseError as error:
            raise Problem("store-damaged", path=path, detail=str(error)) from None
        try:
            db.execute("BEGIN IMMEDIATE")
            yield db
            db.execute("COMMIT")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        finally:
            db.close()


def _connect(path: Path) -> sqlite3.Connection:
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    db = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        _prepare(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    for pragma in (
        "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON",
        "trusted_schema = OFF", "cell_size_check = ON", "cache_size = -32000", "temp_store = MEMORY",
    ):  # fmt: skip
        db.execute(f"PRAGMA {pragma}")
    _check_format(db, path)
    older = db.execute("PRAGMA user_version").fetchone()[0] < FORMAT
    if older and not _unborn(db):
        copy(db, path.with_name(f"{path.name}.before-format-{FORMAT}"))
    if older or not views.current(db):
        _bring_up_to_date(db, older)


def _bring_up_to_date(db: sqlite3.Connection, older: bool) -> None:
    """Tables and views in one transaction: whoever is cut off here leaves the store as it was."""
    db.execute("BEGIN IMMEDIATE")
    if older:
        from sqlite_utils import Database

        from merchant_cli.store.migrations import migrations

        migrations.apply(Database(db))
    views.renew(db)
    db.execute("COMMIT")


def copy(db: sqlite3.Connection, target: Path) -> None:
    """Copies the store to `target` with SQLite's backup, checked before it takes its name."""
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
    other = sqlite3.connect(part)
    try:
        db.backup(other)
        fault = other.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        other.close()
    if fault != "ok":
        raise Problem("store-damaged", path=target, detail=fault)
    part.replace(target)


@contextmanager
def _lock(path: Path, doing: str, wait: float) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(str(path) + ".lock", timeout=wait, mode=0o600)
        lock.acquire()
    except Timeout:
        raise Problem("store-busy", **_holder(path)) from None
    except OSError as error:
        raise Problem("store-unwritable", path=path, detail=error.strerror or str(error)) from None
    try:
        say_progress(path, doing, "")
        yield
    finally:
        _holder_file(path).unlink(missing_ok=True)
        lock.release()


def _holder_file(path: Path) -> Path:
    return path.with_name(path.name + ".holder")


def say_progress(path: Path, doing: str, progress: str) -> None:
    """Leaves beside the lock who holds it and how far it is, for the message of whoever waits."""
    holder = {
        "pid": os.getpid(),
        "command": doing or Path(sys.argv[0]).name,
        "progress": progress,
        "at": int(time.time()),
    }
    _holder_file(path).write_text(json.dumps(holder, ensure_ascii=False), encoding="utf-8")


def _holder(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(_holder_file(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        held = {}
    return {name: held.get(name) or "?" for name in ("pid", "command", "progress")}
