"""Joins the rows of an order to one draft, column by column; an order with a faulty row waits as a whole.

An order that the file states more than once is taken once (see statements.py). Amounts are in minor units of the
order's own currency, whatever the shop's is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any

from importers.base import Draft, described
from importers.cells import Bad
from merchant_cli.basics.money import decimals
from merchant_cli.intake.columns import Column
from merchant_cli.intake.fitted import Fitted
from merchant_cli.intake.job import Job
from merchant_cli.intake.layout import Fitter
from merchant_cli.intake.statements import OrderRow, that_hold

Fault = tuple[int, str, str, dict[str, Any], list[str]]  # line, code, column, parameters, the cells
Row = tuple[int, int, list[str], tuple[Any, ...], tuple[Any, ...]]  # the fields of an OrderRow


class Joiner:
    """Keeps the order whose rows are being joined; `ignored` learns of rows that make no record, and why."""

    def __init__(self, job: Job, header: Sequence[str], fitted: Sequence[Fitted], ignored: Counter[str]) -> None:
        self.job, self.header, self.fitted, self.ignored = job, header, fitted, ignored
        self.names = {n: f.names("orders") for n, f in enumerate(fitted) if "orders" in f.tables}
        self.line_names = {n: f.names("order_lines") for n, f in enumerate(fitted) if "order_lines" in f.tables}
        self.probe_columns = _probes(fitted, job.importer.probe)
        self.order_id: str | None = None
        self.here: list[Row] = []  # sound rows of that order
        self.faults_here: list[Fault] = []  # its faulty ones
        self.theirs: dict[str, list[Row]] = {}  # rows of orders whose currency has other decimals than the shop's
        self.others: dict[str, Joiner] = {}  # who joins those

    def last(self) -> Iterator[Draft | Fault]:
        """The order that was still open when the file ended."""
        yield from self._closed()
        yield from self._of_others()

    def rows(self, n: int, lines: Sequence[int], rows: list[list[str]]) -> Iterator[Draft | Fault]:
        """Joins neighbouring rows of one order to one draft; the last one stays open for the next batch.

        `n`: which `Into` takes the rows. Order columns are read from main rows only, those that fill the importer's
        `probe`.
        """
        faults: dict[int, tuple[str, Bad]] = {}
        ids, orders = self._order_columns(n, rows, faults)
        own = self.fitted[n].tuples("order_lines", rows, faults) if n in self.line_names else [()] * len(rows)
        for i, order_id in enumerate(ids):
            if order_id is None:
                header, bad = faults.get(i) or self._without_id(n)
                yield (lines[i], bad.code, header, bad.params, rows[i])
                continue
            if order_id != self.order_id:
                yield from self._closed()
                self.order_id = order_id
            if i in faults:
                header, bad = faults[i]
                self.faults_here.append((lines[i], bad.code, header, bad.params, rows[i]))
            else:
                self.here.append((lines[i], n, rows[i], orders[i], own[i]))
        yield from self._of_others()

    def _without_id(self, n: int) -> tuple[str, Bad]:
        header = next(c.header for c in self.fitted[n].tables["orders"] if c.name == "order_id")
        return header, Bad("missing-value", {"column": header})

    def _order_columns(
        self, n: int, rows: list[list[str]], faults: dict[int, tuple[str, Bad]]
    ) -> tuple[list[Any], list[tuple[Any, ...]]]:
        """Order ids and the orders' values by row; () for a row that is not an order's main row."""
        fitted = self.fitted[n]
        if not self.probe_columns:
            orders = fitted.tuples("orders", rows, faults)
            at = self.names[n].index("order_id")
            return [order[at] for order in orders], orders
        by_id, by_probe = self.probe_columns
        main = [i for i, value in enumerate(by_probe.values(rows)) if value is not None]
        here: dict[int, tuple[str, Bad]] = {}
        some = fitted.tuples("orders", [rows[i] for i in main], here)
        faults.update({main[i]: fault for i, fault in here.items()})
        orders = [()] * len(rows)
        for i, order in zip(main, some, strict=True):
            orders[i] = order
        ids = by_id.values(rows)
        for i, value in enumerate(ids):
            if value.__class__ is Bad:
                faults.setdefault(i, (by_id.header, value))
                ids[i] = None
        return ids, orders

    def _closed(self) -> Iterator[Draft | Fault]:
        """The order as a draft, or its rows as faulty ones; one in a currency of other decimals is put aside."""
        rows, faults, self.here, self.faults_here = self.here, self.faults_here, [], []
        if faults:
            yield from faults
            for row in rows:
                yield (row[0], "order-incomplete", "", {"value": self.order_id}, [])
            return
        if not rows:
            return
        draft = self._draft(rows)
        currency = draft.values.get("currency")
        if currency and currency != self.job.currency and decimals(currency.upper()) != decimals(self.job.currency):
            self.theirs.setdefault(currency.upper(), []).extend(rows)
        elif len(rows) > 1 and self._stated_twice(rows):
            yield from self._that_holds(rows)
        else:
            yield draft

    def _draft(self, rows: Sequence[Row]) -> Draft:
        """The order and its lines; where several rows speak of the order the first that fills a column tells it."""
        draft = Draft("orders", {"order_id": self.order_id}, rows[0][0])
        first: tuple[Any, ...] = ()
        for number, n, _, order, own in rows:
            if order and not first:
                first, draft.line, draft.values = order, number, dict(zip(self.names[n], order, strict=True))
            elif order and order != first:
                known = draft.values
                for column, value in zip(self.names[n], order, strict=True):
                    if value is not None and known.get(column) is None:
                        known[column] = value
            if n in self.line_names:
                draft.lines.append(dict(zip(self.line_names[n], own, strict=True)))
            draft.at.append(number)
        return draft

    def _stated_twice(self, rows: Sequence[Row]) -> bool:
        """Whether the rows hold several statements of the order, not just its lines."""
        if self.probe_columns:
            return sum(1 for row in rows if row[3]) > 1
        return not any(row[1] in self.line_names for row in rows)

    def _that_holds(self, rows: Sequence[Row]) -> Iterator[Draft | Fault]:
        """The statement that holds; all rows as faulty ones if that is not certain."""
        found = that_hold([OrderRow._make(row) for row in rows], self.names)
        if found is None:
            for number, _, cells, _, _ in rows:
                yield (number, "duplicate-key", "", {"value": self.order_id}, cells)
            return
        held, older = found
        if older:
            self.ignored["older"] += older
        yield self._draft(held)

    def _of_others(self) -> Iterator[Draft | Fault]:
        """The orders put aside, read again with the decimals of their currency."""
        for currency, rows in self.theirs.items():
            if currency not in self.others:
                job = replace(self.job, currency=currency)
                self.others[currency] = Joiner(job, self.header, Fitter(job, self.header).fit(), self.ignored)
            joiner = self.others[currency]
            for n, some in groupby(rows, key=itemgetter(1)):
                found = list(some)
                yield from joiner.rows(n, [row[0] for row in found], [row[2] for row in found])
            yield from joiner.last()
        self.theirs = {}


def _probes(fitted: Sequence[Fitted], probe: str) -> tuple[Column, Column] | None:
    """The columns of the order's number and of the importer's probe, where it has one."""
    columns = {c.name: c for f in fitted for c in f.tables.get("orders", ())}
    number, main = columns.get("order_id"), columns.get(probe)
    return (number, main) if isinstance(number, Column) and isinstance(main, Column) else None


def give_key(line: dict[str, Any], ordinals: dict[str, int]) -> None:
    """Gives a line its code (never NULL), its kind and its key `code#n` where the platform has no line id."""
    code = line.get("code")
    if code is None:
        code = line.get("listing_id") or described(line.get("title"), line.get("options"))
        line["code"] = code
    if line.get("line_kind") is None:
        line["line_kind"] = "goods"
    if line.get("line_key") is None:
        ordinals[code] = ordinals.get(code, 0) + 1
        line["line_key"] = f"{code}#{ordinals[code]}"
