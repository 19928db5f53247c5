"""The files that were taken in, kept beside the store so that an import can come back."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

from merchant_cli.basics.problems import Problem


def originals(store: Path) -> Path:
    """Where the files that were taken in are kept, by their SHA-256."""
    return store.with_name(store.name + ".files")


class Original:
    """Copies a file beside the store, for redo, while its rows are read; settle compresses it later."""

    def __init__(self, store: Path, path: Path, sha256: str) -> None:
        self.folder, self.path = originals(store), path
        self.target = self.folder / sha256
        self.part = self.target.with_suffix(f".{os.getpid()}.part")
        self.known = self.target.exists() or self.target.with_suffix(".gz").exists()
        self.error: OSError | None = None
        self.thread = threading.Thread(target=self._copy)
        if not self.known:
            self.thread.start()

    def _copy(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            os.close(os.open(self.part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            shutil.copyfile(self.path, self.part)
        except OSError as error:
            self.error = error

    def keep(self) -> None:
        """Gives the copy its name once the import holds. Raises Problem store-unwritable."""
        if self.known:
            return
        self.thread.join()
        try:
            if self.error is not None:
                raise self.error
            self.part.replace(self.target)
        except OSError as error:
            raise Problem("store-unwritable", path=self.folder, detail=error.strerror or str(error)) from None

    def drop(self) -> None:
        """Forgets the copy of a file that was not taken in; nothing happens if it was kept."""
        if not self.known:
            self.thread.join()
            self.part.unlink(missing_ok=True)
