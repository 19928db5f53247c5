"""Taking a file in, against the sqlite3 shell's `.import` of the same file and against sqlite-utils."""

import os
import shutil
import sys
from pathlib import Path

from data import Shop
from figures import Figure
from running import MERCHANT, PROC, Ran, merchant_import, run

RAW = "÷ sqlite3 .import"
NO_SHELL = "no sqlite3 shell"


def measure_import(shop: Shop, folder: Path, rounds: int) -> list[Figure]:
    """Each round: the raw import, the file into a new store, the changed file into that store."""
    raws, firsts, agains = [], [], []
    for number in range(rounds):
        place = folder / f"round-{number}"
        if shutil.which("sqlite3"):
            raws.append(raw_import(shop.orders, place).seconds)
        firsts.append(first_import(shop, place))
        agains.append(again(shop, place))
        shutil.rmtree(place)
    return [
        _ratio(f"import into a new store {RAW}", firsts, raws),
        _ratio(f"import, 5 % of the orders changed {RAW}", agains, raws),
        *_memory(firsts, agains),
        Figure("import into a new store", "s", _seconds(firsts)),
        Figure("import, 5 % of the orders changed", "s", _seconds(agains)),
        Figure("sqlite3 .import", "s", raws, note="" if raws else NO_SHELL),
    ]


def measure_small_import(shop: Shop, folder: Path, rounds: int) -> list[Figure]:
    """A file of a size that most shops have, without the time that the program takes to start."""
    raws, works = [], []
    for number in range(rounds):
        place = folder / f"round-{number}"
        if shutil.which("sqlite3"):
            raws.append(raw_import(shop.orders, place).seconds)
        whole = first_import(shop, place).seconds
        works.append(whole - run((*MERCHANT, "where"), place).seconds)
        shutil.rmtree(place)
    name = f"import of {shop.lines:,} lines less `merchant where` {RAW}"
    return [Figure(name, "×", works, raws, bar=2.5, note="" if raws else NO_SHELL)]


def measure_taobao(shop: Shop, folder: Path, rounds: int) -> list[Figure]:
    """Taobao's file of lines in GB18030, against the raw import of the same text in UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / "utf-8.csv"
    plain.write_text(shop.taobao_lines.read_text(encoding="gb18030"), encoding="utf-8")
    raws, ours = [], []
    for number in range(rounds):
        place = folder / f"round-{number}"
        if shutil.which("sqlite3"):
            raws.append(raw_import(plain, place).seconds)
        ran, receipts = merchant_import([shop.taobao_lines], place)
        if receipts[0]["inserted"] != shop.lines:
            raise ValueError(f"not every line of {shop.taobao_lines.name} went in: {receipts[0]}")
        ours.append(ran.seconds)
        shutil.rmtree(place)
    name = f"import of Taobao lines in GBK {RAW} of the same in UTF-8"
    return [Figure(name, "×", ours, raws, bar=2, note="" if raws else NO_SHELL)]


def measure_against_sqlite_utils(shop: Shop, folder: Path) -> list[Figure]:
    """One round: sqlite-utils is slow."""
    ours = first_import(shop, folder / "ours").seconds
    os.sync()
    words = (sys.executable, "-m", "sqlite_utils", "insert", "raw.db", "raw", str(shop.orders), "--csv")
    theirs = run(words, folder / "theirs").seconds
    name = f"faster than sqlite-utils insert --csv, {shop.lines:,} lines"
    return [
        Figure(name, "times", (theirs,), (ours,), bar=10, at_least=True),
        Figure(f"import of {shop.lines:,} lines", "s", (ours,)),
        Figure(f"sqlite-utils insert --csv, {shop.lines:,} lines", "s", (theirs,)),
    ]


def raw_import(file: Path, folder: Path) -> Ran:
    """The sqlite3 shell reads the file into one table of texts, without checks or indexes."""
    os.sync()
    return run(("sqlite3", "raw.db", ".mode csv", f'.import "{file}" raw'), folder)


def first_import(shop: Shop, folder: Path) -> Ran:
    """The whole job into a store that does not exist yet. Raises ValueError unless every line went in."""
    ran, receipts = merchant_import([shop.orders], folder, watch=True)
    said = receipts[0]
    if (said["state"], said["read"], said["inserted"]) != ("applied", shop.lines, shop.lines):
        raise ValueError(f"not every line of {shop.orders.name} went in: {said}")
    return ran


def again(shop: Shop, folder: Path) -> Ran:
    """The changed file into the store that has the first. Raises ValueError unless just some rows changed."""
    ran, receipts = merchant_import([shop.changed], folder, watch=True)
    said = receipts[0]
    if said["state"] != "applied" or said["read"] != said["updated"] + said["unchanged"] or not said["updated"]:
        raise ValueError(f"{shop.changed.name} did not come in as an update: {said}")
    return ran


def _ratio(name: str, ours: list[Ran], raws: list[float]) -> Figure:
    return Figure(name, "×", _seconds(ours), raws, bar=2, note="" if raws else NO_SHELL)


def _seconds(runs: list[Ran]) -> list[float]:
    return [ran.seconds for ran in runs]


def _memory(firsts: list[Ran], agains: list[Ran]) -> list[Figure]:
    """The most of all rounds, not the median: a peak is a peak."""
    found = []
    for name, runs in (("into a new store", firsts), ("of the changed file", agains)):
        most = max(ran.megabytes for ran in runs)
        note = "highest of the rounds" if PROC.is_dir() else "no /proc"
        found.append(Figure(f"memory of an import {name}", "MB", (most,) if most else (), bar=250, note=note))
    return found
