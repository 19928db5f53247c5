"""Reads the rows of one import and hands them to the Keeper."""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from importers.base import norm
from importers.cells import read_id
from merchant_cli.basics import days
from merchant_cli.basics.phrases import Phrase
from merchant_cli.basics.problems import Problem
from merchant_cli.intake import child
from merchant_cli.intake.finish import Finished, Told, finished
from merchant_cli.intake.job import Faulty, Job, Orders, Progress, Rows
from merchant_cli.intake.named_shops import NamedShops, named_shops
from merchant_cli.intake.work import Work
from merchant_cli.store import open as opening
from merchant_cli.store.claims import key_of
from merchant_cli.store.facts import TABLES
from merchant_cli.store.keeper import Met, OtherShop, Scattered
from merchant_cli.store.secret import buyer_key, key_path

IN_CHILD = 4 << 20  # bytes of text from which a reader in a second process pays

# What an order of the same number differs in when it is another shop's.
_DIFFERS = {
    "platform_id": Phrase("platform id", "平台编号"),
    "currency": Phrase("currency", "币种"),
    "placed_at": Phrase("time of creation", "创建时间"),
}


def _job(work: Work, sort_by: str) -> Job:
    wanted, dated = work.wanted, work.dated
    latest = work.now + 86400
    if dated.source in ("given", "file", "name") and dated.instant is not None and not wanted.undated:
        latest = min(latest, dated.instant)
    return Job(
        path=wanted.head.path if wanted.head else str(wanted.path), importer=wanted.importer,
        header_line=wanted.header_line,
        shop_no=work.shop.no, shop=work.shop.shop, currency=work.shop.currency, zone=work.shop.zone,
        sale_day=work.shop.sale_day, import_no=work.number, secret=_secret(work),
        latest=latest, latest_day=days.day_of(latest, work.shop.zone), form=wanted.form, sheet=wanted.sheet,
        as_of=dated.instant, as_of_day=dated.day, size=wanted.size, sort_by=sort_by, counted=_counted(work),
        shops=named_shops(work.db) if wanted.importer.own else NamedShops(), file_name=wanted.file_name,
        all_new=not work.keeper.meeting, marks=work.marks, joined=wanted.header if wanted.joined else (),
        odd=wanted.head and wanted.head.odd,
    )  # fmt: skip


def _secret(work: Work) -> bytes:
    """The buyer key; a preview makes none."""
    if work.wanted.dry_run and not key_path().exists():
        return bytes(32)
    return buyer_key(work.db)


def _counted(work: Work) -> dict[tuple[str, str], tuple[int, str, int]]:
    """The merchant's newest own counts, so that an unchanged row of an own sheet states nothing new."""
    if not work.wanted.importer.own or "stock_counts" not in work.wanted.importer.tables:
        return {}
    rows = work.db.execute(
        "SELECT location, code, counted_at, counted_day, units FROM fact_stock_counts WHERE shop = ?"
        " ORDER BY counted_at",
        (work.shop.no,),
    )
    return {(location, code): (at, day, units) for location, code, at, day, units in rows}


def _messages(job: Job) -> Iterator[Told]:
    size = job.size if job.form is not None else Path(job.path).stat().st_size
    if size >= IN_CHILD:
        return child.messages(job)
    from merchant_cli.intake.read import Reading

    return Reading(job).messages()


def take_rows(work: Work, sort_by: str) -> None:
    work.begin()
    started = time.monotonic()
    told = 0.0
    for message in _messages(_job(work, sort_by)):
        if isinstance(message, Orders | Finished):
            work.outcome += _put_orders(work, message)
        elif isinstance(message, Rows):
            _put_rows(work, message)
        elif isinstance(message, Faulty):
            work.faulty += message.rows
            _check_whole(work)
        elif isinstance(message, Progress):
            if time.monotonic() - told > 0.2:
                told = time.monotonic()
                _say(work, message.rows, started)
        else:
            work.end = message
    noticed = work.noticed
    work.end.first_day = min(filter(None, (work.end.first_day, noticed.first_day)), default=None)
    work.end.last_day = max(filter(None, (work.end.last_day, noticed.last_day)), default=None)
    if work.tell:
        work.tell(work.wanted.name, work.end.read, time.monotonic() - started)


def _say(work: Work, rows: int, started: float) -> None:
    opening.say_progress(work.store, f"import {work.wanted.name}", f"{rows:,}")
    if work.tell:
        work.tell(work.wanted.name, rows, time.monotonic() - started)


def _put_orders(work: Work, message: Orders | Finished) -> Counter[str]:
    """Stores orders, finished by the reader or here; returns how many file rows have which outcome."""
    try:
        keeper, outcome = work.keeper, Counter[str]()
        known = keeper.meet(_order_ids(message)) if keeper.meeting else {}
        if known and not work.scattered:
            _check_apart(work, known, _CLAIMED)
        if isinstance(message, Orders):
            others, outcome = _without_same(work, message, known) if known else (message, outcome)
            message = finished(others, keeper.finisher, work.number)
        work.noticed.add(message.noticed)
        return outcome + keeper.put_sets(message.orders, message.lines, message.refunds, message.file_rows, known)
    except OtherShop as other:
        order, column, ours, theirs = other.args
        detail = Phrase(
            f"Order {order} is another one: {_DIFFERS[column].en} {ours} ≠ {theirs}.",
            f"订单 {order} 不是同一个订单：{_DIFFERS[column].zh} {ours} ≠ {theirs}。",
        )
        raise Problem("another-shop", work.wanted.place, shop=work.shop.shop, detail=detail) from None


def _order_ids(message: Orders | Finished) -> list[str]:
    if isinstance(message, Orders):
        return [said[0]["order_id"] for said in message.said]
    return [row[1] for row in message.orders]


# Of the orders with these ids: one of which this import has said what is stored or what is to be merged, one it stored.
_CLAIMED = (
    "SELECT 1 FROM json_each(?) j CROSS JOIN claims c"
    " ON c.tab = 'orders' AND c.shop = ? AND c.key = j.value AND c.import_no = ? LIMIT 1"
)
_STORED = (
    "SELECT 1 FROM json_each(?) j CROSS JOIN fact_orders o"
    " ON o.shop = ? AND o.order_id = j.value AND o.import_no = ? LIMIT 1"
)


def _check_apart(work: Work, orders: Iterable[str], *asked: str) -> None:
    """Raises Scattered if this file has already spoken of one of the orders."""
    given = (json.dumps(list(orders)), work.shop.no, work.number)
    if any(work.db.execute(sql, given).fetchone() for sql in asked):
        raise Scattered


def _check_whole(work: Work) -> None:
    """Raises Scattered if rows of an order wait while others of it, elsewhere in the file, were taken."""
    if work.scattered or "orders" not in work.wanted.importer.tables:
        return
    header = norm(order_header(work))
    at = [norm(name) for name in work.wanted.header].index(header)
    ids = [read_id(cells[at]) for _, code, *_, cells in work.faulty if cells and code != "ragged-row"]
    _check_apart(work, [one for one in ids if isinstance(one, str)], _CLAIMED, _STORED)


def _without_same(work: Work, message: Orders, known: dict[str, Met]) -> tuple[Orders, Counter[str]]:
    """Books the orders of which the store's one claim says just the same; returns the others, still to be finished."""
    others, rows = [], 0
    for said in message.said:
        values, lines, line, at, claim = said
        met = known.get(values["order_id"])
        if met is None or met.contested or met.claim != claim or met.import_no == work.number:
            others.append(said)
            continue
        numbers = [n for _, n in sorted(zip([ln["line_key"] for ln in lines], at, strict=True))] if lines else []
        work.keeper.same(values["order_id"], claim, ",".join(map(str, (line, *numbers))), len(lines))
        work.noticed.known(values | {"counts": met.counts}, lines)
        rows += len(set(at)) or 1
    return Orders(others), Counter(unchanged=rows)


def _put_rows(work: Work, message: Rows) -> None:
    together: dict[tuple[str, int], list[tuple[int, tuple[Any, ...]]]] = defaultdict(list)
    for line, name, row in message.rows:
        if isinstance(row[0], str):
            row = (work.number_of(row[0]), *row[1:])
        together[name, row[0]].append((line, row))
    for (name, shop), numbered in together.items():
        table = TABLES[name]
        outcomes = work.keeper.put_rows(table, [row for _, row in numbered])
        for (line, row), outcome in zip(numbered, outcomes, strict=True):
            if outcome == "pending":
                work.waiting[name, shop, key_of(table, row)].append(line)
            else:
                rank(work, line, outcome)


def rank(work: Work, line: int, outcome: str) -> None:
    """A row's outcome is the first that applies over its records: inserted, updated, unchanged."""
    order = ("inserted", "updated", "unchanged")
    known = work.row_rank.get(line)
    if known is None or order.index(outcome) < order.index(known):
        work.row_rank[line] = outcome


def order_header(work: Work) -> str:
    for into in work.wanted.importer.into:
        cell = into.fills.get("orders", {}).get("order_id")
        for name in cell.names if cell else ():
            if norm(name) in {norm(h) for h in work.wanted.header}:
                return name
    raise Problem("two-importers", work.wanted.place, candidates="", first="")
