"""The first rows of a mapped sheet as they would be stored: read by the mapping as an import would, kept nowhere."""

from __future__ import annotations

import csv
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from importers.mapping import from_toml
from importers.sheet import TextForm
from merchant_cli.basics import days, money
from merchant_cli.basics.problems import Place, Problem
from merchant_cli.intake.job import End, Faulty, Job, Orders, Rows
from merchant_cli.intake.kinds import is_money
from merchant_cli.intake.sampled import Sampled
from merchant_cli.store import open as opening
from merchant_cli.store import shops
from merchant_cli.store.facts import TABLES

NO_SECRET = bytes(32)  # a preview makes no key; a buyer's shows nothing anyway
_LEFT_OUT = frozenset({"line_key", "detail", "day_known", "line_kind", "kind_raw"})


@dataclass
class Preview:
    """What the rows of the sample would become: by line of the file, column → text, in order of the lines.

    `faults` are those that would wait in quarantine. `read` counts the rows of the sample.
    """

    rows: dict[int, dict[tuple[str, str], str]] = field(default_factory=dict)
    faults: dict[int, Problem] = field(default_factory=dict)
    read: int = 0
    unknown: dict[str, int] = field(default_factory=dict)  # words of a status that no vocabulary has

    @property
    def columns(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys(column for row in self.rows.values() for column in row))


def preview(sampled: Sampled, mapping: str, store: Path, shop: str) -> Preview:
    """The sample read by the mapping, in the currency and zone of the shop. Raises Problem of a file as a whole."""
    from merchant_cli.intake.read import Reading

    importer = from_toml(mapping, name="preview")
    known = _shop(store, shop) if shop else None
    currency = known.currency if known and known.currency else importer.currency
    zone = (known.zone if known else "") or importer.zone
    found = Preview()
    with tempfile.TemporaryDirectory(prefix="merchant-") as folder:
        path = Path(folder) / "sample.csv"
        lines = _write(sampled, path)
        now = int(time.time())
        job = Job(
            path=str(path), importer=importer, header_line=1, shop_no=0, shop=shop, currency=currency, zone=zone,
            sale_day=(known.sale_day if known else "") or "placed", import_no=0, secret=NO_SECRET,
            latest=now + 86400, latest_day=days.day_of(now + 86400, zone), form=TextForm("utf-8"),
            as_of=now, as_of_day=days.day_of(now, zone), file_name=sampled.file_name,
        )  # fmt: skip
        for message in Reading(job).messages():
            if isinstance(message, Orders):
                for order, parts, line, at, *_ in message.said:
                    _put_order(found, lines, order, parts, line, at, zone)
            elif isinstance(message, Rows):
                for line, table, row in message.rows:
                    said = dict(zip(TABLES[table].stated, row[1:], strict=False))
                    _put(found, lines[line], table, said, said.get("currency") or currency, zone)
            elif isinstance(message, Faulty):
                for line, code, column, params, _ in message.rows:
                    found.faults[lines[line]] = Problem(code, Place("", "", lines[line], column), **params)
            elif isinstance(message, End):
                found.read, found.unknown = message.read, dict(message.unknown_words)
    found.rows = dict(sorted(found.rows.items()))
    return found


def _shop(store: Path, shop: str) -> shops.Shop | None:
    with closing(opening.read(store)) as db:
        try:
            return shops.by_name(db, shop)
        except sqlite3.Error:
            return None


def _write(sampled: Sampled, path: Path) -> dict[int, int]:
    """Writes header and rows as CSV; gives the line of the sheet for each line written."""
    lines: dict[int, int] = {}
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        header = next(cells for line, cells in sampled.first if line == sampled.header_line)
        out.writerow(header)
        at = 2 + sum(cell.count("\n") for cell in header)
        for line, cells in sampled.first:
            if line > sampled.header_line and any(map(str.strip, cells)):
                lines[at] = line
                out.writerow(cells + [""] * (len(header) - len(cells) if sampled.sheet else 0))
                at += 1 + sum(cell.count("\n") for cell in cells)
    return lines


def _put_order(
    found: Preview, lines: dict[int, int], order: dict[str, Any], parts: list[dict[str, Any]], line: int,
    at: list[int], zone: str,
) -> None:  # fmt: skip
    """The order stands at its first line, each of its items at its own."""
    currency = order.get("currency")
    for number in sorted({line, *at}):
        _put(found, lines[number], "orders", order if number == line else {"order_id": order["order_id"]}, currency,
             zone)  # fmt: skip
    for part, number in zip(parts, at, strict=False):
        said = {column: value for column, value in part.items() if column != "order_id"}
        _put(found, lines[number], "order_lines", said, currency, zone)


def _put(found: Preview, line: int, table: str, said: dict[str, Any], currency: str | None, zone: str) -> None:
    row = found.rows.setdefault(line, {})
    for column, value in said.items():
        if value is None or value == "" or column in _LEFT_OUT or column.startswith("_") or column.endswith("_raw"):
            continue
        instant = {"day": "at"}.get(column, f"{column.removesuffix('_day')}_at")
        if instant != column and said.get(instant) is not None:
            continue  # the instant says the day too
        row[table, named(table, column)] = _text(table, column, value, currency, zone)


def named(table: str, column: str) -> str:
    """A column of the store as a mapping names it: `placed` for placed_at and placed_day."""
    if column in ("at", "day") and {"at", "day"} <= set(TABLES[table].stated):
        return "at"
    for ending in ("_at", "_day"):
        stem = column.removesuffix(ending)
        if stem != column and {f"{stem}_at", f"{stem}_day"} <= set(TABLES[table].stated):
            return f"{stem}_at" if stem in TABLES[table].stated else stem
    return column


def _text(table: str, column: str, value: Any, currency: str | None, zone: str) -> str:
    if is_money(table, column):
        return money.shown(value, currency)
    if column == "at" or column.endswith("_at"):
        return datetime.fromtimestamp(value, ZoneInfo(zone or "UTC")).strftime("%Y-%m-%d %H:%M")
    if column == "buyer":
        return f"{value[:6]}…"
    if column.endswith("_micro"):
        return f"{value / 10**6:g}"
    return str(value)
