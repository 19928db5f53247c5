"""The key with which buyers are made unrecognisable: one per user, shared by all his stores."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path

from merchant_cli.basics.problems import Problem


def key_path() -> Path:
    """`buyer.key` in the user's data folder; MERCHANT_KEY names another place."""
    if named := os.environ.get("MERCHANT_KEY"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("merchant", appauthor=False) / "buyer.key"


def buyer_key(db: sqlite3.Connection) -> bytes:
    """The 32 secret bytes; made at first use. The store keeps their fingerprint and refuses another key.

    Raises Problem other-buyer-key.
    """
    path = key_path()
    known = db.execute("SELECT value FROM settings WHERE name = 'buyer_key_fingerprint'").fetchone()
    if not path.exists():
        if known:
            raise Problem("other-buyer-key", path=path)
        _make(path)
    secret = path.read_bytes()
    fingerprint = _fingerprint(secret)
    if known is None:
        db.execute("INSERT INTO settings VALUES ('buyer_key_fingerprint', ?)", (fingerprint,))
    elif known[0] != fingerprint:
        raise Problem("other-buyer-key", path=path)
    return secret


def known_key(db: sqlite3.Connection) -> bytes | None:
    """The secret bytes with which this store's buyers were made unrecognisable; None if they are not here."""
    known = db.execute("SELECT value FROM settings WHERE name = 'buyer_key_fingerprint'").fetchone()
    path = key_path()
    if known is None or not path.exists():
        return None
    secret = path.read_bytes()
    return secret if _fingerprint(secret) == known[0] else None


def _fingerprint(secret: bytes) -> str:
    return hashlib.sha256(b"merchant buyer key" + secret).hexdigest()[:16]


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        out.write(os.urandom(32))
    try:
        os.link(part, path)  # whoever comes first wins, so that two first imports share one key
    except FileExistsError:
        pass
    except OSError:
        part.replace(path)
        return
    part.unlink()
