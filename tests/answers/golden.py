"""Writes what every question answers about the example shop anew: `make golden`; read the difference."""

from __future__ import annotations

import tempfile
from pathlib import Path

from merchant_cli.desks import find
from tests.answers.asked import HERE, golden, make_store, told, written


def write() -> None:
    for old in HERE.glob("*_*.json"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        store = make_store(Path(folder))
        for address in find.questions():
            golden(address).write_text(written(told(store, address)), encoding="utf-8")


if __name__ == "__main__":
    write()
