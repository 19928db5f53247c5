"""What can be done once the imports are in: works out the slow answers, compresses the kept originals, and lets
SQLite look at its tables."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from merchant_cli.desks import find
from merchant_cli.desks import scope as scopes
from merchant_cli.intake.originals import originals
from merchant_cli.store import open as opening

BIG = 64 << 20  # bytes of a store from which on answers are slow enough to be worked out ahead


@dataclass(frozen=True)
class Settled:
    """How many originals were compressed, and the bytes they took before and take now."""

    files: int
    before: int
    after: int


def settle(store: Path) -> Settled:
    """Does the work under the store's lock; a store that does not exist is left alone."""
    if not store.exists():
        return Settled(0, 0, 0)
    with opening.write(store, "settle") as db:
        settled = _compress(originals(store))
        db.execute("PRAGMA analysis_limit = 400")
        db.execute("PRAGMA optimize")
    return settled


def answer_ahead(store: Path) -> None:
    """Asks every question once; those whose answers take long are kept (desks/kept.py). Takes no lock."""
    with closing(opening.read(store)) as db:
        scope = scopes.make(db)
        for question in find.questions(lambda module, error: None).values():
            find.answer(question, db, scope)


def start(store: Path) -> None:
    """Starts a child of low priority that answers ahead, unless the store is small or MERCHANT_SETTLE is 0."""
    if os.environ.get("MERCHANT_SETTLE") == "0" or not store.exists() or store.stat().st_size < BIG:
        return
    words = [sys.executable, "-m", "merchant_cli.app", "settle", "--ahead", "--quiet", "--store", str(store)]
    nothing = subprocess.DEVNULL
    subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


def _compress(folder: Path) -> Settled:
    files = before = after = 0
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix == ".part":
            path.unlink()  # an import was interrupted while it copied
        elif not path.suffix:
            before += path.stat().st_size
            after += _to_gzip(path).stat().st_size
            files += 1
    return Settled(files, before, after)


def _to_gzip(path: Path) -> Path:
    """Replaces a file by its compressed copy, which is complete before the original goes."""
    part, target = path.with_suffix(".part"), path.with_suffix(".gz")
    with path.open("rb") as source, os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as raw:
        with gzip.GzipFile("", "wb", 6, raw, 0) as out:
            shutil.copyfileobj(source, out, 1 << 20)
        raw.flush()
        os.fsync(raw.fileno())
    part.replace(target)
    path.unlink()
    return target
