"""Joins the rows of an order to one draft, column by column; an order with a faulty row waits as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from importers.base import Draft
from importers.cells import Bad
from merchant_cli.intake.columns import Column
from merchant_cli.intake.layout import Fitted

Fault = tuple[int, str, str, dict[str, Any], list[str]]  # line, code, column, parameters, the cells


class Joiner:
    """Keeps the order whose rows are being joined; `probe` is the importer's column of an order's main row."""

    def __init__(self, fitted: Sequence[Fitted], names: Mapping[tuple[int, str], list[str]], probe: str) -> None:
        self.names, self.probe = names, probe
        self.probe_columns = _probes(fitted, probe)
        self.current: Draft | None = None
        self.faults_here: list[Fault] = []  # faulty rows of that order

    def last(self) -> Iterator[Draft | Fault]:
        """The order that was still open when the file ended."""
        return self.closed(self.current)

    def rows(self, n: int, fitted: Fitted, lines: list[int], rows: list[list[str]]) -> Iterator[Draft | Fault]:
        """Joins neighbouring rows of one order to one draft; the last one stays open for the next batch.

        An order with a faulty row waits as a whole. Order columns are read from main rows only (see `probe`).
        """
        faults: dict[int, tuple[str, Bad]] = {}
        names, ids, orders = self._order_columns(n, fitted, rows, faults)
        line_names = self.names.get((n, "order_lines"), [])
        found = fitted.tuples("order_lines", rows, faults) if line_names else [()] * len(rows)
        probe = self.probe
        current = self.current
        for i, (number, order_id, order, one) in enumerate(zip(lines, ids, orders, found, strict=True)):
            if i in faults:
                header, bad = faults[i]
                fault = (number, bad.code, header, bad.params, rows[i])
                if order_id is None:
                    yield fault
                    continue
                if current is None or current.values["order_id"] != order_id:
                    yield from self.closed(current)
                    current = Draft("orders", {"order_id": order_id}, number)
                self.faults_here.append(fault)
                continue
            if current is None or current.values["order_id"] != order_id:
                yield from self.closed(current)
                values = dict(zip(names, order, strict=True)) if order else {"order_id": order_id}
                current = Draft("orders", values, number)
            elif order:
                _join(current, dict(zip(names, order, strict=True)), number, probe)
            if line_names:
                current.lines.append(dict(zip(line_names, one, strict=True)))
            current.at.append(number)
        self.current = current

    def _order_columns(
        self, n: int, fitted: Fitted, rows: list[list[str]], faults: dict[int, tuple[str, Bad]]
    ) -> tuple[list[str], list[Any], list[tuple[Any, ...]]]:
        """Names, order ids and the orders' values by row; () for a row that is not an order's main row."""
        names = self.names[n, "orders"]
        if not self.probe_columns:
            orders = fitted.tuples("orders", rows, faults)
            at = names.index("order_id")
            return names, [order[at] for order in orders], orders
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
        return names, ids, orders

    def closed(self, order: Draft | None) -> Iterator[Draft | Fault]:
        """The order as a draft, or its rows as faulty ones."""
        if order is None:
            return
        if not self.faults_here:
            yield order
            return
        yield from self.faults_here
        for line in order.at:
            yield (line, "order-incomplete", "", {"value": order.values["order_id"]}, [])
        self.faults_here = []


def _probes(fitted: Sequence[Fitted], probe: str) -> tuple[Column, Column] | None:
    """The columns of the order's number and of the importer's probe, where it has one."""
    columns = {c.name: c for f in fitted for c in f.tables.get("orders", ())}
    number, main = columns.get("order_id"), columns.get(probe)
    return (number, main) if isinstance(number, Column) and isinstance(main, Column) else None


def _join(order: Draft, values: dict[str, Any], line: int, probe: str) -> None:
    """Adds what a further row says of its order; a main row that comes late takes the lead."""
    known = order.values
    if probe and known.get(probe) is None:
        order.line = line
        order.values = {k: v if v is not None else known.get(k) for k, v in values.items()}
        return
    for column, value in values.items():
        if value is not None and known.get(column) is None:
            known[column] = value
