"""Reads one file by its importer: rows → drafts → finished rows of the store. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from importers.base import Draft, Facts, Sums, norm
from importers.cells import Bad
from importers.sheet import Batch
from merchant_cli.intake.columns import Column, spoilt
from merchant_cli.intake.fitted import Fitted
from merchant_cli.intake.job import End, Faulty, Job, Message, Orders, OrderSaid, Progress, Rows
from merchant_cli.intake.joined import Joiner, give_key
from merchant_cli.intake.layout import Fitter
from merchant_cli.intake.prescan import SPOILT
from merchant_cli.intake.records import Records
from merchant_cli.intake.sheet_rows import above_header, alone, batches, first_rows, header_of, whole_rows
from merchant_cli.intake.totals import differing
from merchant_cli.intake.whole_rows import with_cells
from merchant_cli.store.order_set import claim_hash

SETS = 1500  # orders in one message
TOTAL = re.compile(r"(grand )?totals?[:：]?|合计[:：]?|总计[:：]?", re.IGNORECASE)
EXAMPLE = re.compile(r"^(示例|例[：:]|EXAMPLE)", re.IGNORECASE)

Item = Draft | tuple[int, str, str, dict[str, Any], list[str]]  # a draft, or a faulty row


class Reading:
    """One pass over a file. `messages` yields finished rows, faulty rows and progress, at last an End."""

    def __init__(self, job: Job) -> None:
        self.job, self.importer = job, job.importer
        self.rows = first_rows(job)
        self.header = list(job.joined) or header_of(job, self.rows)
        self.width = len(self.header)
        while self.width and not self.header[self.width - 1].strip():
            self.width -= 1
        self.named = [norm(name) for name in self.header[: self.width]]
        self.fitter = Fitter(job, self.header)
        self.fitted = self.fitter.fit()
        self.used = self.fitter.used() | {f.when[0] for f in self.fitted if f.when}
        self.footer = re.compile(self.importer.footers)
        self.notes_below = bool(self.importer.footer_starts)
        # First characters of rows that may be blank, a footer, an example or a repeated header.
        self.suspects = {
            "",
            *self.importer.footer_starts,
            *("#" if self.notes_below else ""),
            *("示例eE" if self.importer.own else ""),
            *self.header[0][:1],
        }
        if job.form is None:
            self.suspects |= set("TtGg合总")
        self.end, self.sums = End(), Sums()
        self.names: dict[tuple[int, str], list[str]] = {
            (n, t): f.names(t) for n, f in enumerate(self.fitted) for t in f.tables
        }
        self.faulty: Faulty = Faulty()
        self.joiner = Joiner(job, self.header, self.fitted, self.end.ignored)
        self.records = Records(job, self.end)
        self.sets_of_orders = any("orders" in f.tables or "order_lines" in f.tables for f in self.fitted)

    # --- rows → drafts ---

    def drafts(self) -> Iterator[Item]:
        """Drafts of all rows, an order's rows joined into one."""
        found = self._sorted() if self.job.sort_by else batches(self.job, self.used)
        for batch in found:
            self._broken(batch)
            self.fitter.look_at(batch.rows)
            lines, rows = self._fitting(batch)
            if rows:
                yield from self._of_batch(lines, rows)
            if self.fitter.doubts.open:
                self.fitter.decide(whole_rows(self.job, self.used, self.width))
        yield from self.joiner.last()

    def _sorted(self) -> Iterator[Batch]:
        from merchant_cli.intake.sort import sorted_batches

        at = self.fitter.where[norm(self.job.sort_by)]
        columns = [c for f in self.fitted for c in f.tables.get("orders", ()) if c.name == "order_id"]
        ids = next(c for c in columns if isinstance(c, Column) and c.at == at)
        return sorted_batches(batches(self.job, self.used), at, ids.memo.__getitem__)

    def _broken(self, batch: Batch) -> None:
        for line, code, params in batch.broken:
            self.end.read += 1
            self.faulty.rows.append((line, code, "", params, []))

    def _fitting(self, batch: Batch) -> tuple[list[int], list[list[str]]]:
        """The rows that have as many cells as the header; blank rows, footers and examples are left out.

        An empty cell beyond the header is dropped where the header ends in one too, or the importer says that rows do.
        Elsewhere in a text it may be the last cell of a row that was shifted by a delimiter that nobody quoted.
        """
        width, lines, rows = self.width, batch.lines, batch.rows
        widths = set(map(len, rows))
        if widths != {width}:
            text = self.job.form is not None
            most = len(self.header) + self.importer.spare_cell if text else max(widths, default=0)
            rows = [row if len(row) == width else self._trimmed(row, most) for row in rows]
            widths = set(map(len, rows))
        if widths == {width} and self.suspects.isdisjoint({row[0][:1] for row in rows}):
            self.end.read += len(rows)
            return lines, rows
        kept: tuple[list[int], list[list[str]]] = ([], [])
        for line, row in zip(lines, rows, strict=True):
            if not any(map(str.strip, row)):
                continue
            self.end.read += 1
            first = next(cell.strip() for cell in row if cell.strip())
            if self.footer.search(first) or self._added(first, row):
                self.end.ignored["total"] += 1
                self.sums.footers.append(row)
            elif self.importer.own and EXAMPLE.match(first):
                self.end.ignored["example"] += 1
            elif len(row) < width and (self.job.form is None or self.importer.ends_early):
                kept[0].append(line)
                kept[1].append(row + [""] * (width - len(row)))
            elif len(row) != width:
                self._ragged(line, row)
            elif all(norm(cell) == name for cell, name in zip(row, self.named, strict=True)):
                self.end.ignored["header"] += 1
            else:
                kept[0].append(line)
                kept[1].append(row)
        return kept

    def _trimmed(self, row: list[str], most: int) -> list[str]:
        """The row without empty cells beyond the header, if it has no more cells than `most`."""
        while self.width < len(row) <= most and not row[-1].strip():
            row = row[:-1]
        return row

    def _added(self, first: str, row: list[str]) -> bool:
        """Whether a row is no record for any importer: a note below a text, a total that somebody added to a sheet."""
        if self.job.form is None:
            return TOTAL.fullmatch(first) is not None
        return self.notes_below and first[0] == "#" and alone(row) and self.width > 2

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
            if not done and (bad := next((c for c in rows[i] if c[:2] == SPOILT), None)) is not None:
                yield self._fault(lines[i], (self.header[rows[i].index(bad)], spoilt(bad)), rows[i])
            elif not done:
                yield Draft("", {}, lines[i], ignored="other")

    def _of_rows(self, n: int, fitted: Fitted, lines: list[int], rows: list[list[str]]) -> Iterator[Item]:
        faults: dict[int, tuple[str, Bad]] = {}
        if "orders" in fitted.tables:
            yield from self.joiner.rows(n, lines, rows)
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
                usual = self.job.shops.currencies.get(said.get("_in_shop") or "") or self.job.currency
                yield Draft(table, fitted.in_currency(table, said, usual), line)

    def _fault(self, line: int, fault: tuple[str, Bad], row: list[str]) -> Item:
        header, bad = fault
        return (line, bad.code, header, bad.params, row)

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
                if (said := self._complete(item)) is not None:
                    orders.said.append(said)
                if len(orders.said) >= SETS:
                    yield orders
                    yield Progress(self.end.read)
                    orders = Orders()
            else:
                self.records.add(item, rows, self.faulty)
                if len(rows.rows) >= SETS:
                    yield rows
                    yield Progress(self.end.read)
                    rows = Rows()
        if orders.said:
            yield orders
        if rows.rows:
            yield rows
        if self.faulty.rows:
            for *_, cells in self.faulty.rows if self.job.odd else ():
                cells[:] = [cell.removeprefix(SPOILT) for cell in cells]
            yield with_cells(self.faulty, batches(self.job, set()))
        yield self._ended()

    def _reshaped(self, items: Iterator[Item]) -> Iterator[Item]:
        """Runs the importer's reshape over the drafts; faulty rows pass by it."""
        facts = Facts(
            self.job.shop, self.job.currency, self.job.zone, self.job.as_of, self.job.as_of_day,
            frozenset(norm(h) for h in self.header), self.job.shops.currencies, above_header(self.job, self.rows),
            self.job.file_name, self.sums,
        )  # fmt: skip

        def only_drafts() -> Iterator[Draft]:
            for item in items:
                if isinstance(item, Draft):
                    yield item
                else:
                    self.faulty.rows.append(item)

        assert self.importer.reshape is not None
        return iter(self.importer.reshape(only_drafts(), facts))

    def _complete(self, draft: Draft) -> OrderSaid | None:
        """The order with what every order must have: a currency, and a key for each line.

        A line that stands twice is taken once; if the two differ the order waits (None).
        """
        order = draft.values
        if currency := order.get("currency") or self.job.currency:
            order["currency"] = currency.upper()
        ordinals: dict[str, int] = {}
        for line in draft.lines:
            line["order_id"] = order["order_id"]
            give_key(line, ordinals)
        if len(draft.lines) > len({line["line_key"] for line in draft.lines}) and not self._without_repeats(draft):
            return None
        return (order, draft.lines, draft.line, draft.at, claim_hash(order, draft.lines))

    def _without_repeats(self, draft: Draft) -> bool:
        """Drops lines that repeat another; False, and the rows are faulty, if one differs from its namesake."""
        kept: dict[str, dict[str, Any]] = {}
        numbers: dict[str, int] = {}
        for line, number in zip(draft.lines, draft.at, strict=True):
            key = line["line_key"]
            if kept.setdefault(key, line) != line:
                params = {"value": key}
                self.faulty.rows += [(at, "duplicate-key", "", params, []) for at in draft.at]
                return False
            numbers.setdefault(key, number)
        draft.lines, draft.at = list(kept.values()), list(numbers.values())
        return True

    def _stated_totals(self) -> list[tuple[str, str, str]]:
        """Totals of footers that the rows do not come to; only a file that has footers is read once more."""
        columns = self.fitter.amounts()
        if not any(row[at].strip() for row in self.sums.footers for at in columns if at < len(row)):
            return []
        every = whole_rows(self.job, self.used, self.width)
        return differing(((row in self.sums.footers, row) for row in every), self.header, columns)

    def _ended(self) -> End:
        end, fitter = self.end, self.fitter
        end.newest, end.newest_day = fitter.newest, fitter.newest_day
        end.columns = (
            sorted(set(chain.from_iterable(names for (_, table), names in self.names.items() if table in ("orders",))))
            if self.sets_of_orders
            else []
        )
        end.unknown_words.update(fitter.unknown)
        end.same_names = fitter.same_names(self.header)
        end.written = fitter.doubts.said
        end.garbled, end.rounded, end.ruined = fitter.garbled, list(fitter.rounded), list(fitter.ruined)
        end.differing = self.sums.differing or self._stated_totals()
        return end
