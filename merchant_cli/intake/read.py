"""Reads one file by its importer: rows → drafts → finished rows of the store. Knows no database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from importers import sheet as sheets
from importers.base import Draft, Facts, described, norm
from importers.cells import Bad
from importers.sheet import Batch
from merchant_cli.intake.job import End, Faulty, Job, Message, Orders, OrderSaid, Progress, Rows
from merchant_cli.intake.layout import Column, Fitted, Fitter
from merchant_cli.store.facts import SHOPLESS, TABLES
from merchant_cli.store.row_hash import row_hash

SETS = 1500  # orders in one message
EXAMPLE = re.compile(r"^(示例|例[：:]|EXAMPLE)", re.IGNORECASE)

Item = Draft | tuple[int, str, str, dict[str, Any], list[str]]  # a draft, or a faulty row


def batches(job: Job) -> Iterator[Batch]:
    """The rows below the header, in batches."""
    if job.form is not None:
        found = sheets.text_batches(Path(job.path), job.form)
    else:
        rows = next(rows for name, rows in sheets.workbook_sheets(Path(job.path)) if name == job.sheet)
        found = sheets.rows_in_batches(rows)
    for batch in found:
        if batch.lines and batch.lines[0] <= job.header_line:
            skip = sum(1 for line in batch.lines if line <= job.header_line)
            batch = Batch(batch.lines[skip:], batch.rows[skip:], batch.broken)
        yield batch


def header_of(job: Job) -> list[str]:
    found = sheets.text_batches(Path(job.path), job.form, batch=64) if job.form is not None else None
    if found is None:
        rows = next(rows for name, rows in sheets.workbook_sheets(Path(job.path)) if name == job.sheet)
        return rows[job.header_line - 1]
    for batch in found:
        if job.header_line in batch.lines:
            return batch.rows[batch.lines.index(job.header_line)]
    raise sheets.Unreadable("no-header")


class Reading:
    """One pass over a file. `messages` yields finished rows, faulty rows and progress, at last an End."""

    def __init__(self, job: Job) -> None:
        self.job, self.importer = job, job.importer
        self.header = header_of(job)
        self.width = len(self.header)
        while self.width and not self.header[self.width - 1].strip():
            self.width -= 1
        self.fitter = Fitter(job, self.header)
        self.fitted = self.fitter.fit()
        self.footer = re.compile(self.importer.footers)
        # First characters of rows that may be blank, a footer, an example or a repeated header.
        self.suspects = {
            "",
            *self.importer.footer_starts,
            *("示例eE" if self.importer.own else ""),
            *self.header[0][:1],
        }
        self.end = End()
        self.names: dict[tuple[int, str], list[str]] = {
            (n, t): f.names(t) for n, f in enumerate(self.fitted) for t in f.tables
        }
        self.faulty: Faulty = Faulty()
        self.current: Draft | None = None  # the order whose rows are being joined
        self.faults_here: list[Any] = []  # faulty rows of that order
        self.ordinals: Counter[tuple[str, ...]] = Counter()
        self.seen: dict[tuple[str, str], int] = {}
        self.probe_columns = self._probes()
        self.sets_of_orders = any("orders" in f.tables or "order_lines" in f.tables for f in self.fitted)

    def _probes(self) -> tuple[Column, Column] | None:
        """The columns of the order's number and of the importer's probe, where it has one."""
        columns = {c.name: c for f in self.fitted for c in f.tables.get("orders", ())}
        found = columns.get("order_id"), columns.get(self.importer.probe)
        return found if isinstance(found[0], Column) and isinstance(found[1], Column) else None  # type: ignore[return-value]

    # --- rows → drafts ---

    def drafts(self) -> Iterator[Item]:
        """Drafts of all rows, an order's rows joined into one."""
        found = self._sorted() if self.job.sort_by else batches(self.job)
        for batch in found:
            self._broken(batch)
            lines, rows = self._fitting(batch)
            if rows:
                yield from self._of_batch(lines, rows)
        yield from self._closed(self.current)

    def _sorted(self) -> Iterator[Batch]:
        from merchant_cli.intake.sort import sorted_batches

        return sorted_batches(batches(self.job), self.fitter.where[norm(self.job.sort_by)])

    def _broken(self, batch: Batch) -> None:
        for line, detail in batch.broken:
            self.end.read += 1
            self.faulty.rows.append((line, "unreadable-row", "", {"detail": detail}, []))

    def _fitting(self, batch: Batch) -> tuple[list[int], list[list[str]]]:
        """The rows that have as many cells as the header; blank rows, footers and examples are left out."""
        width, lines, rows = self.width, batch.lines, batch.rows
        if set(map(len, rows)) == {width} and self.suspects.isdisjoint({row[0][:1] for row in rows}):
            self.end.read += len(rows)
            return lines, rows
        kept: tuple[list[int], list[list[str]]] = ([], [])
        for line, row in zip(lines, rows, strict=True):
            while len(row) > width and not row[-1].strip():
                row = row[:-1]
            if not any(map(str.strip, row)):
                continue
            self.end.read += 1
            first = next(cell.strip() for cell in row if cell.strip())
            if self.footer.search(first):
                self.end.ignored["total"] += 1
            elif self.importer.own and EXAMPLE.match(first):
                self.end.ignored["example"] += 1
            elif len(row) < width and self.job.form is None:
                kept[0].append(line)
                kept[1].append(row + [""] * (width - len(row)))
            elif len(row) != width:
                self._ragged(line, row)
            elif [norm(c) for c in row] == [norm(c) for c in self.header[:width]]:
                self.end.ignored["header"] += 1
            else:
                kept[0].append(line)
                kept[1].append(row)
        return kept

    def _ragged(self, line: int, row: list[str]) -> None:
        self.faulty.rows.append((line, "ragged-row", "", {"found": len(row), "expected": self.width}, row))

    def _of_batch(self, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        taken = [False] * len(rows)
        for n, fitted in enumerate(self.fitted):
            if fitted.when is None:
                at = [i for i, done in enumerate(taken) if not done] if any(taken) else None
            else:
                column, pattern = fitted.when
                at = [i for i, row in enumerate(rows) if not taken[i] and pattern.search(row[column].strip())]
            some = rows if at is None else [rows[i] for i in at]
            where = lines if at is None else [lines[i] for i in at]
            for i in at or ():
                taken[i] = True
            if some:
                yield from self._of_rows(n, fitted, where, some)
            if at is None:
                return
        for i, done in enumerate(taken):
            if not done:
                yield Draft("", {}, lines[i], ignored="other")

    def _of_rows(self, n: int, fitted: Fitted, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        faults: dict[int, tuple[str, Bad]] = {}
        if "orders" in fitted.tables:
            yield from self._orders(n, fitted, lines, rows)
            return
        tables = list(fitted.tables)
        values = [fitted.tuples(table, rows, faults) for table in tables]
        names = [self.names[n, table] for table in tables]
        for i, line in enumerate(lines):
            if i in faults:
                yield self._fault(line, faults[i], rows[i])
                continue
            for table, columns, found in zip(tables, names, values, strict=True):
                said = dict(zip(columns, found[i], strict=True))
                yield Draft(table, fitted.in_currency(table, said, self.job.currency), line)

    def _fault(self, line: int, fault: tuple[str, Bad], row: list[str]) -> Item:
        header, bad = fault
        return (line, bad.code, header, bad.params, row)

    def _orders(self, n: int, fitted: Fitted, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        """Joins neighbouring rows of one order to one draft; the last one stays open for the next batch.

        An order with a faulty row waits as a whole. Order columns are read from main rows only (see `probe`).
        """
        faults: dict[int, tuple[str, Bad]] = {}
        names, ids, orders = self._order_columns(n, fitted, rows, faults)
        line_names = self.names.get((n, "order_lines"), [])
        found = fitted.tuples("order_lines", rows, faults) if line_names else [()] * len(rows)
        probe = self.importer.probe
        current = self.current
        for i, (number, order_id, order, one) in enumerate(zip(lines, ids, orders, found, strict=True)):
            if i in faults:
                header, bad = faults[i]
                fault = (number, bad.code, header, bad.params, rows[i])
                if order_id is None:
                    yield fault
                    continue
                if current is None or current.values["order_id"] != order_id:
                    yield from self._closed(current)
                    current = Draft("orders", {"order_id": order_id}, number)
                self.faults_here.append(fault)
                continue
            if current is None or current.values["order_id"] != order_id:
                yield from self._closed(current)
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

    def _closed(self, order: Draft | None) -> Iterator[Item]:
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

    # --- drafts → messages ---

    def messages(self) -> Iterator[Message]:
        """Everything that the file says, in the order of its rows; an End comes last."""
        items: Iterator[Item] = self.drafts()
        if self.importer.reshape:
            items = self._reshaped(items)
        orders, rows = Orders(), Rows()
        for item in items:
            if not isinstance(item, Draft):
                self.faulty.rows.append(item)
            elif item.ignored:
                self.end.ignored[item.ignored] += 1
            elif item.table == "orders":
                orders.said.append(self._complete(item))
                if len(orders.said) >= SETS:
                    yield orders
                    yield Progress(self.end.read)
                    orders = Orders()
            else:
                self._finish_row(item, rows)
                if len(rows.rows) >= SETS:
                    yield rows
                    yield Progress(self.end.read)
                    rows = Rows()
        if orders.said:
            yield orders
        if rows.rows:
            yield rows
        if self.faulty.rows:
            yield self.faulty
        yield self._ended()

    def _reshaped(self, items: Iterator[Item]) -> Iterator[Item]:
        """Runs the importer's reshape over the drafts; faulty rows pass by it."""
        facts = Facts(
            self.job.shop, self.job.currency, self.job.zone, self.job.as_of, self.job.as_of_day,
            frozenset(norm(h) for h in self.header),
        )  # fmt: skip

        def only_drafts() -> Iterator[Draft]:
            for item in items:
                if isinstance(item, Draft):
                    yield item
                else:
                    self.faulty.rows.append(item)

        assert self.importer.reshape is not None
        return iter(self.importer.reshape(only_drafts(), facts))

    def _complete(self, draft: Draft) -> OrderSaid:
        """The order with what every order must have: a currency, and a key for each line."""
        order = draft.values
        if order.get("currency") is None:
            order["currency"] = self.job.currency
        ordinals: dict[str, int] = {}
        for line in draft.lines:
            line["order_id"] = order["order_id"]
            self._line_key(line, ordinals)
        return (order, draft.lines, draft.line, draft.at)

    def _line_key(self, line: dict[str, Any], ordinals: dict[str, int]) -> None:
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

    def _finish_row(self, draft: Draft, rows: Rows) -> None:
        table = TABLES[draft.table]
        values = {k: v for k, v in draft.values.items() if k[0] != "_"}
        if draft.table in ("refunds", "money_moves") and values.get("currency") is None:
            values["currency"] = self.job.currency
        if draft.table == "stock_counts":
            self._counted(values)
        self._cover(values)
        if table.key[-1] in ("line_key", "move_id") and values.get(table.key[-1]) is None:
            self._ordinal(draft.table, values, table.key)
        full = tuple(
            ("" if c in table.key and c not in table.integers else None) if (v := values.get(c)) is None else v
            for c in table.stated
        )
        shop, name = (0, "") if draft.table in SHOPLESS else (self.job.shop_no, self.job.shop)
        hashed = row_hash(name, full)
        key = "\x1f".join(map(str, full[: len(table.key)]))
        known = self.seen.get((draft.table, key))
        if known is None:
            self.seen[draft.table, key] = hashed
            rows.rows.append((draft.line, draft.table, (shop, *full, self.job.import_no, draft.line, hashed, 0)))
        elif known != hashed and draft.table in ("costs", "stock_counts", "rates", "reviews", "coupons", "campaigns"):
            shown = key.replace("\x1f", " ").strip()
            self.faulty.rows.append((draft.line, "duplicate-key", "", {"value": shown}, []))

    def _ordinal(self, table: str, values: dict[str, Any], key: Sequence[str]) -> None:
        """A key for a row without an id: its code and how often it came in its document, or a hash of the row."""
        if key[-1] == "line_key":
            stem: tuple[str, ...] = (table, str(values.get(key[0])), str(values.get("code") or ""))
            text = values.get("code") or "row"
        else:
            text = f"{row_hash('', tuple(values[c] for c in sorted(values))) & 0xFFFFFFFFFFFFFFFF:016x}"
            stem = (table, text)
        self.ordinals[stem] += 1
        values[key[-1]] = f"{text}#{self.ordinals[stem]}"

    def _counted(self, values: dict[str, Any]) -> None:
        """A count without a date keeps the time of an equal earlier statement of the merchant's own sheet."""
        if values.get("counted_at") is None and values.get("counted_day"):
            from merchant_cli.basics.days import end_of

            values["counted_at"] = end_of(values["counted_day"], self.job.zone)
        if values.get("counted_at") is None:
            earlier = self.job.counted.get((values.get("location") or "", values.get("code") or ""))
            if earlier is not None and earlier[2] == values.get("units"):
                values["counted_at"], values["counted_day"] = earlier[0], earlier[1]
            else:
                values["counted_at"], values["counted_day"] = self.job.as_of, self.job.as_of_day

    def _cover(self, values: dict[str, Any]) -> None:
        found = [values.get(n) for n in ("day", "from_day", "to_day", "done_day", "applied_day", "counted_day")]
        days = [d for d in found if d]
        if not days or self.importer.kind in ("listings", "costs", "coupons", "campaigns", "rates"):
            return
        end = self.end
        end.first_day = min([*days, end.first_day] if end.first_day else days)
        end.last_day = max([*days, end.last_day] if end.last_day else days)

    def _ended(self) -> End:
        end, fitter = self.end, self.fitter
        end.newest, end.newest_day = fitter.newest, fitter.newest_day
        end.columns = (
            sorted(set(chain.from_iterable(names for (_, table), names in self.names.items() if table in ("orders",))))
            if self.sets_of_orders
            else []
        )
        end.unknown_words.update(fitter.unknown)
        return end


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
