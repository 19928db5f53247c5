"""Finding out which importer takes a file: the work after the program has started."""

from pathlib import Path
from sys import executable

from data import Shop
from figures import Figure
from running import run

# What `merchant where` loads too is loaded before; prints milliseconds and how many importers there are.
WORK = """
import sys
import time
from pathlib import Path
import merchant_cli.app, platformdirs
from importers.sheet import TextForm
started = time.perf_counter()
from importers import catalogue
from merchant_cli.basics.problems import Place
from merchant_cli.intake.identify import first_rows, identify
found = catalogue.entries(Path(sys.argv[1]).parent / "mappings")
known = identify(first_rows(Path(sys.argv[1]), TextForm("utf-8", ",")), found, Place(sys.argv[1]))
print((time.perf_counter() - started) * 1000, len(found), known.entry.id)
"""


def measure_identify(shop: Shop, folder: Path, rounds: int) -> list[Figure]:
    """The first run of a folder writes the index of the importers, and is not counted."""
    took, many = [], 0
    for number in range(rounds + 1):
        milliseconds, importers, name = run((executable, "-c", WORK, str(shop.orders)), folder).out.split(maxsplit=2)
        if name.strip() != "shopify orders":
            raise ValueError(f"{shop.orders.name} was taken for {name}")
        if number:
            took.append(float(milliseconds))
        many = int(importers)
    return [Figure(f"identification among {many} importers", "ms", took, bar=50)]
