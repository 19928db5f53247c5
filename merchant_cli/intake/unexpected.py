"""A fault of the program itself, met while one file is taken in: that file is refused, and the others go on."""

from __future__ import annotations

import os

from merchant_cli.basics import debug_log
from merchant_cli.basics.problems import Place, Problem


def unexpected(error: Exception, place: Place) -> Problem:
    """The Problem for `error`, which is noted in the debug log; too little memory is no fault of the program.

    With MERCHANT_DEBUG set it is raised, for whoever mends it.
    """
    if isinstance(error, MemoryError):
        return Problem("file-too-large", place, detail="memory")
    if os.environ.get("MERCHANT_DEBUG"):
        raise error
    return Problem("unexpected", place, **noted(error))


def noted(error: Exception) -> dict[str, str]:
    """Writes `error` to the debug log; the parameters of the Problem's sentences."""
    return {"kind": type(error).__name__, "log": str(debug_log.write(error, "merchant import") or "—")}
