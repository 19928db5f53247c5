"""What each optional column of a file is for, found by reading the importer's own samples without it."""

from __future__ import annotations

import csv
import glob
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from lost_words import LOST

from importers.base import Importer, norm
from importers.sheet import TextForm, Unreadable
from merchant_cli.intake import rows as intake_rows
from merchant_cli.intake.job import Job, Message, Orders, Rows
from merchant_cli.intake.read import Reading, above_header, batches
from merchant_cli.intake.take_in import Asked, take_in
from merchant_cli.store.facts import TABLES

Said = Counter[tuple[str, str, str]]  # (table, column, value) → how often the file says so
SAMPLES = Path(__file__).parents[1] / "tests" / "importers"
EVERYTHING = "everything: no row can be taken"
OTHERWISE = "told from other columns: "


class Captured(Exception):
    """Ends an import before any row is read."""


def without(one: Importer) -> dict[str, list[str]]:
    """By optional header of its samples, what is missing without it, in words."""
    found: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as place, _private(Path(place)):
        for sample in _samples().get(one.id, ()):
            for job in _jobs(one, sample, Path(place)):
                for header, lost in _lost(job).items():
                    known = found.setdefault(header, [])
                    known += [words for words in lost if words not in known]
    return {header: lost for header, lost in found.items() if lost}


@cache
def _samples() -> dict[str, list[Path]]:
    """The samples by the importer that their golden files name."""
    found: dict[str, list[Path]] = {}
    for golden in sorted(SAMPLES.glob("*/*/*.json")):
        names = {receipt.get("importer") for receipt in json.loads(golden.read_text(encoding="utf-8"))["receipts"]}
        for sample in golden.parent.glob(glob.escape(golden.stem) + ".*"):
            if sample != golden:
                for name in names:
                    found.setdefault(name, []).append(sample)
    return found


@contextmanager
def _private(folder: Path) -> Iterator[None]:
    """A buyer key and a place for logs of its own."""
    before = dict(os.environ)
    os.environ.update(MERCHANT_KEY=str(folder / "buyer.key"), XDG_STATE_HOME=str(folder), MERCHANT_SETTLE="0")
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _jobs(one: Importer, sample: Path, folder: Path) -> list[Job]:
    """What the importer would read of a sample, each sheet as a text file in `folder`."""
    kept: list[Job] = []

    def capture(job: Job) -> Iterator[Message]:
        if job.importer.id == one.id:
            kept.append(_as_text(job, folder / f"{len(kept)}.csv"))
        raise Captured

    real, intake_rows._messages = intake_rows._messages, capture
    try:
        for _ in take_in(folder / "store.db", [str(sample)], Asked()):
            pass
    finally:
        intake_rows._messages = real
    return kept


def _as_text(job: Job, path: Path) -> Job:
    """The same rows as a comma-separated file; what stands above the header is one cell a line."""
    reading = Reading(job)
    above = [[text] for text in above_header(job, reading.rows)]
    below = [row for batch in batches(job, set()) for row in batch.rows]
    _write(path, [*above, reading.header, *below])
    return replace(job, path=str(path), form=TextForm("utf-8", ","), header_line=len(above) + 1, sheet="", size=0)


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def _lost(job: Job) -> dict[str, list[str]]:
    """By optional header, what the file no longer says without it."""
    with Path(job.path).open(encoding="utf-8", newline="") as text:
        rows = list(csv.reader(text))
    at, needed, known = job.header_line - 1, _needed(job.importer), job.importer.headers()
    whole, found = _said(job), {}
    for i, header in enumerate(rows[at]):
        if norm(header) not in known or norm(header) in needed:
            continue
        less = Path(job.path).with_name("less.csv")
        _write(less, [*rows[:at], *[row[:i] + row[i + 1 :] for row in rows[at:]]])
        found[header.strip()] = _difference(whole, _said(replace(job, path=str(less))))
    return found


def _needed(one: Importer) -> set[str]:
    return {norm(name) for either in one.known_by for name in either.split("|")}


def _difference(whole: Said, less: Said | None) -> list[str]:
    if less is None:
        return [EVERYTHING]
    gone, changed = [], []
    for table in TABLES:
        for column, words in LOST.get(table, {}).items():
            had, has = _of(whole, table, column), _of(less, table, column)
            if had.total() > has.total():
                gone.append(words)
            elif had != has:
                changed.append(column)
    if gone or not changed:
        return list(dict.fromkeys(gone))
    return [OTHERWISE + ", ".join(f"`{column}`" for column in dict.fromkeys(changed))]


def _of(said: Said, table: str, column: str) -> Counter[str]:
    return Counter({value: n for (t, c, value), n in said.items() if (t, c) == (table, column)})


def _said(job: Job) -> Said | None:
    """Every value that the file states; None where no row of it can be taken."""
    found: Said = Counter()
    try:
        for message in Reading(job).messages():
            if isinstance(message, Orders):
                for order, lines, *_ in message.said:
                    for table, values in (("orders", order), *(("order_lines", line) for line in lines)):
                        _add(found, table, values)
            elif isinstance(message, Rows):
                for _, table, row in message.rows:
                    _add(found, table, dict(zip(TABLES[table].all_columns, row, strict=True)))
    except (Unreadable, KeyError):
        return None
    return found or None


def _add(found: Said, table: str, values: dict[str, object]) -> None:
    for column, value in values.items():
        if value is not None and column in LOST.get(table, {}):
            found[table, column, str(value)] += 1
