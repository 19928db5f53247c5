"""What is kept of a fault of the program: the place in the code, never a message, a local or a row."""

from __future__ import annotations

import json
import time
import traceback
from pathlib import Path


def path() -> Path:
    """Where the log lies."""
    from platformdirs import user_state_path

    return user_state_path("merchant", appauthor=False) / "debug.log"


def write(error: Exception, command: str) -> Path | None:
    """Appends one JSON line for `error`, met in `command`; None if the log cannot be written."""
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    line = {"at": int(time.time()), "command": command, "type": type(error).__name__, "frames": frames}
    log = path()
    try:
        log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with log.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError:
        return None
    return log
