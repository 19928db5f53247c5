"""The files that were taken in, kept beside the store so that an import can come back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from merchant_cli.basics.problems import Problem


def originals(store: Path) -> Path:
    """Where the files that were taken in are kept, by their SHA-256."""
    return store.with_name(store.name + ".files")


def keep_original(store: Path, path: Path, sha256: str) -> None:
    """Copies the file beside the store, for redo; settle compresses it later. Raises Problem store-unwritable."""
    folder = originals(store)
    target = folder / sha256
    if target.exists() or target.with_suffix(".gz").exists():
        return
    part = target.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        shutil.copyfile(path, part)
        part.replace(target)
    except OSError as error:
        raise Problem("store-unwritable", path=folder, detail=error.strerror or str(error)) from None
