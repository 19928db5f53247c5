"""All exporters: dropping `<platform>/<name>.py` into this folder registers the Exporter objects in it."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from exporters.base import Exporter
from merchant_cli.basics.discover import load, modules_below


@cache
def exporters() -> tuple[Exporter, ...]:
    """Every exporter in order of file and name; a file that cannot be loaded is named and left out."""
    found: list[Exporter] = []
    for module in modules_below("exporters", Path(__file__).parent):
        try:
            names = vars(load(module))
        except Exception as error:  # a dropped-in file runs any code, so anything can come out of it
            print(f"exporter {module}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        found += [one for one in names.values() if isinstance(one, Exporter)]
    return tuple(dict.fromkeys(found))
