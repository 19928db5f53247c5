"""Results kept beside the store, `<store>.cache`, by store revision: disposable, 0600, never part of a backup.

Whatever is wrong with the cache, it only means that a result is worked out anew.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from zlib import crc32

keep = True  # False: results are read, none is written (--read-only)

TABLE = """
CREATE TABLE IF NOT EXISTS kept (
  name TEXT NOT NULL, asked TEXT NOT NULL, revision TEXT NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL,
  PRIMARY KEY (name, asked)
) STRICT, WITHOUT ROWID
"""
GET = "SELECT body, sum FROM kept WHERE name = ? AND asked = ? AND revision = ?"


def path_of(db: sqlite3.Connection) -> Path | None:
    """The cache of the store behind a connection; None for a store that exists in memory only."""
    file = db.execute("PRAGMA database_list").fetchone()[2]
    return Path(file + ".cache") if file else None


# Proposals change no answer.
LAST = "SELECT entry FROM journal WHERE act NOT IN ('propose', 'send') ORDER BY entry DESC LIMIT 1"


def changes(db: sqlite3.Connection) -> str:
    """What changes with everything that is written to the store: for screens."""
    return f"{db.execute('SELECT max(entry) FROM journal').fetchone()[0]} {revision(db)}"


def revision(db: sqlite3.Connection) -> str:
    """What changes with all that answers depend on, taken in, taken back, decided or set: the journal and the
    settings."""
    row = db.execute(LAST).fetchone()
    entry = row[0] if row else None
    settings = db.execute("SELECT name, value FROM settings ORDER BY name").fetchall()
    return f"{entry} {_sum(repr(settings)):08x}"


def get(path: Path, name: str, asked: str, revision: str) -> str | None:
    """The body kept under `name` and `asked` at this revision, None if there is none or it is damaged."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0.2)) as db:
            row = db.execute(GET, (name, asked, revision)).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row is not None and row[1] == _sum(row[0]) else None


def put(path: Path, name: str, asked: str, revision: str, body: str) -> None:
    """Keeps a body; those of other revisions go. Does nothing if that is not possible."""
    if not keep:
        return
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return  # not ours to write
    try:
        with closing(sqlite3.connect(path, timeout=0.2)) as db, db:
            db.execute("PRAGMA synchronous = OFF")
            db.execute(TABLE)
            db.execute("DELETE FROM kept WHERE revision <> ?", (revision,))
            row = (name, asked, revision, body, _sum(body))
            db.execute("INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?)", row)
    except sqlite3.OperationalError:
        return  # busy or full
    except sqlite3.Error:  # no cache any more: it is made anew
        with suppress(OSError):
            path.unlink()


def _sum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))
